"""What a hub holds for its parent, and what the parent said of it: only its receipts ever end a tablet's duty."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, Case, fn

from server import clock
from server.store import bulk, records
from server.store.hub_models import HubPhoto, HubPost
from server.store.models import Device, Photo, PhotoWanted, Record, RecordBody
from server.store.records import Given
from server.store.rows import tuples

HELD, PASSED, REFUSED, LET_GO = "held", "passed", "refused", "let_go"
ACT, HANDOVER, STATUS = "act", "handover", "status"

_ROLES = ("thumbnail", "working", "original")


@dataclass(frozen=True)
class Said:
    """What the parent said of one thing: PASSED with its receipt, or REFUSED; `code` why, or of which conflict."""

    key: str
    state: str
    receipt: str = ""
    code: str = ""


def status(said: Said) -> str:
    """Return how a tablet is told: held, or what its office said by way of us: duplicate, conflict, rejected."""
    if said.state == REFUSED:
        return "rejected"
    return ("conflict" if said.code else "duplicate") if said.receipt else HELD


def waiting_records(most: int, most_bytes: int, without: Collection[str] = ()) -> list[Record]:
    """Return the records that go next, in the order in which they came; at least one, where any waits.

    `without` are devices whose records wait for another hour.
    """
    sealed = Record.select(Record.id, RecordBody.bytes).join(RecordBody, on=(RecordBody.record == Record.id))
    query = sealed.where(Record.state == HELD)
    if without:
        query = query.where(Record.device.not_in(list(without)))
    size, ids = 0, list[int]()
    for id_, length in tuples(query.order_by(Record.id).limit(most)):
        size += int(length)
        if ids and size > most_bytes:
            break
        ids.append(int(id_))
    return list(Record.select().where(Record.id.in_(ids)).order_by(Record.id)) if ids else []


def hold(given: Sequence[Given]) -> list[str]:
    """Hold parts for the parent and return the digests of the new ones. Which of two counts the parent decides."""
    return records.hold(given, HELD)


def settle_records(said: Iterable[Said]) -> None:
    """Keep what the parent said of records that are held."""
    for one in said:
        told = {"state": one.state, "receipt": one.receipt, "reason": one.code, "processed_at": clock.now()}
        Record.update(**told).where(Record.digest == one.key, Record.state != PASSED).execute()


def hold_photo(sha256: str) -> None:
    """Note that a photo is whole here and waits for the parent."""
    HubPhoto.insert(sha256=sha256, state=HELD).on_conflict_ignore().execute()


def waiting_photos(most: int, without: Collection[str] = ()) -> list[tuple[str, str, int]]:
    """Return digest, type and length of the photos that go next: small ones before originals.

    Those alone whose record the parent has: it takes no other.
    """
    role = fn.MIN(Case(PhotoWanted.role, [(name, place) for place, name in enumerate(_ROLES)], len(_ROLES)))
    query = (
        HubPhoto.select(HubPhoto.sha256, Photo.type, Photo.bytes)
        .join(Photo, JOIN.INNER, on=(Photo.sha256 == HubPhoto.sha256))
        .join(PhotoWanted, JOIN.INNER, on=(PhotoWanted.sha256 == HubPhoto.sha256))
        .join(Record, JOIN.INNER, on=(Record.digest == PhotoWanted.record))
        .where(HubPhoto.state == HELD, Record.state == PASSED)
    )
    if without:
        query = query.where(HubPhoto.sha256.not_in(list(without)))
    query = query.group_by(HubPhoto.sha256, Photo.type, Photo.bytes).order_by(role, fn.MIN(Record.id))
    return [(sha256, type_, int(size)) for sha256, type_, size in tuples(query.limit(most))]


def settle_photo(said: Said) -> None:
    """Keep what the parent said of a photo."""
    if said.receipt:
        Photo.update(receipt=said.receipt).where(Photo.sha256 == said.key).execute()
    HubPhoto.update(state=said.state, code=said.code).where(HubPhoto.sha256 == said.key).execute()


def act_key(device: str, act: str) -> str:
    """Return the key of an act: nobody takes the id of another's."""
    return f"{device} {act}"


def hold_post(kind: str, key: str, *, device: str, path: str, body: bytes) -> HubPost:
    """Hold what is passed on as it came, once, and return it as it stands."""
    told = {"kind": kind, "key": key, "device": device, "path": path, "body": body, "state": HELD}
    HubPost.insert(**told, received_at=clock.now()).on_conflict_ignore().execute()
    return HubPost.get(HubPost.kind == kind, HubPost.key == key)


def hold_status(device: str, path: str, body: bytes) -> None:
    """Hold what a tablet says of itself, in place of what it said before."""
    told = {"path": path, "body": body, "state": HELD, "received_at": clock.now()}
    HubPost.insert(kind=STATUS, key=device, device=device, **told).on_conflict(
        conflict_target=[HubPost.kind, HubPost.key],
        preserve=[HubPost.path, HubPost.body, HubPost.state, HubPost.received_at],
    ).execute()


def waiting_posts(most: int, without: Collection[str] = ()) -> list[HubPost]:
    """Return the posts that go next, in the order in which they came."""
    query = HubPost.select().where(HubPost.state == HELD)
    if without:
        query = query.where(HubPost.key.not_in(list(without)))
    return list(query.order_by(HubPost.id).limit(most))


def settle_post(id_: int, state: str, answer: str, code: str = "") -> None:
    """Keep what the parent answered to a post; its bytes stay for as long as those of records."""
    HubPost.update(state=state, answer=answer, code=code).where(HubPost.id == id_).execute()


def settle_status(post: HubPost) -> None:
    """Note that what a tablet said of itself was passed on, unless it has said something else meanwhile."""
    same = (HubPost.id == post.id) & (HubPost.body == post.body)
    HubPost.update(state=PASSED, body=b"").where(same).execute()


def bytes_of_posts(device: str) -> int:
    """Return how many bytes of a device's posts are held."""
    mine = (HubPost.device == device) & (HubPost.state == HELD)
    return int(HubPost.select(fn.COALESCE(fn.SUM(fn.LENGTH(HubPost.body)), 0)).where(mine).scalar())


def devices_waiting() -> list[Device]:
    """Return the tablets of which something is held."""
    photos = Record.select(Record.device).join(PhotoWanted, on=(PhotoWanted.record == Record.digest))
    photos = photos.join(HubPhoto, on=(HubPhoto.sha256 == PhotoWanted.sha256)).where(HubPhoto.state == HELD)
    held = Record.select(Record.device).where(Record.state == HELD)
    return list(Device.select().where(Device.id.in_(held) | Device.id.in_(photos)).order_by(Device.prefix))


def of_device(device: str) -> tuple[list[str], list[str]]:
    """Return the digests of the records and photos of a tablet that are held, in the order in which they came."""
    query = Record.select(Record.digest).where(Record.device == device, Record.state == HELD).order_by(Record.id)
    records = [digest for (digest,) in tuples(query)]
    named = HubPhoto.select(HubPhoto.sha256).join(PhotoWanted, on=(PhotoWanted.sha256 == HubPhoto.sha256))
    named = named.join(Record, on=(Record.digest == PhotoWanted.record))
    named = named.where(Record.device == device, HubPhoto.state == HELD, Record.state != REFUSED)
    return records, [sha256 for (sha256,) in tuples(named.distinct().order_by(HubPhoto.sha256))]


def records_said(digests: Collection[str], **sealer: str) -> dict[str, Said]:
    """Return what is known of records by digest; those that are not here, or not of that `device`, are left out."""
    rows = bulk.among(Record, ("digest", "receipt", "state", "reason"), "digest", list(digests), **sealer)
    return {digest: Said(digest, state, receipt, code) for digest, receipt, state, code in rows}


def photos_said(sha256s: Collection[str]) -> dict[str, Said]:
    """Return what is known of photos that are whole here, by digest."""
    here = dict(bulk.among(Photo, ("sha256", "receipt"), "sha256", list(sha256s)))
    rows = bulk.among(HubPhoto, ("sha256", "state", "code"), "sha256", list(here))
    states = {sha256: (state, code) for sha256, state, code in rows}
    found = {sha256: states.get(sha256, (PASSED, "")) for sha256 in here}
    return {sha256: Said(sha256, state, here[sha256], code) for sha256, (state, code) in found.items()}


def posts_said(kind: str, keys: Collection[str]) -> dict[str, HubPost]:
    """Return the posts of a kind that are known by these keys."""
    query = HubPost.select().where(HubPost.kind == kind, HubPost.key.in_(list(keys)))
    return {str(one.key): one for one in query} if keys else {}


def answer_of(post: HubPost) -> Mapping[str, Any]:
    """Return what the parent answered to a post; empty before it has."""
    return dict(json.loads(str(post.answer))) if post.answer else {}


def forget_records(before: str) -> int:
    """Let go of the bytes of records that the parent receipted before a time, and return how many.

    Digest and receipt stay: a tablet may ask for them after weeks.
    """
    old = Record.select(Record.id).where(Record.state == PASSED, Record.processed_at < before)
    return int(RecordBody.delete().where(RecordBody.record.in_(old)).execute())


def forget_posts(before: str) -> int:
    """Let go of the bytes of acts and pieces that came before a time and that the parent has, and return how many."""
    past = (HubPost.state == PASSED) & (HubPost.received_at < before) & (fn.LENGTH(HubPost.body) > 0)
    return int(HubPost.update(body=b"").where(past).execute())


def photos_past(before: str) -> list[str]:
    """Return the photos that the parent has and that no record names which is here still."""
    named = PhotoWanted.select(PhotoWanted.sha256).join(Record, on=(Record.digest == PhotoWanted.record))
    young = named.where((Record.state != PASSED) | (Record.processed_at >= before))
    query = HubPhoto.select(HubPhoto.sha256).where(HubPhoto.state == PASSED, HubPhoto.sha256.not_in(young))
    return [sha256 for (sha256,) in tuples(query)]


def forget_photos(sha256s: Collection[str]) -> None:
    """Note that the files of photos were let go of; their receipts stay."""
    for some in bulk.chunks(sha256s, 500):
        HubPhoto.update(state=LET_GO).where(HubPhoto.sha256.in_(some)).execute()


def hold_again() -> None:
    """Hold once more what the parent had and is whole here: a backup that it brought back lacks what came later."""
    whole = Record.id.in_(RecordBody.select(RecordBody.record))
    Record.update(state=HELD, receipt="").where(Record.state == PASSED, whole).execute()
    passed = HubPhoto.select(HubPhoto.sha256).where(HubPhoto.state == PASSED)
    Photo.update(receipt="").where(Photo.sha256.in_(passed)).execute()
    HubPhoto.update(state=HELD).where(HubPhoto.state == PASSED).execute()
    here = (HubPost.state == PASSED) & (fn.LENGTH(HubPost.body) > 0)
    HubPost.update(state=HELD, answer="").where(here).execute()


def retry() -> int:
    """Hold once more what the parent refused, and return how much that is."""
    done = Record.update(state=HELD, reason="").where(Record.state == REFUSED).execute()
    done += HubPhoto.update(state=HELD, code="").where(HubPhoto.state == REFUSED).execute()
    return int(done + HubPost.update(state=HELD, code="").where(HubPost.state == REFUSED).execute())


def counts() -> dict[str, dict[str, int]]:
    """Return how many records, photos and posts are in each state."""
    photos = tuples(HubPhoto.select(HubPhoto.state, fn.COUNT(HubPhoto.sha256)).group_by(HubPhoto.state))
    kinds = HubPost.kind.in_((ACT, HANDOVER))
    posts = tuples(HubPost.select(HubPost.state, fn.COUNT(HubPost.id)).where(kinds).group_by(HubPost.state))
    return {"records": records.counts(), "photos": dict(photos), "posts": dict(posts)}


def oldest_waiting() -> str:
    """Return since when the oldest record waits; empty where none does."""
    first = Record.select(Record.received_at).where(Record.state == HELD).order_by(Record.id).first()
    return str(first.received_at) if first is not None else ""
