"""Work that nobody waits for is written in shares: between two of them the records that came in are taken."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

SECONDS = 0.025
"""So long one share keeps the writer, and whoever waits for the database's lock; one thing may take longer."""


_BREATH = 0.02


def breath(began: float) -> float:
    """Return for how many seconds others are to be left alone after work that began then: twice as long as it took."""
    return max(_BREATH, 2 * (time.monotonic() - began))


def share(items: Iterable[T]) -> Iterator[T]:
    """Yield things to be done as long as there is time, the first one in any case; the rest is for the next write."""
    until = time.monotonic() + SECONDS
    for one in items:
        yield one
        if time.monotonic() >= until:
            return
