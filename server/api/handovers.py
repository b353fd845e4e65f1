"""What a wiped tablet kept for the office, in pieces of the same shape as an export file."""

from __future__ import annotations

import io

import msgspec
from falcon.asgi import Request, Response

from server.api import reading
from server.intake import handover_file
from server.office import Office
from server.processing.worker import Traffic


class HandoversResource:
    """`POST /v1/handovers`: a file or a piece of one; any tablet may bring it, since what it holds proves itself."""

    def __init__(self, office: Office, gate: reading.Gate, traffic: Traffic) -> None:
        self._office, self._gate, self._traffic = office, gate, traffic

    async def on_post(self, req: Request, resp: Response) -> None:
        """Take what can be read and answer with its receipts."""
        await self._gate.device(req)
        content = await reading.body(req, self._office.config.stall_seconds)
        with self._traffic:
            done = await self._office.store.read(handover_file.take, self._office, io.BytesIO(content))
        resp.content_type = "application/json"
        resp.data = msgspec.json.encode(done.answer(self._office))
