"""What one entry costs on the tablet's disk: `python -m benchmarks.entries`.

The store's durable append beside bare sqlite3 doing the same rows in the same run (WAL, FULL, one transaction each),
the cost of encryption alone, and reading an inspection back.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.timing import heading, spread, tell
from checklists.inspection.entries import Entry
from checklists.wire import canonical, to_plain, uuid7
from mobile.lock.vault import Vault
from mobile.store import store

ROWS = 500
ROUNDS = 5
AT = "2026-11-21T01:30:00.000Z"


def _entry(inspection: str, seq: int) -> Entry:
    value = {"result": "does_not_conform", "severity": "II", "location": "rear", "note": "卸料口铅封缺失，集液桶缺失"}
    return Entry(uuid7(), inspection, "device-1", seq, "officer-1", "T", AT, "answer", "TNK-07", value)


def _ms(step: Callable[[int], None]) -> list[float]:
    spent = []
    for number in range(ROWS):
        start = time.perf_counter()
        step(number)
        spent.append((time.perf_counter() - start) * 1000)
    return spent


def _bare(folder: Path) -> Callable[[int], None]:
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=wal")
    connection.execute("PRAGMA synchronous=full")
    connection.execute("CREATE TABLE entry (id TEXT PRIMARY KEY, inspection TEXT, seq INT, device TEXT, body BLOB)")
    connection.execute("CREATE INDEX place ON entry (inspection)")
    inspection = uuid7()

    def step(number: int) -> None:
        entry = _entry(inspection, number)
        body = canonical(to_plain(entry))
        connection.execute("BEGIN IMMEDIATE")
        row = (entry.id, inspection, number, entry.device, body)
        connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", row)
        connection.execute("COMMIT")

    return step


def _store(folder: Path) -> tuple[store.Store, str, Callable[[int], None]]:
    held = store.open_store(folder, Vault(os.urandom(32)))
    inspection = uuid7()
    store.open_inspection(held, inspection, "officer-1", AT)
    return held, inspection, lambda number: store.append(held, _entry(inspection, number))


def _cipher() -> Callable[[int], None]:
    vault, body = Vault(os.urandom(32)), canonical(to_plain(_entry(uuid7(), 1)))

    def step(number: int) -> None:
        vault.hide(body, "entry", str(number))

    return step


def measure() -> dict[str, list[float]]:
    """Return the milliseconds of each by what was measured; the rounds are interleaved."""
    spent: dict[str, list[float]] = {"bare sqlite3": [], "store": [], "encryption alone": [], "read 500 back": []}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as name:
            held, inspection, append = _store(Path(name) / "store")
            spent["bare sqlite3"] += _ms(_bare(Path(name)))
            spent["store"] += _ms(append)
            spent["encryption alone"] += _ms(_cipher())
            start = time.perf_counter()
            store.entries(held, inspection)
            spent["read 500 back"].append((time.perf_counter() - start) * 1000)
            store.release(held)
    return spent


def main() -> None:
    """Print the table."""
    found = measure()
    base = statistics.median(found["bare sqlite3"])
    heading(f"SQLite {sqlite3.sqlite_version}, WAL, FULL; {ROUNDS} × {ROWS} entries")
    for name, spent in found.items():
        tell(name, statistics.median(spent) / base, "bare sqlite3", **spread(spent))


if __name__ == "__main__":
    main()
