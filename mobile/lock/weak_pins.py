"""Why a PIN would be tried first: what people choose again and again, and what stands near the officer. Pure.

`POPULAR` are the numbers of six to twelve digits among the 1,000 most common Chinese passwords of leaked lists
(SecLists 1da9104df382, `Chinese-common-password-list-top-1000.txt`, MIT licence) that no pattern here refuses already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

POPULAR = frozenset(
    {
        "119110", "123520", "131420", "131421", "131425", "134679", "142857", "211314", "246810", "251314", "259758",
        "314159", "332335", "521000", "521314", "564335", "584520", "584521", "709394", "721521", "770880", "794613",
        "962464", "0564335", "1212123", "1230456", "1314159", "1314258", "1314520", "1314521", "1415926",
        "2525775", "2587758", "2597758", "3155530", "3344520", "3344521", "3838438", "5121314", "5201314", "5203344",
        "5211314", "5213344", "7758258", "7758520", "7758521", "7758991", "7788250", "7788414", "7788520", "7788521",
        "8675309", "8899174", "9958123", "11235813", "13145200", "16897168", "16899168", "25251325", "25257758",
        "31415926", "34416912", "51201314", "52001314", "52013140", "53231323", "77585210", "84131421", "100200300",
        "110119120", "123698741", "167669123", "299792458", "584201314", "1887415157", "8008208820",
    }
)  # fmt: skip

FAMOUS = (
    "114514", "13145200", "13145210", "13800138000", "141421356237", "173205080756", "271828182845", "314159265358",
    "618033988749", "112358132134", "123581321345", "235711131719",
)  # fmt: skip
"""Numbers that everybody knows: sayings, a telephone's, roots of 2 and 3, e, pi, golden section, Fibonacci's, primes.

Whatever six digits in a row of them are no PIN, nor in one the first six.
"""

SERVICES = ("10086", "10010", "95588", "12306", "12315", "12123", "12328", "12348", "12369")
"""Telephones of operators, a bank, railways, consumers, traffic police, transport, legal aid, environment."""

_LUCKY = re.compile("(?:168|518|520|521|666|886|888|999|110|119|120|122){2}|1314|52[01]13|1452[01]")

LEAST_PIN, MOST_PIN = 6, 12
"""Digits of a PIN that is chosen now."""

_LEAST_KNOWN = 4
"""Digits of a known number in a row, so that a card `T-0007` does not forbid every 7."""
_PHONE = re.compile("1[3-9][0-9]{9}")
_PAD = {key: (at % 3, at // 3) for at, key in enumerate("123456789")} | {"0": (1, 3)}
_LONG_RUN = 5
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


REASONS = ("repeat", "run", "keypad", "date", "year", "phone", "known", "popular")


def weakness(pin: str, known: Iterable[str] = ()) -> str:
    """Return why a PIN is guessed early: one of `REASONS`; empty where it is not.

    `known` are numbers that stand near the officer: his card, the tablet's device number, the plate before it.
    """
    reasons = {
        "repeat": _repeats(pin),
        "run": _runs(pin),
        "keypad": _walks(pin),
        "date": _is_date(pin),
        "year": _has_year(pin),
        "phone": bool(_PHONE.search(pin)),
        "known": any(_shares(pin, number) for number in known),
        "popular": any(one in pin for one in (*POPULAR, *SERVICES)) or _is_famous(pin) or bool(_LUCKY.search(pin)),
    }
    return next((why for why, holds in reasons.items() if holds), "")


def _is_famous(pin: str) -> bool:
    return any(one[:LEAST_PIN] in pin or pin in one for one in FAMOUS)


def _repeats(pin: str) -> bool:
    """Whether it has few digits, a block again (123123), its mirror (123321), or each digit twice (112233) or more."""
    blocks = any(pin == pin[:size] * (len(pin) // size) for size in range(1, len(pin) // 2 + 1))
    doubled = any(all(len(set(part)) == 1 for part in parts) for size in (2, 3, 4) if (parts := _parts(pin, size)))
    return len(set(pin)) < 3 or blocks or pin == pin[::-1] or doubled


def _runs(pin: str) -> bool:
    """Whether five digits follow each other by one step (13579), or each part counts up or down; 0 is ten.

    Parts are of one size (123789, 135246, 125634), or two that go by ones or stay (345612, 123400); or every other
    digit is a part (192837, 405060); or they count as numbers (168169). It may rest on its way (333221).
    """
    long = any(len(_steps(pin[at : at + _LONG_RUN])) == 1 for at in range(len(pin) - _LONG_RUN + 1))
    by_twos = any(all(_steps(part) in _EVEN_STEPS for part in parts) for parts in _splits(pin))
    pairs = {frozenset(_steps(part)) for part in _parts(pin, 2)} in ({frozenset({1})}, {frozenset({9})})
    cut = any(_count(pin[:at], pin[at:]) for at in range(2, len(pin) - 1)) or _count(pin[::2], pin[1::2])
    rests = _steps(pin) <= {0, 1} or _steps(pin) <= {0, 9}
    counted = any(
        {int(b) - int(a) for a, b in pairwise(parts)} in ({1}, {-1}) for parts in (*_splits(pin), _parts(pin, 2))
    )
    return long or by_twos or pairs or cut or rests or counted


def _count(*parts: str) -> bool:
    """Whether each part goes by ones or stays as it is."""
    return all(_steps(part) in (*_STEPS, {0}) for part in parts)


_STEPS = ({1}, {9})
_EVEN_STEPS = (*_STEPS, {2}, {8})


def _splits(pin: str) -> Iterator[tuple[str, ...]]:
    """Yield a PIN in halves, in threes and in fours, where it has as many."""
    half = len(pin) // 2
    yield (pin[:half], pin[half:])
    yield from filter(None, (_parts(pin, 3), _parts(pin, 4)))


def _parts(pin: str, size: int) -> tuple[str, ...]:
    """Return a PIN in parts of one size, none where it has not so many digits."""
    even = len(pin) % size == 0
    return tuple(pin[at : at + size] for at in range(0, len(pin), size)) if even else ()


def _steps(digits: str) -> set[int]:
    return {(int(after) - int(before)) % 10 for before, after in pairwise(digits)}


def _walks(pin: str) -> bool:
    """Whether its parts are lines of the keypad (147258), or it goes from key to key and never back (147896).

    The last of several lines may be cut short (14725836).
    """
    snake = len(set(pin)) == len(pin) and all(_step(*pair) in (1, 2) for pair in pairwise(pin))
    whole = _parts(pin[: len(pin) - len(pin) % 3], 3)
    cuts = ((pin[:at], pin[at:]) for at in range(3, len(pin) - 2))
    return snake or any(all(map(_is_line, parts)) for parts in (*_splits(pin), whole, *cuts))


def _is_line(keys: str) -> bool:
    steps = {(_PAD[b][0] - _PAD[a][0], _PAD[b][1] - _PAD[a][1]) for a, b in pairwise(keys)}
    return len(steps) == 1 and all(_step(*pair) in (1, 2) for pair in pairwise(keys))


def _step(before: str, after: str) -> int:
    """Return the squared distance of two keys: 1 beside each other, 2 across a corner."""
    (left, top), (right, bottom) = _PAD[before], _PAD[after]
    return (left - right) ** 2 + (top - bottom) ** 2


def _is_date(pin: str) -> bool:
    """Whether it can be read as DDMMYY, MMDDYY, YYMMDD or YYDDMM, or has eight digits in it that are a whole date."""
    if len(pin) == 6:
        return _is_day(pin[:4]) or _is_day(pin[2:])
    eight = (pin[at : at + 8] for at in range(len(pin) - 7))
    return any(_is_year(y) and _is_day(d) for one in eight for y, d in ((one[:4], one[4:]), (one[4:], one[:4])))


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
