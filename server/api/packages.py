"""Packages: what tablets work by, whole and signed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

import falcon
from falcon.asgi import Request, Response

from server import clock
from server.api import reading
from server.api.package_bytes import PackageBytes
from server.office import Office
from server.refusals import Refused
from server.store import devices, packages, published

_BLOCK = 64 * 1024
"""So much of an answer is given at a time: who takes it slowly holds no more of it than that."""


class PackagesResource:
    """`GET /v1/packages`."""

    def __init__(self, office: Office, gate: reading.Gate) -> None:
        self._office, self._gate = office, gate

    async def on_get(self, req: Request, resp: Response) -> None:
        """List the latest version of each package."""
        await self._gate.device(req)
        resp.media = {"at": clock.now(), "packages": await self._office.store.read(packages.listing)}


class PackageResource:
    """`GET /v1/packages/{name}@{version}`."""

    def __init__(self, office: Office, gate: reading.Gate) -> None:
        self._office, self._gate, self._bytes = office, gate, PackageBytes(office.store)

    async def on_get(self, req: Request, resp: Response, package: str) -> None:
        """Give the bytes of one version, or a part of them; they never change, so a known digest is answered 304."""
        device = await self._gate.device(req)
        name, _at, version = package.partition("@")
        digest = await self._office.store.read(published.exact, name, version)
        if not digest:
            raise Refused("not_found", "no such package version")
        await self._office.store.write(partial(devices.took, str(device.id), name, version))
        resp.etag = falcon.ETag(digest)
        resp.set_header("Cache-Control", "private, max-age=31536000, immutable")
        resp.set_header("Vary", "Accept-Encoding")
        if any(tag == "*" or tag.partition(".")[0] == digest for tag in req.if_none_match or ()):
            resp.status = falcon.HTTP_304
            return
        resp.content_type = "application/json"
        packed = "gzip" in (req.get_header("Accept-Encoding") or "")
        whole = await self._bytes.get(name, version, packed=packed, digest=digest)
        if packed:
            resp.set_header("Content-Encoding", "gzip")
            # A hub packs for itself: the rest of its bytes is no rest of ours.
            resp.etag = falcon.ETag(f"{digest}.{whole.check:08x}")
        resp.accept_ranges = "bytes"
        size = len(whole.body)
        begin, end = _asked(req, size, resp.etag or "")
        if (begin, end) != (0, size):
            resp.status = falcon.HTTP_206
            resp.content_range = (begin, end - 1, size)
        resp.content_length = end - begin
        resp.stream = _blocks(whole.body, begin, end)


async def _blocks(body: bytes, begin: int, end: int) -> AsyncIterator[bytes]:
    """Yield a part of the bytes that all share, a block each time that there is room on the line."""
    for start in range(begin, end, _BLOCK):
        yield body[start : min(end, start + _BLOCK)]


def _asked(req: Request, size: int, tag: str) -> tuple[int, int]:
    """Return which bytes are asked for, the end not included; all of them where that is no one part of this version."""
    try:
        given, of_these = req.range, req.get_header("If-Range") in (None, tag)
    except falcon.HTTPBadRequest:
        return 0, size
    if given is None or req.range_unit != "bytes" or not of_these:
        return 0, size
    begin = given[0] if given[0] >= 0 else max(0, size + given[0])
    end = size if given[1] < 0 else min(size, given[1] + 1)
    return (begin, end) if begin < end else (0, size)
