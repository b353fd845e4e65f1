"""What stands before the app: places of its own for each kind of request, and bodies that are read only when asked for.

Falcon waits for the first byte of a body before it runs any code of ours, and granian closes a connection as soon as an
answer goes out before the body is in, so that a sender in the middle of it sees a broken pipe instead of the answer.
Here the app begins at once, reads what it wants, and what it left is read and dropped, within bounds, before the answer
goes out.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from server.config import Config
from server.limits import Places, Room, neighbourhood
from server.refusals import REFUSALS, Refused, problem

Event = dict[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Asgi = Callable[[Any, Receive, Send], Awaitable[None]]

SCOPE = "lujian.passage"
"""Where the app finds a request's Passage in its scope."""

SLOWEST = 1024
"""Bytes a second that a sender must keep up on average; a bad mobile link has twice that. Ours."""

_DROP_SECONDS, _DROP_SILENCE = 10.0, 2.0
_DROP_MORE = 1024 * 1024
_DROPPING_AT_ONCE, _DROPPING_FROM_ONE = 128, 32
_UNREAD = (408,)
"""Who was too slow is not listened to any longer."""


class Pace:
    """A sender's time: what it has in hand runs out, and each byte adds to it, up to `stall_seconds`.

    So a body has a total time by its size, and nobody can save up for a long silence.
    """

    def __init__(self, stall_seconds: float) -> None:
        self._most = self._left = float(stall_seconds)
        self._asked = 0.0

    def start(self) -> float:
        """Return how long to wait for the next bytes; the time until `stop` is the sender's."""
        self._asked = time.monotonic()
        return max(0.0, self._left)

    def stop(self, count: int) -> None:
        """Note that so many bytes came."""
        self._left = min(self._most, self._left - (time.monotonic() - self._asked) + count / SLOWEST)


class Bounds:
    """What all requests share: places by kind, places for dropping, and room for bodies in memory."""

    def __init__(self, config: Config) -> None:
        self.places = _places(config)
        self.dropping = Places(_DROPPING_AT_ONCE, _DROPPING_FROM_ONE)
        self.most = config.photo_max_bytes + _DROP_MORE
        self.room = Room(config.body_room_bytes)


class Passage:
    """One request on its way through: its body's state, and what it gives back when it ends."""

    def __init__(self, scope: Any, receive: Receive, send: Send, bounds: Bounds) -> None:
        headers = dict(scope["headers"])
        length = headers.get(b"content-length", b"")
        self.has_body = b"transfer-encoding" in headers or length.strip(b"0 ") != b""
        self.kind, self.cut = _kind(scope["path"]), False
        self._awaits_word = headers.get(b"expect", b"").lower() == b"100-continue"
        self._started, self._ended, self._begun = False, not self.has_body, False
        self._http1 = str(scope.get("http_version", "")).startswith("1")
        self._address = neighbourhood((scope.get("client") or ("", 0))[0])
        self._receive, self._send = receive, send
        self._bounds, self._room = bounds, 0
        self._leaves: list[Callable[[], None]] = []

    def hold(self, leave: Callable[[], None]) -> None:
        """Give this back when the request ends."""
        self._leaves.append(leave)

    def take_room(self, count: int) -> None:
        """Take room for bytes of the body until the request ends. Raises Refused busy."""
        self._bounds.room.take(count)
        self._room += count

    def leave(self) -> None:
        """Give back all that is held."""
        self._bounds.room.give_back(self._room)
        self._room = 0
        while self._leaves:
            self._leaves.pop()()

    async def receive(self) -> Event:
        """Return the next event; the first is an empty piece, so that the app begins before the sender does."""
        if not self._begun:
            self._begun = True
            return {"type": "http.request", "body": b"", "more_body": self.has_body}
        self._started = True
        event = await self._receive()
        if event["type"] == "http.disconnect":
            self.cut = self.cut or not self._ended
        elif not event.get("more_body", False):
            self._ended = True
        return event

    async def send(self, event: Event) -> None:
        """Pass an answer on; before its first line the rest of the body is dropped."""
        if event["type"] == "http.response.start":
            self.leave()
            if event["status"] not in _UNREAD and self._http1 and not (self._ended or self.cut):
                await self._drop()
        await self._send(event)

    async def _drop(self) -> None:
        """Read and forget the rest, a bounded part of it; who waits for our word is told the answer."""
        if self._awaits_word and not self._started:
            return
        try:
            with self._bounds.dropping.one(self._address):
                await asyncio.wait_for(self._drop_all(), _DROP_SECONDS)
        except (Refused, TimeoutError):
            return

    async def _drop_all(self) -> None:
        dropped = 0
        while dropped <= self._bounds.most:
            event = await asyncio.wait_for(self._receive(), _DROP_SILENCE)
            dropped += len(event.get("body", b""))
            if event["type"] == "http.disconnect" or not event.get("more_body", False):
                self._ended = True
                return


def patient(app: Asgi, config: Config) -> Asgi:
    """Return the app behind its bounds."""
    bounds = Bounds(config)

    async def pass_through(scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        if scope["http_version"] == "1":  # so granian (2.8) names HTTP/1.0, which Falcon knows by its whole name
            scope["http_version"] = "1.0"
        passage = Passage(scope, receive, send, bounds)
        scope[SCOPE] = passage
        try:
            passage.hold(bounds.places[passage.kind].enter())
            await app(scope, passage.receive, passage.send)
        except Refused as refused:
            await _refuse(refused, passage.send)
        finally:
            passage.leave()

    return pass_through


def passage_of(scope: Any) -> Passage | None:
    """Return a request's passage, or None where the app is run without one."""
    held: Passage | None = scope.get(SCOPE)
    return held


def _places(config: Config) -> dict[str, Places]:
    """Return the places of each kind: one kind that is full leaves the others alone."""
    return {
        "health": Places(64),
        "tablets": Places(config.records_at_once),
        "changes": Places(config.changes_at_once),
        "photos": Places(config.photos_at_once),
        "handovers": Places(config.handovers_at_once),
        "console": Places(config.console_at_once),
        "links": Places(config.strangers_at_once),
    }


_KINDS = {
    "/v1/changes": "changes",
    "/v1/photos": "photos",
    "/v1/handovers": "handovers",
    "/v1/": "tablets",
    "/w/": "links",
    "/s/": "links",
}


def _kind(path: str) -> str:
    if path in ("/healthz", "/readyz"):
        return "health"
    return next((kind for start, kind in _KINDS.items() if path.startswith(start)), "console")


async def _refuse(refused: Refused, send: Send) -> None:
    headers = [(b"content-type", b"application/problem+json"), (b"cache-control", b"no-store")]
    headers += [(name.lower().encode(), value.encode()) for name, value in refused.headers.items()]
    body = json.dumps(problem(refused.code, refused.detail), ensure_ascii=False).encode()
    await send({"type": "http.response.start", "status": REFUSALS[refused.code].status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
