"""Local tables of discretion are taken whole or not at all, and never beyond the law."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from server.cases.discretion import COLUMNS, Ended, Range, Similar, factors
from server.console.discretion import read

HEAD = ",".join(COLUMNS)
GOOD = "CN-EQP-01,较轻,缺少一件小型器材,20000,40000,第3项,2026-05-01,"


def ranges(code: str, _day: date) -> Sequence[Range] | None:
    return {"CN-EQP-01": [(20000, 100000)], "CN-LIC-01": []}.get(code)


def told(*lines: str) -> list[tuple[int, str]]:
    rows, faults = read("\n".join([HEAD, *lines]), ranges)
    assert not faults or faults == tuple(sorted(faults, key=lambda one: one.line))
    return [(one.line, one.code) for one in faults] or [(len(rows), "rows")]


def test_a_good_table_is_read() -> None:
    rows, faults = read("\ufeff" + HEAD + "\n" + GOOD, ranges)
    assert faults == ()
    assert (rows[0].min_cny, rows[0].max_cny, rows[0].grade) == (20000, 40000, "较轻")
    assert rows[0].holds_on(date(2026, 5, 1))
    assert not rows[0].holds_on(date(2026, 4, 30))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (GOOD.replace("20000", "10000"), "outside"),
        (GOOD.replace("40000", "100001"), "outside"),
        (GOOD.replace("20000,40000", "40000,20000"), "order"),
        (GOOD.replace("20000", "2万"), "amount"),
        (GOOD.replace("20000", "-1"), "amount"),
        (GOOD.replace("CN-EQP-01", "CN-XXX-01"), "unknown"),
        (GOOD.replace("2026-05-01", "2026-13-01"), "day"),
        (GOOD.replace("2026-05-01", "5/1/2026"), "day"),
        (GOOD.replace("2026-05-01", "2026/5"), "day"),
        (GOOD + "2026-04-30", "ended"),
        (GOOD.replace("较轻", ""), "missing"),
        (GOOD.replace("第3项", " "), "missing"),
    ],
)
def test_each_fault_is_told_by_its_line(line: str, code: str) -> None:
    assert told(GOOD, line) == [(3, code)]


@pytest.mark.parametrize("said", ["2026/5/1", "2026.05.01", "2026年5月1日", "20260501", "2026-5-1"])
def test_days_and_amounts_are_read_as_spreadsheets_write_them(said: str) -> None:
    line = GOOD.replace("2026-05-01", said).replace("40000", '"40,000"')
    rows, faults = read(HEAD + "\n" + line, ranges)
    assert faults == () and (rows[0].in_force_from, rows[0].max_cny) == ("2026-05-01", 40000)
    assert read("\t".join(COLUMNS) + "\n" + GOOD.replace(",", "\t"), ranges)[0][0] == rows[0]


@pytest.mark.parametrize(
    ("line", "code"),
    [("a\rb," * 8, "not_a_table"), ("x" * 200_000, "not_a_table"), (GOOD.replace("较轻", "较\0轻"), "sign")],
)
def test_what_no_table_holds_is_a_fault_of_its_line(line: str, code: str) -> None:
    assert told(line) == [(2, code)]


def test_emptied_lines_below_a_table_are_no_rows() -> None:
    assert told(GOOD, ",,,,,,,", "") == [(1, "rows")]


def test_all_faults_are_told_at_once() -> None:
    assert told(GOOD.replace("20000", "x"), GOOD.replace("较轻", ""), GOOD, GOOD) == [
        (2, "amount"),
        (3, "missing"),
        (5, "twice"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (GOOD, GOOD.replace("20000,40000", "50000,90000"), "twice"),
        (GOOD, GOOD.replace("缺少一件", " 缺少 一件").replace("2026-05-01", "2027-01-01"), "twice"),
        (GOOD + "2026-12-31", GOOD.replace("2026-05-01", "2026-12-31"), "twice"),
        (GOOD + "2026-12-31", GOOD.replace("2026-05-01", "2027-01-01"), "rows"),
        (GOOD, GOOD.replace("缺少一件", "缺少两件"), "rows"),
        (GOOD, GOOD.replace("较轻", "一般"), "rows"),
    ],
)
def test_two_rows_for_the_same_circumstances_never_hold_on_one_day(first: str, second: str, code: str) -> None:
    assert [told_code for _line, told_code in told(first, second)] == [code]


def test_a_violation_without_a_verified_range_bounds_nothing() -> None:
    assert told(GOOD.replace("CN-EQP-01", "CN-LIC-01")) == [(1, "rows")]


def test_a_table_without_columns_or_rows_says_so() -> None:
    assert [one.code for one in read("a,b\n1,2", ranges)[1]] == ["columns"]
    assert [one.code for one in read(HEAD, ranges)[1]] == ["empty"]


def test_the_middle_is_of_those_with_a_fine() -> None:
    cases = [
        Ended(str(number), str(number), "2026-11-01", fine) for number, fine in enumerate((0, 30000, 20000, 50000))
    ]
    assert Similar(tuple(cases)).middle == 30000
    assert Similar(tuple(cases[:1])).middle is None


def test_circumstances_come_from_the_file_alone() -> None:
    earlier = [Ended("1", "T-2026-00001", "2026-03-02", 20000)]
    found = factors("I", [("rectification", "cleared"), ("measure", "lifted")], earlier, {"statement_open": False})
    assert [(one.code, one.weighs) for one in found] == [
        ("again", "more"),
        ("corrected", "less"),
        ("grave", "more"),
        ("statement", ""),
    ]
    assert [one.code for one in factors("III", [], [], {})] == ["first_here"]
