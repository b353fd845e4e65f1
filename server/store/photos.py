"""Which photos the records name, and which of them are here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from peewee import JOIN, fn

from server.parts import PhotoFile, Wanted
from server.store import bulk, photos_due, usage
from server.store.models import Photo, PhotoWanted, Record
from server.store.rows import tuples
from server.store.usage import Used


def wanted(sha256: str, device: str) -> list[PhotoWanted]:
    """Return the mentions of a photo that count for a device: those in its own records.

    Where none of its own names it, those of others, because a tablet may bring what another wrote: what was sent is
    proven by its digest. Empty where none names it.
    """
    query = PhotoWanted.select(PhotoWanted, Record.device.alias("sealed_by")).join(
        Record, on=(Record.digest == PhotoWanted.record)
    )
    rows: list[Any] = list(query.where(PhotoWanted.sha256 == sha256).order_by(Record.id).objects())
    return [one for one in rows if one.sealed_by == device] or rows


def sealer(record: str) -> str:
    """Return the device that sealed a record that is here."""
    return str(Record.select(Record.device).where(Record.digest == record).scalar())


def of_record_here(digest: str) -> tuple[int, int]:
    """Return how many photo files of a record are here, and their bytes."""
    named = PhotoWanted.select(PhotoWanted.sha256).where(PhotoWanted.record == digest)
    query = Photo.select(fn.COUNT(Photo.sha256), fn.COALESCE(fn.SUM(Photo.bytes), 0)).where(Photo.sha256.in_(named))
    ((count, size),) = tuples(query)
    return int(count), int(size)


def held(sha256: str) -> Photo | None:
    """Return the photo where its bytes are here, or None."""
    return Photo.get_or_none(Photo.sha256 == sha256)


def keep(*, sha256: str, bytes_: int, type_: str, received_at: str, receipt: str, device: str = "") -> Photo:
    """Note that a photo is durable, and for whose day it counts, and return it.

    A second note returns the first, with its receipt.
    """
    before = held(sha256)
    if before is not None:
        return before
    Photo.insert(
        sha256=sha256, bytes=bytes_, type=type_, received_at=received_at, receipt=receipt
    ).on_conflict_ignore().execute()
    if device:
        usage.add(device, Used(photos=1, photo_bytes=bytes_))
    return Photo.get_by_id(sha256)


def of_record(digest: str) -> list[tuple[Wanted, bool]]:
    """Return the photo files that a record names, each with whether it is here."""
    due = photos_due.named([digest])
    columns = (PhotoWanted.entry, PhotoWanted.role, PhotoWanted.sha256, PhotoWanted.bytes, PhotoWanted.type)
    rows = tuples(PhotoWanted.select(*columns).where(PhotoWanted.record == digest))
    named = due.get(digest) or [Wanted(entry, role, PhotoFile(*file)) for entry, role, *file in rows]
    here = _held(named)
    return [(one, one.file.sha256 in here) for one in sorted(named, key=lambda one: (one.entry, one.role))]


def tally(digests: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return for each record how many of its originals are here, and how many it names ("photos 3/5")."""
    due = photos_due.named(digests)  # looked at first: rows that are made meanwhile are then not missed
    query = (
        PhotoWanted.select(PhotoWanted.record, fn.COUNT(Photo.sha256), fn.COUNT(PhotoWanted.sha256))
        .join(Photo, JOIN.LEFT_OUTER, on=(Photo.sha256 == PhotoWanted.sha256))
        .where(PhotoWanted.record.in_(list(digests)), PhotoWanted.role == "original")
        .group_by(PhotoWanted.record)
    )
    told = {digest: _counted(one for one in named if one.role == "original") for digest, named in due.items()}
    return {**told, **{record: (here, named) for record, here, named in tuples(query)}}


def files(digests: Sequence[str]) -> tuple[int, int]:
    """Return how many photo files of these records are here, and how many they name, in every role."""
    due = photos_due.named(digests)
    query = (
        PhotoWanted.select(fn.COUNT(Photo.sha256), fn.COUNT(PhotoWanted.sha256))
        .join(Photo, JOIN.LEFT_OUTER, on=(Photo.sha256 == PhotoWanted.sha256))
        .where(PhotoWanted.record.in_([one for one in digests if one not in due]))
    )
    ((here, named),) = tuples(query)
    for more in map(_counted, due.values()):
        here, named = here + more[0], named + more[1]
    return here, named


def _counted(named: Iterable[Wanted]) -> tuple[int, int]:
    told = list(named)
    here = _held(told)
    return sum(one.file.sha256 in here for one in told), len(told)


def _held(named: Iterable[Wanted]) -> set[str]:
    """Return the digests of those whose bytes are here."""
    asked = sorted({one.file.sha256 for one in named})
    return {sha256 for (sha256,) in bulk.among(Photo, ("sha256",), "sha256", asked)}
