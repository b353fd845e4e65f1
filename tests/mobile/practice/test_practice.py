"""Practice: the same screens, nothing of it in the work's folder, and not one socket."""

import socket
from datetime import UTC, datetime

import pytest

from checklists.facts.identifiers.checks import check_id, check_plate, check_uscc
from checklists.papers.paper import Notice
from checklists.wire import digest
from mobile.app import LujianApp
from mobile.inspecting import acts
from mobile.link.enrolment import enrolment
from mobile.link.office import Office
from mobile.practice import county, folders
from mobile.practice.desk import PracticeDesk, SilentCourier
from mobile.refusals import Refusal
from mobile.sealing import practice_marks as marks
from mobile.sealing import seal
from mobile.store import store
from tests.mobile import tablet
from tests.mobile.closing import writes

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def sockets(monkeypatch):
    """What anything tries to reach; every try fails."""
    tried = []

    def refuse(*args, **_more):
        tried.append(args)
        raise OSError("no socket in practice")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    return tried


@pytest.fixture
def start(driver):
    apps = []

    def begin(folder):
        app = LujianApp(folder)
        driver.start(app)
        apps.append(app)
        return app

    yield begin
    for app in apps:
        app.on_stop()


def contents(folder):
    """Every file of the work with what is in it; Kivy's own are not the work's."""
    files = [one for one in folder.rglob("*") if one.is_file() and "kivy" not in one.parts]
    return {str(one.relative_to(folder)): digest(one.read_bytes()) for one in files}


def keys(driver, digits) -> None:
    for digit in digits:
        driver.tap_text(digit)
    driver.tap_id("key:tick")


def practised(app, driver) -> None:
    """A whole check: scanned by touch, answered by acts, signed by touch, its paper printed to a file."""
    driver.tap_id("new_check")
    driver.tap_id("scan")
    driver.tap_id("next")
    desk = app.desk
    for section in desk.kit.definitions.checklists[desk.held.checklist].sections:
        desk.put(acts.clear_section(desk.held, section.id, 4000))
    for one in desk.held.assessment.open:
        desk.put(acts.answer(one.item.id, "conforms"))
    desk.put(acts.decide(desk.held, desk.held.assessment.proposal.outcome))
    desk.go("sign")
    driver.step(3)
    writes(driver, [(0.2, 0.3), (0.4, 0.7), (0.6, 0.3), (0.8, 0.6)])
    driver.tap_id("hand_back")
    keys(driver, "111111")
    keys(driver, "999999")
    assert desk.screen == "papers"


def test_a_locked_tablet_practises_and_the_work_is_untouched_to_the_byte(driver, start, tmp_path, sockets) -> None:
    from demo import find

    app = start(tablet.made(tmp_path))
    before = contents(tmp_path)
    driver.tap_id("practice")
    assert (app.desk.screen, app.desk.practising, app.frame.practice) == ("queue", True, True)
    assert not find.is_shown(app.frame.ids.bar.ids.sync), "nothing is delivered in practice"
    practised(app, driver)
    app.desk.start_sync()
    app._tick(1)
    assert app.desk.backlog.unsent == (0, 0)
    digest_, papers = seal.papers(app.desk.open_store, app.desk.held.inspection)
    assert store.sealed(app.desk.open_store, digest_).part["site"] == county.SITE
    assert all(one.number.startswith("练习PRACTICE-") and "练习" in one.notice.title for one in papers)
    assert contents(tmp_path) != before
    driver.tap_id("next_vehicle")
    driver.tap_id("leave_practice")
    assert (app.desk.screen, app.desk.practising, app.frame.practice) == ("unlock", False, False)
    assert contents(tmp_path) == before
    assert sockets == []


def test_nothing_of_practice_is_in_the_real_store_or_its_outbox(driver, start, tmp_path, sockets) -> None:
    app = start(tablet.made(tmp_path))
    app.desk.start_sync = lambda: None
    keys(driver, tablet.PIN)
    counts = {"settings": _settings(app), "view": store.view(app.desk.open_store)}
    driver.tap_id("practice")
    assert app._at_work.store is None
    practised(app, driver)
    app.desk.lock()
    driver.step(3)
    keys(driver, tablet.PIN)
    held = app.desk.open_store
    assert (store.inspections(held), store.deliveries(held), store.unsent(held)) == ((), (), (0, 0))
    assert store.chain_head(held) == (0, None)
    assert {"settings": _settings(app), "view": store.view(held)} == counts
    assert sockets == []


def _settings(app):
    from mobile.store.models import Setting

    held = app.desk.open_store
    names = [row.name for row in Setting.select().execute(held.db)]
    return {name: store.setting(held, name) for name in names if name != "proof"}


def test_a_tablet_of_no_office_can_practise(driver, start, tmp_path, sockets) -> None:
    app = start(tmp_path)
    driver.tap_id("practice")
    driver.tap_id("new_check")
    assert app.desk.screen == "identify"
    app.desk.lock()
    assert app.desk.screen == "unlock"
    assert sockets == []
    assert not list(tmp_path.glob("practice-*"))


def test_practice_can_be_walked_by_touches_and_its_shift_closed(driver, start, tmp_path, sockets) -> None:
    app = start(tablet.made(tmp_path))
    driver.tap_id("practice")
    practised(app, driver)
    driver.tap_id("next_vehicle")
    driver.tap_id("shift")
    keys(driver, "123456")
    keys(driver, "123456")
    assert app.desk.where == {"mode": "closed"}
    driver.tap_id("ask_office")
    driver.find_text("办公端尚未核对本班次。")
    assert sockets == []


def test_a_courier_of_practice_never_goes(tmp_path) -> None:
    desk = PracticeDesk(tmp_path, lambda *_: None)
    desk.start()
    assert isinstance(desk.courier, SilentCourier)
    assert desk.courier.start(desk.open_store) is False
    assert desk.courier.due() is False
    with pytest.raises(AssertionError):
        desk.courier._run(desk.open_store, 0)
    desk.close()


def test_whoever_asks_the_office_in_practice_is_refused_before_a_session_exists(tmp_path) -> None:
    from mobile.link import sync

    desk = PracticeDesk(tmp_path, lambda *_: None)
    desk.start()
    with pytest.raises(Refusal, match="link_practice"):
        Office(enrolment(desk.open_store).link)
    assert sync.run_once(desk.open_store).code == "link_practice"
    desk.close()


def test_the_key_of_practice_is_written_nowhere_and_a_killed_practice_is_deleted_at_the_next_start(tmp_path) -> None:
    desk = PracticeDesk(tmp_path, lambda *_: None)
    desk.start()
    key = desk.open_store.vault.key
    files = [one for one in desk.folder.rglob("*") if one.is_file()]
    assert files
    assert all(key not in one.read_bytes() for one in files)
    assert not (desk.folder / "keys.json").exists()
    store.release(desk.open_store)  # as a kill leaves it
    folders.clear(tmp_path)
    assert not desk.folder.exists()


def test_clearing_leaves_the_work_alone(tmp_path) -> None:
    before = contents(tablet.made(tmp_path))
    folders.clear(tmp_path)
    assert contents(tmp_path) == before


def test_every_made_up_number_holds_and_says_that_it_is_made_up() -> None:
    rows = county.registry(NOW)
    codes = [one["key"] for one in rows if one["kind"] == "carrier"]
    numbers = [one["key"] for one in rows if one["kind"] == "person"]
    assert len(set(codes)) == len(codes) == 2
    assert len(set(numbers)) == len(numbers) == 4
    assert all(check_uscc(one).ok for one in codes)
    assert all(check_id(one).ok for one in numbers)
    assert all(check_plate(one["key"]).ok for one in rows if one["kind"] == "vehicle")
    assert all("练习" in one["data"]["name"] for one in rows if one["kind"] in ("carrier", "person"))


def test_dates_follow_the_clock_and_one_trailer_is_out_of_date() -> None:
    trailers = [one["data"] for one in county.registry(NOW) if one["data"].get("kind") == "trailer"]
    assert [one["permit"]["valid_until"] < "2026-11-21" for one in trailers] == [False, True]


def test_a_paper_of_practice_says_so_in_title_text_and_across_the_page(tmp_path) -> None:
    from mobile.sealing import pdf as papers
    from tests.mobile.sealing.test_pdf import words as printed

    notice = marks.marked(Notice("现场检查记录", f"{marks.PREFIX}-R000001", county.OFFICE))
    papers.render(notice, "", tmp_path / "a.pdf")
    lines = printed(tmp_path / "a.pdf")
    assert any("练习" in one and "现场检查记录" in one for one in lines)
    assert any(one == marks.WATERMARK for one in lines)
    assert marks.is_marked(notice)
    papers.render(Notice("现场检查记录", "T1-R000001", "某县大队"), "", tmp_path / "b.pdf")
    assert not any("练习" in one for one in printed(tmp_path / "b.pdf"))


def test_neither_a_stick_nor_another_tablet_gets_anything_of_practice(tmp_path) -> None:
    from unittest.mock import Mock

    from mobile.screens.sync.flow import _Sync

    desk = PracticeDesk(tmp_path, lambda *_: None)
    desk.start()
    with pytest.raises(Refusal, match="link_practice"):
        _Sync(desk, Mock()).export()
    desk.begin()
    near = desk.pairings.near(desk.held.inspection)
    with pytest.raises(Refusal, match="link_practice"):
        near.invite()
    with pytest.raises(Refusal, match="link_practice"):
        near.joined(Mock())
    assert desk.wipe("tries") is False
    desk.close()
