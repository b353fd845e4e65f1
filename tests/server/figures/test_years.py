"""Two shares beside each other: what small numbers cannot show is not said, and nothing is sure that may be chance."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.figures.asking import Asked
from server.figures.rates import FEW, Share, share
from server.figures.years import changed, year_before

MANY = st.integers(FEW, 3000).flatmap(lambda of: st.builds(share, st.integers(0, of), st.just(of)))


@given(MANY, MANY)
def test_a_difference_lies_in_its_interval_and_turns_round_with_its_spans(now: Share, before: Share) -> None:
    one, other = changed(now, before), changed(before, now)
    assert -1 <= one.low <= one.points <= one.high <= 1
    assert (one.points, one.low, one.high) == pytest.approx((-other.points, -other.high, -other.low))
    assert one.says == other.says == ("unsure" if one.low <= 0 <= one.high else "sure")


@given(MANY)
def test_a_share_does_not_differ_from_itself(one: Share) -> None:
    assert changed(one, one).says == "unsure"


def test_the_interval_is_that_of_newcombe() -> None:
    told = changed(share(56, 70), share(48, 80))  # his first example: 0.0524 to 0.3339
    assert (round(told.low, 4), round(told.high, 4)) == (0.0524, 0.3339)


@pytest.mark.parametrize(
    ("now", "before", "name", "says"),
    [
        (share(0, 0), share(5, 40), "found", "none"),
        (share(5, 40), share(0, 0), "found", "none"),
        (share(9, FEW - 1), share(0, 400), "found", "few"),
        (share(90, 100), share(1, 100), "decided", "time"),
        (share(90, 100), share(1, 100), "corrected", "time"),
        (share(90, 100), share(1, 100), "found", "sure"),
    ],
)
def test_what_is_not_compared_says_why(now: Share, before: Share, name: str, says: str) -> None:
    held = changed(now, before, name)
    assert held.says == says and held.compares is (says == "sure")


def test_the_year_before_has_the_same_days_and_filters() -> None:
    asked = Asked(date(2028, 2, 29), date(2028, 11, 30), road="G109", hour=3)
    assert year_before(asked) == Asked(date(2027, 2, 28), date(2027, 11, 30), road="G109", hour=3)
