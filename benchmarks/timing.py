"""CPU time of some work, as every benchmark of the kernel tells it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def timed(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return median and 95th percentile of the CPU milliseconds of the work, after one run that is not counted."""
    spent = spent_on(work, rounds)
    return statistics.median(spent), sorted(spent)[int(rounds * 0.95)]


def spent_on(work: Callable[[], object], rounds: int) -> list[float]:
    """Return the CPU milliseconds of each round, after one that is not counted."""
    work()
    spent = []
    for _ in range(rounds):
        start = time.thread_time()
        work()
        spent.append((time.thread_time() - start) * 1000)
    return spent
