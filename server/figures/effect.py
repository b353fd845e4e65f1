"""What changed while a campaign ran: its sites before, during and after, less what changed at all other sites. Pure.

Two measures of each: the share of checks that found something, with Wilson's interval, and violations a check, whose
interval is that of a ratio of totals over days at a site (Cochran, Sampling Techniques, 1977, chapter 6): checks of one
day at one site are alike, and not so many separate looks. Differences, and the difference of two of them, have the
interval that follows from those of their parts by squares (Newcombe 1998, method 10; Zou and Donner 2008).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from server.figures.rates import FEW, SURE, share

SPANS = ("before", "during", "after")
SIDES = ("in", "out")
"""At the campaign's sites, and at all others."""
MEASURES = ("share", "rate")
LEAST_DAYS = 10
"""Of fewer days at a site nobody knows how they differ. Ours."""
_NONE_SEEN = 3.689
"""Of so many expected none is seen 25 times in 1,000: the upper end where no violation was found (Poisson, exact)."""


class Span(NamedTuple):
    """Days, both included."""

    since: date
    until: date


@dataclass(frozen=True)
class Cell:
    """What was checked on one side in one span. `days` are days at a site, and the rest sums of products over them."""

    checks: int = 0
    found: int = 0
    violations: int = 0
    days: int = 0
    checks_squared: int = 0
    violations_squared: int = 0
    product: int = 0

    @property
    def few(self) -> bool:
        """Whether so little was looked at that the numbers say nothing."""
        return self.checks < FEW or self.days < LEAST_DAYS


NOTHING = Cell()


class Estimate(NamedTuple):
    """A value with the ends between which it lies 95 times of 100."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Change:
    """What changed from one span to another on each side, and by how much more at the campaign's sites; None: too few.

    `outside` and `difference` are None too where there is no other site.
    """

    measure: str
    span: str
    inside: Estimate | None
    outside: Estimate | None
    difference: Estimate | None

    @property
    def verdict(self) -> str:
        """What the difference says: more, less, open (no difference can be told), few (too few to say)."""
        if self.difference is None:
            return "few"
        return "more" if self.difference.low > 0 else "less" if self.difference.high < 0 else "open"


def spans(since: date, last: date, today: date) -> dict[str, Span]:
    """Return the spans of equal length around a campaign's days until today; without those that are not over yet.

    None for one that has not begun. `after` is there as soon as it is whole: on the day behind it.
    """
    end = min(last, today)
    length = (end - since).days + 1
    if length < 1:
        return {}
    held = {"before": Span(since - timedelta(days=length), since - timedelta(days=1)), "during": Span(since, end)}
    after = Span(last + timedelta(days=1), last + timedelta(days=length))
    return {**held, "after": after} if after.until < today else held


def estimate(measure: str, cell: Cell) -> Estimate | None:
    """Return a measure of a cell; None of too few."""
    if cell.few:
        return None
    if measure == "share":
        held = share(cell.found, cell.checks)
        return Estimate(cell.found / cell.checks, held.low, held.high)
    return _ratio(cell)


def _ratio(cell: Cell) -> Estimate:
    rate = cell.violations / cell.checks
    if not cell.violations:
        return Estimate(0.0, 0.0, _NONE_SEEN / cell.checks)
    apart = cell.violations_squared - 2 * rate * cell.product + rate * rate * cell.checks_squared
    variance = cell.days / (cell.days - 1) * max(apart, 0.0) / cell.checks**2
    # Days that are all alike by chance do not make it surer than counting alone does.
    half = SURE * math.sqrt(max(variance, cell.violations / cell.checks**2))
    return Estimate(rate, max(0.0, rate - half), rate + half)


def less(one: Estimate, other: Estimate) -> Estimate:
    """Return one less another, where they rest on different checks."""
    value = one.value - other.value
    down = math.hypot(one.value - one.low, other.high - other.value)
    up = math.hypot(one.high - one.value, other.value - other.low)
    return Estimate(value, value - down, value + up)


def changes(cells: Mapping[tuple[str, str], Cell]) -> list[Change]:
    """Return what changed since before, by measure and span; `cells` by side and span, only of spans that are over."""
    told = [span for span in SPANS[1:] if any(span == one for _side, one in cells)]
    return [_change(cells, measure, span) for measure in MEASURES for span in told]


def _change(cells: Mapping[tuple[str, str], Cell], measure: str, span: str) -> Change:
    inside, outside = (_moved(cells, measure, span, side) for side in SIDES)
    both = less(inside, outside) if inside is not None and outside is not None else None
    return Change(measure, span, inside, outside, both)


def _moved(cells: Mapping[tuple[str, str], Cell], measure: str, span: str, side: str) -> Estimate | None:
    now, before = (estimate(measure, cells.get((side, one), NOTHING)) for one in (span, SPANS[0]))
    return less(now, before) if now is not None and before is not None else None
