"""One culprit among many: pairs of goods that may not travel together, told by whom most of them have in common.

One article of class 1 among eleven other goods makes eleven forbidden pairs. An officer, a driver and a reader of the
paper need one sentence: this one not with those.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from checklists.values import frozen

_BETWEEN = "+"


@frozen
class Culprit:
    """UN number `un` makes a pair with each of `others`; `pairs` are the subjects that this tells, as given."""

    un: str
    others: tuple[str, ...]
    pairs: tuple[str, ...]


def culprits(subjects: Iterable[str]) -> tuple[Culprit, ...]:
    """Return the pairs `UN+UN` by culprit, each pair once: whoever is in most of what is left is told next.

    Among equals, and in a pair alone, the one that was named first. A subject that is no pair is left out.
    """
    left = [one for one in dict.fromkeys(subjects) if one.count(_BETWEEN) == 1]
    found = []
    while left:
        count = Counter(un for one in left for un in dict.fromkeys(one.split(_BETWEEN)))
        un = max(count, key=lambda each: count[each])
        mine = [one for one in left if un in one.split(_BETWEEN)]
        found.append(Culprit(un, tuple(_other(one, un) for one in mine), tuple(mine)))
        left = [one for one in left if one not in mine]
    return tuple(found)


def _other(pair: str, un: str) -> str:
    first, second = pair.split(_BETWEEN)
    return second if first == un else first
