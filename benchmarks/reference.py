"""Looking up on the tablet, by keystroke: `python -m benchmarks.reference`. Target: p95 of 5 ms after the first.

A search is what a pause in typing costs without drawing: the rows of a shelf and the card of the first. The ratio is
to a plain scan over every name of the goods list, in the same run.
"""

from __future__ import annotations

import json
import platform
import statistics
import time
from collections.abc import Callable
from datetime import date
from functools import partial

from checklists.authoring.loader import load_all
from checklists.definitions.publication import from_published, publish
from checklists.goods.listing import Tables, load_tables
from mobile.inspecting.inspection import Kit
from mobile.library.shelves import shelves
from mobile.screens.reference.state import TABS, aboard, reference_state

ROUNDS = 40
DAY = date(2026, 11, 26)
TYPED = {
    "goods": ("1", "18", "1830", "l", "ls", "硫酸", "酸", "sulph", "废酸硫", "没有"),
    "law": ("", "lic", "yyy", "押运员", "超", "permit", "CN-OPR-01"),
    "mixing": ("", "3", "3 8", "1203 1830", "1.4S 3"),
    "tanks": ("", "L", "L4BN", "L4BN 1830", "1005"),
    "response": ("", "1005", "ya", "液氨", "1"),
    "items": ("", "eqp", "dl", "灭火器", "tank"),
}


def main() -> None:
    """Print the table."""
    text = json.dumps([publish(load_all()), load_tables().to_plain()], ensure_ascii=False)
    definitions, tables = json.loads(text)
    kit = Kit(from_published(definitions), Tables.from_plain(tables), lambda _kind, _key: None)
    start = time.thread_time()
    held = shelves(kit, DAY)
    reference_state(held, "goods", "ls", "")
    first = (time.thread_time() - start) * 1000
    names = [row[kit.tables.goods.columns.index("name_zh")] for row in kit.tables.goods.rows]
    baseline = statistics.median(_timed(lambda: [name for name in names if "硫酸" in name]))
    goods = aboard(None, kit.tables)
    print(f"{platform.machine()} Python {platform.python_version()}, CPU time")
    print(f"{'shelves and first search':28} {first:7.2f} ms")
    every: list[float] = []
    for tab in TABS:
        spent = [ms for typed in TYPED[tab] for ms in _timed(partial(reference_state, held, tab, typed, "", goods))]
        every += spent
        print(f"{tab:28} {_told(spent)}   {statistics.median(spent) / baseline:6.1f} × baseline")
    print(f"{'all':28} {_told(every)}")
    print(f"{'baseline: scan of names':28} p50 {baseline:7.3f} ms")


def _timed(work: Callable[[], object]) -> list[float]:
    """CPU milliseconds of each round, the first left out."""
    work()
    spent = []
    for _ in range(ROUNDS):
        start = time.thread_time()
        work()
        spent.append((time.thread_time() - start) * 1000)
    return spent


def _told(spent: list[float]) -> str:
    return f"p50 {statistics.median(spent):7.3f} ms   p95 {sorted(spent)[int(len(spent) * 0.95)]:7.3f} ms"


if __name__ == "__main__":
    main()
