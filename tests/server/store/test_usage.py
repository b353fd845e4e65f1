"""What a device brought in a day is counted in one statement, on either engine, and by each server process alike."""

from __future__ import annotations

import pytest

from server import clock
from server.office import Office
from server.refusals import Refused
from server.store import usage
from server.store.usage import Used


def brought(office: Office, device: str, *what: Used) -> Used:
    for one in what:
        office.store.write_now(lambda one=one: usage.add(device, one))
    return office.store.read_now(usage.today, device)


def test_what_is_brought_adds_up_for_each_device(office: Office) -> None:
    assert brought(office, "a", Used(2, 700), Used(0, 0, 1, 40), Used(3, 50, 2, 5)) == Used(5, 750, 3, 45)
    assert brought(office, "b", Used(photos=1)) == Used(0, 0, 1, 0)
    assert office.store.read_now(usage.today, "c") == Used()


def test_a_new_day_begins_at_nothing_and_the_old_one_stays_counted(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought(office, "a", Used(2, 700))
    today, tomorrow = clock.now(), clock.later(hours=24)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    assert brought(office, "a", Used(1, 1)) == Used(1, 1)
    monkeypatch.setattr(clock, "now", lambda: today)
    assert office.store.read_now(usage.today, "a") == Used(2, 700)


def test_bytes_beyond_the_range_of_four_are_counted(office: Office) -> None:
    assert brought(office, "a", Used(1, 2**40), Used(1, 2**40)).record_bytes == 2**41


@pytest.mark.parametrize(("what", "more", "full"), [("records", 0, False), ("records", 1, True), ("photos", 0, True)])
def test_the_last_one_fits_and_the_next_does_not(what: str, more: int, full: bool) -> None:
    used, most = Used(records=1, record_bytes=99, photos=2, photo_bytes=0), (2, 99)
    if full:
        with pytest.raises(Refused, match="day_full"):
            usage.check(used, what, more, most=most)
    else:
        usage.check(used, what, more, most=most)


def test_records_are_counted_by_how_soon_they_came_both_ends_included() -> None:
    told = usage.speed([0, 300, 301, 3600, 3601, 86_400, 86_401, None])
    assert told == {"timed": 7, "within_5m": 2, "within_1h": 4, "within_24h": 6, "doubted": 1}
    assert usage.speed([]) == {"timed": 0, "within_5m": 0, "within_1h": 0, "within_24h": 0, "doubted": 0}


def test_days_are_added_up_as_far_back_as_is_asked(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now()
    for hours, device in ((0, "a"), (-24, "a"), (-24 * 6, "a"), (-24 * 7, "a"), (-24 * 7, "b")):
        at = clock.later(hours=hours)
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        brought(office, device, Used(records=1, **usage.speed([10, None])))
        monkeypatch.undo()
    monkeypatch.setattr(clock, "now", lambda: now)
    week, month = (office.store.read_now(usage.since, days) for days in (7, 30))
    assert week == {"a": Used(timed=3, within_5m=3, within_1h=3, within_24h=3, doubted=3)}
    assert (month["a"].timed, month["b"].doubted) == (4, 1)
