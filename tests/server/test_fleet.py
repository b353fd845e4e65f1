"""What is wrong with a tablet, by what the office saw and by what it says of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from checklists.wire import instant
from server import fleet
from server.accounts import Scope
from server.fleet import ACT, WATCH, Mark, Newest, Said, Tablet, TookPackage

NOW = datetime(2026, 11, 28, 8, tzinfo=UTC)
BY = Newest(NOW, "0.2.0", {"definitions": "5", "registry": "9"}, place=100)


def ago(**span: float) -> str:
    return instant(NOW - timedelta(**span))


WELL = Said("0.2.0", ago(), feed_place=100, feed_at=ago(), free_bytes=50 * 10**9, offset_ms=300, agreed_at=ago())
TABLET = Tablet("d", "T0001", "一号", "T", "", "0.2.0", ago(days=90), ago(minutes=5), WELL)


def marks(said: dict[str, Any] | None = None, **changes: Any) -> dict[str, int]:
    held = replace(TABLET, said=replace(WELL, **said or {}), **changes)
    return {mark.code: mark.grave for mark in fleet.marks(held, BY)}


def test_a_tablet_that_is_well_has_no_mark() -> None:
    assert marks() == {}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"records": 2, "oldest_at": ago(minutes=59)}, {}),
        ({"records": 2, "oldest_at": ago(minutes=61)}, {"waits": WATCH}),
        ({"files": 1, "oldest_at": ago(hours=25)}, {"waits": ACT}),
        ({"oldest_at": ago(hours=25)}, {}),  # nothing waits any more
        ({"records": 1, "oldest_at": ago(hours=2), "offset_ms": 50_000}, {"waits": WATCH}),
        ({"records": 1, "oldest_at": ago(minutes=60.5), "offset_ms": 50_000}, {}),  # its clock is slow
        ({"refused": 1}, {"refused": WATCH}),
        ({"feed_place": 99, "feed_at": ago(minutes=30)}, {}),
        ({"feed_place": 99, "feed_at": ago(hours=2)}, {"behind": WATCH}),
        ({"feed_place": 99, "feed_at": ago(hours=25)}, {"behind": ACT}),
        ({"feed_place": 0, "feed_at": None}, {"behind": WATCH}),
        ({"feed_place": 100, "feed_at": ago(days=9)}, {}),  # nothing has changed since
        ({"feed_place": None, "feed_at": None}, {}),
        ({"free_bytes": 1_999_999_999}, {"space": WATCH}),
        ({"free_bytes": 499_999_999}, {"space": ACT}),
        ({"free_bytes": None}, {}),
        ({"offset_ms": -60_001}, {"clock": WATCH}),
        ({"offset_ms": 3_600_001}, {"clock": ACT}),
        ({"offset_ms": None}, {}),
        ({"packages": (TookPackage("definitions", "4"),)}, {"packages": WATCH}),
        ({"packages": (TookPackage("definitions", "5"), TookPackage("of_later", "1"))}, {}),
        ({"packages": (TookPackage("registry", "8"),)}, {}),  # it reads the feed
        ({"packages": (TookPackage("registry", "8"),), "feed_place": None}, {"packages": WATCH}),
    ],
)
def test_what_a_tablet_says_is_measured(said: dict[str, Any], found: dict[str, int]) -> None:
    assert marks(said) == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"seen_at": ago(hours=24)}, {}),
        ({"seen_at": ago(hours=25)}, {"silent": WATCH}),
        ({"seen_at": ago(days=4)}, {"silent": ACT}),
        ({"seen_at": None}, {"silent": ACT}),
        ({"seen_at": None, "enrolled_at": ago(hours=1)}, {}),
        ({"app": "0.1.9"}, {"app": WATCH}),
        ({"app": "0.10.0"}, {}),
        ({"app": "seed"}, {}),
    ],
)
def test_what_the_office_saw_is_measured(changes: dict[str, Any], found: dict[str, int]) -> None:
    assert marks(**changes) == found


def test_one_that_says_nothing_is_measured_by_what_the_office_saw_alone() -> None:
    assert fleet.marks(replace(TABLET, said=None), BY) == ()
    silent = fleet.marks(replace(TABLET, said=None, seen_at=ago(days=9)), BY)
    assert silent == (Mark("silent", ACT),)


def test_space_that_goes_fast_is_marked_before_it_is_gone() -> None:
    before = (ago(days=5)[:10], 60 * 10**9)
    assert marks({"free_bytes": 30 * 10**9}, space_before=before) == {"space": WATCH}  # five days at six a day
    assert marks({"free_bytes": 59 * 10**9}, space_before=before) == {}
    assert marks({"free_bytes": 61 * 10**9}, space_before=before) == {}
    assert marks({"free_bytes": 30 * 10**9}, space_before=(ago()[:10], 60 * 10**9)) == {}  # all of it today


def test_the_worst_comes_first() -> None:
    one_to_act_on, many_to_look_at = [Mark("silent", ACT)], [Mark("app", WATCH)] * 5
    assert sorted([[], many_to_look_at, one_to_act_on], key=fleet.rank) == [one_to_act_on, many_to_look_at, []]
    found = fleet.marks(replace(TABLET, app="0.1.0", seen_at=ago(days=9)), BY)
    assert [mark.code for mark in found] == ["silent", "app"]


def test_versions_are_compared_by_their_numbers() -> None:
    assert fleet.newest_app(["0.9.0", "seed", "0.10.0", ""]) == "0.10.0"
    assert fleet.newest_app(["seed"]) == ""
    assert not fleet.is_older("0.1.0", "")


@pytest.mark.parametrize(
    ("scope", "agency", "area", "is_shown"),
    [
        (Scope(None), "P", "", True),
        (Scope(frozenset({"T"})), "T", "", True),
        (Scope(frozenset({"T"})), "P", "", False),
        (Scope(frozenset()), "T", "", False),
        (Scope(None, "1506"), "T", "150624", True),
        (Scope(None, "1506"), "T", "15", True),
        (Scope(None, "1506"), "T", "", True),
        (Scope(None, "1506"), "T", "1501", False),
        (Scope(None, "150624"), "T", "150625", False),
    ],
)
def test_a_tablet_is_shown_to_its_agency_where_it_works(scope: Scope, agency: str, area: str, is_shown: bool) -> None:
    assert fleet.shows(scope, agency, area) is is_shown


def test_an_administrator_keeps_every_tablet_going_though_he_sees_no_record() -> None:
    assert fleet.scope_of("system_admin", Scope(frozenset())) == Scope(None)
    assert fleet.scope_of("leader", Scope(frozenset({"T"}), "15")) == Scope(frozenset({"T"}), "15")
