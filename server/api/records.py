"""Sealed records come in, receipts go out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import msgspec
from falcon.asgi import Request, Response

from checklists.records.record import receipt_text
from server import clock
from server.api import reading
from server.api.feed_watch import FeedWatch
from server.gate import delay, ingest
from server.gate.ingest import Rejected
from server.office import Office
from server.parts import Verified
from server.processing.worker import Traffic
from server.refusals import Refused
from server.store import devices, hub_outbox, records, usage
from server.store.models import Device
from server.store.records import Taken
from server.store.usage import Used

_EXAMINED_HERE = 64 * 1024
"""Bytes that are examined on the event loop, in about a millisecond."""

Examined = Sequence[Verified | Rejected]


class RecordsResource:
    """`POST /v1/records`."""

    def __init__(self, office: Office, gate: reading.Gate, traffic: Traffic, watch: FeedWatch) -> None:
        self._office, self._gate, self._traffic, self._watch = office, gate, traffic, watch

    async def on_post(self, req: Request, resp: Response) -> None:
        """Take a batch and answer for each record."""
        device = await self._sender(req)
        content = await reading.body(req, self._office.config.stall_seconds)
        resp.content_type = "application/json"
        with self._traffic:
            resp.data = await take(self._office, device, content)

    async def _sender(self, req: Request) -> Device:
        """Return who sends, as it was read since devices changed last; a hub asks each time whether it has ended."""
        if self._office.hub is not None:
            return await self._gate.device(req)
        end = await self._watch.end()
        return await self._gate.known(req, (end.epoch, end.devices))


async def take(office: Office, device: Device, content: bytes) -> bytes:
    """Verify a batch, make what holds durable, and return the answer's bytes.

    A hub receipts nothing: it holds what it took, and answers with its parent's receipts as far as they have come.
    """
    at = clock.now()
    if len(content) <= _EXAMINED_HERE and device.kind != devices.HUB:  # two threads woken cost more than that
        head, examined, receipts = _examine(office, device, content, at)
    else:
        head, examined, receipts = await office.store.read(_examine, office, device, content, at)
    good = [one for one in examined if isinstance(one, Verified)]

    def job() -> list[Taken] | Refused:
        if device.kind != devices.HUB and (refused := _day_full(office, str(device.id))):
            return refused
        devices.saw(str(device.id), head)
        done = records.receive(good, receipts, at) if office.hub is None else _hold(good, at)
        for sealer, used in _new(good, done, at, office.config.late_days).items():
            usage.add(sealer, used)
        return done

    ended = await office.store.write(job)
    if isinstance(ended, Refused):
        raise ended
    taken = iter(ended)
    results = [_rejected(one) if isinstance(one, Rejected) else _result(next(taken)) for one in examined]
    return msgspec.json.encode({"at": clock.now(), "results": results})


def _hold(parts: Sequence[Verified], at: str) -> list[Taken]:
    """Hold parts for the parent; what it has said of one already is passed on."""
    new = set(hub_outbox.hold(parts, at))
    said = hub_outbox.records_said({part.digest for part in parts})
    done = []
    for part in parts:
        one = said[part.digest]
        done.append(Taken(one.key, hub_outbox.status(one), one.receipt, one.code, is_new=one.key in new))
        new.discard(one.key)
    return done


def _examine(
    office: Office, device: Device, content: bytes, at: str
) -> tuple[dict[str, Any] | None, Examined, dict[str, str]]:
    batch = ingest.unpack(content)
    check = partial(_of_its_sealer, office, {}) if device.kind == devices.HUB else _sealed_by(device)
    examined = [check(one) for one in batch.records]
    receipts = {one.digest: _receipt(office, one, at) for one in examined if isinstance(one, Verified)}
    head = None if batch.head is None else {"seq": batch.head.seq, "digest": batch.head.digest}
    return head, examined, receipts


def _sealed_by(device: Device) -> Callable[[bytes], Verified | Rejected]:
    return partial(
        ingest.examine,
        device=str(device.id),
        public_key=str(device.public_key),
        certificate=json.loads(device.certificate),
    )


def _of_its_sealer(
    office: Office, known: dict[str, Callable[[bytes], Verified | Rejected]], record: bytes
) -> Verified | Rejected:
    """Return a record that a hub brings, verified as its own device's, within that device's bounds.

    A device that was revoked sealed evidence all the same.
    """
    name = ingest.sealer(record)
    if name not in known:
        found = devices.by_id(name)
        known[name] = _unknown if found is None or found.kind == devices.HUB else _sealed_by(found)
    examined = known[name](record)
    if isinstance(examined, Verified) and (full := _day_full(office, name)):
        return Rejected(examined.digest, full.code, full.detail)
    return examined


def _unknown(record: bytes) -> Rejected:
    return Rejected(ingest.claimed(record), "device_mismatch", "no device of this office sealed it")


def _day_full(office: Office, device: str) -> Refused | None:
    """Return why a device brings nothing more today, or None; a value, so that what else is written goes on."""
    most = (office.config.records_per_day, office.config.record_bytes_per_day)
    try:
        usage.check(usage.today(device), "records", 0, most=most)
    except Refused as refused:
        return refused
    return None


def _new(parts: Sequence[Verified], taken: Sequence[Taken], at: str, late_days: int) -> dict[str, Used]:
    """Return what counts for the day of the devices that sealed them, and how fast it came: repeats cost nothing."""
    new: dict[str, list[Verified]] = {}
    for part, one in zip(parts, taken, strict=True):
        if one.is_new:
            new.setdefault(part.head.device, []).append(part)
    return {sealer: _used(held, at, late_days) for sealer, held in new.items()}


def _used(parts: Sequence[Verified], at: str, late_days: int) -> Used:
    fast = usage.speed(delay.seconds_of(part.head, at, late_days) for part in parts)
    return Used(records=len(parts), record_bytes=sum(len(part.body) for part in parts), **fast)


def _receipt(office: Office, part: Verified, at: str) -> str:
    return receipt_text(office.key, digest_=part.digest, device_seq=part.head.device_seq, received_at=at)


def _result(taken: Taken) -> dict[str, Any]:
    stored = msgspec.Raw(taken.receipt.encode()) if taken.receipt else None
    return {"digest": taken.digest, "status": taken.status, "receipt": stored, "code": taken.code, "detail": ""}


def _rejected(one: Rejected) -> dict[str, Any]:
    return {"digest": one.digest, "status": "rejected", "receipt": None, "code": one.code, "detail": one.detail}
