"""The feed: what changed for a tablet behind its cursor, in signed pages; the same page for all who stand there."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import time
from dataclasses import dataclass, replace
from typing import Any

from falcon.asgi import Request, Response

from checklists.records import feed_page
from server.api import cursor, reading
from server.api.cursor import Cursor
from server.api.feed_watch import FeedWatch
from server.office import Office
from server.refusals import Refused
from server.stopping import Stopping
from server.store import devices, feed, feed_pages
from server.store.feed_pages import End, Sight
from server.store.hub_identity import Joined
from server.store.models import Device

LINES = "application/x-ndjson"
USUAL, MOST = 500, 5000
LONGEST_WAIT = 50
"""Seconds; proxies give up at sixty."""

_WORTH_PACKING = 1024
_LEVEL = 6
_KEPT_BYTES = 8 * 1024 * 1024
_EMPTY_SECONDS, _KEPT_EMPTY = 0.25, 10_000
_LATER = {"Retry-After": "30"}


@dataclass(frozen=True)
class Asked:
    """A page as it is asked for."""

    sight: Sight
    since: str
    at: Cursor
    limit: int
    packed: bool


@dataclass(frozen=True)
class Made:
    """A page with what leads on from it."""

    body: bytes
    changes: int
    at: Cursor


class ChangesResource:
    """`GET /v1/changes`."""

    def __init__(self, office: Office, gate: reading.Gate, stopping: Stopping, watch: FeedWatch) -> None:
        self._gate, self._stopping, self._hub = gate, stopping, office.hub
        self._watch, self._pages = watch, Pages(office)

    async def on_get(self, req: Request, resp: Response) -> None:
        """Give the changes behind a cursor, or from the start; with `wait` not before there is one."""
        limit, wait, since = (
            _number(req, "limit", 1, MOST, USUAL),
            _number(req, "wait", 0, LONGEST_WAIT, 0),
            _since(req),
        )
        end = await self._watch.end()
        sight = _sight(await self._gate.known(req, (end.epoch, end.devices)))
        if self._hub is not None:
            _check_hub(self._hub, sight, end)
        packed = "gzip" in (req.get_header("Accept-Encoding") or "")
        end, at = await self._begin(since, sight, end)
        made = await self._made(req, Asked(sight, since, at, limit, packed), end, wait)
        resp.content_type = LINES
        resp.set_header("Vary", "Accept-Encoding")
        if packed and made.body[:2] == b"\x1f\x8b":
            resp.set_header("Content-Encoding", "gzip")
        if self._stopping.asked:  # a server that ends waits for connections that stay open
            resp.set_header("Connection", "close")
        resp.data = made.body

    def standing(self, authorization: str, since: str) -> tuple[str, bytes] | None:
        """Return who asks and the page that nothing is new, if both are known as the feed stands; count it then.

        None where something must be read first or the request is to be refused: `on_get` does either.
        """
        end = self._watch.fresh()
        device = self._gate.held(authorization, (end.epoch, end.devices)) if end else None
        if end is None or device is None:
            return None
        made = self._pages.standing(_sight(device), since, end)
        if made is None or not self._gate.passes(device, "changes"):
            return None
        return str(device.id), made.body

    async def _begin(self, since: str, sight: Sight, end: End) -> tuple[End, Cursor]:
        """Return the end and the cursor; one beyond the end that is known here may come from another process.

        To a hub it may come from its parent, by a tablet that was there since.
        """
        if sight.hub and not since:  # it passes on also what had gone before it began
            return end, Cursor(sight.epoch(end.epoch), begun=end.dropped)
        try:
            return end, cursor.read(since, sight.epoch(end.epoch), end)
        except Refused as refused:
            if refused.code != "cursor_gone":
                raise
        end = await self._watch.end(at_least=end.place + 1)
        try:
            return end, cursor.read(since, sight.epoch(end.epoch), end)
        except Refused as refused:
            if self._hub is None or refused.detail != cursor.BEYOND:
                raise
            raise Refused("hub_behind", "", _LATER) from refused

    async def _made(self, req: Request, asked: Asked, end: End, wait: int) -> Made:
        """Return the page, once it has a change; who was revoked or sent elsewhere while he waited is told so."""
        until = time.monotonic() + wait
        while True:
            made = await self._pages.get(asked, end)
            left = until - time.monotonic()
            if made.changes or left <= 0 or self._stopping.asked:
                return made
            asked, end = replace(asked, at=made.at), await self._watch.move(end, left)
            if _sight(await self._gate.still(req, (end.epoch, end.devices))).epoch(end.epoch) != asked.at.epoch:
                raise Refused("cursor_gone", "another epoch")


class Pages:
    """Pages that were made since the feed moved last, so that many tablets at one place cost one page."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._end: End | None = None
        self._kept: dict[Asked, asyncio.Future[Made]] = {}
        self._bytes = 0
        self._bulk = asyncio.Semaphore(2)  # many who load much at once would hold as many pages in the making
        self._empty: dict[tuple[Sight, str], tuple[float, Made]] = {}

    async def get(self, asked: Asked, end: End) -> Made:
        """Return the page, made now unless it was since the feed moved."""
        if self._end != end or self._bytes > _KEPT_BYTES or len(self._empty) > _KEPT_EMPTY:
            self._end, self._kept, self._bytes, self._empty = end, {}, 0, {}
        if asked.at.at_end(end):
            return self._nothing(asked, end)
        held = self._kept.get(asked)
        if held is None:
            held = self._kept[asked] = asyncio.ensure_future(self._make(asked, end))
        return await asyncio.shield(held)

    async def _make(self, asked: Asked, end: End) -> Made:
        try:
            async with self._bulk if asked.limit > USUAL else contextlib.nullcontext():
                made = await self._office.store.read(page, self._office, asked, end)
        except BaseException:
            self._kept.pop(asked, None)
            raise
        self._bytes += len(made.body)
        return made

    def standing(self, sight: Sight, since: str, end: End) -> Made | None:
        """Return that nothing is new, if somebody who stands there was told so since the feed moved last."""
        held = self._empty.get((sight, since)) if self._end == end else None
        return self._nothing(Asked(sight, since, held[1].at, 0, packed=False), end) if held else None

    def _nothing(self, asked: Asked, end: End) -> Made:
        """Return that nothing is new: signed a few times in a second, whoever asks.

        At the end all cursors are the same one, so that what was asked says which page it is.
        """
        name, now = (asked.sight, asked.since), time.monotonic()
        made_at, made = self._empty.get(name, (0.0, None))
        if made is None or now - made_at > _EMPTY_SECONDS:
            made = _signed(self._office, asked, [], asked.at, end, more=False)
            self._empty[name] = now, made
        return made


def page(office: Office, asked: Asked, end: End) -> Made:
    """Return the page behind a cursor: what is urgent, then the rest. Where it is not full, nothing more stood behind.

    The end was read before, so that all up to it is committed and in what is read here.
    """
    at, limit = asked.at, asked.limit
    urgent = feed_pages.after(asked.sight, feed.URGENT, at.urgent, limit, at.begun)
    rest = (
        feed_pages.after(asked.sight, feed.REST, at.rest, limit - len(urgent), at.begun) if len(urgent) < limit else []
    )
    rows = [(feed.URGENT, *one) for one in urgent] + [(feed.REST, *one) for one in rest]
    given = rows[: _fitting([line for _lane, _place, line in rows])]
    full = len(rows) == limit or len(given) < len(rows)
    places = {lane: place for lane, place, _line in given}
    done = not full or feed.REST in places
    behind = replace(
        at,
        urgent=max(end.place, places.get(feed.URGENT, 0)) if done else places.get(feed.URGENT, at.urgent),
        rest=places.get(feed.REST, at.rest) if full else max(end.place, places.get(feed.REST, 0)),
    )
    return _signed(office, asked, [line.encode() for _lane, _place, line in given], behind, end, more=full)


def _fitting(lines: list[str]) -> int:
    """Return how many lines go into one page, at least one."""
    size = 0
    for number, line in enumerate(lines):
        size += len(line)
        if size > feed_pages.MOST_BYTES and number:
            return number
    return len(lines)


def _signed(office: Office, asked: Asked, lines: list[bytes], behind: Cursor, end: End, *, more: bool) -> Made:
    """Return a page, signed. It holds as of when its end was looked up: all that was committed by then is before it.

    A hub's holds as of when it had last heard everything, and bears its certificate.
    """
    head: dict[str, Any] = {
        "at": end.read_at if office.hub is None else end.heard_at,
        "agency": asked.sight.agency,
        "area": asked.sight.area,
        "since": asked.since,
        "cursor": str(behind),
        "more": more,
    }
    if office.hub is not None:
        head["certificate"] = dict(office.hub.certificate)
    if asked.sight.hub:
        head["hub"] = {"epoch": end.epoch, "place": min(behind.urgent, behind.rest), "dropped": end.dropped}
    body = feed_page.make(office.key, head, lines)
    if asked.packed and lines and len(body) >= _WORTH_PACKING:
        body = gzip.compress(body, _LEVEL, mtime=0)
    return Made(body, len(lines), behind)


def _sight(device: Device) -> Sight:
    return Sight(str(device.agency), str(device.area), device.kind == devices.HUB)


def _check_hub(hub: Joined, sight: Sight, end: End) -> None:
    """Raise Refused where this hub cannot tell all: hub_loading, hub_narrow."""
    if not end.heard_at:
        raise Refused("hub_loading", "", _LATER)
    if not Sight(hub.agency, hub.area).covers(sight):
        raise Refused("hub_narrow")


def _number(req: Request, name: str, least: int, most: int, usual: int) -> int:
    text = req.get_param(name)
    if text is None:
        return usual
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Refused("malformed", f"{name} is no whole number")
    return max(least, min(most, int(text)))


def _since(req: Request) -> str:
    return req.get_param("since") or ""
