"""Shares of checks with what is known of them: how sure a share is, and when it is too few to say anything. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

SURE = 1.959963984540054
"""95 %: the normal quantile of Wilson's interval."""
FEW = 30
"""Of fewer checks a page says that they are few. Ours."""


@dataclass(frozen=True)
class Share:
    """So many of so many, with the interval in which the share lies 95 times of 100 (Wilson 1927); 0 to 1."""

    of: int
    count: int
    low: float
    high: float

    @property
    def rate(self) -> float | None:
        """The share itself; None of nothing."""
        return self.count / self.of if self.of else None

    @property
    def few(self) -> bool:
        """Whether they are so few that the number says little."""
        return self.of < FEW


def share(count: int, of: int) -> Share:
    """Return a share; of nothing nothing is known: 0 to 1. Raises ValueError for more than all, or less than none."""
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is no share")
    if not of:
        return Share(0, 0, 0.0, 1.0)
    rate, square = count / of, SURE**2
    middle = (rate + square / (2 * of)) / (1 + square / of)
    half = SURE / (1 + square / of) * math.sqrt(rate * (1 - rate) / of + square / (4 * of * of))
    low = 0.0 if count == 0 else max(0.0, middle - half)
    return Share(of, count, low, 1.0 if count == of else min(1.0, middle + half))


def per(amount: int, of: int) -> float | None:
    """Return an amount a check; None of no check."""
    return amount / of if of else None
