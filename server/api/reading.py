"""Reading requests within bounds: size, time, compression, and who sends."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator, Hashable
from typing import Any

import msgspec
from falcon.asgi import Request

from server import clock
from server.limits import Places, Window
from server.office import Office
from server.parts import taken_in
from server.patience import Pace, passage_of
from server.refusals import Refused
from server.store import devices, hub_identity
from server.store.models import Device

MAX_BODY = 32 * 1024 * 1024
_UNPACK_HERE = 64 * 1024
"""Packed bytes that are unpacked on the spot; more would hold up everybody else."""
_MOST_KNOWN = 10_000


class Gate:
    """Lets a device's requests in: a known token that was not revoked, not too many in a minute nor at once.

    Those at once are counted by kind: photos that hang on dead links leave the device's records alone.
    """

    def __init__(self, office: Office) -> None:
        self._store, self._moved = office.store, office.config.days_ahead != 0
        self._find = devices.by_token if office.hub is None else _at_hub
        self._window = Window(office.config.requests_per_minute, "too_many_requests")
        self._places = Places(office.config.connections, office.config.device_at_once)
        self._mark: Hashable = None
        self._known: dict[str, Device] = {}

    async def device(self, req: Request) -> Device:
        """Return the device that sends; no byte of the body is read before.

        Raises Refused clock_moved, token_invalid, device_revoked, too_many_requests, too_many_at_once, hub_expired; on
        a hub hub_ended and, for token_invalid, device_not_heard.
        """
        return self._let_in(req, await self._store.read(self._find, self._token(req)))

    async def known(self, req: Request, mark: Hashable) -> Device:
        """Return the device that sends, as it was read under the same mark; raises the same.

        The mark is another one as soon as a device is revoked, sent elsewhere or given another token.
        """
        return self._let_in(req, await self.still(req, mark))

    async def still(self, req: Request, mark: Hashable) -> Device:
        """Return the device of a request that was let in already. Raises Refused token_invalid, device_revoked."""
        token = self._token(req)
        if mark != self._mark or len(self._known) > _MOST_KNOWN:
            self._mark, self._known = mark, {}
        known = self._known  # a mark may come while we read: then what we read stays out of what is known under it
        if token not in known:
            known[token] = await self._store.read(self._find, token)
        return known[token]

    def _token(self, req: Request) -> str:
        if self._moved:
            raise Refused("clock_moved")
        token = bearer(req.auth or "")
        if not token:
            raise Refused("token_invalid", "no bearer token", {"WWW-Authenticate": "Bearer"})
        return token

    def held(self, authorization: str, mark: Hashable) -> Device | None:
        """Return the device of a token that was read under the same mark, or None; nothing is counted."""
        return self._known.get(bearer(authorization)) if mark == self._mark else None

    def passes(self, device: Device, kind: str) -> bool:
        """Count a request that is answered in this very moment; False, and not counted, where it is to be refused.

        It is over before another one begins, and so needs no place; but where none is free it gets no answer either.
        """
        if device.until:
            return False
        try:
            self._places.check(f"{device.id} {kind}")
            self._window.count(str(device.id))
        except Refused:
            return False
        return True

    def _let_in(self, req: Request, device: Device) -> Device:
        if device.until and str(device.until) < clock.now():
            raise Refused("hub_expired")
        self._window.count(str(device.id))
        req.context.device = device.id
        passage = passage_of(req.scope)
        if passage is not None:
            passage.hold(self._places.enter(f"{device.id} {passage.kind}"))
        return device


def bearer(authorization: str) -> str:
    """Return the token of an `Authorization`, empty where there is none."""
    kind, _space, token = authorization.partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _at_hub(token: str) -> Device:
    """Return the device that a hub knows by what it shows. One that it has not heard of yet comes again."""
    if hub_identity.ended():
        raise Refused("hub_ended", "", {"Retry-After": "300"})
    try:
        return devices.by_token(token)
    except Refused as refused:
        if refused.code != "token_invalid":
            raise
        raise Refused("device_not_heard", "", {"Retry-After": "30"}) from refused


async def chunks(req: Request, stall_seconds: int) -> AsyncIterator[bytes]:
    """Yield the body as it comes. No thread or lock waits for it.

    Raises Refused too_slow when nothing comes for so long, or too little on average; cut_short, after what came, where
    the sender went away before the end.
    """
    stream, pace, count = req.stream.__aiter__(), Pace(stall_seconds), 0
    while (chunk := await _next(stream, pace.start())) is not None:
        pace.stop(len(chunk))
        count += len(chunk)
        if chunk:
            yield chunk
    passage = passage_of(req.scope)
    if count < (req.content_length or 0) or (passage is not None and passage.cut):
        raise Refused("cut_short", f"{count} bytes came")


async def _next(stream: AsyncIterator[bytes], seconds: float) -> bytes | None:
    """Return what comes next within so many seconds, None at the end. Raises Refused too_slow.

    In the task of the request itself: another one for each piece would cost more than the piece.
    """
    try:
        async with asyncio.timeout(seconds):
            return await anext(stream, None)
    except TimeoutError as stalled:
        raise Refused("too_slow") from stalled


async def body(req: Request, stall_seconds: int, limit: int = MAX_BODY) -> bytes:
    """Return the body, unpacked.

    Raises Refused body_too_large (before or after unpacking), malformed, too_slow, cut_short, busy.
    """
    if (req.content_length or 0) > limit:
        raise Refused("body_too_large", f"at most {limit} bytes")
    packed = (req.get_header("Content-Encoding") or "identity").lower()
    if packed not in ("identity", "gzip"):
        raise Refused("encoding_unknown", "identity or gzip")
    passage, held = passage_of(req.scope), bytearray()
    async for chunk in chunks(req, stall_seconds):
        held += chunk
        if len(held) > limit:
            raise Refused("body_too_large", f"at most {limit} bytes")
        if passage is not None:
            passage.take_room(len(chunk))
    if packed == "identity":
        return bytes(held)
    content = (
        gunzip(bytes(held), limit) if len(held) <= _UNPACK_HERE else await asyncio.to_thread(gunzip, bytes(held), limit)
    )
    if passage is not None:
        passage.take_room(len(content))
    return content


def gunzip(packed: bytes, limit: int) -> bytes:
    """Return the unpacked bytes, never holding more than the limit. Raises Refused body_too_large, malformed."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        content = unpacker.decompress(packed, limit + 1)
    except zlib.error as fault:
        raise Refused("malformed", "not gzip") from fault
    if len(content) > limit:
        raise Refused("body_too_large", f"at most {limit} bytes once unpacked")
    if not unpacker.eof or unpacker.unused_data:
        raise Refused("malformed", "the gzip stream does not end with the body")
    return content


def decode(content: bytes, shape: Any) -> Any:
    """Return JSON as that msgspec shape. Raises Refused malformed."""
    try:
        return msgspec.json.decode(content, type=taken_in(shape))
    except (msgspec.MsgspecError, RecursionError, ValueError) as fault:
        raise Refused("malformed", str(fault)[:200]) from fault
