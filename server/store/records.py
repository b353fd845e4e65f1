"""Sealed parts as received: taking them in, the queue behind the receipt, and the lists of the console."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import fn

from checklists.records.belonging import is_strangers
from server import clock
from server.gate import shape
from server.gate.shape import Opened
from server.parts import Verified
from server.store import bodies, bulk, conflicts, photos_due, queue
from server.store.models import Claim, Device, Record
from server.store.rows import aside, tuples


@dataclass(frozen=True)
class Taken:
    """What became of a verified part: accepted, duplicate or conflict (then with its code), and its receipt.

    `is_new`: it is counted for its device's day.
    """

    digest: str
    status: str
    receipt: str
    code: str = ""
    is_new: bool = True


@dataclass(frozen=True)
class Given:
    """A verified part, the receipt that it gets if it is new, and when it came."""

    part: Verified
    receipt: str
    at: str


def receive(given: Sequence[Given]) -> list[Taken]:
    """Store parts and return what became of each, in order. What came before, or was faster, wins its receipt."""
    first = _firsts(given)
    first_claim = {name: one.part.digest for one in reversed(given) for name in _claims(one.part)}
    claims = sorted(first_claim.items())  # in one order everywhere, so that two processes never wait for each other
    # Every record here has claimed its part: where nobody has claimed any of these, none of them is here.
    all_new = bulk.insert(Claim, ("name", "digest"), claims) == len(claims)
    holders = first_claim if all_new else _holders([name for name, _digest in claims])
    codes = {digest: _conflict(one.part, holders, first) for digest, one in first.items()}
    before = set() if all_new else _here(first)
    new = [one for digest, one in first.items() if digest not in before]
    bulk.insert(Record, _ROW, [_row(one, codes[one.part.digest]) for one in new])
    # Another process may have been faster between the two looks: then the receipt that is here is not ours.
    receipts = {digest: one.receipt for digest, one in first.items()}
    held = receipts if all_new else dict(bulk.among(Record, ("digest", "receipt"), "digest", first))
    ours = {one.part.digest for one in new if held[one.part.digest] == one.receipt}
    kept = [one.part for one in new if one.part.digest in ours]
    numbers = _keep_bodies(kept)
    photos_due.note((numbers[part.digest], part.head.device) for part in kept if part.photos)
    return [_taken(one.part, held, ours, codes) for one in given]


def hold(given: Sequence[Given], state: str) -> list[str]:
    """Store parts that another office is to receive, and return the digests of those that are new.

    Nobody's claim is judged: that is the other office's, and so is the receipt.
    """
    first = _firsts(given)
    before = _here(first)
    new = [one for digest, one in first.items() if digest not in before]
    bulk.insert(Record, _ROW, [_row(one, "", state) for one in new])
    _keep_bodies([one.part for one in new])
    photos_due.put_all((one.part.digest, one.part.photos) for one in new)
    return [one.part.digest for one in new]


def _firsts(given: Iterable[Given]) -> dict[str, Given]:
    """Return the first of each digest, in their order."""
    first: dict[str, Given] = {}
    for one in given:
        first.setdefault(one.part.digest, one)
    return first


def _keep_bodies(parts: Iterable[Verified]) -> Mapping[str, int]:
    return bodies.keep({one.digest: (one.packed, len(one.body)) for one in parts})


def _taken(part: Verified, held: Mapping[str, str], ours: set[str], codes: Mapping[str, str]) -> Taken:
    """Return what became of a part; it is new once, so its copies in the same batch are repeats."""
    if part.digest not in ours:
        return Taken(part.digest, "duplicate", held[part.digest], is_new=False)
    ours.remove(part.digest)
    code = codes[part.digest]
    return Taken(part.digest, "conflict" if code else "accepted", held[part.digest], code)


def _claims(part: Verified) -> list[str]:
    head = part.head
    strangers = is_strangers(head.inspection, str(head.certificate.get("key")))
    return conflicts.claims(head.id, head.kind, head.inspection, strangers=strangers)


def _conflict(part: Verified, holders: Mapping[str, str], first: Mapping[str, Given]) -> str:
    """Return the code of the conflict that a part is in, or nothing."""
    own, *seal = (holders[name] for name in _claims(part))
    if own != part.digest and _differs(part, own, first):
        return "part_differs"
    return "sealed_twice" if any(one != part.digest for one in seal) else ""


def _differs(part: Verified, holder: str, first: Mapping[str, Given]) -> bool:
    """Whether this tablet has sealed something else under this id; that another one did takes it from nobody."""
    head = part.head
    if holder in first and first[holder].part.head.device == head.device:
        return True
    held = Record.select().where(Record.part == head.id, Record.device == head.device, Record.digest != part.digest)
    return bool(held.exists())


def _row(one: Given, conflict: str, state: str = "received") -> tuple[Any, ...]:
    head = one.part.head
    return (
        one.part.digest,
        head.id,
        head.kind,
        head.format,
        head.inspection,
        head.device,
        head.device_seq,
        head.previous,
        head.sealed_at,
        one.at,
        one.part.signature,
        one.receipt,
        "conflict" if conflict else state,
        conflict,
        False,
    )


# In the order of the fields, in which peewee writes them.
_ROW = (
    "digest", "part", "kind", "format", "inspection", "device", "device_seq", "previous", "sealed_at", "received_at",
    "signature", "receipt", "state", "reason", "alarm",
)  # fmt: skip


def _holders(names: Sequence[str]) -> dict[str, str]:
    return dict(bulk.among(Claim, ("name", "digest"), "name", names))


def _here(digests: Collection[str]) -> set[str]:
    return {digest for (digest,) in bulk.among(Record, ("digest",), "digest", digests)}


def _pairs(query: Any) -> dict[Any, Any]:
    return {name: value for name, value in tuples(query)}


def processed_parts(inspection: str) -> list[Record]:
    """Return the records of an inspection that were processed, oldest first."""
    return bulk.models(Record, _processed, inspection, "", "processed")


def _processed() -> Any:
    return Record.select().where(Record.inspection == "", fn.COALESCE(Record.state, "") == "").order_by(Record.id)


def late_amendments(inspection: str) -> frozenset[str]:
    """Return the digests of amendments that came in after their tablet was revoked.

    Who has a lost tablet and its PINs could date them back. They are kept and shown; nothing is computed with them.
    """
    return frozenset(str(digest) for (digest,) in bulk.rows(_late, inspection, "amendment"))


def is_late(part: Mapping[str, Any], inspection: str, digest: str) -> bool:
    """Whether a part is an amendment that came in after its tablet was revoked, and so moves nothing."""
    return part["kind"] == "amendment" and digest in late_amendments(inspection)


def _late() -> Any:
    query = Record.select(Record.digest).join(Device, on=(Device.id == Record.device))
    late = Device.revoked_at.is_null(False) & (Record.received_at > Device.revoked_at)
    return query.where(Record.inspection == "", aside(Record.kind) == "", late)


def show_anew(inspection: str, columns: Mapping[str, Any]) -> None:
    """Give the inspection's own row what lists show now that another part of it was processed."""
    held = (Record.inspection == inspection) & (aside(Record.kind) == "inspection")
    Record.update(**columns).where(held, aside(Record.state) == "processed").execute()


def park(digest: str, detail: str) -> bool:
    """Set a waiting record aside; False where it does not wait."""
    asked = Record.update(state="parked", reason="set_aside", detail=detail[:300], processed_at=clock.now())
    return bool(asked.where(Record.digest == digest, Record.state == "received").execute())


ACCEPTED = "accepted"
"""Why a part is processed whose tablet nobody named who led: a person said that it was there."""


def accept(digest: str) -> bool:
    """Let a part count whose tablet was at the inspection, as a person says; False where it is not parked for that."""
    held = (Record.digest == digest, Record.state == "parked", Record.reason == "not_named")
    return bool(_again(reason=ACCEPTED).where(*held).execute())


def accepted(inspection: str) -> frozenset[str]:
    """Return the tablets of which a person said that they were at an inspection."""
    rows = bulk.among(Record, ("device", "reason"), "inspection", [inspection])
    return frozenset(str(device) for device, reason in rows if reason == ACCEPTED)


def again(digests: Iterable[str]) -> None:
    """Let parts that were processed be judged anew."""
    if given := list(digests):
        Record.update(state="received", tries=None).where(Record.digest.in_(given)).execute()


def release(digest: str) -> bool:
    """Let a parked record be processed although a person had to look first; False where it is not parked.

    What still lacks its definitions, or is not of its format's shape, is parked again.
    """
    return bool(_again(reason="released").where(Record.digest == digest, Record.state == "parked").execute())


MISTAKEN = "mistaken"
"""Why a check that was abandoned is processed without cases: a person looked and saw that it was begun by mistake."""


def rest(digest: str) -> bool:
    """Let an abandoned check be processed without a case; False where it is not parked for that."""
    held = (Record.digest == digest, Record.state == "parked", Record.reason == "abandoned")
    return bool(_again(reason=MISTAKEN).where(*held).execute())


def is_mistaken(inspection: str) -> bool:
    """Whether a person saw that this inspection was begun by mistake."""
    rows = bulk.among(Record, ("state", "reason"), "inspection", [inspection])
    return ("processed", MISTAKEN) in map(tuple, rows)


def retry(digest: str) -> bool:
    """Queue a parked record again as it came; False where it is not parked."""
    return bool(_again(reason="").where(Record.digest == digest, Record.state == "parked").execute())


def unpark(reason: str) -> int:
    """Queue again what was parked for this reason, for instance once new definitions are published.

    It comes after all that tablets bring meanwhile.
    """
    held = (Record.state == "parked", Record.reason == reason)
    return int(_again(reason="", tries=queue.BEHIND).where(*held).execute())


def _again(reason: str, tries: int | None = None) -> Any:
    return Record.update(state="received", reason=reason, detail=None, tries=tries)


def resting(reason: str = "", limit: int = 500) -> list[Record]:
    """Return what waits for a person, oldest first, without bodies."""
    listed = (Record.digest, Record.kind, Record.state, Record.reason, Record.detail, Record.received_at, Record.device)
    query = Record.select(*listed).where(Record.state.in_(("parked", "conflict"))).order_by(Record.id).limit(limit)
    return list(query.where(Record.reason == reason) if reason else query)


def named(digest: str) -> str:
    """Return the whole digest that begins so. Raises ValueError where none or several do."""
    found = [one.digest for one in Record.select(Record.digest).where(Record.digest.startswith(digest)).limit(2)]
    if len(found) != 1:
        raise ValueError(f"{digest!r} names {'no' if not found else 'more than one'} record")
    return str(found[0])


def by_digest(digest: str) -> Record | None:
    """Return a record, or None."""
    return Record.get_or_none(Record.digest == digest)


def of_chain(device: str, first: int, last: int, most: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield digest and part of what a device sealed from `first` to `last`, both included, but for its shifts."""
    query = Record.select(Record.id, Record.digest).where(
        Record.device == device, Record.device_seq.between(first, last), Record.kind != "shift"
    )
    for record in query.order_by(Record.device_seq, Record.id).limit(most).iterator():
        yield str(record.digest), shape.counted(bodies.of(record))


def shift_over(record: Record) -> Record | None:
    """Return the next shift that the record's tablet closed and the office processed, or None."""
    behind = Record.device == record.device, Record.device_seq > record.device_seq
    query = Record.select().where(*behind, Record.kind == "shift", Record.state == "processed")
    held: Record | None = query.order_by(Record.device_seq).first()
    return held


def of_inspection(inspection: str) -> list[Record]:
    """Return every record of an inspection in any state, oldest first."""
    return list(Record.select().where(Record.inspection == inspection).order_by(Record.id))


def seals(inspections: Iterable[str]) -> dict[str, str]:
    """Return by inspection the digest of its seal that was processed."""
    query = Record.select(Record.inspection, Record.digest).where(
        Record.inspection.in_(list(inspections)), Record.kind == "inspection", Record.state == "processed"
    )
    return {str(inspection): str(digest) for inspection, digest in tuples(query)}


def processed_digests(inspection: str) -> tuple[str, ...]:
    """Return what was processed of an inspection, oldest first."""
    return tuple(digest for (digest,) in bulk.rows(_digests, inspection, "", "processed"))


def _digests() -> Any:
    query = Record.select(Record.digest).where(Record.inspection == "", fn.COALESCE(Record.state, "") == "")
    return query.order_by(Record.id)


def counts() -> dict[str, int]:
    """Return how many records are in each state: the queue as it can be seen."""
    return _pairs(Record.select(Record.state, fn.COUNT(Record.id)).group_by(Record.state))


def parked() -> dict[str, int]:
    """Return how many records are parked for each reason."""
    query = Record.select(Record.reason, fn.COUNT(Record.id)).where(Record.state == "parked")
    return _pairs(query.group_by(Record.reason))


def opened(record: Record) -> Opened:
    """Return the sealed part as plain values where it is what its format says; else the fault."""
    return shape.opened(bodies.of(record), int(record.format))


def parts_of(inspection: str) -> dict[str, dict[str, Any]]:
    """Return the processed parts of an inspection that can be read, by digest, oldest first, without shifts."""
    held = [one for one in processed_parts(inspection) if one.kind not in ("shift", "order")]
    found = {str(one.digest): opened(one).part for one in held}
    return {digest: part for digest, part in found.items() if part}
