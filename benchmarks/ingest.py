"""How many sealed inspections a second the office takes in, durable before it answers: `python -m benchmarks.ingest`.

Batches of 25 realistic parts (about 8 KB, about 10 rows each: record, two claims, photo files) go over real HTTP on
loopback to `python -m server serve` on SQLite with synchronous=FULL. The baseline, in the same run, is bare `sqlite3`
committing the very same rows in batches of 25 with the same settings. The load generator shares the machine.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import platform
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from checklists.crypto import SigningKey, new_signing_key
from checklists.records.record import seal
from checklists.wire import canonical, instant, uuid7

BATCH = 25


def realistic(enrolled: dict[str, Any], seq: int) -> dict[str, Any]:
    """Return a part of a usual check: 40 answers or facts, three findings, three photos in three forms each."""
    inspection, at = uuid7(), instant(datetime.now(UTC))
    common = {"inspection": inspection, "device": enrolled["device"], "officer": "T-001", "agency": "T", "at": at}
    entries = [
        {
            **common,
            "id": uuid7(),
            "seq": number,
            "kind": "answer",
            "item": f"VEH-{number:02d}",
            "value": {"result": "conforms"},
        }
        for number in range(1, 19)
    ]
    findings = [
        {
            "item": f"EQP-{number}",
            "agency": "T",
            "severity": "II",
            "violation": "CN-EQP-01",
            "measures": ["R", "C"],
            "party": {"role": "carrier", "name": "示例县顺达危货运输有限公司", "key": "91150000MA0EXAMPLE"},
            "text": {"zh": "未配备随车堵漏和收集器材", "en": "No leak-stopping and collecting equipment aboard"},
        }
        for number in range(3)
    ]
    photo = {"bytes": 300_000, "type": "image/jpeg"}
    photos = [
        {"entry": uuid7(), **{role: {**photo, "sha256": os.urandom(32).hex()} for role in ("original", "thumbnail")}}
        for _ in range(4)
    ]
    return {
        "format": 1,
        "kind": "inspection",
        "id": uuid7(),
        "inspection": inspection,
        "opened_at": at,
        "device": enrolled["device"],
        "device_seq": seq,
        "previous": os.urandom(32).hex(),
        "certificate": enrolled["certificate"],
        "app": "0.1.0",
        "sealed_at": at,
        "clock": {"offset_ms": 0, "agreed_at": at, "jumps": 0},
        "checklist": "cn-joint",
        "definitions": [],
        "entries": entries,
        "findings": findings,
        "outcome": {"proposed": "correct_by_deadline", "decided": "correct_by_deadline", "reason": None},
        "papers": [],
        "photos": photos,
    }


def batches(enrolled: dict[str, Any], key: SigningKey, count: int) -> list[bytes]:
    """Return the bodies of that many batches."""
    made = []
    for number in range(count):
        parts = [seal(realistic(enrolled, number * BATCH + one + 1), key) for one in range(BATCH)]
        told = [
            canonical({"digest": one.digest, "signature": one.signature})[:-1] + b',"part":' + one.body + b"}"
            for one in parts
        ]
        made.append(b'{"records":[' + b",".join(told) + b"]}")
    return made


@contextlib.contextmanager
def serving(folder: Path, database: str) -> Iterator[tuple[int, list[Path], dict[str, str]]]:
    """A server of its own; yields its port, its process and the environment of its commands."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    told = {"PORT": str(port), "DATA_DIR": str(folder), "DATABASE": database, "REQUESTS_PER_MINUTE": "1000000"}
    told["DEVICE_AT_ONCE"] = "1000"  # one device stands for many
    environment = {**os.environ, **{f"LUJIAN_{name}": value for name, value in told.items()}}
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "server", "serve"], env=environment, stdout=log, stderr=log)
    try:
        _wait(port)
        yield port, _tree(process.pid), environment
    finally:
        process.terminate()
        process.wait()


def _wait(port: int) -> None:
    for _ in range(400):
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.05)
    raise RuntimeError("the server did not start")


def enrol(port: int, environment: dict[str, str]) -> tuple[dict[str, Any], SigningKey]:
    """Enrol a device and return the office's answer and the device's key."""
    command = [sys.executable, "-m", "server", "enrol-code", "--agency", "T"]
    code = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()
    key = new_signing_key()
    body = json.dumps({"code": code, "name": "bench", "public_key": key.public, "app": "0.1.0"})
    link = http.client.HTTPConnection("127.0.0.1", port)
    link.request("POST", "/v1/devices", body)
    return dict(json.loads(link.getresponse().read())), key


def send(port: int, token: str, bodies: list[bytes], spent: list[float]) -> None:
    """Send bodies over one connection, each after the answer to the one before; note the seconds of each."""
    link = http.client.HTTPConnection("127.0.0.1", port)
    for body in bodies:
        began = time.perf_counter()
        link.request("POST", "/v1/records", body, {"Authorization": f"Bearer {token}"})
        answer = json.loads(link.getresponse().read())
        spent.append(time.perf_counter() - began)
        if any(one["status"] != "accepted" for one in answer["results"]):
            raise RuntimeError(f"not accepted: {answer['results'][0]}")


def run_server(folder: Path, database: str, count: int, clients: int) -> dict[str, float]:
    """Return rates and times of the server taking in `count` batches from that many clients."""
    with serving(folder, database) as (port, tree, environment):
        enrolled, key = enrol(port, environment)
        bodies = batches(enrolled, key, count + clients)
        for body in bodies[:clients]:  # warm-up
            send(port, enrolled["token"], [body], [])
        spent: list[float] = []
        shares = [bodies[clients + number :: clients] for number in range(clients)]
        threads = [threading.Thread(target=send, args=(port, enrolled["token"], one, spent)) for one in shares]
        cpu, began = cpu_seconds(tree), time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - began
        taken = len(spent) * BATCH
        spent.sort()
        return {
            "rate": taken / seconds,
            "cpu_us": (cpu_seconds(tree) - cpu) / taken * 1e6,
            "p50_ms": spent[len(spent) // 2] * 1000,
            "p99_ms": spent[int(len(spent) * 0.99)] * 1000,
            "memory_mb": sum(memory_mb(one) for one in tree),
            "part_bytes": len(bodies[0]) / BATCH,
        }


def _tree(pid: int) -> list[Path]:
    """Return the /proc folders of a process and of all below it (Linux; elsewhere none, and CPU and memory stay 0)."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    below = children.read_text().split() if children.exists() else []
    return [Path(f"/proc/{pid}"), *(one for child in below for one in _tree(int(child)))] if children.exists() else []


def cpu_seconds(tree: list[Path]) -> float:
    """Return the CPU seconds that the processes have used."""
    fields = [(folder / "stat").read_text().rpartition(")")[2].split() for folder in tree]
    return sum(int(one[11]) + int(one[12]) for one in fields) / float(os.sysconf("SC_CLK_TCK"))


def memory_mb(folder: Path) -> float:
    """Return the resident memory of a process that is its own (shared pages are counted once, by their share)."""
    lines = (folder / "smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000


def run_bare(source: Path, target: Path) -> tuple[float, float]:
    """Commit the rows that the server stored with bare sqlite3 and return inspections a second and rows each."""
    tables = ("record", "claim", "photo_wanted")
    old = sqlite3.connect(source)
    schema = old.execute("SELECT sql FROM sqlite_master WHERE tbl_name IN (?, ?, ?) AND sql IS NOT NULL", tables)
    new = sqlite3.connect(target, isolation_level=None)
    for pragma in ("journal_mode=wal", "synchronous=full", "cache_size=-32000", "wal_autocheckpoint=4000"):
        new.execute(f"PRAGMA {pragma}")
    for (text,) in schema.fetchall():
        new.execute(text)
    records = old.execute("SELECT * FROM record ORDER BY id").fetchall()
    groups = [_rows_of(old, records[start : start + BATCH]) for start in range(0, len(records), BATCH)]
    inserts = [f"INSERT OR IGNORE INTO {name} VALUES ({', '.join('?' * n)})" for name, n in _widths(old, tables)]
    began = time.perf_counter()
    for group in groups:
        new.execute("BEGIN IMMEDIATE")
        for text, rows in zip(inserts, group, strict=True):
            new.executemany(text, rows)
        new.execute("COMMIT")
    seconds = time.perf_counter() - began
    stored = sum(len(one) for group in groups for one in group)
    return len(records) / seconds, stored / len(records)


def _widths(database: sqlite3.Connection, tables: tuple[str, ...]) -> list[tuple[str, int]]:
    return [(name, len(database.execute(f"PRAGMA table_info({name})").fetchall())) for name in tables]


def _rows_of(database: sqlite3.Connection, records: list[Any]) -> tuple[list[Any], list[Any], list[Any]]:
    claims, photos = [], []
    for record in records:
        named = (f"part:{record[2]}", f"seal:{record[5]}")
        claims += database.execute("SELECT * FROM claim WHERE name IN (?, ?)", named).fetchall()
        photos += database.execute("SELECT * FROM photo_wanted WHERE record = ?", (record[1],)).fetchall()
    return records, claims, photos


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", type=int, default=200)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", default="", help="a postgresql:// address, for the server rows alone")
    options = parser.parse_args()
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    engine = "PostgreSQL" if options.database else f"SQLite {sqlite3.sqlite_version}"
    print(f"{engine}, load {os.getloadavg()[0]:.2f}; {options.clients} clients, batches of {BATCH}")
    print(f"{'':24}{'insp/s':>9}{'CPU us':>9}{'p50 ms':>9}{'p99 ms':>9}{'MB':>7}{'ratio':>8}")
    for number in range(options.rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            held = run_server(folder, options.database, options.batches, options.clients)
            told = f"{held['rate']:9.0f}{held['cpu_us']:9.0f}{held['p50_ms']:9.1f}{held['p99_ms']:9.1f}"
            if options.database:
                print(f"{f'round {number + 1}: server':24}{told}{held['memory_mb']:7.0f}")
                continue
            bare, rows = run_bare(folder / "office.sqlite3", folder / "bare.sqlite3")
            print(f"{f'round {number + 1}: server':24}{told}{held['memory_mb']:7.0f}{held['rate'] / bare:8.2f}")
            print(f"{f'  bare sqlite3, {rows:.0f} rows':24}{bare:9.0f}{'':43}{1:8.2f}")
    print(f"a part has {held['part_bytes']:.0f} bytes; load now {os.getloadavg()[0]:.2f}")


if __name__ == "__main__":
    main()
