"""Reading requests within bounds: size, time, compression, and who sends."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator
from typing import Any

import msgspec
from falcon.asgi import Request

from server.limits import Window
from server.office import Office
from server.refusals import Refused
from server.store import devices
from server.store.models import Device

MAX_BODY = 32 * 1024 * 1024


class Gate:
    """Lets a device's requests in: a known token that was not revoked, and not too many in a minute."""

    def __init__(self, office: Office) -> None:
        self._store = office.store
        self._window = Window(office.config.requests_per_minute, "too_many_requests")

    async def device(self, req: Request) -> Device:
        """Return the device that sends. Raises Refused token_invalid, device_revoked, too_many_requests."""
        kind, _space, token = (req.auth or "").partition(" ")
        if kind.lower() != "bearer" or not token:
            raise Refused("token_invalid", "no bearer token", {"WWW-Authenticate": "Bearer"})
        device = await self._store.read(devices.by_token, token.strip())
        self._window.count(str(device.id))
        req.context.device = device.id
        return device


async def chunks(req: Request, stall_seconds: int) -> AsyncIterator[bytes]:
    """Yield the body as it comes. Raises Refused too_slow when nothing comes for so long: no thread or lock waits."""
    stream = req.stream.__aiter__()
    while True:
        try:
            chunk = await asyncio.wait_for(anext(stream), stall_seconds)
        except StopAsyncIteration:
            return
        except TimeoutError as stalled:
            raise Refused("too_slow") from stalled
        if chunk:
            yield chunk


async def body(req: Request, stall_seconds: int, limit: int = MAX_BODY) -> bytes:
    """Return the body, unpacked. Raises Refused body_too_large (before or after unpacking), malformed, too_slow."""
    if (req.content_length or 0) > limit:
        raise Refused("body_too_large", f"at most {limit} bytes")
    held = bytearray()
    async for chunk in chunks(req, stall_seconds):
        held += chunk
        if len(held) > limit:
            raise Refused("body_too_large", f"at most {limit} bytes")
    encoding = (req.get_header("Content-Encoding") or "identity").lower()
    if encoding == "identity":
        return bytes(held)
    if encoding != "gzip":
        raise Refused("encoding_unknown", "identity or gzip")
    return gunzip(bytes(held), limit)


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
        return msgspec.json.decode(content, type=shape)
    except (msgspec.MsgspecError, RecursionError, ValueError) as fault:
        raise Refused("malformed", str(fault)[:200]) from fault
