"""The map tells nobody looked from none found, and says when a number rests on few checks."""

from __future__ import annotations

from server.figures.heat import FEW_CHECKS, HOURS, heat
from server.figures.sums import NOTHING, SUMMED, Sums, cell_key

ROADS = {"G109 卡口": "G109", "G109 服务区": "G109", "园区": "?"}


def of(checks: int, violations: int) -> Sums:
    told = {"checks": checks, "violations": violations}
    return tuple(told.get(name, 0) for name in SUMMED)


def test_nobody_looked_is_not_none_found() -> None:
    sums = {cell_key("G109 卡口", 8): of(20, 0), cell_key("园区", 9): of(4, 2)}
    rows = {row.name: row for row in heat(sums, ROADS.__getitem__)}
    looked, never = rows["G109"].cells[8], rows["G109"].cells[9]
    assert (looked.step, looked.rate) == (0, 0.0) and (never.step, never.rate) == (-1, None)
    assert rows["G109"].unseen == HOURS - 1


def test_sites_and_days_of_one_road_are_added_up() -> None:
    sums = {
        cell_key("G109 卡口", 8): of(6, 3),
        cell_key("G109 服务区", 8): of(4, 0),
        cell_key("G109 卡口", 24 * 6 + 8): of(10, 9),
    }
    row = heat(sums, ROADS.__getitem__)[0]
    assert (row.cells[8].checks, row.cells[8].violations, row.all.checks) == (20, 12, 20)
    sunday = heat(sums, ROADS.__getitem__, frozenset({6}))[0]
    assert (sunday.cells[8].checks, sunday.cells[8].violations) == (10, 9)


def test_a_road_that_nobody_looked_at_is_there_and_unknown() -> None:
    (row,) = heat({}, ROADS.__getitem__, rows=["S215"])
    assert row.name == "S215" and row.unseen == HOURS and row.all.rate is None


def test_few_checks_are_marked() -> None:
    sums = {
        cell_key("园区", 1): of(FEW_CHECKS - 1, 9),
        cell_key("园区", 2): of(FEW_CHECKS, 9),
        cell_key("园区", 3): NOTHING,
    }
    cells = heat(sums, ROADS.__getitem__)[0].cells
    assert [cells[hour].few for hour in (1, 2, 3)] == [True, False, False]
