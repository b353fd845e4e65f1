from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.papers.amounts import capital, capital_fen, figures, money

DIGITS = {sign: number for number, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


def read(said: str) -> int:
    """Read capitals back into fen, by the other way: sign by sign."""
    yuan, _, rest = said.partition("元") if "元" in said else ("", "", said)
    cents = sum(DIGITS[digit] * value for digit, value in _parts(rest))
    return 100 * _whole(yuan) + cents


def _parts(rest: str) -> list[tuple[str, int]]:
    return [(digit, {"角": 10, "分": 1}[unit]) for digit, unit in re.findall("(.)([角分])", rest)]


def _whole(said: str) -> int:
    total = 0
    for unit, value in (("万亿", 10**12), ("亿", 10**8), ("万", 10**4)):
        high, found, low = said.partition(unit)
        if found:
            total, said = total + _four(high) * value, low
    return total + _four(said)


def _four(said: str) -> int:
    total, digit = 0, 0
    for sign in said:
        if sign in DIGITS:
            digit = DIGITS[sign]
        else:
            total, digit = total + digit * PLACES[sign], 0
    return total + digit


@given(st.integers(0, 10**18 - 1))
def test_capitals_read_back_give_the_amount(fen: int) -> None:
    said = capital_fen(fen)
    assert read(said) == fen
    assert "零零" not in said and not said.startswith("零元零") and said[-1] in "整分"


@given(st.integers(0, 10**18 - 1), st.integers(0, 10**18 - 1))
def test_two_amounts_are_never_written_alike(one: int, other: int) -> None:
    assert (capital_fen(one) == capital_fen(other)) == (one == other)
    assert (figures(one) == figures(other)) == (one == other)


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (1_000_000, "壹万元整"), (0, "零元整"), (1_005_000, "壹万零伍拾元整"), (10_050_000, "壹拾万零伍佰元整"),
        (10_000_000_000, "壹亿元整"), (10_000_000_100, "壹亿零壹元整"), (150, "壹元伍角整"), (105, "壹元零伍分"),
        (5, "伍分"), (50, "伍角整"), (123_456, "壹仟贰佰叁拾肆元伍角陆分"), (100_000_100, "壹佰万零壹元整"),
    ],
)  # fmt: skip
def test_capitals_as_banks_write_them(fen: int, said: str) -> None:
    assert capital_fen(fen) == said


def test_money_has_both_and_a_debt_is_no_amount() -> None:
    assert money(1_200_050) == "人民币壹万贰仟元伍角整（￥12,000.50元）"
    assert capital(50_000) == "伍万元整"
    with pytest.raises(ValueError, match="cannot be written"):
        capital_fen(-1)
