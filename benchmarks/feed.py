"""How fast and how small the feed is: `python -m benchmarks.feed`, with `--database` for PostgreSQL.

An office with 200,000 vehicles that differ as those of a county do. Over real HTTP on loopback to `python -m server
serve`: the first load of a tablet in pages, beside the registry's package as one gzip; one changed row; a day on which
one row in a hundred changed; 500 that wait and hear of one row; then pages of 100 from many places at once, the same
page for all, and polls of several tablets that find nothing new. The baselines are `/healthz`, which asks the store for
nothing, and an app under granian that does nothing. The load generator shares the machine: trust the CPU of the server
first.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gzip
import http.client
import random
import re
import select
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.ingest import cpu_seconds, enrol, memory_mb, serving, tree_of, wait_for
from benchmarks.lookup import plates
from benchmarks.timing import heading, tell
from checklists.records.feed_page import Page, opened
from checklists.wire import canonical
from server.config import Config
from server.office import Office, open_office
from server.store import registry
from tools.ports import own_port

AT = "2026-11-28T01:30:00.000Z"
PAGE, BULK = 100, 5000
WAITING = 500
CONNECTIONS = 16
"""Over so many is asked at once, and so many tablets ask."""

_LENGTH = re.compile(rb"(?i)content-length: *(\d+)")
_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def rows(count: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """Yield that many vehicles with their carriers: their numbers, days, scopes and masses differ."""
    dice = random.Random(seed)
    carriers = [
        ("91150624MA0" + "".join(dice.choices(_LETTERS, k=7)), f"示例县{_name(dice)}危货运输有限公司")
        for _ in range(1500)
    ]
    for code, name in carriers:
        yield {"kind": "carrier", "key": code, "as_of": AT, "data": {"uscc": code, "name": name}}
    for plate in plates(count):
        code, name = dice.choice(carriers)
        yield {"kind": "vehicle", "key": f"{plate}|yellow", "as_of": AT, "data": _vehicle(dice, plate, code, name)}


def _name(dice: random.Random) -> str:
    return "".join(dice.choices("恒达永隆众安金河北辰瑞通草原兴旺泰顺昌盛华宇鑫源", k=3))


def _vehicle(dice: random.Random, plate: str, code: str, name: str) -> dict[str, Any]:
    def day() -> dict[str, str]:
        return {"valid_until": (date(2026, 1, 1) + timedelta(days=dice.randrange(900))).isoformat()}

    data: dict[str, Any] = {
        "plate": plate, "colour": "yellow", "kind": dice.choice(["tractor", "trailer", "tank_vehicle", "box_truck"]),
        "carrier": name, "carrier_uscc": code, "vin": "L" + "".join(dice.choices(_LETTERS, k=16)),
        "permit": {"number": f"{dice.randrange(10**12):012d}", "scope": dice.sample(["2", "3", "8", "9"], 2), **day()},
        "safety_inspection": day(), "compulsory_insurance": day(), "liability_insurance": day(),
        "kerb_mass_kg": dice.randrange(7000, 16000, 10), "gross_limit_kg": dice.choice([25000, 31000, 49000]),
    }  # fmt: skip
    if dice.random() < 0.25:
        data |= {
            "trailer": f"蒙K{dice.randrange(10000):04d}挂",
            "tank": f"YL20{dice.randrange(10, 26)}-{dice.randrange(10**6):06d}",
        }
    return data


def fill(office: Office, count: int) -> float:
    """Put the registry in, a thousand rows a transaction, and return the seconds of CPU."""
    given, began = rows(count), time.process_time()
    while some := list(islice(given, 1000)):
        office.store.write_now(lambda some=some: registry.put(some))  # type: ignore[misc] # bound now
    spent = time.process_time() - began
    if office.config.database:
        analyse: Callable[..., Any] = office.store.database.execute_sql
        analyse("ANALYZE")  # as PostgreSQL does by itself within a minute
    return spent


class Tablet:
    """One that follows the feed over a connection of its own and proves each page."""

    def __init__(self, port: int, enrolled: dict[str, Any]) -> None:
        self._link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._token, self._key = str(enrolled["token"]), str(enrolled["server_key"])
        self.cursor, self.wire, self.pages, self.changes = "", 0, 0, 0

    def page(self, limit: int) -> Page:
        """Take a page."""
        headers = {"Authorization": f"Bearer {self._token}", "Accept-Encoding": "gzip"}
        self._link.request("GET", f"/v1/changes?since={self.cursor}&limit={limit}", headers=headers)
        answer = self._link.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(body)
        self.wire += len(body)
        held = opened(gzip.decompress(body) if answer.headers["Content-Encoding"] else body, self._key, self.cursor)
        self.cursor, self.pages, self.changes = held.cursor, self.pages + 1, self.changes + len(held.lines)
        return held

    def catch_up(self, limit: int = BULK) -> tuple[int, float]:
        """Take all there is and return bytes and seconds."""
        self._link.close()  # the office ends a connection that says nothing for long; a closed one is opened again
        wire, began = self.wire, time.perf_counter()
        while self.page(limit).more:
            continue
        return self.wire - wire, time.perf_counter() - began


def change(office: Office, every: int, count: int, day: int) -> int:
    """Change one vehicle in so many, and return how many that were."""
    given = [one for one in rows(count) if one["kind"] == "vehicle"][::every]
    at = AT.replace("28T", f"{day}T")
    made = [
        {**one, "as_of": at, "data": {**one["data"], "liability_insurance": {"valid_until": f"2028-01-{day}"}}}
        for one in given
    ]
    for start in range(0, len(made), 1000):
        office.store.write_now(lambda some=made[start : start + 1000]: registry.put(some))  # type: ignore[misc]
    return len(made)


class _Asker:
    """One connection that asks over and over, each time after the answer to the time before."""

    def __init__(self, port: int, requests: Iterator[bytes]) -> None:
        self.link = socket.create_connection(("127.0.0.1", port))
        self.link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._requests, self._held = requests, b""
        self.link.sendall(next(requests))

    def hear(self) -> int:
        """Take what came; return 1 where that ended an answer, and ask on, else 0."""
        self._held += self.link.recv(262144)
        head, blank, body = self._held.partition(b"\r\n\r\n")
        if blank and not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head)
        if not blank or len(body) < int(_LENGTH.search(head)[1]):  # type: ignore[index] # every answer has one
            return 0
        self._held = b""
        self.link.sendall(next(self._requests))
        return 1


def rate(port: int, tree: list[Path], requests: Sequence[bytes], seconds: float) -> tuple[float, float]:
    """Return answers a second and CPU microseconds of the server for each.

    One thread asks on all connections: more of them would take the cores from the server that is measured.
    """
    dice = random.Random(5)
    askers = [_Asker(port, cycle(dice.sample(requests, len(requests)))) for _ in range(CONNECTIONS)]
    held = {one.link.fileno(): one for one in askers}
    ready = select.epoll()
    for number in held:
        ready.register(number, select.EPOLLIN)
    many, cpu, began = 0, cpu_seconds(tree), time.perf_counter()
    while (spent := time.perf_counter() - began) < seconds:
        many += sum(held[number].hear() for number, _event in ready.poll(1))
    cpu = cpu_seconds(tree) - cpu
    ready.close()
    for one in askers:
        one.link.close()
    return many / spent, cpu / many * 1e6


async def bare(scope: Any, _receive: Any, send: Any) -> None:
    """The least that an app can do: what granian itself costs is what it costs to ask this one."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"300")]})
        await send({"type": "http.response.body", "body": b"x" * 300})


@contextlib.contextmanager
def serving_bare() -> Iterator[tuple[int, list[Path]]]:
    """Granian with `bare`; yields its port and its process."""
    port = own_port()
    command = ["granian", "--interface", "asginl", "--no-ws", "--log-level", "error", "--port", str(port)]
    process = subprocess.Popen([sys.executable, "-m", *command, "benchmarks.feed:bare"])
    try:
        wait_for(port)
        yield port, tree_of(process.pid)
    finally:
        process.terminate()
        process.wait()


async def _wait(port: int, waiting: bytes, heard: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(waiting)
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head)
    heard.append(time.perf_counter())
    writer.close()


async def _waiting(office: Office, port: int, tree: list[Path], waiting: bytes) -> None:
    """Let many tablets wait and one row change; tell what that cost."""
    heard: list[float] = []
    before, idle = sum(map(memory_mb, tree)), 5.0
    tablets = [asyncio.create_task(_wait(port, waiting, heard)) for _ in range(WAITING)]
    await asyncio.sleep(idle)  # until all of them wait
    cpu = cpu_seconds(tree)
    await asyncio.sleep(idle)
    rest, more = (cpu_seconds(tree) - cpu) / idle, sum(map(memory_mb, tree)) - before
    if heard:
        raise RuntimeError("somebody did not wait")
    await office.store.write(lambda: registry.put([next(rows(1, seed=1))]))
    told = time.perf_counter()
    await asyncio.gather(*tablets)
    last = (max(heard) - told) * 1000
    tell(f"{WAITING} that wait, until the last is told", last_heard_ms=last, more_mb=more, core_at_rest_pct=rest * 100)


def request(path: str, token: str, *, packed: bool = False) -> bytes:
    """Return a request in its bytes."""
    more = "Accept-Encoding: gzip\r\n" if packed else ""
    return f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n{more}\r\n".encode()


def run(folder: Path, database: str, count: int, seconds: float) -> None:
    """Fill an office, serve it, and tell what was measured."""
    office = open_office(Config(data_dir=str(folder), database=database))
    tell("filled", cpu_s=fill(office, count))
    whole = gzip.compress(canonical({"rows": [{**one, "data": one["data"]} for one in rows(count)]}), 6)
    tell("as one package, gzip", 1, "one gzip", line_mb=len(whole) / 1e6)
    with serving(folder, database) as (port, tree, environment):
        enrolled, _key = enrol(port, environment)
        tablet, memory = Tablet(port, enrolled), sum(map(memory_mb, tree))
        cpu = cpu_seconds(tree)
        wire, spent = tablet.catch_up()
        more = {"server_cpu_s": cpu_seconds(tree) - cpu, "before_mb": memory, "after_mb": sum(map(memory_mb, tree))}
        told = {"line_mb": wire / 1e6, "took_s": spent, "pages": tablet.pages, "changes": tablet.changes}
        tell("first load", wire / len(whole), "one gzip", **told, **more)
        for words, every, day in (("one changed row", count, 29), ("one row in a hundred", 100, 30)):
            many = change(office, every, count, day)
            wire, spent = tablet.catch_up()
            tell(words, line_kb=wire / 1e3, took_s=spent, rows=many)
        waiting = request(f"/v1/changes?since={tablet.cursor}&wait=50", enrolled["token"])
        asyncio.run(_waiting(office, port, tree, waiting))
        tablet.catch_up()
        tokens = [enrolled["token"], *(enrol(port, environment)[0]["token"] for _ in range(CONNECTIONS - 1))]
        tablet.catch_up()
        _rates(port, tree, tokens, tablet.cursor, count, seconds)
    office.close()


def _rates(port: int, tree: list[Path], tokens: list[str], cursor: str, count: int, seconds: float) -> None:
    epoch, _dot, position = cursor.partition(".")
    end = position.partition("-")[0]
    dice = random.Random(3)
    places = [dice.randrange(count - PAGE) for _ in range(4000)]
    there = [f"/v1/changes?limit={PAGE}&since={epoch}.{end}-{place}" for place in places]
    token = tokens[0]
    kinds = {
        "healthz": [request("/healthz", token)],
        "nothing new": [request(f"/v1/changes?since={cursor}&limit=500", one) for one in tokens],
        "pages of 100, each another": [request(one, token) for one in there],
        "pages of 100, each another, gzip": [request(one, token, packed=True) for one in there],
        "pages of 100, all the same, gzip": [request(there[0], token, packed=True)],
    }
    with serving_bare() as (bare_port, bare_tree):
        base, cpu = rate(bare_port, bare_tree, [request("/", token)], seconds)
    tell("bare granian", 1, "bare granian", per_s=base, cpu_us=cpu)
    for words, requests in kinds.items():
        many, cpu = rate(port, tree, requests, seconds)
        tell(words, many / base, "bare granian", per_s=many, cpu_us=cpu)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vehicles", type=int, default=200_000)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--database", default="", help="an empty postgresql:// database; else SQLite")
    options = parser.parse_args()
    engine = "PostgreSQL" if options.database else f"SQLite {sqlite3.sqlite_version}"
    heading(engine, f"{options.vehicles} vehicles, {CONNECTIONS} connections")
    with tempfile.TemporaryDirectory() as name:
        run(Path(name), options.database, options.vehicles, options.seconds)


if __name__ == "__main__":
    main()
