"""How fast and how small the feed is: `python -m benchmarks.feed`, with `--database` for PostgreSQL.

An office with 200,000 vehicles that differ as those of a county do. Over real HTTP on loopback to `python -m server
serve`: the first load of a tablet in pages, beside the registry's package as one gzip; one changed row; a day on which
one row in a hundred changed; 500 that wait and hear of one row; then pages of 100 from many places at once, the same
page for all, and polls that find nothing new. The baseline is `/healthz`, which asks the store for nothing. The load
generator shares the machine: trust the CPU of the server first.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import http.client
import multiprocessing
import os
import platform
import random
import socket
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.ingest import cpu_seconds, enrol, memory_mb, serving
from benchmarks.lookup import plates
from checklists.records.feed_page import Page, opened
from checklists.wire import canonical
from server.config import Config
from server.office import Office, open_office
from server.store import registry

AT = "2026-11-28T01:30:00.000Z"
PAGE, BULK = 100, 5000
WAITING = 500
CLIENTS, EACH = 2, 8
"""Processes that ask, and connections of each."""

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


def _ask(port: int, requests: Sequence[bytes], seconds: float, told: Any) -> None:
    """Ask over and over on `EACH` connections; put the number of answers."""
    counts = [0] * EACH

    def run(number: int) -> None:
        link = socket.create_connection(("127.0.0.1", port))
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        dice = random.Random(os.getpid() * 100 + number)
        until, held = time.perf_counter() + seconds, b""
        for request in cycle(dice.sample(requests, len(requests))):
            link.sendall(request)
            while b"\r\n\r\n" not in held:
                held += link.recv(262144)
            head, _blank, held = held.partition(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(head)
            left = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]) - len(held)
            while left > 0:
                left -= len(link.recv(262144))
            held = b""
            counts[number] += 1
            if time.perf_counter() > until:
                return

    threads = [threading.Thread(target=run, args=(number,)) for number in range(EACH)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    told.put(sum(counts))


def rate(port: int, tree: list[Path], requests: Sequence[bytes], seconds: float) -> tuple[float, float]:
    """Return answers a second and CPU microseconds of the server for each."""
    told: Any = multiprocessing.Queue()
    askers = [multiprocessing.Process(target=_ask, args=(port, requests, seconds, told)) for _ in range(CLIENTS)]
    cpu, began = cpu_seconds(tree), time.perf_counter()
    for one in askers:
        one.start()
    many = sum(told.get() for _ in askers)
    for one in askers:
        one.join()
    return many / (time.perf_counter() - began), (cpu_seconds(tree) - cpu) / many * 1e6


async def _wait(port: int, waiting: bytes, heard: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(waiting)
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head)
    heard.append(time.perf_counter())
    writer.close()


async def _waiting(office: Office, port: int, tree: list[Path], waiting: bytes) -> str:
    """Let many tablets wait and one row change; return what that cost."""
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
    return f"{more:9.0f} MB {rest * 100:6.1f} % of a core; heard after {(max(heard) - told) * 1000:.0f} ms"


def request(path: str, token: str, *, packed: bool = False) -> bytes:
    """Return a request in its bytes."""
    more = "Accept-Encoding: gzip\r\n" if packed else ""
    return f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n{more}\r\n".encode()


def run(folder: Path, database: str, count: int, seconds: float) -> None:
    """Fill an office, serve it, and print what was measured."""
    office = open_office(Config(data_dir=str(folder), database=database))
    print(f"{'filled, CPU':34}{fill(office, count):9.1f} s", flush=True)
    whole = gzip.compress(canonical({"rows": [{**one, "data": one["data"]} for one in rows(count)]}), 6)
    print(f"{'as one package, gzip':34}{len(whole) / 1e6:9.2f} MB")
    with serving(folder, database) as (port, tree, environment):
        enrolled, _key = enrol(port, environment)
        tablet, memory = Tablet(port, enrolled), sum(map(memory_mb, tree))
        cpu = cpu_seconds(tree)
        wire, spent = tablet.catch_up()
        print(f"{'first load':34}{wire / 1e6:9.2f} MB {spent:8.1f} s {tablet.pages:5} pages {tablet.changes:8} changes")
        told = f"{cpu_seconds(tree) - cpu:9.1f} s {memory:8.0f} {sum(map(memory_mb, tree)):8.0f} MB"
        print(f"{'  CPU of it, memory before, after':34}{told}")
        for words, every, day in (("one changed row", count, 29), ("one row in a hundred", 100, 30)):
            many = change(office, every, count, day)
            wire, spent = tablet.catch_up()
            print(f"{words:34}{wire / 1e3:9.1f} kB {spent:8.2f} s {many:5} rows")
        waiting = request(f"/v1/changes?since={tablet.cursor}&wait=50", enrolled["token"])
        print(f"{f'{WAITING} that wait, all told':34}{asyncio.run(_waiting(office, port, tree, waiting))}")
        tablet.catch_up()
        _rates(port, tree, enrolled["token"], tablet.cursor, count, seconds)
    office.close()


def _rates(port: int, tree: list[Path], token: str, cursor: str, count: int, seconds: float) -> None:
    epoch, _dot, position = cursor.partition(".")
    end = position.partition("-")[0]
    dice = random.Random(3)
    places = [dice.randrange(count - PAGE) for _ in range(4000)]
    there = [f"/v1/changes?limit={PAGE}&since={epoch}.{end}-{place}" for place in places]
    kinds = {
        "healthz (baseline)": [request("/healthz", token)],
        "nothing new": [request(f"/v1/changes?since={cursor}", token)],
        "pages of 100, each another": [request(one, token) for one in there],
        "pages of 100, each another, gzip": [request(one, token, packed=True) for one in there],
        "pages of 100, all the same, gzip": [request(there[0], token, packed=True)],
    }
    print(f"{'':34}{'a second':>9}{'CPU us':>9}{'per core':>10}")
    for words, requests in kinds.items():
        many, cost = rate(port, tree, requests, seconds)
        print(f"{words:34}{many:9.0f}{cost:9.0f}{1e6 / cost:10.0f}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vehicles", type=int, default=200_000)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--database", default="", help="an empty postgresql:// database; else SQLite")
    options = parser.parse_args()
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    engine = "PostgreSQL" if options.database else f"SQLite {sqlite3.sqlite_version}"
    print(f"{engine}, load {os.getloadavg()[0]:.2f}; {options.vehicles} vehicles, {CLIENTS * EACH} connections")
    with tempfile.TemporaryDirectory() as name:
        run(Path(name), options.database, options.vehicles, options.seconds)
    print(f"load now {os.getloadavg()[0]:.2f}")


if __name__ == "__main__":
    main()
