"""How every benchmark measures CPU time and tells its figures: on the screen, and in JSON to the run of all of them."""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

FIGURES = "BENCHMARK_FIGURES"
"""Names the file to which figures are added besides, one JSON object a line, for `python -m benchmarks` to read."""


def heading(*words: str) -> None:
    """Print the machine, its load now, and what else is to be known of the run."""
    told = (platform.machine(), f"{os.cpu_count()} cores", f"load {os.getloadavg()[0]:.2f}")
    print(", ".join((*told, f"Python {platform.python_version()}", *words)), flush=True)


def tell(name: str, ratio: float | None = None, to: str = "the baseline", /, **values: float) -> None:
    """Tell a figure: its values with their units in their names, and its ratio to a baseline of the same run."""
    told = "  ".join(f"{unit} {short(value)}" for unit, value in values.items())
    print(f"{name:44} {told}{'' if ratio is None else f'  = {short(ratio)} × {to}'}", flush=True)
    if FIGURES in os.environ:
        line = json.dumps({"name": name, "values": values, "ratio": ratio, "to": to}, ensure_ascii=False)
        with Path(os.environ[FIGURES]).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


def short(value: float) -> str:
    """Return a number in at least three digits, and no more of its fraction than tells anything."""
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.{0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3}f}"


def spread(spent: Sequence[float]) -> dict[str, float]:
    """Return median and 95th percentile of some milliseconds, as values of a figure."""
    return {"p50_ms": statistics.median(spent), "p95_ms": sorted(spent)[int(len(spent) * 0.95)]}


def spent_on(work: Callable[[], object], rounds: int) -> list[float]:
    """Return the CPU milliseconds of each round, after one that is not counted."""
    work()
    spent = []
    for _ in range(rounds):
        start = time.thread_time()
        work()
        spent.append((time.thread_time() - start) * 1000)
    return spent
