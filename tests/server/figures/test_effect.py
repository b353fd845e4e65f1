"""What changed while a campaign ran, and how sure that is: by the literature, and what must not be said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.figures.effect import NOTHING, Cell, Estimate, Span, changes, estimate, less, spans

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 10)
WHOLE = {
    "before": Span(date(2026, 5, 22), date(2026, 5, 31)),
    "during": Span(FIRST, LAST),
    "after": Span(date(2026, 6, 11), date(2026, 6, 20)),
}


def cell(found: int, checks: int) -> Cell:
    """Checks spread evenly over ten days at a site, one violation in each check with a finding."""
    n, v = checks // 10, found / 10
    return Cell(checks, found, found, 10, 10 * n * n, round(10 * v * v), round(10 * n * v))


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 6, 21), WHOLE),
        (date(2026, 6, 20), {name: WHOLE[name] for name in ("before", "during")}),
        (
            date(2026, 6, 3),
            {"before": Span(date(2026, 5, 29), date(2026, 5, 31)), "during": Span(FIRST, date(2026, 6, 3))},
        ),
        (date(2026, 5, 31), {}),
    ],
)
def test_the_spans_are_of_one_length_and_only_of_days_that_have_been(today: date, told: dict[str, Span]) -> None:
    assert spans(FIRST, LAST, today) == told


def test_one_that_ended_before_it_began_has_no_spans() -> None:
    assert spans(FIRST, date(2026, 5, 20), date(2026, 7, 1)) == {}


def test_a_difference_of_shares_has_the_interval_of_the_literature() -> None:
    one, other = estimate("share", cell(56, 70)), estimate("share", cell(48, 80))
    assert one is not None and other is not None
    held = less(one, other)  # Newcombe 1998, table II, example (a), method 10
    assert [round(value, 4) for value in held] == [0.2, 0.0524, 0.3339]


def test_days_that_differ_make_a_rate_less_sure_than_days_that_are_alike() -> None:
    alike = Cell(100, 50, 50, 10, 10 * 100, 10 * 25, 10 * 50)
    apart = replace(alike, violations_squared=5 * 100, product=5 * 100)  # half of the days ten each, half none
    sure, unsure = estimate("rate", alike), estimate("rate", apart)
    assert sure is not None and unsure is not None and sure.value == unsure.value == 0.5
    # Counting alone: 1.96 √50 / 100. Ten days of 10 and 0: 1.96 √(10/9 · 250) / 100.
    assert (round(sure.high - sure.value, 4), round(unsure.high - unsure.value, 4)) == (0.1386, 0.3267)


def test_no_violation_is_no_certainty() -> None:
    none = Cell(100, 0, 0, 10, 1000, 0, 0)
    assert estimate("rate", none) == Estimate(0.0, 0.0, pytest.approx(0.03689))


@pytest.mark.parametrize("held", [NOTHING, cell(10, 20), replace(cell(20, 100), days=9)])
def test_of_too_few_nothing_is_said(held: Cell) -> None:
    many = cell(20, 100)
    cells = {(side, span): many for side in ("in", "out") for span in ("before", "during")}
    for place in cells:
        told = changes({**cells, place: held})
        assert {one.verdict for one in told} == {"few"} and all(one.difference is None for one in told)


@pytest.mark.parametrize(
    ("inside", "outside", "verdict"),
    [
        ((20, 80), (50, 50), "more"),
        ((80, 20), (50, 50), "less"),
        ((50, 52), (50, 50), "open"),
        ((20, 80), (20, 80), "open"),
    ],
)
def test_what_also_changed_elsewhere_is_no_effect(
    inside: tuple[int, int], outside: tuple[int, int], verdict: str
) -> None:
    cells = {
        (side, span): cell(found, 100)
        for side, both in (("in", inside), ("out", outside))
        for span, found in zip(("before", "during"), both, strict=True)
    }
    assert {(one.span, one.verdict) for one in changes(cells)} == {("during", verdict)}


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(30, 200)), min_size=4, max_size=4))
def test_a_difference_of_differences_is_never_surer_than_one_of_them(told: list[tuple[int, int]]) -> None:
    held = [Cell(of, min(found, of), min(found, of), 10, of * of, 0, 0) for found, of in told]
    before, during, before_out, during_out = (estimate("share", one) for one in held)
    assert before and during and before_out and during_out
    inside, outside = less(during, before), less(during_out, before_out)
    both = less(inside, outside)
    assert both.low <= both.value <= both.high
    assert both.value == pytest.approx(inside.value - outside.value)
    assert both.high - both.low >= max(inside.high - inside.low, outside.high - outside.low) - 1e-9
