"""What only a hub asks of its parent, the tablets that it lets in; and what anybody asks of a hub: who it is."""

from __future__ import annotations

import re

import falcon
import msgspec
from falcon.asgi import Request, Response

from server import clock
from server.api import reading
from server.office import Office
from server.refusals import Refused
from server.store import devices, hub_devices, hub_feed, hub_identity, hub_outbox

_NONCE = re.compile("[0-9a-f]{1,64}")


class HubDevices:
    """`GET /v1/hub/devices`."""

    def __init__(self, office: Office, gate: reading.Gate) -> None:
        self._office, self._gate = office, gate

    async def on_get(self, req: Request, resp: Response) -> None:
        """List the tablets of the agencies that this hub sees; 304 where it has that list. Raises Refused hub_only."""
        device = await self._gate.device(req)
        if device.kind != devices.HUB:
            raise Refused("hub_only")
        asked = req.get_param("nonce") or ""
        nonce = asked if _NONCE.fullmatch(asked) else ""
        told = await self._office.store.read(hub_devices.told, self._office.key, device, nonce)
        await self._office.store.write(lambda: devices.saw([(str(device.id), None)]))
        resp.etag = falcon.ETag(told["mark"])
        if any(tag == told["mark"] for tag in req.if_none_match or ()):
            resp.status = falcon.HTTP_304
            return
        resp.content_type = "application/json"
        resp.data = msgspec.json.encode(told)


class HubResource:
    """`GET /v1/hub`: without a token, since a tablet asks this before it shows one."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def on_get(self, _req: Request, resp: Response) -> None:
        """Say whose hub this is, by the office's certificate, and how much waits. Raises Refused not_found: none."""
        if self._office.hub is None:
            raise Refused("not_found", "this is no hub")
        state = await self._office.store.read(_state)
        resp.media = {"at": clock.now(), "certificate": dict(self._office.hub.certificate), **state}


def _state() -> dict[str, object]:
    counts = hub_outbox.counts()
    waiting = {what: held.get(hub_outbox.HELD, 0) for what, held in counts.items()}
    told = {"heard_at": hub_feed.complete_at(), "ended": hub_identity.ended(), "oldest": hub_outbox.oldest_waiting()}
    return {**told, "waiting": waiting}
