"""A span beside the same days of the year before, and what two shares say of each other. Pure.

The interval of a difference is Newcombe's (1998, method 10): from the two intervals of Wilson that stand beside the
shares, so that page and document never say different things of one number.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date

from server.figures.asking import Asked
from server.figures.rates import Share

MORE_TIME = ("decided", "corrected")
"""What goes on for months after a check: the year before had a year more for it, so the two are not compared."""


@dataclass(frozen=True)
class Change:
    """How a share differs from that of the year before, in parts of one, with the ends of the interval.

    `says`: `sure` the interval leaves out 0, `unsure` it may be chance, `few` of too few checks to say anything, `none`
    nobody checked in one of the spans, `time` the year before had a year more.
    """

    says: str
    points: float = 0.0
    low: float = 0.0
    high: float = 0.0

    @property
    def compares(self) -> bool:
        """Whether there is a difference to print."""
        return self.says in ("sure", "unsure")


def year_before(asked: Asked) -> Asked:
    """Return the same question of the year before; 29 February becomes the 28th."""
    return replace(asked, since=_back(asked.since), until=_back(asked.until))


def _back(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def changed(now: Share, before: Share, name: str = "") -> Change:
    """Return how a share differs from that of the year before; `name` is what is counted."""
    if not now.of or not before.of:
        return Change("none")
    if name in MORE_TIME:
        return Change("time")
    if now.few or before.few:
        return Change("few")
    here, there = now.count / now.of, before.count / before.of
    points = here - there
    low = points - math.hypot(here - now.low, before.high - there)
    high = points + math.hypot(now.high - here, there - before.low)
    return Change("sure" if low > 0 or high < 0 else "unsure", points, low, high)
