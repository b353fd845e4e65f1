"""How a pass stands: asked by the next post while a line is there. Nothing of the vehicle or its people is told."""

from __future__ import annotations

import msgspec
from falcon.asgi import Request, Response

from server import clock
from server.api import answers
from server.api.reading import Gate
from server.office import Office
from server.store import release_passes

LONGEST = 60


class PassResource:
    """`GET /v1/passes/{number}`."""

    def __init__(self, office: Office, gate: Gate) -> None:
        self._office, self._gate = office, gate

    async def on_get(self, req: Request, resp: Response, number: str) -> None:
        """Answer how a pass of that number stands; one that no record names yet is `unknown`, which proves nothing."""
        await self._gate.device(req)
        known = number.replace("\0", "")[:LONGEST]
        held = await self._office.store.read(release_passes.of_number, known)
        resp.content_type = "application/json"
        resp.data = msgspec.json.encode(answers.PassStanding(clock.now(), known, held.state, held.since))
