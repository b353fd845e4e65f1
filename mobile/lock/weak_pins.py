"""Why a PIN would be tried first: what people choose again and again, and what stands near the officer. Pure.

`POPULAR` are the numbers of six to eight digits among the 1,000 most common Chinese passwords of leaked lists (SecLists
1da9104df382, `Chinese-common-password-list-top-1000.txt`, MIT licence) that no pattern here refuses already.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

POPULAR = frozenset(
    {
        "119110", "123465", "123520", "131415", "131420", "131421", "131425", "134679", "142857", "168888", "211314",
        "246810", "251314", "259758", "314159", "332335", "518888", "521000", "521314", "564335", "584520", "584521",
        "709394", "721521", "770880", "794613", "888168", "962464", "0564335", "1122334", "1212123", "1230456",
        "1231230", "1314159", "1314258", "1314520", "1314521", "1415926", "2525775", "2587758", "2597758", "3155530",
        "3344520", "3344521", "3838438", "5121314", "5201314", "5203344", "5211314", "5213344", "7758258", "7758520",
        "7758521", "7758991", "7788250", "7788414", "7788520", "7788521", "8675309", "8899174", "9958123", "11235813",
        "12312300", "12332100", "13145200", "16897168", "16899168", "25251325", "25257758", "31415926", "34416912",
        "51201314", "52001314", "52013140", "53231323", "74108520", "77585210", "84131421",
    }
)  # fmt: skip

_LEAST_KNOWN = 4
"""Digits of a known number in a row, so that a card `T-0007` does not forbid every 7."""
_PAD = {key: (at % 3, at // 3) for at, key in enumerate("123456789")} | {"0": (1, 3)}
_LONG_RUN = 5
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def weakness(pin: str, known: Iterable[str] = ()) -> str:
    """Return why a PIN is guessed early: repeat, run, keypad, date, year, known or popular; empty where it is not.

    `known` are numbers that stand near the officer: his card, the tablet's device number, the plate before it.
    """
    reasons = {
        "repeat": _repeats(pin),
        "run": _runs(pin),
        "keypad": _walks(pin),
        "date": _is_date(pin),
        "year": _has_year(pin),
        "known": any(_shares(pin, number) for number in known),
        "popular": pin in POPULAR,
    }
    return next((why for why, holds in reasons.items() if holds), "")


def _repeats(pin: str) -> bool:
    """Whether it has few digits, a block again (123123), its mirror (123321), or each digit twice (112233)."""
    blocks = any(pin == pin[:size] * (len(pin) // size) for size in range(1, len(pin) // 2 + 1))
    doubled = len(pin) % 2 == 0 and pin[::2] == pin[1::2]
    return len(set(pin)) < 3 or blocks or pin == pin[::-1] or doubled


def _runs(pin: str) -> bool:
    """Whether five digits follow each other by one step (13579), or each half counts up or down (123789); 0 is ten."""
    half = len(pin) // 2
    long = any(len(_steps(pin[at : at + _LONG_RUN])) == 1 for at in range(len(pin) - _LONG_RUN + 1))
    return long or all(_steps(part) in ({1}, {9}) for part in (pin[:half], pin[half:]))


def _steps(digits: str) -> set[int]:
    return {(int(after) - int(before)) % 10 for before, after in pairwise(digits)}


def _walks(pin: str) -> bool:
    """Whether its halves are lines of the keypad (147258), or it goes from key to key and never back (147896)."""
    half = len(pin) // 2
    snake = len(set(pin)) == len(pin) and all(_step(*pair) in (1, 2) for pair in pairwise(pin))
    return snake or (_is_line(pin[:half]) and _is_line(pin[half:]))


def _is_line(keys: str) -> bool:
    steps = {(_PAD[b][0] - _PAD[a][0], _PAD[b][1] - _PAD[a][1]) for a, b in pairwise(keys)}
    return len(steps) == 1 and all(_step(*pair) in (1, 2) for pair in pairwise(keys))


def _step(before: str, after: str) -> int:
    """Return the squared distance of two keys: 1 beside each other, 2 across a corner."""
    (left, top), (right, bottom) = _PAD[before], _PAD[after]
    return (left - right) ** 2 + (top - bottom) ** 2


def _is_date(pin: str) -> bool:
    """Whether it can be read as DDMMYY, MMDDYY, YYMMDD or YYDDMM, or as eight digits with the century."""
    if len(pin) == 6:
        return _is_day(pin[:4]) or _is_day(pin[2:])
    ends = ((pin[:4], pin[4:]), (pin[4:], pin[:4]))
    return len(pin) == 8 and any(_is_year(year) and _is_day(day) for year, day in ends)


def _is_day(digits: str) -> bool:
    """Whether four digits are month and day, or day and month, of some year."""
    return any(
        1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]
        for month, day in ((int(digits[:2]), int(digits[2:])), (int(digits[2:]), int(digits[:2])))
    )


def _has_year(pin: str) -> bool:
    """Whether it begins or ends with a year in which an officer or his children may be born, or that is now."""
    return _is_year(pin[:4]) or _is_year(pin[-4:])


def _is_year(digits: str) -> bool:
    return "1940" <= digits <= "2049"


def _shares(pin: str, number: str) -> bool:
    """Whether the digits of a number stand in the PIN, or the PIN in them."""
    digits = "".join(filter(str.isdecimal, number))
    return len(digits) >= _LEAST_KNOWN and (digits in pin or pin in digits)
