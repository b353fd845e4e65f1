"""Whether the server lives, whether it can do its work, and what it counts of itself."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

import falcon
from falcon.asgi import Request, Response

from server import metrics
from server.office import Office
from server.refusals import Refused
from server.store import fleet, queue, records
from server.store.outage import DatabaseAway

_LOW_DISK = 200 * 1024 * 1024
_KEPT_SECONDS, _FLEET_SECONDS = 1.0, 30.0
_LOCAL = ("127.0.0.1", "::1", "::ffff:127.0.0.1")
_HOPS = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


class Healthz:
    """`GET /healthz`: the process answers."""

    async def on_get(self, _req: Request, resp: Response) -> None:
        """Answer without touching anything."""
        resp.media = {"status": "ok"}


@dataclass(frozen=True)
class Seen:
    """How things stood a moment ago. `age_seconds`: how long the oldest record has waited.

    `disk_free` are the bytes of the fuller disk, of photos or data.
    """

    ready: bool
    writes: bool
    disk_free: int
    age_seconds: float
    states: dict[str, int] = field(default_factory=dict)
    parked: dict[str, int] = field(default_factory=dict)
    photos_away: bool = False


class Pulse:
    """Looks at the office at most once a second, however often it is asked, and never writes a row."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._looking = asyncio.Lock()
        self._seen: Seen | None = None
        self._until = 0.0

    async def seen(self) -> Seen:
        """Return how things stand."""
        async with self._looking:
            if self._seen is None or time.monotonic() >= self._until:
                self._seen = await self._look()
                self._until = time.monotonic() + _KEPT_SECONDS
            return self._seen

    async def _look(self) -> Seen:
        store, config = self._office.store, self._office.config
        free, away = min(map(_free, (config.photos, config.data))), await self._photos_away()
        try:
            async with asyncio.timeout(5):
                await store.write(lambda: None)  # the writer lives and its database is there; nothing is changed
                age = await store.read(queue.age_seconds)
                states, parked = await store.read(records.counts), await store.read(records.parked)
        except Exception:
            return Seen(ready=False, writes=False, disk_free=free, age_seconds=0.0, photos_away=away)
        writes = not store.writer.failing
        ready = writes and free > _LOW_DISK and age <= config.queue_seconds
        return Seen(ready, writes, free, round(age, 1), states, parked, away)

    async def _photos_away(self) -> bool:
        """Whether the store of the photos does not answer, or not within a second; records are taken all the same."""
        bucket = self._office.photo_files.bucket
        if bucket is None:
            return False
        try:
            async with asyncio.timeout(1):
                return await asyncio.to_thread(lambda: bucket.away)
        except TimeoutError:
            return True


def _free(folder: Path) -> int:
    """Return how many bytes of a folder's disk are free; none where it is not there, such as one not mounted."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0


class FleetPulse:
    """Looks at the tablets at most twice in a minute, however often it is asked."""

    def __init__(self, office: Office) -> None:
        self._store = office.store
        self._looking = asyncio.Lock()
        self._until = 0.0

    async def note(self) -> None:
        """Tell the metrics how the tablets stand; where that cannot be read they stay as they were."""
        async with self._looking:
            if time.monotonic() >= self._until:
                self._until = time.monotonic() + _FLEET_SECONDS
                with contextlib.suppress(DatabaseAway):
                    metrics.fleet(**await self._store.read(fleet.counts))


def inside(office: Office, req: Request) -> bool:
    """Whether who asks may see counts: he brings the token, or asks on this machine without a proxy between."""
    token, given = office.config.metrics_token, (req.auth or "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    peer = (req.scope.get("client") or (_LOCAL[0], 0))[0]  # none: a socket of this machine
    return peer in _LOCAL and not any(req.get_header(name) for name in _HOPS)


class Readyz:
    """`GET /readyz`: the writer writes, the disk has room, the queue moves; the counts for those inside alone."""

    def __init__(self, office: Office, pulse: Pulse) -> None:
        self._office, self._pulse = office, pulse

    async def on_get(self, req: Request, resp: Response) -> None:
        """Say what was seen."""
        seen = await self._pulse.seen()
        resp.status = falcon.HTTP_200 if seen.ready else falcon.HTTP_503
        resp.media = {"ready": seen.ready}
        if inside(self._office, req):
            told = {"writes": seen.writes, "disk_free": seen.disk_free, "records": seen.states, "parked": seen.parked}
            told |= {"photos_away": seen.photos_away}
            resp.media = {"ready": seen.ready, **told, "queue_age_seconds": seen.age_seconds}


class Metrics:
    """`GET /metrics`: for Prometheus, with the token of the settings or from this machine."""

    def __init__(self, office: Office, pulse: Pulse) -> None:
        self._office, self._pulse, self._fleet = office, pulse, FleetPulse(office)

    async def on_get(self, req: Request, resp: Response) -> None:
        """Give the counts. Raises Refused token_invalid."""
        if not inside(self._office, req):
            raise Refused("token_invalid", "metrics_token", {"WWW-Authenticate": "Bearer"})
        seen = await self._pulse.seen()
        await self._fleet.note()
        resp.content_type = metrics.CONTENT_TYPE
        resp.data = metrics.text(
            states=seen.states,
            parked=seen.parked,
            age_seconds=seen.age_seconds,
            disk_free=seen.disk_free,
            ready=seen.ready,
            photos_away=seen.photos_away,
        )
