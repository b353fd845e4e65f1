"""Long poll beside server-sent events, for tablets that wait for the feed to move: `python -m benchmarks.waiting`.

Both are asked of the same app under the same granian: the office's own, and a stream that is here alone, made of the
same watch and the same signed pages. In turn, each on a server of its own, 500 tablets wait by one of them, and a row
is changed now and then by another process: what it costs while nothing happens, and for each change until all have
heard it and wait again; how soon they hear. Both with a sign of life every 3 s, as tablets ask, so that a lost line
shows; and every 50 s, as rarely as a proxy lets them.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path

from falcon.asgi import Request, Response, SSEvent

from benchmarks.feed import rows
from benchmarks.ingest import cpu_seconds, enrol, memory_mb, tree_of, wait_for
from benchmarks.timing import heading, tell
from server.api.changes import Asked, Pages, _sight
from server.api.cursor import Cursor
from server.api.feed_watch import FeedWatch
from server.api.reading import Gate
from server.app import create_app
from server.config import Config, load
from server.logs import set_up
from server.office import Office, open_office
from server.patience import Asgi, patient
from server.processing.worker import Worker
from server.stopping import Stopping
from server.store import registry

WAITING = 500
IDLE_SECONDS, BETWEEN_SECONDS = 12.0, 1.0
_GRANIAN = """
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
Granian("benchmarks.waiting:application", address={host!r}, port={port}, interface=Interfaces.ASGI, factory=True,
        workers_kill_timeout=2, log_access=False, websockets=False, http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=15000), backlog=4096, backpressure=8192).serve()
"""
"""As `server.commands` serves."""


@dataclass(frozen=True)
class Way:
    """A way to wait: `seconds` between two signs of life of the office."""

    name: str
    stream: bool
    seconds: int

    def request(self, since: str, token: str) -> bytes:
        """Return the request that waits behind a cursor."""
        path = "/v1/changes/stream?since={}&beat={}" if self.stream else "/v1/changes?since={}&wait={}"
        head = f"GET {path.format(since, self.seconds)} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n"
        return head.encode()


WAYS = (
    Way("long poll, 3 s", stream=False, seconds=3),
    Way("stream, 3 s", stream=True, seconds=3),
    Way("long poll, 50 s", stream=False, seconds=50),
    Way("stream, 50 s", stream=True, seconds=50),
)


def application() -> Asgi:
    """Return the office's app with the stream beside."""
    set_up()
    office = open_office(load(None, os.environ))
    app = create_app(office, Worker(office))
    app.add_route("/v1/changes/stream", Stream(office))
    return patient(app, office.config)


class Stream:
    """`GET /v1/changes/stream`: the feed as server-sent events, to be measured and not to be used."""

    def __init__(self, office: Office) -> None:
        self._gate, self._watch, self._pages = Gate(office), FeedWatch(office, Stopping()), Pages(office)

    async def on_get(self, req: Request, resp: Response) -> None:
        """Let a device in as the feed does, then go on for ever."""
        end = await self._watch.end()
        sight = _sight(await self._gate.known(req, (end.epoch, end.devices)))
        since = req.get_param("since", required=True)
        epoch, _dot, places = since.partition(".")
        asked = Asked(sight, since, Cursor(epoch, *map(int, places.split("-"))), 500, packed=False)
        resp.sse = self._events(req, asked, int(req.get_param("beat", required=True)))

    async def _events(self, req: Request, asked: Asked, beat: int) -> AsyncIterator[SSEvent | None]:
        end = await self._watch.end()
        while True:
            made = await self._pages.get(asked, end)
            if made.changes:
                data = made.body.rstrip(b"\n").replace(b"\n", b"\ndata: ")
                asked = replace(asked, since=str(made.at), at=made.at)
                yield SSEvent(data=data, event_id=asked.since)
                continue
            asked, before = replace(asked, at=made.at), end
            end = await self._watch.move(end, beat)
            await self._gate.still(req, (end.epoch, end.devices))
            if end == before:
                yield None  # a sign of life


@contextlib.contextmanager
def serving(folder: Path, host: str = "127.0.0.1", port: int = 8499) -> Iterator[tuple[int, list[Path]]]:
    """Granian with `application`; yields its port and its processes."""
    told = {"DATA_DIR": str(folder), "REQUESTS_PER_MINUTE": "1000000", "DEVICE_AT_ONCE": "10000"}
    environment = {**os.environ, **{f"LUJIAN_{name}": value for name, value in told.items()}}
    with (folder / "server.log").open("wb") as log:
        command = [sys.executable, "-c", _GRANIAN.format(host=host, port=port)]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_for(port, host)
        yield port, tree_of(process.pid)
    finally:
        process.terminate()
        process.wait()


class Tablets:
    """Those who wait: when each heard of the last change, and how many were told anything."""

    def __init__(self, way: Way, token: str, since: str) -> None:
        self._way, self._token, self._since = way, token, since
        self.heard: list[float] = []

    async def wait(self, host: str, port: int) -> None:
        """Wait by one connection until cancelled."""
        reader, writer = await asyncio.open_connection(host, port)
        since = self._since
        try:
            writer.write(self._way.request(since, self._token))
            if self._way.stream:
                _head(await reader.readuntil(b"\r\n\r\n"))
            while True:
                line = await (self._event(reader) if self._way.stream else self._answer(reader))
                if line:
                    told = json.loads(line)
                    since = str(told["cursor"])
                    if told["changes"]:
                        self.heard.append(time.perf_counter())
                if not self._way.stream:
                    writer.write(self._way.request(since, self._token))
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader) -> bytes:
        head = _head(await reader.readuntil(b"\r\n\r\n"))
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        return (await reader.readexactly(length)).partition(b"\n")[0]

    async def _event(self, reader: asyncio.StreamReader) -> bytes:
        event = await reader.readuntil(b"\n\n")
        return event.partition(b"data: ")[2].partition(b"\n")[0]


def _head(head: bytes) -> bytes:
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head)
    return head


async def measured(way: Way, office: Office, folder: Path, changes: int) -> dict[str, float]:
    """Return what a way costs and how soon it tells."""
    with serving(folder) as (port, tree):
        token, since = _tablet(port, folder)
        tablets, before = Tablets(way, token, since), sum(map(memory_mb, tree))
        waiting = [asyncio.create_task(tablets.wait("127.0.0.1", port)) for _ in range(WAITING)]
        await asyncio.sleep(5)
        cpu, began = cpu_seconds(tree), time.perf_counter()
        await asyncio.sleep(IDLE_SECONDS)
        rest = (cpu_seconds(tree) - cpu) / (time.perf_counter() - began)
        more = sum(map(memory_mb, tree)) - before
        delays, lasts, given = [], [], rows(changes, seed=1)
        cpu = cpu_seconds(tree)
        for _ in range(changes):
            tablets.heard.clear()
            row = next(given)
            await asyncio.to_thread(office.store.write_now, lambda row=row: registry.put([row]))
            told = time.perf_counter()
            while len(tablets.heard) < WAITING:
                await asyncio.sleep(0.02)
                for one in waiting:
                    if one.done():
                        one.result()
            delays += [one - told for one in tablets.heard]
            lasts.append(max(tablets.heard) - told)
            await asyncio.sleep(BETWEEN_SECONDS)
        spent = cpu_seconds(tree) - cpu
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return {
            "each_kb": more * 1000 / WAITING,
            "core_at_rest_pct": rest * 100,
            "change_cpu_ms": spent / changes * 1000,
            "heard_p50_ms": statistics.median(delays) * 1000,
            "last_heard_ms": statistics.median(lasts) * 1000,
            "memory_mb": sum(map(memory_mb, tree)),
        }


def _tablet(port: int, folder: Path, host: str = "127.0.0.1") -> tuple[str, str]:
    """Enrol a tablet and return its token and the cursor of the end of its feed."""
    enrolled, _key = enrol(port, {**os.environ, "LUJIAN_DATA_DIR": str(folder)}, host)
    link = HTTPConnection(host, port)
    link.request("GET", "/v1/changes?limit=5000", headers={"Authorization": f"Bearer {enrolled['token']}"})
    return str(enrolled["token"]), str(json.loads(link.getresponse().read().partition(b"\n")[0])["cursor"])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--changes", type=int, default=10)
    options = parser.parse_args()
    heading(f"{WAITING} tablets")
    for number in range(options.rounds):
        for way in WAYS if number % 2 == 0 else WAYS[::-1]:
            with tempfile.TemporaryDirectory() as name:
                office = open_office(Config(data_dir=name))
                told = asyncio.run(measured(way, office, Path(name), options.changes))
                office.close()
            tell(way.name, **told)


if __name__ == "__main__":
    main()
