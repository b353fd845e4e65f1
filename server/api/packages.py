"""Packages: what tablets work by, whole and signed."""

from __future__ import annotations

from functools import partial

import falcon
from falcon.asgi import Request, Response

from server import clock
from server.api import reading
from server.office import Office
from server.refusals import Refused
from server.store import devices, packages


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
        self._office, self._gate = office, gate

    async def on_get(self, req: Request, resp: Response, package: str) -> None:
        """Give the bytes of one version; they never change, so a digest that is known is answered 304."""
        device = await self._gate.device(req)
        name, _at, version = package.partition("@")
        found = await self._office.store.read(partial(packages.version, name, version))
        if found is None:
            raise Refused("not_found", "no such package version")
        await self._office.store.write(partial(devices.took, str(device.id), name, version))
        resp.etag = falcon.ETag(str(found.digest))
        resp.set_header("Cache-Control", "private, max-age=31536000, immutable")
        resp.set_header("Vary", "Accept-Encoding")
        if any(tag == "*" or tag == found.digest for tag in req.if_none_match or ()):
            resp.status = falcon.HTTP_304
            return
        resp.content_type = "application/json"
        if "gzip" in (req.get_header("Accept-Encoding") or ""):
            resp.set_header("Content-Encoding", "gzip")
            resp.data = bytes(found.packed)
        else:
            resp.data = bytes(found.body)
