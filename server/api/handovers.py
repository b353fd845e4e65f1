"""What a wiped tablet kept for the office, in pieces of the same shape as an export file."""

from __future__ import annotations

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import msgspec
from falcon.asgi import Request, Response

from server.api import reading
from server.intake import handover_file
from server.office import Office
from server.processing.worker import Traffic


class HandoversResource:
    """`POST /v1/handovers`: a file or a piece of one; any tablet may bring it, since what it holds proves itself.

    One is read at a time, in a thread of its own: a file that takes long holds up other files alone.
    """

    def __init__(self, office: Office, gate: reading.Gate, traffic: Traffic) -> None:
        self._office, self._gate, self._traffic = office, gate, traffic
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="handovers")

    async def on_post(self, req: Request, resp: Response) -> None:
        """Take what can be read and answer with its receipts."""
        device = await self._gate.device(req)
        content = await reading.body(req, self._office.config.stall_seconds)
        take = partial(handover_file.take, self._office, io.BytesIO(content), str(device.id))
        with self._traffic:
            done = await asyncio.get_running_loop().run_in_executor(self._reader, take)
        resp.content_type = "application/json"
        resp.data = msgspec.json.encode(done.answer(self._office))
