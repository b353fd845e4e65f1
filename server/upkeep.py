"""What is done now and then: clearing away what is past its time, and putting in force what has its day."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from checklists.wire import instant
from server import clock, publishing, registry_load
from server.cases.ends import day_text
from server.exporting import jobs
from server.intake import registry_file
from server.office import Office
from server.store import device_status, feed_pages, hub_feed, hub_outbox, registry_parts, usage

_log = logging.getLogger(__name__)

EVERY_SECONDS = 3600.0
_DAY = 24 * 3600
_USE_DAYS = 30


@dataclass(frozen=True)
class Cleared:
    """How many files of uploads, counts, files of exports, files that nobody imported, rows of the feed went."""

    uploads: int
    counts: int
    exports: int = 0
    imports: int = 0
    feed: int = 0


def tidy(office: Office) -> Cleared:
    """Put in force what has its day, and clear away what is past its time; what fails of one leaves the other done.

    Uploads go after `upload_days`, exports after `export_days`; never evidence.
    """
    try:
        _put_in_force(office)
    finally:
        done = _clear(office)
    return done


def _put_in_force(office: Office) -> None:
    if office.hub is not None:
        _let_go(office)
    else:
        publishing.put_due(office)
        registry_load.finish(office.store)


def _clear(office: Office) -> Cleared:
    uploads = office.photo_files.tidy(office.config.upload_days * _DAY)
    counts = office.store.write_now(lambda: usage.forget(_USE_DAYS) + device_status.forget(_USE_DAYS))
    feed = _drop_news(office)
    office.store.write_now(registry_parts.forget)
    exports = jobs.tidy(office, office.config.export_days)
    return Cleared(uploads, counts, exports, registry_file.tidy(office), feed)


def _drop_news(office: Office) -> int:
    """Drop what of the feed nobody needs any more; at a hub by its office's clock, whatever its own says."""
    now = clock.now() if office.hub is None else office.store.read_now(hub_feed.complete_at)
    if not now:
        return 0
    before = instant(clock.read(now) - timedelta(days=office.config.feed_days))
    return office.store.write_now(lambda: feed_pages.drop_old(before, day_text(now)))


def _let_go(office: Office) -> None:
    """Let a hub forget what its office has; a laptop at a post is lost sooner than an office."""
    before = clock.later(days=-office.config.hub_days)
    past = office.store.read_now(hub_outbox.photos_past, before)
    for sha256 in past:
        office.photo_files.let_go(sha256)
    office.store.write_now(lambda: hub_outbox.forget_photos(past))
    office.store.write_now(lambda: hub_outbox.forget_records(before) + hub_outbox.forget_posts(before))


class Upkeep:
    """Tidies while the server runs, at its start and every hour."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._task: asyncio.Task[None] | None = None

    async def process_startup(self, _scope: Any, _event: Any) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._run())

    async def process_shutdown(self, _scope: Any, _event: Any) -> None:
        """End with the server."""
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        while True:
            try:
                done = await asyncio.to_thread(tidy, self._office)
                if done.uploads:
                    _log.info("tidied", extra={"count": done.uploads})
            except Exception:
                _log.exception("tidying failed; it is tried again")
            await asyncio.sleep(EVERY_SECONDS)
