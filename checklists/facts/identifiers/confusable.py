"""Signs that are mistaken for each other, and the number that was perhaps meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product

ALIKE = {
    "0": "ODQ", "O": "0", "Q": "0", "D": "0", "1": "IL", "I": "1", "L": "1", "2": "Z", "Z": "2", "5": "S", "S": "5",
    "6": "G", "G": "6", "8": "B", "B": "8", "U": "V", "V": "UY", "Y": "V",
}  # fmt: skip
"""Sign → signs that look like it, the likeliest first."""

_TRIED = 64
"""So many ways of reading a text are tried, the likeliest first."""

_TOLD = 3
"""More guesses than these would tell nothing."""


def meant(value: str, allowed: Sequence[str], fits: Callable[[str], bool] = lambda _: True) -> tuple[str, ...]:
    """Return the numbers that were perhaps meant, likeliest first; none where too many or nothing would fit.

    `allowed` are the signs that may stand at each place. A sign that may not stand is exchanged for one that looks like
    it; where that alone does not fit (a check sign), one sign more is.
    """
    if len(value) != len(allowed):
        return ()
    read = list(islice(map("".join, product(*map(_choices, value, allowed))), _TRIED))
    found = [one for one in read if one != value and fits(one)]
    if not found:
        found = list(dict.fromkeys(other for one in read[:8] for other in _one_more(one, allowed) if fits(other)))
    return tuple(found) if len(found) <= _TOLD else ()


def _choices(sign: str, allowed: str) -> str:
    return sign if sign in allowed else "".join(other for other in ALIKE.get(sign, "") if other in allowed)


def _one_more(value: str, allowed: Sequence[str]) -> Iterator[str]:
    for place, sign in enumerate(value):
        for other in ALIKE.get(sign, ""):
            if other in allowed[place]:
                yield value[:place] + other + value[place + 1 :]
