"""What has become of things that somebody sent, here or through a hub: the office's receipts, for their digests."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Annotated, Any

import msgspec
from falcon.asgi import Request, Response

from server import clock
from server.api import reading
from server.office import Office
from server.store import hub_outbox, tasks
from server.store.hub_models import HubPost
from server.store.hub_outbox import ACT, HANDOVER, Said

MOST = 1000

Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$", description="SHA-256 in hex")]
ActId = Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=r"^[0-9A-Za-z._:-]+$")]


class Asked(msgspec.Struct):
    """What is asked about: records and photos by their digests, acts by their ids, pieces of hand-overs by digest."""

    records: Annotated[list[Sha256], msgspec.Meta(max_length=MOST)] = []
    photos: Annotated[list[Sha256], msgspec.Meta(max_length=MOST)] = []
    acts: Annotated[list[ActId], msgspec.Meta(max_length=MOST)] = []
    handovers: Annotated[list[Sha256], msgspec.Meta(max_length=MOST)] = []


class ReceiptsResource:
    """`POST /v1/receipts`: at the office and at a hub alike; nothing is sent twice to learn whether it is there."""

    def __init__(self, office: Office, gate: reading.Gate) -> None:
        self._office, self._gate = office, gate

    async def on_post(self, req: Request, resp: Response) -> None:
        """Say what is known of each: of records to who sealed them alone, since others hear their digests."""
        device = await self._gate.device(req)
        content = await reading.body(req, self._office.config.stall_seconds, 512 * 1024)
        asked: Asked = reading.decode(content, Asked)
        told = await self._office.store.read(partial(_told, str(device.id), asked, at_hub=self._office.hub is not None))
        resp.content_type = "application/json"
        resp.data = msgspec.json.encode({"at": clock.now(), **told})


def _told(device: str, asked: Asked, *, at_hub: bool) -> dict[str, Any]:
    """Return what is known. An office has receipts for all that it holds; acts and pieces it answers as they come.

    Of an act it says whether it has it: who wants its receipt sends it again.
    """
    named, whole = hub_outbox.records_said(asked.records, device=device), hub_outbox.photos_said(asked.photos)
    if not at_hub:
        named = {key: _received(one) for key, one in named.items()}
    acts = hub_outbox.posts_said(ACT, [hub_outbox.act_key(device, one) for one in asked.acts])
    taken = set() if at_hub else tasks.taken(device, asked.acts)
    pieces = hub_outbox.posts_said(HANDOVER, asked.handovers)
    return {
        "records": [_receipted("digest", one, named.get(one)) for one in asked.records],
        "photos": [_receipted("sha256", one, whole.get(one)) for one in asked.photos],
        "acts": [
            {"id": one, "status": "duplicate", "answer": None, "code": ""}
            if one in taken
            else _posted("id", one, acts.get(hub_outbox.act_key(device, one)))
            for one in asked.acts
        ],
        "handovers": [_posted("digest", one, pieces.get(one)) for one in asked.handovers],
    }


def _received(said: Said) -> Said:
    return replace(said, state=hub_outbox.PASSED, code=said.code if said.state == "conflict" else "")


def _receipted(name: str, key: str, said: Said | None) -> dict[str, Any]:
    if said is None:
        return {name: key, "status": "unknown", "receipt": None, "code": ""}
    receipt = msgspec.Raw(said.receipt.encode()) if said.receipt else None
    return {name: key, "status": hub_outbox.status(said), "receipt": receipt, "code": said.code}


def _posted(name: str, key: str, post: HubPost | None) -> dict[str, Any]:
    if post is None:
        return {name: key, "status": "unknown", "answer": None, "code": ""}
    status = {hub_outbox.PASSED: "duplicate", hub_outbox.REFUSED: "rejected"}.get(str(post.state), "held")
    return {name: key, "status": status, "answer": dict(hub_outbox.answer_of(post)) or None, "code": str(post.code)}
