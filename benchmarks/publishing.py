"""How long a tablet waits, and what its office holds, while much is loaded: `python -m benchmarks.publishing`.

One tablet brings a record at a time over real HTTP on loopback to `python -m server serve` on SQLite: alone, then while
`load-registry` takes 200,000 vehicles with their carriers, `registry import` a clerk's sheet of 20,000 others, and
`publish` publishes. Told are the usual and the longest
wait, how many records were refused, and the ratio of the longest wait to the usual one alone. Then the memory of the
server while 24 tablets fetch both packages slowly, and while they load the feed from its start, to what it was before.
`--against FOLDER` measures the office of another checkout first. The load generator shares the machine.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.feed import AT, Tablet, rows
from benchmarks.imports import sheet, vehicles
from benchmarks.ingest import KINDS, _prepare, _published, cpu_seconds, enrol, memory_mb, serving
from benchmarks.parts import Maker, batch
from benchmarks.timing import heading, tell
from checklists.records.record import Sealed
from server.config import Config
from server.office import open_office
from server.store.office_models import Holiday

_HOLIDAY = {"day": "2031-01-01", "kind": "rest", "name_zh": "元旦", "name_en": "New Year", "source": "bench"}
_BLOCK, _PAUSE = 16 * 1024, 0.02


@dataclass
class Waits:
    """One tablet that brings a record after another: what each waited, and the answers that were no receipt."""

    port: int
    maker: Maker
    spent: list[float] = field(default_factory=list)
    refused: int = 0

    @contextlib.contextmanager
    def bringing(self) -> Iterator[None]:
        """Bring records while the block runs."""
        self.spent, self.refused, ends = [], 0, threading.Event()
        made = [self.maker.seal() for _ in range(KINDS)]
        thread = threading.Thread(target=self._bring, args=(made, ends))
        thread.start()
        try:
            yield
        finally:
            ends.set()
            thread.join()

    def _bring(self, made: list[Sealed], ends: threading.Event) -> None:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Authorization": f"Bearer {self.maker.enrolled['token']}"}
        while not ends.is_set():
            body, began = batch([self.maker.again(made[len(self.spent) % KINDS])]), time.perf_counter()
            link.request("POST", "/v1/records", body, headers)
            answer = link.getresponse()
            told = json.loads(answer.read())
            self.spent.append(time.perf_counter() - began)
            self.refused += answer.status != 200 or told["results"][0]["status"] != "accepted"
            time.sleep(_PAUSE)

    @property
    def usual(self) -> float:
        """The median wait in milliseconds."""
        return sorted(self.spent)[len(self.spent) // 2] * 1000

    @property
    def longest(self) -> float:
        """The longest wait in milliseconds."""
        return max(self.spent) * 1000


def command(environment: dict[str, str], tree: Path | None, *words: str) -> tuple[float, float]:
    """Run a command of the office and return its seconds and its CPU seconds."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "server", *words], env=environment, cwd=tree, stdout=-3)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(words)
    return time.perf_counter() - began, used.ru_utime + used.ru_stime


def fetch(port: int, token: str, paths: list[str]) -> None:
    """Take answers as a thin line does: a small window, a block at a time."""
    for path in paths:
        _fetch(port, token, path)


def _fetch(port: int, token: str, path: str) -> None:
    with socket.socket() as link:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BLOCK)
        link.connect(("127.0.0.1", port))
        asked = f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Encoding: gzip\r\n"
        link.sendall(f"{asked}Authorization: Bearer {token}\r\n\r\n".encode())
        first = link.recv(_BLOCK)
        if not first.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(first)
        while link.recv(_BLOCK):
            time.sleep(_PAUSE)


def most_memory(tree: list[Path], many: int, work: Callable[[], Any]) -> float:
    """Return the most memory that the server has while so many do this work at once."""
    faults: list[BaseException] = []

    def safe() -> None:
        try:
            work()
        except BaseException as fault:
            faults.append(fault)

    threads, most = [threading.Thread(target=safe) for _ in range(many)], 0.0
    for one in threads:
        one.start()
    while any(one.is_alive() for one in threads):
        most = max(most, memory(tree))
        time.sleep(0.02)
    if faults:
        raise faults[0]
    return most


def memory(tree: list[Path]) -> float:
    """Return the memory of the server in MB."""
    return sum(memory_mb(one) for one in tree)


def measure(name: str, folder: Path, options: argparse.Namespace, code: Path | None = None) -> None:
    """Tell what one office does."""
    big = folder / "big.json"
    big.write_text(json.dumps(list(rows(options.rows)), ensure_ascii=False), encoding="utf-8")
    with serving(folder, "", code) as (port, tree, environment):
        _prepare(folder, environment, code)
        enrolled, key = enrol(port, environment, tree=code)
        token = str(enrolled["token"])
        waits = Waits(port, Maker(enrolled, key, _published(port, token)))
        with waits.bringing():
            time.sleep(options.seconds)
        alone = waits.usual
        _told(f"{name}: a record alone", waits, alone)
        cpu = cpu_seconds(tree)
        with waits.bringing():
            took = command(environment, code, "load-registry", str(big))
        used = cpu_seconds(tree) - cpu
        _told(f"{name}: while the registry is loaded", waits, alone, *took, server_cpu_s=used)
        book = folder / "vehicles.xlsx"
        book.write_bytes(sheet("vehicle", list(vehicles(options.sheet))))
        with waits.bringing():
            took = command(environment, code, "registry", "import", str(book), "--kind", "vehicle", "--apply")
        _told(f"{name}: while a sheet is written", waits, alone, *took)
        _another_year(folder)
        with waits.bringing():
            took = command(environment, code, "publish")
        _told(f"{name}: while packages are published", waits, alone, *took)
        _fetching(name, port, tree, token, str(enrolled["server_key"]), options.tablets)


def _told(what: str, waits: Waits, alone: float, took: float = 0, cpu: float = 0, **more: float) -> None:
    told = {"longest_ms": waits.longest, "usual_ms": waits.usual, "refused": waits.refused, "sent": len(waits.spent)}
    told |= {"took_s": took, "took_cpu_s": cpu} if took else {}
    tell(what, waits.longest / alone, "the usual one alone", **told, **more)


def _another_year(folder: Path) -> None:
    """Let the next publication differ: a day of a notice of holidays came."""
    office = open_office(Config(data_dir=str(folder)))
    told = {**_HOLIDAY, "year": 2031, "published_by": "bench", "published_at": AT}
    office.store.write_now(lambda: Holiday.insert(told).execute())
    office.close()


def _fetching(name: str, port: int, tree: list[Path], token: str, key: str, many: int) -> None:
    paths = [f"/v1/packages/{one['name']}@{one['version']}" for one in _published(port, token)]
    idle = memory(tree)
    held = most_memory(tree, many, lambda: fetch(port, token, paths))
    tell(f"{name}: while {many} fetch the packages", held / idle, "idle", held_mb=held, idle_mb=idle)
    idle = memory(tree)
    held = most_memory(tree, many, lambda: Tablet(port, {"token": token, "server_key": key}).catch_up())
    tell(f"{name}: while {many} load the feed", held / idle, "idle", held_mb=held, idle_mb=idle)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--sheet", type=int, default=20_000, help="rows of a clerk's sheet")
    parser.add_argument("--tablets", type=int, default=24)
    parser.add_argument("--seconds", type=float, default=6.0, help="so long a tablet is measured alone")
    parser.add_argument("--against", type=Path, help="a checkout whose office is measured first")
    options = parser.parse_args()
    heading(f"{options.rows} vehicles")
    for name, code in [*([("the other checkout", options.against)] if options.against else []), ("here", None)]:
        with tempfile.TemporaryDirectory() as folder:
            measure(name, Path(folder), options, code)


if __name__ == "__main__":
    main()
