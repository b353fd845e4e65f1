"""How many sealed inspections a second the office takes in, durable before it answers: `python -m benchmarks.ingest`.

Real parts (`benchmarks.parts`), 25 in a request or one (`--size 1`), go over real HTTP on loopback to
`python -m server serve` on SQLite with synchronous=FULL, which processes them behind the receipt. Beside it, in turn,
the office of another checkout (`--against FOLDER`), and bare `sqlite3` committing the very same rows in batches of 25
with the same settings. The load generator shares the machine: CPU is that of the server alone.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
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

from benchmarks.parts import Maker, batch, registry
from benchmarks.timing import heading, tell
from checklists.crypto import SigningKey, new_signing_key
from tools.ports import own_port

BATCH = 25
"""Rows of so many records are one commit of the bare database."""
KINDS = 12
"""So many parts are made by the kernel."""


def bodies_of(maker: Maker, count: int, size: int) -> list[bytes]:
    """Return the bodies of that many requests of so many parts each: `KINDS` are made, the others are like them."""
    made = [maker.seal() for _ in range(KINDS)]
    return [batch(maker.again(made[(number * size + one) % KINDS]) for one in range(size)) for number in range(count)]


@contextlib.contextmanager
def serving(folder: Path, database: str, tree: Path | None = None) -> Iterator[tuple[int, list[Path], dict[str, str]]]:
    """A server of its own; yields its port, its process and the environment of its commands."""
    port = own_port()
    told = {"PORT": str(port), "DATA_DIR": str(folder), "DATABASE": database, "REQUESTS_PER_MINUTE": "1000000"}
    told["DEVICE_AT_ONCE"] = "1000"  # one device stands for many
    environment = {**os.environ, **{f"LUJIAN_{name}": value for name, value in told.items()}}
    with (folder / "server.log").open("wb") as log:
        command = [sys.executable, "-m", "server", "serve"]
        process = subprocess.Popen(command, env=environment, cwd=tree, stdout=log, stderr=log)
    try:
        wait_for(port)
        yield port, tree_of(process.pid), environment
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int, host: str = "127.0.0.1") -> None:
    """Return once somebody listens."""
    for _ in range(3000):  # a machine may be busy
        with contextlib.suppress(OSError):
            socket.create_connection((host, port), timeout=1).close()
            return
        time.sleep(0.05)
    raise RuntimeError("the server did not start")


def enrol(
    port: int, environment: dict[str, str], host: str = "127.0.0.1", tree: Path | None = None
) -> tuple[dict[str, Any], SigningKey]:
    """Enrol a device and return the office's answer and the device's key."""
    command = [sys.executable, "-m", "server", "enrol-code", "--agency", "T"]
    code = subprocess.run(command, env=environment, cwd=tree, capture_output=True, text=True, check=True).stdout.strip()
    key = new_signing_key()
    body = json.dumps({"code": code, "name": "bench", "public_key": key.public, "app": "0.1.0"})
    link = http.client.HTTPConnection(host, port)
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
        if any(one["status"] != "accepted" for one in answer.get("results", [{"status": ""}])):
            raise RuntimeError(f"not accepted: {answer}")


def send_all(port: int, token: str, bodies: list[bytes], clients: int) -> list[float]:
    """Send bodies from several clients at once and return the seconds of each, the shortest first."""
    spent: list[float] = []
    shares = [bodies[number::clients] for number in range(clients)]
    threads = [threading.Thread(target=send, args=(port, token, one, spent)) for one in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(spent)


def run_server(folder: Path, options: argparse.Namespace, code: Path | None = None) -> dict[str, float]:
    """Return rates and times of a server, of that checkout, taking in requests from several clients at once."""
    with serving(folder, options.database, code) as (port, tree, environment):
        _prepare(folder, environment, code)
        enrolled, key = enrol(port, environment, tree=code)
        maker = Maker(enrolled, key, _published(port, enrolled["token"]))
        bodies = bodies_of(maker, options.requests + options.clients, options.size)
        for body in bodies[: options.clients]:  # warm-up
            send(port, enrolled["token"], [body], [])
        cpu, began = cpu_seconds(tree), time.perf_counter()
        spent = send_all(port, enrolled["token"], bodies[options.clients :], options.clients)
        seconds, used = time.perf_counter() - began, cpu_seconds(tree) - cpu
        taken = len(spent) * options.size
        return {
            "per_s": taken / seconds,
            "cpu_us": used / taken * 1e6,
            "p50_ms": spent[len(spent) // 2] * 1000,
            "p99_ms": spent[int(len(spent) * 0.99)] * 1000,
            "memory_mb": sum(memory_mb(one) for one in tree),
            "part_bytes": len(bodies[0]) / options.size,
        }


def _prepare(folder: Path, environment: dict[str, str], tree: Path | None = None, *, publish: bool = True) -> None:
    """Publish, and load the registry, so that what comes in is processed as in an office.

    An office that has published does not do it again: that takes up what it had parked.
    """
    rows = folder / "registry.json"
    rows.write_text(json.dumps(registry(datetime.now(UTC)), ensure_ascii=False), encoding="utf-8")
    for command in (["publish"], ["load-registry", str(rows)])[0 if publish else 1 :]:
        subprocess.run(
            [sys.executable, "-m", "server", *command], env=environment, cwd=tree, capture_output=True, check=True
        )


def _published(port: int, token: str) -> list[dict[str, str]]:
    link = http.client.HTTPConnection("127.0.0.1", port)
    link.request("GET", "/v1/packages", headers={"Authorization": f"Bearer {token}"})
    listed = json.loads(link.getresponse().read())["packages"]
    return [{name: one[name] for name in ("name", "version", "digest")} for one in listed]


def tree_of(pid: int) -> list[Path]:
    """Return the /proc folders of a process and of all below it (Linux; elsewhere none, and CPU and memory stay 0)."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    below = children.read_text().split() if children.exists() else []
    return [Path(f"/proc/{pid}"), *(one for child in below for one in tree_of(int(child)))] if children.exists() else []


def cpu_seconds(tree: list[Path]) -> float:
    """Return the CPU seconds that the processes have used."""
    fields = [(folder / "stat").read_text().rpartition(")")[2].split() for folder in tree]
    return sum(int(one[11]) + int(one[12]) for one in fields) / float(os.sysconf("SC_CLK_TCK"))


def memory_mb(folder: Path) -> float:
    """Return the resident memory of a process that is its own (shared pages are counted once, by their share)."""
    lines = (folder / "smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000


def run_bare(source: Path, target: Path) -> tuple[float, float]:
    """Commit the rows of a receipt with bare sqlite3 and return inspections a second and rows each."""
    tables = ("record", "record_body", "claim", "photos_due")
    old = sqlite3.connect(source)
    schema = old.execute("SELECT sql FROM sqlite_master WHERE tbl_name IN (?, ?, ?, ?) AND sql IS NOT NULL", tables)
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


def _rows_of(database: sqlite3.Connection, records: list[Any]) -> tuple[list[Any], ...]:
    bodies, claims = [], []
    for record in records:
        named = (f"part:{record[2]}", f"seal:{record[5]}")
        bodies += database.execute("SELECT * FROM record_body WHERE record = ?", (record[0],)).fetchall()
        claims += database.execute("SELECT * FROM claim WHERE name IN (?, ?)", named).fetchall()
    return records, bodies, claims, [(record[0], record[6]) for record in records]  # each part names photos


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, help="by itself so many as take some seconds")
    parser.add_argument("--size", type=int, default=25, help="records in a request")
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", default="", help="a postgresql:// address, for the server rows alone")
    parser.add_argument("--against", type=Path, help="a checkout whose office is measured in turn with this one")
    options = parser.parse_args()
    options.requests = options.requests or max(60, 4000 // options.size)
    engine = "PostgreSQL" if options.database else f"SQLite {sqlite3.sqlite_version}"
    heading(engine, f"{options.clients} clients, {options.size} records in a request")
    for number in range(1, options.rounds + 1):
        _round(f"round {number}", options)


def _round(name: str, options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        held, folder = run_server(Path(one), options), Path(one)
        if options.database:
            tell(f"{name}: server", **held)
        else:
            bare, rows = run_bare(folder / "office.sqlite3", folder / "bare.sqlite3")
            tell(f"{name}: server", held["per_s"] / bare, "bare sqlite3", **held)
            tell(f"{name}: bare sqlite3", 1, "bare sqlite3", per_s=bare, rows=rows)
        if options.against:
            other = run_server(Path(two), options, options.against)
            cpu = held["cpu_us"] / other["cpu_us"]
            tell(f"{name}: the other checkout", **other)
            tell(f"{name}: here", held["per_s"] / other["per_s"], "the other checkout", cpu_ratio=cpu)


if __name__ == "__main__":
    main()
