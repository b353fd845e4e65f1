"""The desk opens with a PIN, writes each entry before the next touch, and goes on where the officer stood."""

import threading
from datetime import timedelta

import pytest

from checklists.records.belonging import opened_by
from mobile.desk import Desk
from mobile.inspecting import acts, fresh
from mobile.link.run import SyncReport
from mobile.refusals import Refusal
from mobile.sealing import seal
from mobile.store import store
from tests.mobile import tablet
from tests.mobile.closing import DEVICE, NOW, enrolment, kept, signed
from tests.mobile.fake_office import FakeOffice, serving
from tests.mobile.killed import killed_before_every_step


@pytest.fixture
def folder(tmp_path):
    return tablet.made(tmp_path)


@pytest.fixture
def desk(folder):
    held, _screens = tablet.shown(folder)
    held.unlock("officer-1", tablet.PIN)
    yield held
    held.close()


def test_a_pin_opens_the_queue(folder) -> None:
    desk, screens = tablet.shown(folder)
    desk.unlock("officer-1", tablet.PIN)
    assert screens == [("queue", {})]
    assert (desk.access.officer.name, desk.access.device, desk.backlog.ready) == ("王强", "dev-1", True)


def test_a_wrong_pin_opens_nothing_and_says_how_many_tries_are_left(folder) -> None:
    desk, screens = tablet.shown(folder)
    with pytest.raises(Refusal) as refused:
        desk.unlock("officer-1", "000000")
    assert (refused.value.code, refused.value.facts, screens, desk.store) == ("pin_wrong", {"left": 9}, [], None)


def test_wherever_an_enrolment_is_cut_off_the_tablet_can_be_enrolled_after_it(tmp_path) -> None:
    def enrol(folder):
        desk, _screens = tablet.shown(folder)
        desk.enrol(tablet.enrolment(), "officer-1", tablet.PIN)
        desk.close()

    def made(folder):
        folder.mkdir()

    for folder, _made in killed_before_every_step(tmp_path, made, enrol):
        desk, _screens = tablet.shown(folder)
        if desk.access.officers():
            try:
                desk.unlock("officer-1", tablet.PIN)
            except Refusal as refusal:
                assert (refusal.code, desk.access.officers(), desk.store) == ("not_enrolled", {}, None)
        if desk.store is None:
            desk.enrol(tablet.enrolment(), "officer-1", tablet.PIN)
        assert desk.access.enrolled.device == "dev-1"
        desk.close()


def test_keys_without_an_enrolment_stay_where_something_was_put_down(folder) -> None:
    desk, _screens = tablet.shown(folder)
    desk.unlock("officer-1", tablet.PIN)
    store.open_inspection(desk.open_store, "inspection-1", "officer-1", desk.at)
    store.drop_setting(desk.open_store, "enrolment")
    desk.close()
    with pytest.raises(Refusal, match="not_enrolled"):
        desk.unlock("officer-1", tablet.PIN)
    assert desk.access.officers() and desk.store is None


def test_locking_forgets_the_key_and_the_inspection(desk) -> None:
    desk.begin()
    desk.lock()
    assert (desk.store, desk.access.officer, desk.has_inspection, desk.screen) == (None, None, False, "unlock")


def test_the_id_of_an_inspection_names_its_tablet(desk) -> None:
    desk.begin()
    assert opened_by(desk.held.inspection, desk.access.enrolled.key.public)
    assert desk.access.enrolled.certificate.get("key") in (None, desk.access.enrolled.key.public)


def test_each_entry_is_on_disk_when_put_returns(desk, folder) -> None:
    desk.begin()
    desk.put(acts.identify("蒙K12345", "yellow"))
    other, _screens = tablet.shown(folder)
    other.unlock("officer-1", tablet.PIN)
    assert other.held.entries == desk.held.entries
    assert other.plate == "蒙K12345"


def test_after_a_kill_the_app_goes_on_at_the_same_place(desk, folder) -> None:
    desk.begin()
    desk.go("deviation", item="EQP-14")
    again, screens = tablet.shown(folder)
    again.unlock("officer-1", tablet.PIN)
    assert screens == [("deviation", {"item": "EQP-14"})]
    assert again.held.inspection == desk.held.inspection


def test_each_open_inspection_keeps_its_own_place(desk) -> None:
    desk.begin()
    first = desk.held.inspection
    desk.put(acts.identify("蒙K12345", "yellow"))
    desk.go("walk")
    desk.put_down()
    desk.begin()
    desk.put_down()
    desk.resume(first)
    assert (desk.screen, desk.held.inspection, desk.navigation.place(first)[0]) == ("walk", first, "walk")


def test_a_check_that_was_begun_by_mistake_does_not_lie_in_the_queue(desk) -> None:
    desk.begin()
    empty = desk.held.inspection
    desk.put_down()
    assert store.in_progress(desk.open_store) == ()
    assert store.inspection_state(desk.open_store, empty) == "abandoned"
    desk.begin()
    desk.put(acts.identify("蒙K12345", "yellow"))
    kept_one = desk.held.inspection
    desk.put_down()
    assert [one.id for one in store.in_progress(desk.open_store)] == [kept_one]


def test_the_sync_centre_leads_back_to_the_inspection(desk) -> None:
    desk.begin()
    desk.go("walk")
    desk.go("sync")
    desk.back_to_inspection()
    assert desk.screen == "walk"


def test_what_an_inspection_is_judged_with_is_named_by_version(desk) -> None:
    desk.begin()
    assert [one["name"] for one in desk.held.kit.used] == ["definitions", "reference"]
    assert desk.device_facts.heard["version"] == "e.1"
    assert desk.held.kit.lookup("vehicle", "蒙K12345")["data"]["kind"] == "tractor"


def test_without_checklists_no_inspection_begins(tmp_path) -> None:
    desk, _screens = tablet.shown(tablet.made(tmp_path, with_packages=False))
    desk.unlock("officer-1", tablet.PIN)
    with pytest.raises(Refusal, match="packages_missing"):
        desk.begin()
    assert not store.inspections(desk.open_store)


def test_a_sealed_inspection_takes_nothing_more(desk) -> None:
    held = kept(desk.open_store, signed())
    desk.resume(held.inspection)
    sealed = seal.seal(desk.open_store, held, DEVICE, enrolment(), NOW)
    assert [one.digest for one in store.waiting_records(desk.open_store)] == [sealed.digest]
    with pytest.raises(Refusal, match="inspection_closed"):
        desk.put(acts.statement("太晚了"))
    assert not desk.held.all_of("statement")


def test_a_refusal_is_told_and_does_not_rise_from_an_attempt(desk) -> None:
    told = []
    desk.tell = told.append

    def act() -> None:
        raise Refusal("disk_full")

    desk.attempt(act)
    assert [one.code for one in told] == ["disk_full"]


def test_enrolling_leaves_nothing_behind_when_it_is_refused(tmp_path) -> None:
    desk, _screens = tablet.shown(tmp_path)
    with pytest.raises(Refusal, match="pin_length"):
        desk.enrol(tablet.enrolment(), "officer-1", "123")
    assert desk.access.officers() == {}
    desk.enrol(tablet.enrolment(), "officer-1", tablet.PIN)
    assert desk.access.officers() == {"officer-1": "王强"}


def test_a_second_officer_unlocks_the_same_tablet(desk, folder) -> None:
    desk.access.add_officer("officer-2", "794639")
    other, _screens = tablet.shown(folder)
    other.unlock("officer-2", "794639")
    assert (other.access.me.name, other.access.me.agency) == ("李敏", "P")


def test_a_run_with_the_office_goes_on_apart_and_tells_when_it_is_done(tmp_path) -> None:
    office, done = FakeOffice(), threading.Event()
    office.packages = dict(tablet.packages())
    with serving(office):
        desk = Desk(tablet.made(tmp_path, office.url, with_packages=False), lambda _screen, _where: None)
        desk.on_status = lambda: done.set() if desk.courier.state.finished_at else None
        desk.unlock("officer-1", tablet.PIN)
        assert done.wait(20)
    assert (desk.courier.state.online, desk.courier.state.code, desk.backlog.ready) == (True, "", True)
    desk.close()


def test_a_dead_link_is_told_with_the_time_of_the_next_try(tmp_path) -> None:
    done = threading.Event()
    desk = Desk(tablet.made(tmp_path), lambda _screen, _where: None)
    desk.on_status = lambda: done.set() if desk.courier.state.finished_at else None
    desk.unlock("officer-1", tablet.PIN)
    assert done.wait(20)
    link = desk.courier.state
    assert (link.code, link.online, link.failures) == ("link_refused", False, 1)
    assert link.next_try > link.finished_at
    assert not desk.courier.due()
    desk.courier._now = lambda: link.finished_at - timedelta(days=730)  # somebody set the clock back
    assert desk.courier.due()
    desk.close()


def test_what_is_judged_with_is_set_aside_once_after_each_load(desk) -> None:
    loads: list[str] = []
    desk.set_aside = lambda: loads.append("set aside")
    desk.begin()
    desk.put(acts.identify("蒙K12345", "yellow"))
    desk.put_down()
    desk.begin()
    assert loads == ["set aside"]
    desk.hand.kit = None
    assert desk.kit is desk.kit and len(loads) == 2


def test_what_a_run_heard_is_looked_up_once_however_often_it_tells_of_itself(desk, monkeypatch) -> None:
    desk.begin()
    desk.put(acts.identify("蒙K12345", "yellow"))
    looked = []
    monkeypatch.setattr(fresh, "news", lambda held, site, kinds, signing: looked.append(set(kinds)) or ())
    report = SyncReport(heard={"history"}, news=1)
    for _file in range(3):
        desk.office_news.heard(report)
    assert looked == [{"history"}]
    report.heard.add("orders")
    report.news = 2
    desk.office_news.heard(report)
    desk.office_news.heard(report)
    desk.office_news.heard(SyncReport(heard={"vehicle"}))
    desk.office_news.heard(SyncReport())
    desk.office_news.heard(None)
    assert looked == [{"history"}, {"history", "orders"}, {"vehicle"}]
