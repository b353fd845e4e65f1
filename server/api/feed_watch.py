"""Where the feed ends, as this process knows it: asked of the database now and then, not by every tablet that polls."""

from __future__ import annotations

import asyncio
import contextlib
import time

from server.office import Office
from server.stopping import Stopping
from server.store import feed, feed_pages
from server.store.feed_pages import End

FRESH_SECONDS = 0.1
"""For so long another process may have added something that is not seen here yet."""

_LOOK_SECONDS = 0.05


class FeedWatch:
    """The end of the feed; used on the event loop alone."""

    def __init__(self, office: Office, stopping: Stopping) -> None:
        self._store, self._stopping = office.store, stopping
        self._end: End | None = None
        self._read_at, self._commits = 0.0, -1
        self._reading: tuple[int, asyncio.Future[End]] | None = None
        self._waiting = 0
        self._moved = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def fresh(self) -> End | None:
        """Return where the feed ends if that needs no look at the database, else None."""
        return self._end if self._is_fresh() else None

    async def end(self, at_least: int = 0) -> End:
        """Return where the feed ends: with all that this process has committed, and at least that far if it can be."""
        held = self.fresh()
        if held is not None and held.place >= at_least:
            return held
        if at_least:  # who knows more than we do shall not be told by a look that had begun before
            return await self._read()
        if self._reading is None or self._reading[0] != feed.commits() or self._reading[1].done():
            self._reading = feed.commits(), asyncio.ensure_future(self._read())
        return await asyncio.shield(self._reading[1])

    async def move(self, end: End, seconds: float) -> End:
        """Return where the feed ends once that is not `end`, or after so many seconds, or when this process ends."""
        until = time.monotonic() + seconds
        self._waiting += 1
        try:
            while (now := await self.end()) == end and (left := until - time.monotonic()) > 0:
                if self._stopping.asked:
                    break
                await self._next(left)
            return now
        finally:
            self._waiting -= 1
            if not self._waiting and self._task is not None:
                self._task.cancel()

    async def _next(self, seconds: float) -> None:
        """Wait until the end has moved; one task looks for all who wait."""
        if self._task is None or self._task.done():
            self._moved = asyncio.Event()
            self._task = asyncio.create_task(self._look(self._moved))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._moved.wait(), seconds)

    async def _look(self, moved: asyncio.Event) -> None:
        """Look until the end has moved. A database that is away is met by those who wait, each for himself."""
        began = self._end
        try:
            with contextlib.suppress(Exception):
                while self._end == began and not self._stopping.asked:
                    await asyncio.sleep(_LOOK_SECONDS)
                    if not self._is_fresh():
                        await self.end()
        finally:
            moved.set()

    def _is_fresh(self) -> bool:
        return time.monotonic() - self._read_at < FRESH_SECONDS and self._commits == feed.commits()

    async def _read(self) -> End:
        commits, at = feed.commits(), time.monotonic()
        end = await self._store.read(feed_pages.end)
        if not end.whole:
            await self._store.write(feed.give_places)
            end = await self._store.read(feed_pages.end)
        if commits >= self._commits:
            self._end, self._commits, self._read_at = end, commits, at
        return end
