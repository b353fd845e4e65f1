"""How a line is used: over how many connections at once, and how much a request carries. Pure but for a lock.

One connection fills a good line. On one that loses every fifth packet TCP slows down with each loss and waits, ever
longer, for answers that were lost: it may use a fifth of 64 kbit/s. Several connections wait in turn, and the line is
never idle; what one of them carried stays at the office, and a small request loses little when it is given up.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from mobile.refusals import Refusal

MOST = 6
LEAST_BYTES, FIRST_BYTES, MOST_BYTES = 16 * 1024, 32 * 1024, 1024 * 1024
"""Of one request's body."""

_THIN = 16 * 1024
"""A line that takes fewer bytes a second than this from one connection is thin."""
_SHORT_S, _LONG_S = 1.0, 4.0
_STUCK = frozenset({"link_timeout", "link_broken", "too_slow"})


class Lanes:
    """What a run has learnt of its line: over how many connections it goes, and how much a request carries (`size`)."""

    def __init__(self) -> None:
        self.count, self.size = 1, FIRST_BYTES
        self.widen: Callable[[], None] = lambda: None
        self._lock, self._failures = threading.Lock(), 0

    def watch(self, sent: int, seconds: float) -> None:
        """Learn from a body on its way: so much of it the line has taken in that time."""
        if seconds > _SHORT_S and seconds * _THIN > sent and self.count < MOST:
            self.count = MOST
            self.widen()

    def learn(self, sent: int, seconds: float) -> None:
        """Learn from a request that was answered: so long the line took to take its body."""
        self.watch(sent, seconds)
        with self._lock:
            self._failures = 0
            if seconds > _LONG_S:
                self.size = max(LEAST_BYTES, self.size // 2)
            elif seconds < _SHORT_S and sent >= self.size // 2:
                self.size = min(MOST_BYTES, self.size * 2)

    def shrink(self) -> None:
        """Let requests carry less after one that failed."""
        with self._lock:
            self.size = max(LEAST_BYTES, self.size // 2)

    def forgives(self, refusal: Refusal) -> bool:
        """Whether what failed is tried again at once: one connection gets stuck on a bad line while others go on.

        When more have failed in a row than there are lanes, the line is lost.
        """
        self.shrink()
        with self._lock:
            self._failures += 1
            return refusal.code in _STUCK and self._failures <= self.count
