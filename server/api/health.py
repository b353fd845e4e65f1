"""Whether the server lives, and whether it can do its work."""

from __future__ import annotations

import asyncio
import shutil

import falcon
from falcon.asgi import Request, Response

from server.office import Office
from server.store import meta, records

_LOW_DISK = 200 * 1024 * 1024


class Healthz:
    """`GET /healthz`: the process answers."""

    async def on_get(self, _req: Request, resp: Response) -> None:
        """Answer without touching anything."""
        resp.media = {"status": "ok"}


class Readyz:
    """`GET /readyz`: the writer commits, the disk has room; and how long the queue is."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def on_get(self, _req: Request, resp: Response) -> None:
        """Write once and say what was seen."""
        try:
            await asyncio.wait_for(self._office.store.write(lambda: meta.number("ready")), 5)
            writes = True
        except Exception:
            writes = False
        free = shutil.disk_usage(self._office.config.photos).free
        waiting = await self._office.store.read(records.counts) if writes else {}
        ready = writes and free > _LOW_DISK
        resp.status = falcon.HTTP_200 if ready else falcon.HTTP_503
        resp.media = {"ready": ready, "writes": writes, "disk_free": free, "records": waiting}
