"""Sealed records come in, receipts go out."""

from __future__ import annotations

from falcon.asgi import Request, Response

from server.api import reading
from server.api.feed_watch import FeedWatch
from server.intake.records import Intake
from server.office import Office
from server.processing.worker import Traffic
from server.store.models import Device


class RecordsResource:
    """`POST /v1/records`."""

    def __init__(self, office: Office, gate: reading.Gate, traffic: Traffic, watch: FeedWatch) -> None:
        self._office, self._gate, self._watch = office, gate, watch
        self._intake = Intake(office, traffic)

    async def on_post(self, req: Request, resp: Response) -> None:
        """Take a batch and answer for each record."""
        device = await self._sender(req)
        resp.data = await self._intake.take(device, reading.body(req, self._office.config.stall_seconds))
        resp.content_type = "application/json"

    async def _sender(self, req: Request) -> Device:
        """Return who sends, as it was read since devices changed last; a hub asks each time whether it has ended."""
        if self._office.hub is not None:
            return await self._gate.device(req)
        end = await self._watch.end()
        return await self._gate.known(req, (end.epoch, end.devices))
