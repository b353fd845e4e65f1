"""What a tablet waits while officers read in the console, and what an office of many records takes in a second.

`python -m benchmarks.officers --keep FOLDER` (filled by `benchmarks.growth --keep`); without it an office of 10,000
checks is made. One tablet brings a real record at a time over real HTTP on loopback, alone, then beside four officers
who turn page after page of lists, searches, cases and figures without a pause. Then records alone from 16 clients, into
this office and into an empty one in turn. Told are the usual and the longest wait, and the ratios.
"""

from __future__ import annotations

import argparse
import contextlib
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

from benchmarks import growth
from benchmarks.console import LOGINS, Link
from benchmarks.ingest import _prepare, _published, bodies_of, cpu_seconds, enrol, send, send_all, serving
from benchmarks.parts import Maker
from benchmarks.publishing import Waits
from benchmarks.timing import heading, tell

PAGES = (
    *("/console/inbox", "/console/inbox?severity=I", "/console/cases", "/console/cases?due=overdue"),
    *("/console/search?q=1203", f"/console/search?q={quote('示例县')}", "/console/alerts", "/console/handovers"),
    *("/console/figures?by=carrier", "/console/figures?by=item", "/console/figures/map", "/console/carriers"),
)
CHECKS, CLIENTS = 10_000, 16


@contextlib.contextmanager
def reading(port: int, officers: int, turned: list[int]) -> Iterator[None]:
    """Officers read while the block runs; `turned` gets the status of each page that they turned."""
    ends = threading.Event()
    links = [Link(port, LOGINS[number % len(LOGINS)]) for number in range(officers)]
    threads = [threading.Thread(target=_read, args=(one, number, turned, ends)) for number, one in enumerate(links)]
    for one in threads:
        one.start()
    try:
        yield
    finally:
        ends.set()
        for one in threads:
            one.join()


def _read(link: Link, number: int, turned: list[int], ends: threading.Event) -> None:
    for path in cycle(PAGES[number:] + PAGES[:number]):
        if ends.is_set():
            return
        turned.append(link.get(path)[0])


def measure(name: str, folder: Path, options: argparse.Namespace, *, staffed: bool) -> float:
    """Tell what one office does and return how many records a second it takes in; `staffed`: officers read besides."""
    with serving(folder, options.database if staffed else "") as (port, tree, environment):
        _prepare(folder, environment, publish=not staffed)
        enrolled, key = enrol(port, environment)
        token = str(enrolled["token"])
        maker = Maker(enrolled, key, _published(port, token))
        if staffed:
            _waits(port, maker, options)
        bodies = bodies_of(maker, options.requests + CLIENTS, 1)
        send(port, token, bodies[:CLIENTS], [])
        cpu, began = cpu_seconds(tree), time.perf_counter()
        spent = send_all(port, token, bodies[CLIENTS:], CLIENTS)
        rate, used = len(spent) / (time.perf_counter() - began), cpu_seconds(tree) - cpu
        p99 = spent[int(len(spent) * 0.99)] * 1000
        tell(f"records alone into {name}", per_s=rate, cpu_us=used / len(spent) * 1e6, p99_ms=p99)
        return rate


def _waits(port: int, maker: Maker, options: argparse.Namespace) -> None:
    waits = Waits(port, maker)
    with waits.bringing():
        time.sleep(options.seconds)
    usual = waits.usual
    tell("a record alone", 1, "the usual one alone", usual_ms=usual, longest_ms=waits.longest, refused=waits.refused)
    turned: list[int] = []
    with reading(port, options.officers, turned), waits.bringing():
        time.sleep(options.seconds)
    told = {"usual_ms": waits.usual, "longest_ms": waits.longest, "refused": waits.refused, "pages": len(turned)}
    tell(f"beside {options.officers} officers", waits.usual / usual, "the usual one alone", **told)
    tell("its longest wait", waits.longest / usual, "the usual one alone", failed=sum(one >= 500 for one in turned))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--officers", type=int, default=4)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=10.0, help="so long a tablet is measured")
    parser.add_argument("--database", default="", help="the postgresql:// address of that office")
    parser.add_argument("--keep", type=Path, help="the folder of an office with its size as name, filled once")
    options = parser.parse_args()
    heading("PostgreSQL" if options.database else "SQLite", str(options.keep or f"{CHECKS} checks"))
    with tempfile.TemporaryDirectory() as name:
        held = options.keep or Path(name)
        if not options.keep:
            growth.plant(held, options.database, CHECKS, CHECKS)
        for number in range(1, options.rounds + 1):
            many = measure(f"the office, round {number}", held, options, staffed=True)
            with tempfile.TemporaryDirectory() as empty:
                few = measure(f"an empty one, round {number}", Path(empty), options, staffed=False)
            tell(f"round {number}: write rate", many / few, "an empty office")


if __name__ == "__main__":
    main()
