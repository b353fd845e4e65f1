"""A check counts where it belongs, and when it changes the sums move by just that."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from server.figures.fact import FLAGS, LATES, Fact
from server.figures.periods import month_end, months_back, periods
from server.figures.sums import NOTHING, SUMMED, Counted, Looked, added, cell_key, moved, of_cell, periods_of, recount

SITES = ("G109 示例县卡口", "示例化工园区东门", "")
FACT = Fact(
    "i",
    "d",
    "2026-11-20T02:00:00.000Z",
    "2026-11-20",
    4 * 24 + 10,
    SITES[0],
    "|P|T|",
    "示例运输",
    "1203",
    "P-1+T-1",
    "m5",
)


@st.composite
def checks(draw: st.DrawFn) -> Counted:
    fact = replace(
        FACT,
        site=draw(st.sampled_from(SITES)),
        day=(date(2026, 10, 25) + timedelta(draw(st.integers(0, 20)))).isoformat(),
        cell=draw(st.integers(0, 167)),
        late=draw(st.sampled_from(LATES)),
        violations=draw(st.integers(0, 4)),
        **{name: draw(st.integers(0, 1)) for name in FLAGS},
    )
    looked = draw(st.sets(st.sampled_from(("A-1", "B-2", "C-3"))))
    failed = draw(st.sets(st.sampled_from(sorted(looked)))) if looked else set()
    found = draw(st.frozensets(st.sampled_from(("CN-A-01", "CN-B-02"))))
    return Counted(fact, Looked(frozenset(looked - failed), frozenset(failed)), found)


@given(st.lists(checks(), min_size=1, max_size=6), checks(), st.integers(0, 5))
def test_moving_gives_what_counting_anew_gives(held: list[Counted], new: Counted, which: int) -> None:
    at = which % len(held)
    kept = Counter({(key, place): one for key, row in recount(held).items() for place, one in enumerate(row)})
    for key, row in moved(held[at], new).items():
        for place, one in enumerate(row):
            kept[key, place] += one
    again = recount([*held[:at], new, *held[at + 1 :]])
    assert {one: many for one, many in kept.items() if many} == {
        (key, place): one for key, row in again.items() for place, one in enumerate(row) if one
    }


@given(checks())
def test_the_same_check_again_moves_nothing(one: Counted) -> None:
    assert moved(one, one) == {}


def test_what_is_taken_back_leaves_nothing() -> None:
    one = Counted(FACT, Looked(frozenset({"A-1"}), frozenset({"B-2"})))
    assert {
        key: added([row, gone])
        for (key, row), gone in zip(recount([one]).items(), moved(one, Counted(None)).values(), strict=True)
    } == dict.fromkeys(recount([one]), NOTHING)


def test_an_item_counts_where_it_was_looked_at() -> None:
    held = recount([Counted(FACT, Looked(frozenset({"A-1"}), frozenset({"B-2"})))])
    by_item = {key.key: dict(zip(SUMMED, row, strict=True)) for key, row in held.items() if key.by == "item"}
    assert (by_item["A-1"]["checks"], by_item["A-1"]["found"]) == (1, 0)
    assert (by_item["B-2"]["checks"], by_item["B-2"]["found"]) == (1, 1)


def test_a_violation_counts_the_check_in_which_it_was_found() -> None:
    held = recount([Counted(replace(FACT, cased=1), violations=frozenset({"CN-A-01"})), Counted(FACT)])
    ((key, row),) = [(key, row) for key, row in held.items() if key.by == "violation" and key.period[0] == "M"]
    told = dict(zip(SUMMED, row, strict=True))
    assert key.key == "CN-A-01" and (told["checks"], told["cased"]) == (1, 1)


def test_a_cell_is_read_back_from_its_key() -> None:
    assert of_cell(cell_key("G109 示例 县", 7)) == (7, "G109 示例 县")


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 500))
def test_the_periods_of_a_span_are_each_of_its_days_once(since: date, days: int) -> None:
    until = since + timedelta(days)
    held = set(periods(since, until))
    for number in range(days + 1):
        day = (since + timedelta(number)).isoformat()
        assert sum(one in held for one in periods_of(day)) == 1
    outside = {*periods_of((since - timedelta(1)).isoformat()), *periods_of((until + timedelta(1)).isoformat())}
    assert not held & {one for one in outside if one[0] == "D"}
    months = [one for one in held if one[0] == "M"]
    assert all(
        since <= date.fromisoformat(f"{one[1:]}-01") and month_end(date.fromisoformat(f"{one[1:]}-01")) <= until
        for one in months
    )


def test_months_back_begin_on_their_first() -> None:
    assert months_back(date(2026, 1, 31), 3) == date(2025, 10, 1)
