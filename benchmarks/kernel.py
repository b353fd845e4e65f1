"""What the kernel costs a tablet: import, tables from their JSON, first search, memory. `python -m benchmarks.kernel`.

Every figure is a fresh process with its bytecode written, as an app ships it. Target: 60 ms for the import. The ratio
is to the import of the standard modules that the kernel uses, in the same run.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.timing import heading, spread, tell
from checklists.goods.listing import load_tables

ROUNDS = 11
BASE = "import of the standard modules"

STANDARD = "import dataclasses, datetime, functools, hashlib, json, pathlib, re, typing, unicodedata"
KERNEL = "import " + ", ".join(
    f"checklists.{name}"
    for name in (
        *("findings.assessment", "goods.listing", "inspection.entries", "definitions.publication", "records.record"),
        *("goods.response", "rules.rulebook", "facts.transport", "wire"),
    )
)

CHILD = """
import resource, sys, time
def rss(): return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 1e6
start = time.perf_counter()
{standard}
standard = time.perf_counter()
{kernel}
imported = time.perf_counter()
if {trace}:
    import tracemalloc
    tracemalloc.start()
before, clock = rss(), time.perf_counter()
tables = checklists.goods.listing.Tables.from_plain(json.loads(open({path!r}, encoding="utf-8").read()))
tables.goods.lookup("1830")
read = time.perf_counter()
tables.goods.search("ls")
first = time.perf_counter()
tables.goods.search("硫酸")
second = time.perf_counter()
live = tracemalloc.get_traced_memory()[0] / 1e6 if {trace} else 0
print(json.dumps({{
    "standard": standard - start, "import": imported - start, "read": read - clock, "first": first - read,
    "search": second - first, "rss": rss() - before, "live": live, "modules": len(sys.modules),
    "heavy": [name for name in ("yaml", "csv", "cryptography") if name in sys.modules],
}}))
"""


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reference.json"
        path.write_text(json.dumps(load_tables().to_plain(), ensure_ascii=False), encoding="utf-8")
        _child(path, folder)
        runs = [_child(path, folder) for _ in range(ROUNDS)]
        live = _child(path, folder, trace=True)["live"]
        size = path.stat().st_size / 1e6
    standard = statistics.median(run["standard"] for run in runs) * 1000
    heading(f"{ROUNDS} processes, {runs[0]['modules']} modules in all, {size:.1f} MB of JSON")
    for key, name in (
        ("import", "import of the kernel"),
        ("read", "tables from their JSON, and a look-up"),
        ("first", "first search, which builds its index"),
        ("search", "next search, another word"),
        ("standard", BASE),
    ):
        spent = [run[key] * 1000 for run in runs]
        tell(name, statistics.median(spent) / standard, BASE, **spread(spent))
    rss = statistics.median(run["rss"] for run in runs)
    tell("memory of the tables and the index", live_mb=live, resident_mb=rss)
    print(f"imported that a tablet's start should not: {', '.join(runs[0]['heavy']) or 'none'}")


def _child(path: Path, cache: str, *, trace: bool = False) -> dict[str, Any]:
    code = CHILD.format(standard=STANDARD, kernel=KERNEL, path=str(path), trace=trace)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"PYTHONPYCACHEPREFIX": cache}
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment)
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    main()
