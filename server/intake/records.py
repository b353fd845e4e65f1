"""A batch of sealed records on its way in: examined, made durable together with what else waits, and answered.

Nothing here is of a request: whoever has the bytes and knows who sent them can take them in.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec

from checklists.records.record import receipt_text
from server import clock
from server.gate import delay, ingest
from server.gate.ingest import Rejected
from server.office import Office
from server.parts import Head, Verified
from server.refusals import Refused
from server.store import devices, hub_outbox, records, usage
from server.store.models import Device
from server.store.records import Given, Taken
from server.store.usage import Used

_EXAMINED_HERE = 64 * 1024
"""Bytes that are examined on the event loop, in about a millisecond."""

_LONGEST_WAIT = 0.01
"""Seconds that an examined batch waits at most for those that are still coming, so that one commit serves them all."""

Kept = list[Taken] | Exception
"""What became of the records of a batch, or why none of it was kept."""


@dataclass(frozen=True)
class Batch:
    """What one request brought, examined, with the receipts that new records get."""

    office: Office
    device: Device
    head: Head | None
    examined: Sequence[Given | Rejected]

    @property
    def given(self) -> list[Given]:
        """Those that hold."""
        return [one for one in self.examined if isinstance(one, Given)]


class Intake:
    """Where batches come in; those in hand at once are written as one. Used on one event loop alone."""

    def __init__(self, office: Office, traffic: AbstractContextManager[Any] | None = None) -> None:
        self._office, self._traffic = office, traffic or nullcontext()
        self._coming = 0
        self._waiting: list[tuple[Batch, asyncio.Future[Kept]]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._writing: set[asyncio.Task[None]] = set()

    async def take(self, device: Device, sent: Awaitable[bytes]) -> bytes:
        """Verify a batch once it is there, make what holds durable, and return the answer's bytes.

        A hub receipts nothing: it holds what it took, and answers with its parent's receipts as far as they have come.
        Raises Refused malformed, too_many_records, day_full, and what `sent` raises.
        """
        with ExitStack() as until_kept:
            with self._expecting():
                content = await sent
                until_kept.enter_context(self._traffic)
                batch = await self._examined(device, content)
                kept = self._wait(batch)
            taken = await kept
        if isinstance(taken, Exception):
            raise taken
        return _answer(batch, taken)

    async def _examined(self, device: Device, content: bytes) -> Batch:
        if len(content) <= _EXAMINED_HERE and device.kind != devices.HUB:  # two threads woken cost more than that
            return examine(self._office, device, content)
        return await self._office.store.read(examine, self._office, device, content)

    @contextmanager
    def _expecting(self) -> Iterator[None]:
        """Let those that wait go on without a batch once it is here or will not come."""
        self._coming += 1
        try:
            yield
        finally:
            self._coming -= 1
            if not self._coming:
                self._write()

    def _wait(self, batch: Batch) -> asyncio.Future[Kept]:
        loop = asyncio.get_running_loop()
        if self._timer is None:
            self._timer = loop.call_later(_LONGEST_WAIT, self._write)
        future = loop.create_future()
        self._waiting.append((batch, future))
        return future

    def _write(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer, waiting, self._waiting = None, self._waiting, []
        if waiting:
            task = asyncio.ensure_future(self._written(waiting))
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)

    async def _written(self, waiting: Sequence[tuple[Batch, asyncio.Future[Kept]]]) -> None:
        outcomes: Sequence[Kept]
        try:
            outcomes = await self._office.store.write_each(keep, [batch for batch, _future in waiting])
        except Exception as problem:
            outcomes = [problem] * len(waiting)
        for (_batch, future), outcome in zip(waiting, outcomes, strict=True):
            if not future.done():  # its request was given up
                future.set_result(outcome)


def examine(office: Office, device: Device, content: bytes) -> Batch:
    """Return a batch with what holds of it. Raises Refused malformed, too_many_records."""
    at, sent = clock.now(), ingest.unpack(content)
    check = partial(_of_its_sealer, office, {}) if device.kind == devices.HUB else _sealed_by(device)
    checked = [check(one) for one in sent.records]
    examined = [one if isinstance(one, Rejected) else receipted(office, one, at) for one in checked]
    return Batch(office, device, sent.head, examined)


def receipted(office: Office, part: Verified, at: str) -> Given:
    """Return a part with the receipt that it gets where it is new; a hub gives none."""
    if office.hub is not None:
        return Given(part, "", at)
    seq = part.head.device_seq
    return Given(part, receipt_text(office.key, digest_=part.digest, device_seq=seq, received_at=at), at)


def keep(batches: Sequence[Batch]) -> list[Kept]:
    """Make batches durable as if they came one after the other, in a writing job, and return what became of each.

    They are one set of statements, unless a device may come to the bound of its day within them.
    """
    office = batches[0].office
    if office.hub is not None:
        return [_hold(one) for one in batches]
    if _may_fill_a_day(office, batches):
        if len(batches) > 1:
            return [one for batch in batches for one in keep([batch])]
        if (refused := _day_full(office, str(batches[0].device.id))) is not None:
            return [refused]
    return list(_receive(office, batches))


def _receive(office: Office, batches: Sequence[Batch]) -> Iterator[list[Taken]]:
    """Yield what became of the records of each batch; of two that brought the same, the first one brought it."""
    brought = [one for batch in batches if batch.device.kind == devices.HUB for one in batch.given]
    devices.all_come_back({one.part.head.device: one.part.head.certificate for one in brought})
    devices.saw([(str(one.device.id), one.head) for one in batches])
    given = [one for batch in batches for one in batch.given]
    done = records.receive(given)
    usage.add_all(_used_by(given, done, office.config.late_days))
    taken = iter(done)
    for batch in batches:
        yield [next(taken) for _one in batch.given]


def _hold(batch: Batch) -> list[Taken]:
    """Hold records for the parent; what it has said of one already is passed on."""
    devices.saw([(str(batch.device.id), batch.head)])
    given = batch.given
    new = set(hub_outbox.hold(given))
    said = hub_outbox.records_said({one.part.digest for one in given})
    done = []
    for one in (said[each.part.digest] for each in given):
        done.append(Taken(one.key, hub_outbox.status(one), one.receipt, one.code, is_new=one.key in new))
        new.discard(one.key)
    usage.add_all(_used_by(given, done, batch.office.config.late_days))
    return done


def _may_fill_a_day(office: Office, batches: Sequence[Batch]) -> bool:
    """Whether some tablet may come to its bound with these; who is full already is among them."""
    mine: dict[str, list[Given]] = {}
    for batch in batches:
        if batch.device.kind != devices.HUB:
            mine.setdefault(str(batch.device.id), []).extend(batch.given)
    most, used = _bounds(office), usage.on_this_day(mine)
    for device, given in mine.items():
        held, size = used.get(device, Used()), sum(len(one.part.body) for one in given)
        if held.records + len(given) >= most[0] or held.record_bytes + size > most[1]:
            return True
    return False


def _day_full(office: Office, device: str) -> Refused | None:
    """Return why a device brings nothing more today, or None; a value, so that what else is written goes on."""
    try:
        usage.check(usage.today(device), "records", 0, most=_bounds(office))
    except Refused as refused:
        return refused
    return None


def _bounds(office: Office) -> tuple[int, int]:
    return office.config.records_per_day, office.config.record_bytes_per_day


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
        found = devices.by_id(name) or _certified(name, record)
        known[name] = _unknown if found is None or found.kind == devices.HUB else _sealed_by(found)
    examined = known[name](record)
    if isinstance(examined, Verified) and (full := _day_full(office, name)):
        return Rejected(examined.digest, full.code, full.detail)
    return examined


def _certified(name: str, record: bytes) -> Device | None:
    """Return a device that this office certified after the backup of which it was brought back."""
    paper = ingest.certificate_within(record)
    return devices.of_certificate(paper) if paper.get("device") == name else None


def _unknown(record: bytes) -> Rejected:
    return Rejected(ingest.claimed(record), "device_mismatch", "no device of this office sealed it")


def _used_by(given: Sequence[Given], taken: Sequence[Taken], late_days: int) -> Mapping[str, Used]:
    """Return what counts for the day of the devices that sealed them, and how fast it came: repeats cost nothing."""
    new: dict[str, list[Given]] = {}
    for one, became in zip(given, taken, strict=True):
        if became.is_new:
            new.setdefault(one.part.head.device, []).append(one)
    return {sealer: _used(held, late_days) for sealer, held in new.items()}


def _used(given: Sequence[Given], late_days: int) -> Used:
    fast = usage.speed(delay.seconds_of(one.part.head, one.at, late_days) for one in given)
    return Used(records=len(given), record_bytes=sum(len(one.part.body) for one in given), **fast)


def _answer(batch: Batch, taken: Iterable[Taken]) -> bytes:
    """Return the bytes of the answer, the records in the order in which they came."""
    left = iter(taken)
    results = [_rejected(one) if isinstance(one, Rejected) else _result(next(left)) for one in batch.examined]
    return msgspec.json.encode({"at": clock.now(), "results": results})


def _result(taken: Taken) -> dict[str, Any]:
    stored = msgspec.Raw(taken.receipt.encode()) if taken.receipt else None
    return {"digest": taken.digest, "status": taken.status, "receipt": stored, "code": taken.code, "detail": ""}


def _rejected(one: Rejected) -> dict[str, Any]:
    return {"digest": one.digest, "status": "rejected", "receipt": None, "code": one.code, "detail": one.detail}
