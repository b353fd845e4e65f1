"""Look-ups and searches in the goods list: `python -m benchmarks.goods`. Target: 5 ms, the first search 60 ms.

The ratio is to a plain scan: one `in` test over every Chinese and English name, in the same run.
"""

from __future__ import annotations

import json
import statistics
import time
from functools import partial

from benchmarks.timing import heading, spent_on, spread, tell
from checklists.goods.listing import Tables, load_tables

ROUNDS, FIRST = 100, 7

SEARCHES = ("ls", "硫酸", "sulph", "sulphuric acid", "UN 1830", "zgs", "废酸硫", "酸", "l", "xyz")


def main() -> None:
    """Print the table."""
    text = json.dumps(load_tables().to_plain(), ensure_ascii=False)
    first = [_first(text) for _ in range(FIRST)]
    goods = Tables.from_plain(json.loads(text)).goods
    named = [row[goods.columns.index(column)] for row in goods.rows for column in ("name_zh", "name_en")]
    scan = f"scan of {len(named)} names"
    rows = {"look-up of UN 1830": spent_on(lambda: goods.lookup("1830"), ROUNDS)}
    for one in SEARCHES:
        rows[f"search {one} ({len(goods.search(one, 20))})"] = spent_on(partial(goods.search, one, 20), ROUNDS)
    rows[scan] = spent_on(lambda: [name for name in named if "硫酸" in name], ROUNDS)
    base = statistics.median(rows[scan])
    heading(f"{len(goods)} entries, CPU time")
    for name, spent in {"first search of a process": first, **rows}.items():
        tell(name, statistics.median(spent) / base, scan, **spread(spent))


def _first(text: str) -> float:
    """CPU milliseconds of the first search of tables that were just read, which builds the index."""
    goods = Tables.from_plain(json.loads(text)).goods
    start = time.thread_time()
    goods.search("ls")
    return (time.thread_time() - start) * 1000


if __name__ == "__main__":
    main()
