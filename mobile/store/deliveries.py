"""What waits for the office and what it has acknowledged: nothing leaves the outbox without a signed receipt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from peewee import fn

from checklists.crypto import verify_mapping
from checklists.records.record import Sealed, receipt_holds
from mobile.refusals import Refusal
from mobile.store.base import Store, many, one, run, setting
from mobile.store.delivery import Delivery, Photo
from mobile.store.models import PhotoRow, SealedRow
from mobile.store.outbox import WaitingPhoto, WaitingRecord

HELD_BY_OFFICE = ("delivered", "conflict")
OFFICE_ANEW = "office_anew"
"""The setting by which it is asked once more what the office has: it told of its feed from the start."""


def waiting_records(store: Store, hub: str = "") -> tuple[WaitingRecord, ...]:
    """Return the sealed parts that the office has not acknowledged and has not refused.

    For a hub those that it does not hold, and also acknowledged ones of which photos still wait: it takes the photos of
    no other.
    """
    columns = (SealedRow.digest, SealedRow.device_seq, SealedRow.priority, SealedRow.size)
    needed = SealedRow.state == "waiting"
    if hub:
        lacking = PhotoRow.select(PhotoRow.part).where(PhotoRow.state == "wanted")
        needed |= SealedRow.state.in_(HELD_BY_OFFICE) & SealedRow.digest.in_(lacking)
    rows = many(store, SealedRow.select(*columns).where(needed, *_elsewhere(SealedRow, hub)))
    return tuple(WaitingRecord(row.digest, row.device_seq, row.priority, row.size) for row in rows)


def of_priority(store: Store, priority: int) -> tuple[str, ...]:
    """Return the digests of the sealed parts of one priority, in the order of the chain."""
    rows = SealedRow.select(SealedRow.digest).where(SealedRow.priority == priority).order_by(SealedRow.device_seq)
    return tuple(row.digest for row in many(store, rows))


def standing(store: Store, digest_: str) -> tuple[str, str, Mapping[str, Any] | None]:
    """Return the state of a sealed part, when the office receipted it (UTC text), and what it is refused for."""
    columns = (SealedRow.state, SealedRow.receipt, SealedRow.problem)
    row = one(store, SealedRow.select(*columns).where(SealedRow.digest == digest_))
    if row is None:
        raise KeyError(digest_)
    return row.state, str((_json(row.receipt) or {}).get("received_at") or ""), _json(row.problem)


def sealed(store: Store, digest_: str) -> Sealed:
    """Return a sealed part with its verbatim bytes."""
    row = one(store, SealedRow.select().where(SealedRow.digest == digest_))
    if row is None:
        raise KeyError(digest_)
    return Sealed(store.vault.reveal(row.body, "sealed", row.digest), row.digest, row.signature)


def mark_delivered(store: Store, digest_: str, receipt: Mapping[str, Any], *, state: str = "delivered") -> None:
    """Take a part from the outbox. Raises Refusal `receipt_invalid` unless the receipt names it under the pinned key.

    `state` is `conflict` where the office keeps the bytes beside others that it had.
    """
    if not receipt_holds(receipt, digest_=digest_, server_key=_server_key(store)):
        raise Refusal("receipt_invalid", digest_)
    change = SealedRow.update(state=state, receipt=json.dumps(dict(receipt)), problem=None)
    run(store, change.where(SealedRow.digest == digest_))


def held_by(store: Store, hub: str, *, record: str = "", photo: str = "") -> None:
    """Note that a hub holds a part or a photo; what waits for the office goes on waiting."""
    if record:
        run(store, SealedRow.update(hub=hub).where(SealedRow.digest == record))
    if photo:
        run(store, PhotoRow.update(hub=hub).where(PhotoRow.sha256 == photo))


def on_hubs(store: Store) -> tuple[list[str], list[str]]:
    """Return the records and photos that some hub holds and the office has not receipted."""
    records = SealedRow.select(SealedRow.digest).where(SealedRow.state == "waiting", SealedRow.hub.is_null(False))
    photos = PhotoRow.select(PhotoRow.sha256).where(PhotoRow.state == "wanted", PhotoRow.hub.is_null(False))
    return [row.digest for row in many(store, records)], [row.sha256 for row in many(store, photos)]


def with_office(store: Store) -> tuple[list[str], list[str]]:
    """Return the records and photos that the office has receipted."""
    records = SealedRow.select(SealedRow.digest).where(SealedRow.state.in_(HELD_BY_OFFICE))
    photos = PhotoRow.select(PhotoRow.sha256).where(PhotoRow.state == "received")
    return [row.digest for row in many(store, records)], [row.sha256 for row in many(store, photos)]


def lost_by_office(store: Store, *, record: str = "", photo: str = "") -> None:
    """Let what the office had, and does not know any more, wait for it again."""
    again = SealedRow.update(state="waiting", receipt=None, hub=None)
    run(store, again.where(SealedRow.digest == record, SealedRow.state.in_(HELD_BY_OFFICE)))
    wanted = PhotoRow.update(state="wanted", receipt=None, sent=0, hub=None)
    run(store, wanted.where(PhotoRow.sha256 == photo, PhotoRow.state == "received"))


def _elsewhere(model: type[SealedRow] | type[PhotoRow], hub: str) -> tuple[Any, ...]:
    return (model.hub.is_null() | (model.hub != hub),) if hub else ()


def mark_rejected(store: Store, digest_: str, code: str, detail: str) -> None:
    """Keep a part that the office refused, with the reason, until a person decides."""
    problem = json.dumps({"code": code, "detail": detail}, ensure_ascii=False)
    change = SealedRow.update(state="rejected", problem=problem)
    run(store, change.where(SealedRow.digest == digest_, SealedRow.state == "waiting"))


def try_again(store: Store, digest_: str) -> None:
    """Put a refused part, or the refused photos of one that was taken, back in the outbox."""
    waiting = SealedRow.update(state="waiting").where(SealedRow.digest == digest_, SealedRow.state == "rejected")
    run(store, waiting)
    wanted = PhotoRow.update(state="wanted").where(PhotoRow.part == digest_, PhotoRow.state == "refused")
    run(store, wanted)


def deliveries(store: Store) -> tuple[Delivery, ...]:
    """Return every sealed part with its state, the newest first."""
    lacking = fn.SUM(PhotoRow.state != "received")
    counting = PhotoRow.select(PhotoRow.part, lacking).group_by(PhotoRow.part, PhotoRow.entry)
    photos: dict[str, tuple[int, int]] = {}
    for part, lacks in many(store, counting.tuples()):
        whole, there = photos.get(part, (0, 0))
        photos[part] = whole + 1, there + (not lacks)
    rows = many(store, SealedRow.select().order_by(SealedRow.device_seq.desc()))
    return tuple(
        Delivery(
            row.digest,
            row.inspection,
            row.device_seq,
            row.state,
            _json(row.receipt),
            _json(row.problem),
            *photos.get(row.digest, (0, 0)),
            on_hub=row.state == "waiting" and row.hub is not None,
        )
        for row in rows
    )


def waiting_photos(store: Store, hub: str = "") -> tuple[WaitingPhoto, ...]:
    """Return the photo files that the office has not acknowledged and whose record is there.

    There is the office, or that hub: what it holds already is left out.
    """
    columns = (PhotoRow.sha256, PhotoRow.role, PhotoRow.size, SealedRow.priority, SealedRow.device_seq, PhotoRow.sent)
    joined = PhotoRow.select(*columns).join(SealedRow, on=(PhotoRow.part == SealedRow.digest))
    there = SealedRow.hub == hub if hub else SealedRow.state.in_(HELD_BY_OFFICE)
    wanted = joined.where(PhotoRow.state == "wanted", there, *_elsewhere(PhotoRow, hub))
    return tuple(WaitingPhoto(*row) for row in many(store, wanted.tuples()))


def photos(store: Store, inspection: str) -> tuple[Photo, ...]:
    """Return the photo files of an inspection."""
    rows = many(store, PhotoRow.select().where(PhotoRow.inspection == inspection).order_by(PhotoRow.entry))
    return tuple(_photo(row) for row in rows)


def photo(store: Store, sha256: str) -> Photo:
    """Return one photo file's row. Raises KeyError."""
    row = one(store, PhotoRow.select().where(PhotoRow.sha256 == sha256))
    if row is None:
        raise KeyError(sha256)
    return _photo(row)


def photo_sent(store: Store, sha256: str, offset: int) -> None:
    """Note how many bytes the office has; it alone decides where to go on."""
    run(store, PhotoRow.update(sent=offset).where(PhotoRow.sha256 == sha256))


def photo_received(store: Store, sha256: str, receipt: Mapping[str, Any]) -> None:
    """Note that the office holds a photo. Raises Refusal `receipt_invalid` unless its receipt says so."""
    held = photo(store, sha256)
    key = _server_key(store)
    named = (receipt.get("sha256"), receipt.get("bytes"), receipt.get("server_key")) == (sha256, held.size, key)
    if not (named and verify_mapping(key, receipt)):
        raise Refusal("receipt_invalid", sha256)
    change = PhotoRow.update(state="received", sent=held.size, receipt=json.dumps(dict(receipt)), problem=None)
    run(store, change.where(PhotoRow.sha256 == sha256))


def photo_refused(store: Store, sha256: str, code: str, detail: str) -> None:
    """Keep a photo that the office refused, with the reason, until a person decides."""
    problem = json.dumps({"code": code, "detail": detail}, ensure_ascii=False)
    run(store, PhotoRow.update(state="refused", problem=problem).where(PhotoRow.sha256 == sha256))


def unsent(store: Store) -> tuple[int, int]:
    """Return how many records and how many photo files the office does not hold yet, refused ones included."""
    records = SealedRow.select(fn.COUNT(SealedRow.digest)).where(SealedRow.state.not_in(HELD_BY_OFFICE))
    files = PhotoRow.select(fn.COUNT(PhotoRow.sha256)).where(PhotoRow.state.in_(("wanted", "refused")))
    return many(store, records.tuples())[0][0], many(store, files.tuples())[0][0]


def unsent_bytes(store: Store) -> tuple[int, int]:
    """Return how many bytes still have to go, and how many of them are pictures in full size."""
    records = SealedRow.select(fn.SUM(SealedRow.size)).where(SealedRow.state.not_in(HELD_BY_OFFICE))
    left = fn.SUM(PhotoRow.size - PhotoRow.sent)
    files = PhotoRow.select(left).where(PhotoRow.state == "wanted")
    asked = (records, files, files.where(PhotoRow.role == "original"))
    of_records, of_files, of_originals = (many(store, one.tuples())[0][0] or 0 for one in asked)
    return of_records + of_files, of_originals


def _photo(row: PhotoRow) -> Photo:
    place = (row.sha256, row.inspection, row.entry, row.role, row.size, row.type)
    return Photo(*place, row.state, row.sent, _json(row.problem), _json(row.receipt))


def _json(text: str | None) -> Mapping[str, Any] | None:
    return None if text is None else dict(json.loads(text))


def _server_key(store: Store) -> str:
    enrolment = setting(store, "enrolment")
    if enrolment is None:
        raise Refusal("not_enrolled")
    return str(enrolment["server_key"])
