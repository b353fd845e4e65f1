"""Looking up on the tablet, by keystroke: `python -m benchmarks.reference`. Target: p95 of 5 ms after the first.

A search is what a pause in typing costs without drawing: the rows of a shelf and the card of the first. The ratio is
to a plain scan over every name of the goods list, in the same run.
"""

from __future__ import annotations

import json
import statistics
import time
from datetime import date
from functools import partial

from benchmarks.timing import heading, spent_on, spread, tell
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
    scan = spent_on(lambda: [name for name in names if "硫酸" in name], ROUNDS)
    base = statistics.median(scan)
    goods = aboard(None, kit.tables)
    heading("CPU time")
    tell("shelves and first search", first / base, "scan of names", first_ms=first)
    every: list[float] = []
    for tab in TABS:
        typings = (partial(reference_state, held, tab, typed, "", goods) for typed in TYPED[tab])
        spent = [ms for one in typings for ms in spent_on(one, ROUNDS)]
        every += spent
        tell(tab, statistics.median(spent) / base, "scan of names", **spread(spent))
    tell("all", statistics.median(every) / base, "scan of names", **spread(every))
    tell("scan of names", 1, "scan of names", **spread(scan))


if __name__ == "__main__":
    main()
