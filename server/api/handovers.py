"""What a wiped tablet kept for the office, in pieces of the same shape as an export file."""

from __future__ import annotations

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import falcon
import msgspec
from falcon.asgi import Request, Response

from checklists.wire import digest
from server import clock
from server.api import reading
from server.intake import handover_file
from server.office import Office
from server.processing.worker import Traffic
from server.refusals import REFUSALS, Refused
from server.store import hub_outbox
from server.store.hub_models import HubPost


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
        if self._office.hub is not None:
            await self._hold(resp, str(device.id), content)
            return
        take = partial(handover_file.take, self._office, io.BytesIO(content), str(device.id))
        with self._traffic:
            done = await asyncio.get_running_loop().run_in_executor(self._reader, take)
        resp.content_type = "application/json"
        resp.data = msgspec.json.encode(done.answer(self._office))

    async def _hold(self, resp: Response, device: str, content: bytes) -> None:
        """Hold a piece that only the parent can open: 202 until its own answer has come."""
        key, config = digest(content), self._office.config
        self._office.photo_files.check_room(len(content))

        def job() -> HubPost:
            if hub_outbox.bytes_of_posts(device) + len(content) > config.unsealed_bytes_per_device:
                raise Refused("unsealed_full")
            return hub_outbox.hold_post(hub_outbox.HANDOVER, key, device=device, path="/v1/handovers", body=content)

        with self._traffic:
            post = await self._office.store.write(job)
        if post.state == hub_outbox.REFUSED:
            raise Refused(str(post.code) if post.code in REFUSALS else "handover_unreadable")
        said = dict(hub_outbox.answer_of(post))
        resp.status = falcon.HTTP_200 if said else falcon.HTTP_202
        resp.media = said or {"at": clock.now(), "digest": key, "held": True}
