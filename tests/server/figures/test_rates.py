"""A share tells how sure it is: Wilson's interval against what is known of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.figures.rates import FEW, share


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),  # Newcombe 1998, table I and its usual reprints
        (1, 29, 0.0061, 0.1718),
        (15, 148, 0.0624, 0.1605),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_the_interval_is_that_of_the_literature(count: int, of: int, low: float, high: float) -> None:
    held = share(count, of)
    assert (round(held.low, 4), round(held.high, 4)) == (low, high)


@given(st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_share_lies_in_its_interval_and_the_other_way_round_it_is_the_same(told: tuple[int, int]) -> None:
    held, other = share(*told), share(told[1] - told[0], told[1])
    assert held.rate is not None and 0 <= held.low <= held.rate <= held.high <= 1
    assert held.low == pytest.approx(1 - other.high) and held.high == pytest.approx(1 - other.low)


def test_of_nothing_nothing_is_known() -> None:
    assert (share(0, 0).rate, share(0, 0).low, share(0, 0).high) == (None, 0.0, 1.0)


def test_few_are_said_to_be_few() -> None:
    assert share(0, FEW - 1).few and not share(0, FEW).few


def test_more_than_all_is_no_share() -> None:
    with pytest.raises(ValueError, match="no share"):
        share(3, 2)
