"""Sealed records come in, receipts go out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec
from falcon.asgi import Request, Response

from checklists.records.record import receipt
from checklists.wire import canonical
from server import clock
from server.api import reading
from server.gate import delay, ingest
from server.gate.ingest import Rejected
from server.office import Office
from server.parts import Verified
from server.processing.worker import Traffic
from server.store import devices, records, usage
from server.store.models import Device
from server.store.records import Taken
from server.store.usage import Used

Examined = Sequence[Verified | Rejected]


class RecordsResource:
    """`POST /v1/records`."""

    def __init__(self, office: Office, gate: reading.Gate, traffic: Traffic) -> None:
        self._office, self._gate, self._traffic = office, gate, traffic

    async def on_post(self, req: Request, resp: Response) -> None:
        """Take a batch and answer for each record."""
        device = await self._gate.device(req)
        content = await reading.body(req, self._office.config.stall_seconds)
        resp.content_type = "application/json"
        with self._traffic:
            resp.data = await take(self._office, device, content)


async def take(office: Office, device: Device, content: bytes) -> bytes:
    """Verify a batch, make what holds durable, and return the answer's bytes."""
    at = clock.now()
    head, examined, receipts = await office.store.read(_examine, office, device, content, at)
    good = [one for one in examined if isinstance(one, Verified)]

    def job() -> list[Taken]:
        devices.saw(str(device.id), head)
        done = records.receive(good, receipts, at)
        usage.add(str(device.id), _new(good, done, at, office.config.late_days))
        return done

    taken = iter(await office.store.write(job))
    results = [_rejected(one) if isinstance(one, Rejected) else _result(next(taken)) for one in examined]
    return msgspec.json.encode({"at": clock.now(), "results": results})


def _examine(
    office: Office, device: Device, content: bytes, at: str
) -> tuple[dict[str, Any] | None, Examined, dict[str, str]]:
    _check_day(office, str(device.id))
    batch = ingest.unpack(content)
    check = partial(
        ingest.examine,
        device=str(device.id),
        public_key=str(device.public_key),
        certificate=json.loads(device.certificate),
    )
    examined = [check(one) for one in batch.records]
    receipts = {one.digest: _receipt(office, one, at) for one in examined if isinstance(one, Verified)}
    head = None if batch.head is None else {"seq": batch.head.seq, "digest": batch.head.digest}
    return head, examined, receipts


def _check_day(office: Office, device: str) -> None:
    most = (office.config.records_per_day, office.config.record_bytes_per_day)
    usage.check(usage.today(device), "records", 0, most=most)


def _new(parts: Sequence[Verified], taken: Sequence[Taken], at: str, late_days: int) -> Used:
    """Return what counts for the device's day, and how fast it came: repeats cost it nothing."""
    new = [part for part, one in zip(parts, taken, strict=True) if one.status != "duplicate"]
    fast = usage.speed(delay.seconds_of(part.head, at, late_days) for part in new)
    return Used(records=len(new), record_bytes=sum(len(part.body) for part in new), **fast)


def _receipt(office: Office, part: Verified, at: str) -> str:
    given = receipt(office.key, digest_=part.digest, device_seq=part.head.device_seq, received_at=at)
    return canonical(given).decode()


def _result(taken: Taken) -> dict[str, Any]:
    stored = msgspec.Raw(taken.receipt.encode())
    return {"digest": taken.digest, "status": taken.status, "receipt": stored, "code": taken.code, "detail": ""}


def _rejected(one: Rejected) -> dict[str, Any]:
    return {"digest": one.digest, "status": "rejected", "receipt": None, "code": one.code, "detail": one.detail}
