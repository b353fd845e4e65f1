"""Hearing the office over a real socket: urgent news before anything is sent, a lost line seen in seconds."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from checklists import crypto
from checklists.wire import canonical
from mobile.link import enrolment, hearing, listener, retries
from mobile.link.courier import Courier
from mobile.link.office import Office
from mobile.link.run import SyncReport
from mobile.refusals import Refusal
from mobile.store import store
from tests.mobile.fake_office import FakeOffice, cut, fails, serving
from tests.mobile.field import AT, line, sealed
from tests.mobile.link.test_sync import run, with_photo

NOW = datetime.fromisoformat(AT)


def vehicles(many: int) -> list[bytes]:
    return [line("vehicle", f"蒙K{number:05d}", {"n": number}) for number in range(many)]


def test_everything_is_heard_page_by_page_and_only_what_is_new_the_next_time(tablet, office):
    office.tell(line("orders", "蒙K00001", {"rows": []}), *vehicles(2500))
    report = run(tablet)
    assert (report.code, report.heard) == ("", {"orders", "vehicle"})
    assert store.lookup(tablet, "vehicle", "蒙K02499")["data"] == {"n": 2499}
    office.asked = 0
    assert (run(tablet).heard, office.asked) == (set(), 2)


def test_urgent_news_come_before_records_and_the_rest_after_them(tablet, office):
    sealed(tablet)
    office.tell(*[line("orders", f"蒙K{number:05d}", {"rows": [number]}) for number in range(60)], *vehicles(200))
    office.faults = [lambda handler: known.append(store.lookup(tablet, "orders", "蒙K00059")) or False]
    known: list[Any] = []
    run(tablet)
    assert known[0]["data"] == {"rows": [59]}


def test_a_cursor_that_is_too_old_begins_anew_and_what_is_gone_is_gone(tablet, office):
    office.tell(*vehicles(3))
    run(tablet)
    office.epoch, office.lines = "f", vehicles(2)
    assert run(tablet).code == ""
    assert store.lookup(tablet, "vehicle", "蒙K00001") and not store.lookup(tablet, "vehicle", "蒙K00002")


def test_a_line_cut_between_two_pages_goes_on_where_it_was(tablet, office):
    office.tell(*vehicles(2500))
    office.feed_faults = [lambda _: False, lambda _: False, cut, cut, cut]
    assert run(tablet).code == "link_broken"
    assert store.heard(tablet).cursor == "e.600" and not store.heard(tablet).whole
    office.feed_faults, office.asked = [], 0
    assert (run(tablet).code, office.asked) == ("", 5)
    assert store.heard(tablet).whole


def test_pages_of_a_foreign_key_hold_up_no_record_and_stop_after_a_few_runs(tablet, office):
    office.page_key = crypto.new_signing_key()
    part, damaged = sealed(tablet), 0
    for number in range(retries.TRIES):
        report = run(tablet, damaged=damaged)
        damaged = report.damaged
        assert (report.code, report.stopped) == ("page_invalid", number == retries.TRIES - 1)
    assert store.deliveries(tablet)[0].digest == part.digest and store.deliveries(tablet)[0].state == "delivered"


def test_packages_are_fetched_when_the_feed_tells_of_another_one(tablet, office):
    office.packages = {"definitions": canonical({"v": 1})}
    assert run(tablet).packages and not run(tablet).packages
    office.packages["definitions"] = canonical({"v": 2})
    assert len(run(tablet).packages) == 1 and store.definitions(tablet) == {"v": 2}


def test_officers_are_those_of_the_feed_and_who_left_stays_named(tablet, office):
    office.tell(line("officer", "b", {"name": "李", "agency": "T", "card": "2"}))
    run(tablet)
    made = enrolment.enrolment(tablet)
    assert made is not None
    assert [one["id"] for one in made.serving] == ["b"]
    assert [(one["id"], one.get("left")) for one in made.officers] == [("b", None), ("a", True)]
    office.tell(line("officer", "b"))
    run(tablet)
    assert [one["id"] for one in enrolment.enrolment(tablet).serving] == ["b"], "an empty list locks nobody out"


def test_pictures_in_full_size_wait_where_somebody_said_so(tablet, office):
    _part, original = with_photo(tablet)
    store.keep_setting(tablet, "originals", "wait")
    report = run(tablet)
    assert (report.code, report.photos, report.unsent) == ("", [], (0, 1))
    store.keep_setting(tablet, "originals", "send")
    report = run(tablet)
    assert report.photos == [original] and report.bytes_per_s > 0


def test_where_android_says_that_the_line_is_metered_they_wait_until_somebody_says_otherwise(
    tablet, office, monkeypatch
):
    with_photo(tablet)
    monkeypatch.setattr("mobile.device.network.metered", lambda: True)
    assert run(tablet).photos == []
    store.keep_setting(tablet, "originals", "send")
    assert len(run(tablet).photos) == 1


class Ear:
    """A courier whose thread's words are taken in by the test."""

    def __init__(self, tablet: Any) -> None:
        self.tablet, self.words = tablet, []
        self.more = threading.Condition()
        self.courier = Courier(lambda: NOW, self.later, lambda report: None)

    def later(self, act: Any) -> None:
        with self.more:
            self.words.append(act)
            self.more.notify()

    def until(self, holds: Any, seconds: float = 20) -> float:
        """Take words in until it holds; return how long that took."""
        begun = time.monotonic()
        while not holds():
            with self.more:
                assert self.more.wait_for(lambda: self.words, seconds), "nothing more is said"
                act = self.words.pop(0)
            act()
            assert time.monotonic() - begun < seconds
        return time.monotonic() - begun


@pytest.fixture
def ear(tablet, monkeypatch):
    monkeypatch.setattr(listener, "_AGAIN_S", 0.05)
    monkeypatch.setattr(listener, "_LEAST_S", 0.05)
    made = Ear(tablet)
    yield made
    made.courier.stop()


def online(ear: Ear) -> Any:
    return lambda: ear.courier.state.online and not ear.courier.state.running


def test_news_come_without_a_run(ear, tablet, office):
    ear.courier.start(tablet)
    ear.until(online(ear))
    office.tell(line("orders", "蒙K00001", {"rows": [1]}))
    ear.until(lambda: store.lookup(tablet, "orders", "蒙K00001") is not None)
    assert not ear.courier.state.running


def test_more_than_a_page_begins_a_run_and_so_does_a_package(ear, tablet, office):
    ear.courier.start(tablet)
    ear.until(online(ear))
    office.tell(*vehicles(1500))
    ear.until(lambda: store.lookup(tablet, "vehicle", "蒙K01499") is not None)
    office.packages = {"definitions": canonical({"v": 1})}
    ear.until(lambda: store.definitions(tablet) == {"v": 1})


def test_a_lost_line_shows_and_its_return_sends_what_waited(tablet, monkeypatch):
    monkeypatch.setattr(listener, "_AGAIN_S", 0.05)
    monkeypatch.setattr(listener, "_LEAST_S", 0.05)
    ear = Ear(tablet)
    with serving(FakeOffice()) as office:
        enrolment.keep(tablet, enrolment.enrol(office.url, "12345678", "平板一", app="test"))
        ear.courier.start(tablet)
        ear.until(online(ear))
        office.feed_faults = [cut] * 6
        ear.until(lambda: not ear.courier.state.online and not ear.courier.state.running)
        assert ear.courier.state.code == "link_broken"
        part = sealed(tablet)
        ear.until(online(ear))
        assert part.digest in office.parts
    ear.courier.stop()


def test_a_silent_line_counts_as_lost_after_the_wait_and_its_slack(tablet, office, monkeypatch):
    monkeypatch.setattr(hearing, "SLACK_S", 0.2)
    silent = threading.Event()
    office.feed_faults = [lambda _: silent.wait(10)]
    made = enrolment.enrolment(tablet)
    with Office(made.link) as asking, pytest.raises(Refusal) as caught:
        hearing.page(tablet, asking, lambda: NOW, wait_s=1)
    silent.set()
    assert caught.value.code == "link_timeout"
    assert listener.WAIT_S + 2 <= 5, "the promise: true within 5 s"


def test_a_revoked_tablet_hears_it_between_two_runs(ear, tablet, office):
    ear.courier.start(tablet)
    ear.until(online(ear))
    office.feed_faults = [fails(403, "device_revoked")] * 3
    ear.until(lambda: ear.courier.state.stopped)
    assert ear.courier.state.code == "device_revoked"


@pytest.mark.parametrize(("status", "code"), [(403, "device_revoked"), (401, "token_invalid")])
def test_a_tablet_that_is_shut_out_asks_seldom_and_goes_on_once_it_is_let_in(
    ear, tablet, office, monkeypatch, status, code
):
    """Also one that was enrolled without a key to seal for, and so cannot wipe itself."""
    ear.courier.start(tablet)
    ear.until(online(ear))
    asked: list[float] = []

    def shut_out(handler: Any) -> Any:
        asked.append(time.monotonic())
        return fails(status, code)(handler)

    office.feed_faults = [shut_out] * 500
    ear.until(lambda: ear.courier.state.stopped and not ear.courier.state.running)
    time.sleep(1)
    assert len(asked) <= 4, "it does not ask for ever"
    office.feed_faults = []
    monkeypatch.setattr(listener, "_SHUT_OUT_S", 0.1)
    ear.courier._ear.pause()
    part = sealed(tablet)
    ear.courier._ear.start(tablet)
    ear.until(online(ear))
    assert part.digest in office.parts


def test_a_tablet_that_ends_when_it_is_told_listens_no_more(ear, tablet, monkeypatch):
    """Revoked, it wipes itself: an ear that began before would be told so as well, and wipe beside it."""
    listened: list[Any] = []
    monkeypatch.setattr("mobile.link.sync.run_once", lambda *_, **_more: SyncReport("device_revoked", stopped=True))
    monkeypatch.setattr(ear.courier._ear, "start", listened.append)
    ear.courier._tell = lambda report: report and ear.courier.stop()
    ear.courier.start(tablet)
    ear.until(lambda: ear.courier.state.stopped)
    assert listened == []


def test_who_locked_hears_nothing_more(ear, tablet, office):
    ear.courier.start(tablet)
    ear.until(online(ear))
    ear.courier.stop()
    before = ear.courier.state
    office.tell(line("orders", "蒙K00001", {"rows": [1]}))
    time.sleep(0.2)
    for act in list(ear.words):
        act()
    assert ear.courier.state == before


def test_a_tablet_that_was_locked_does_not_say_that_it_has_a_line_before_it_knows(ear, tablet, office):
    ear.courier.start(tablet)
    ear.until(online(ear))
    ear.courier.stop()
    assert not ear.courier.state.online
    ear.courier.start(tablet)
    assert not ear.courier.state.online
    ear.until(online(ear))


def test_who_unlocks_while_the_run_of_before_still_goes_on_is_not_kept_waiting(ear, tablet, office, monkeypatch):
    hangs, runs = threading.Event(), []

    def run_once(held, **_more):
        runs.append(held)
        hangs.wait(10)
        return SyncReport()

    monkeypatch.setattr("mobile.link.sync.run_once", run_once)
    ear.courier.start(tablet)
    ear.courier.stop()
    again = replace(tablet)
    ear.courier.start(again)
    hangs.set()
    ear.until(lambda: len(runs) == 2 and not ear.courier.state.running)
    assert runs[1] is again and ear.courier.state.online
