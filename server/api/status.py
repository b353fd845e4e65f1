"""What a tablet says of itself: kept as its word, in place of what it said before, and shown to those who run it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Annotated

import msgspec
from falcon.asgi import Request, Response

from checklists.wire import instant
from server import clock
from server.api import cursor, reading
from server.fleet import Said, TookPackage
from server.office import Office
from server.refusals import Refused
from server.store import device_status, devices, feed_pages, hub_outbox
from server.store.feed_pages import Sight
from server.store.models import Device

_MOST_BYTES = 16 * 1024
_MOST_PACKAGES = 20

Word = Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\ud800-\udfff]*$")]
Time = Annotated[str, msgspec.Meta(min_length=1, max_length=40, extra_json_schema={"format": "date-time"})]
Count = Annotated[int, msgspec.Meta(ge=0, le=10**6)]
Bytes = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
Milliseconds = Annotated[int, msgspec.Meta(ge=-(10**13), le=10**13)]


class Taken(msgspec.Struct):
    """A package in use."""

    name: Word
    version: Word
    applied_at: Time | None = None


class OwnClock(msgspec.Struct):
    """How far the device's clock is behind the office's, as of when it learnt that; nothing was learnt before."""

    offset_ms: Milliseconds = 0
    agreed_at: Time | None = None


class FeedPlace(msgspec.Struct):
    """How far it has the office's changes, and as of when it had all of them."""

    cursor: Annotated[str, msgspec.Meta(max_length=100)] = ""
    at: Time | None = None


class Waiting(msgspec.Struct):
    """What the office does not have yet: records, files, those refused; when the oldest was sealed, by its clock."""

    records: Count = 0
    files: Count = 0
    refused: Count = 0
    oldest_at: Time | None = None


class Status(msgspec.Struct):
    """What a device says of itself; what a later version says besides is let be."""

    app: Word
    at: Time
    clock: OwnClock | None = None
    packages: Annotated[list[Taken], msgspec.Meta(max_length=_MOST_PACKAGES)] = []
    feed: FeedPlace | None = None
    waiting: Waiting | None = None
    free_bytes: Bytes | None = None
    device: Annotated[str, msgspec.Meta(max_length=100, pattern=r"^[0-9A-Za-z-]*$")] = ""
    """Who says it, where a hub passes it on."""


class StatusResource:
    """`POST /v1/devices/status`."""

    def __init__(self, office: Office, gate: reading.Gate) -> None:
        self._office, self._gate = office, gate

    async def on_post(self, req: Request, resp: Response) -> None:
        """Keep it; saying it again changes nothing but the time. A hub passes the last one on."""
        device = await self._gate.device(req)
        content = await reading.body(req, self._office.config.stall_seconds, _MOST_BYTES)
        told: Status = reading.decode(content, Status)
        check(told)
        if self._office.hub is not None:
            body = msgspec.json.encode(msgspec.structs.replace(told, device=str(device.id)))
            await self._office.store.write(partial(hub_outbox.hold_status, str(device.id), req.path, body))
        elif device.kind == devices.HUB:
            await self._passed_on(told)
        else:
            said = await self._office.store.read(_said, device, told)
            await self._office.store.write(partial(_keep, str(device.id), said))
        resp.media = {"at": clock.now()}

    async def _passed_on(self, told: Status) -> None:
        """Keep what a hub says that a tablet said, where it has said nothing later itself. Raises device_mismatch."""
        named = await self._office.store.read(devices.by_id, told.device)
        if named is None or named.kind == devices.HUB:
            raise Refused("device_mismatch", "no device of this office said it")
        said = await self._office.store.read(_said, named, told)
        await self._office.store.write(partial(device_status.keep_later, str(named.id), said))


def check(told: Status) -> None:
    """Raise Refused malformed where a time is none."""
    for name, at in _times(told):
        try:
            clock.read(at)
        except ValueError as fault:
            raise Refused("malformed", f"{name} is no time") from fault


def _times(told: Status) -> Iterator[tuple[str, str]]:
    named = (
        ("at", told.at),
        ("clock.agreed_at", told.clock.agreed_at if told.clock else None),
        ("feed.at", told.feed.at if told.feed else None),
        ("waiting.oldest_at", told.waiting.oldest_at if told.waiting else None),
        *(("packages.applied_at", one.applied_at) for one in told.packages),
    )
    return ((name, at) for name, at in named if at is not None)


def _said(device: Device, told: Status) -> Said:
    """Return what is kept: times as the office writes them, and the place in the feed that the cursor names."""
    own, waiting, feed = told.clock or OwnClock(), told.waiting or Waiting(), told.feed or FeedPlace()
    return Said(
        app=told.app,
        said_at=_plain(told.at) or "",
        packages=tuple(TookPackage(one.name, one.version, _plain(one.applied_at)) for one in told.packages),
        offset_ms=own.offset_ms if own.agreed_at else None,
        agreed_at=_plain(own.agreed_at),
        feed_place=_place(device, feed.cursor) if told.feed else None,
        feed_at=_plain(feed.at),
        records=waiting.records,
        files=waiting.files,
        refused=waiting.refused,
        oldest_at=_plain(waiting.oldest_at),
        free_bytes=told.free_bytes,
    )


def _plain(at: str | None) -> str | None:
    return None if at is None else instant(clock.read(at))


def _place(device: Device, text: str) -> int:
    """Return the place up to which a device has everything; 0 where it has to begin anew. Raises Refused malformed."""
    if not text:
        return 0
    end = feed_pages.end()
    try:
        held = cursor.read(text, Sight(str(device.agency), str(device.area)).epoch(end.epoch), end)
    except Refused as refused:
        if refused.code != "cursor_gone":
            raise
        return 0
    return min(held.urgent, held.rest)


def _keep(device: str, said: Said) -> None:
    devices.saw([(device, None)])
    device_status.keep(device, said)
