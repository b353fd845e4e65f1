"""The office beside Kinto, on one PostgreSQL and in one run: `python -m benchmarks.kinto`.

Kinto is the peer that is nearest: JSON records over HTTP into PostgreSQL, from Python. The version below comes from the
package index into a venv of its own, and is served by granian in two processes, with PostgreSQL behind its
records and permissions and its cache in memory. Both take in the same real parts (`benchmarks.parts`) from clients that
wait for each answer, 25 in a request from four and one from sixteen; Kinto proves no signature, gives no receipt and
processes nothing. Where its writers meet it refuses some with 409, and of a batch in which that happens it stores none
though it says so of the others: counted is what stands in its table afterwards.

Then both list their newest at 50,000 rows: the office its inbox as HTML, 40 rows and all that stands around, looked at
again, and after something was written, when nothing of it is kept; Kinto 50 rows as JSON, which here have nothing but
what the office's list shows. The load generator shares the machine.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psycopg

from benchmarks.console import Link
from benchmarks.growth import plant
from benchmarks.ingest import KINDS, cpu_seconds, run_server, serving, tree_of
from benchmarks.parts import Maker
from benchmarks.timing import heading, tell
from checklists.crypto import new_signing_key
from checklists.records.record import Sealed, certificate
from checklists.wire import instant
from tools import postgres
from tools.ports import own_port

PACKAGES = ("kinto[postgresql]==26.5.0", f"granian=={version('granian')}")
PROCESSES, LISTED = 2, 50
_APP = """
import json, os
from kinto import main
application = main({}, **json.loads(os.environ["KINTO_SETTINGS"]))
"""
_MIGRATE = """
import kinto_app
from kinto.core.scripts import migrate
migrate({"registry": kinto_app.application.registry})
"""
_COUNT = "SELECT COUNT(*) FROM objects WHERE resource_name = 'record' AND parent_id = '/buckets/road/collections/taken'"
_ROWS = """
INSERT INTO objects (id, parent_id, resource_name, last_modified, data, deleted)
SELECT gen_random_uuid()::text, '/buckets/road/collections/listed', 'record',
       now()::timestamp - n * interval '1 millisecond', jsonb_build_object(
           'plate', '蒙K' || lpad((n %% 100000)::text, 5, '0'), 'colour', 'yellow', 'carrier', '示例危货运输有限公司',
           'un', '1203', 'outcome', 'release', 'severity', 'II', 'site', 'G109 示例检查点', 'state', 'processed',
           'inspected_at', '2026-11-28T01:30:00.000Z', 'digest', repeat('0', 64)), false
FROM generate_series(1, %s) n
"""


@dataclass(frozen=True)
class Shape:
    """How records come: so many in a request, from so many clients, in so many requests."""

    name: str
    size: int
    clients: int
    requests: int


SHAPES = (Shape("batches of 25", 25, 4, 12), Shape("one a request", 1, 16, 240))


@dataclass
class Kinto:
    """A served Kinto with a bucket, and the processes that it is."""

    port: int
    tree: list[Path]
    database: str

    def ask(self, method: str, path: str, body: bytes = b"", link: http.client.HTTPConnection | None = None) -> bytes:
        """Return an answer. Raises RuntimeError for one that is neither good nor a conflict."""
        link = link or http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        known = base64.b64encode(b"bench:bench").decode()
        link.request(
            method, f"/v1{path}", body, {"Authorization": f"Basic {known}", "Content-Type": "application/json"}
        )
        answer = link.getresponse()
        told = answer.read()
        if answer.status >= 300 and answer.status != 409:
            raise RuntimeError(f"{path}: {answer.status} {told[:200]!r}")
        return told

    def stored(self) -> int:
        """Return how many records it has taken in."""
        with psycopg.connect(self.database) as link:
            return int((link.execute(_COUNT.encode()).fetchone() or (0,))[0])

    def take(self, shape: Shape, made: Sequence[Sealed], maker: Maker) -> dict[str, float]:
        """Return what it makes of requests of that shape."""
        many = shape.requests * shape.size
        parts = [maker.again(made[number % len(made)]) for number in range(many + shape.size * shape.clients)]
        bodies = [_body(parts[start : start + shape.size]) for start in range(0, len(parts), shape.size)]
        for body in bodies[: shape.clients]:  # warm-up
            self._send([body], shape, [])
        spent = list[float]()
        shares = [bodies[shape.clients + number :: shape.clients] for number in range(shape.clients)]
        threads = [threading.Thread(target=self._send, args=(share, shape, spent)) for share in shares]
        before, cpu, began = self.stored(), cpu_seconds(self.tree), time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds, used = time.perf_counter() - began, cpu_seconds(self.tree) - cpu
        stored = self.stored() - before
        if len(spent) != shape.requests or not stored:
            raise RuntimeError(f"Kinto answered {len(spent)} of {shape.requests} requests, {stored} are stored")
        told = {"per_s": stored / seconds, "cpu_us": used / stored * 1e6, "p50_ms": statistics.median(spent) * 1000}
        return {**told, "p99_ms": sorted(spent)[int(len(spent) * 0.99)] * 1000, "not_stored": many - stored}

    def _send(self, bodies: Sequence[tuple[str, bytes]], shape: Shape, spent: list[float]) -> None:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        for path, body in bodies:
            began = time.perf_counter()
            json.loads(self.ask("POST" if shape.size > 1 else "PUT", path, body, link))
            spent.append(time.perf_counter() - began)

    def list_ms(self, rows: int, rounds: int) -> float:
        """Return the median of its list of the newest at so many rows."""
        with psycopg.connect(self.database, autocommit=True) as link:
            link.execute(_ROWS.encode(), [rows])
            link.execute("VACUUM ANALYZE")
        path = f"/buckets/road/collections/listed/records?_sort=-last_modified&_limit={LISTED}"
        connection, spent = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120), list[float]()
        for _ in range(rounds + PROCESSES):
            began = time.perf_counter()
            told = json.loads(self.ask("GET", path, link=connection))["data"]
            spent.append((time.perf_counter() - began) * 1000)
            if len(told) != LISTED:
                raise RuntimeError(f"{len(told)} listed")
        return statistics.median(spent[PROCESSES:])


def _body(parts: Sequence[Sealed]) -> tuple[str, bytes]:
    """Return path and body of a request that brings these: a batch, or one alone."""
    named = [(f"/buckets/road/collections/taken/records/{one.part['id']}", one.body) for one in parts]
    if len(named) == 1:
        return named[0][0], b'{"data":' + named[0][1] + b"}"
    asked = [b'{"path":"%s","body":{"data":%s}}' % (path.encode(), body) for path, body in named]
    return "/batch", b'{"defaults":{"method":"PUT"},"requests":[' + b",".join(asked) + b"]}"


@contextlib.contextmanager
def serving_kinto(folder: Path, database: str, venv: Path) -> Iterator[Kinto]:
    """Serve Kinto on that empty database; its programs go into the venv where they are not there yet."""
    python = install(venv)
    (folder / "kinto_app.py").write_text(_APP, encoding="utf-8")
    settings = {
        "kinto.storage_backend": "kinto.core.storage.postgresql",
        "kinto.storage_url": database,
        "kinto.permission_backend": "kinto.core.permission.postgresql",
        "kinto.permission_url": database,
        "kinto.cache_backend": "kinto.core.cache.memory",
        "kinto.userid_hmac_secret": "bench",
        "multiauth.policies": "basicauth",
    }
    environment = {**os.environ, "KINTO_SETTINGS": json.dumps(settings), "PYTHONPATH": str(folder)}
    subprocess.run([python, "-c", _MIGRATE], env=environment, check=True)
    port = own_port()
    command = [python, "-m", "granian", "--interface", "wsgi", "--workers", str(PROCESSES), "--port", str(port)]
    with (folder / "kinto.log").open("wb") as log:
        command += ["--no-ws", "--log-level", "error", "kinto_app:application"]
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
    try:
        made = Kinto(port, [], database)
        _until_it_answers(made)
        for path in ("/buckets/road", "/buckets/road/collections/taken", "/buckets/road/collections/listed"):
            made.ask("PUT", path)
        made.tree = tree_of(process.pid)
        yield made
    finally:
        process.terminate()
        process.wait()


def install(venv: Path) -> str:
    """Return the Python of a venv that has Kinto, made where it is not there whole."""
    python, mark, told = str(venv / "bin" / "python"), venv / "installed", "\n".join(PACKAGES)
    if not mark.exists() or mark.read_text(encoding="utf-8") != told:
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", "--clear", str(venv)], check=True)
        pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", "--python", python]
        subprocess.run([*pip, "install", *PACKAGES], check=True)
        mark.write_text(told, encoding="utf-8")
    return python


def _until_it_answers(kinto: Kinto) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError, http.client.HTTPException):
            kinto.ask("GET", "/")
            return
        time.sleep(0.05)
    raise RuntimeError("Kinto did not start")


def inbox_ms(folder: Path, database: str, rows: int, rounds: int) -> dict[str, float]:
    """Return the median of the office's inbox at so many checks: looked at again, and after something was written."""
    plant(folder, database, rows)
    with serving(folder, database) as (port, _tree, _environment):
        link = Link(port, "seed-supervisor")
        looks = {"again": lambda: None, "written": lambda: link.get(_LOGGED)}
        return {
            name: statistics.median([_inbox(link, before) for _ in range(rounds + 2)][2:])
            for name, before in looks.items()
        }


_LOGGED = "/console/inbox?text=%E6%97%A0"
"""A search is logged, so it writes."""


def _inbox(link: Link, before: Callable[[], object]) -> float:
    before()
    began = time.perf_counter()
    status, _page = link.get("/console/inbox")
    if status != 200:
        raise RuntimeError(f"the inbox answered {status}")
    return (time.perf_counter() - began) * 1000


def maker() -> Maker:
    """Return a tablet whose parts are like those that the office is brought."""
    office, device, now = new_signing_key(), new_signing_key(), instant(datetime.now(UTC))
    named = certificate(office, device="dev-1", public=device.public, agency="T", prefix="T1", issued_at=now)
    return Maker({"device": "dev-1", "certificate": named}, device, [])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--rows", type=int, default=50_000, help="of the lists; 0 leaves them out")
    parser.add_argument("--venv", type=Path, help="Kinto's programs, kept and used again; else they are thrown away")
    parser.add_argument("--database", nargs=3, help="empty databases: of Kinto, of the office, of its list")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        cluster = None if options.database else stack.enter_context(postgres.running())
        given = options.database or [cluster.create(one) for one in ("kinto", "office", "listed") if cluster]
        (Path(name) / "kinto").mkdir()
        kinto = stack.enter_context(
            serving_kinto(Path(name) / "kinto", given[0], (options.venv or Path(name) / "venv").absolute())
        )
        heading(f"{PACKAGES[0]}, {PROCESSES} processes")
        tablet = maker()
        made = [tablet.seal() for _ in range(KINDS)]
        for number in range(1, options.rounds + 1):
            for shape in SHAPES:
                _beside(f"round {number}: {shape.name}", shape, kinto.take(shape, made, tablet), given[1])
        if options.rows:
            _lists(Path(name), kinto, given[2], options.rows)


def _beside(name: str, shape: Shape, peer: dict[str, float], database: str) -> None:
    tell(f"{name}, Kinto", 1, "Kinto", **peer)
    asked = argparse.Namespace(size=shape.size, clients=shape.clients, requests=shape.requests)
    for engine, address in (("SQLite", ""), ("PostgreSQL", database)):
        with tempfile.TemporaryDirectory() as folder:
            asked.database = address
            held = run_server(Path(folder), asked)
        tell(f"{name}, office on {engine}", held["per_s"] / peer["per_s"], "Kinto", **held)


def _lists(folder: Path, kinto: Kinto, database: str, rows: int) -> None:
    peer = kinto.list_ms(rows, 40)
    tell(f"list of {LISTED} at {rows} rows, Kinto", 1, "Kinto's list", p50_ms=peer)
    for engine, address in (("SQLite", ""), ("PostgreSQL", database)):
        place = folder / engine
        place.mkdir()
        for name, spent in inbox_ms(place, address, rows, 40).items():
            tell(f"inbox at {rows} rows, office on {engine}, {name}", spent / peer, "Kinto's list", p50_ms=spent)


if __name__ == "__main__":
    main()
