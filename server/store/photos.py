"""Which photos the records name, and which of them are here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peewee import JOIN, fn

from server.store.models import Photo, PhotoWanted
from server.store.rows import tuples


def wanted(sha256: str) -> list[PhotoWanted]:
    """Return every mention of a photo in an accepted record; empty where none names it."""
    return list(PhotoWanted.select().where(PhotoWanted.sha256 == sha256))


def held(sha256: str) -> Photo | None:
    """Return the photo where its bytes are here, or None."""
    return Photo.get_or_none(Photo.sha256 == sha256)


def keep(*, sha256: str, bytes_: int, type_: str, received_at: str, receipt: str) -> Photo:
    """Note that a photo is durable and return it; a second note returns the first, with its receipt."""
    Photo.insert(
        sha256=sha256, bytes=bytes_, type=type_, received_at=received_at, receipt=receipt
    ).on_conflict_ignore().execute()
    return Photo.get_by_id(sha256)


def of_record(digest: str) -> list[tuple[PhotoWanted, bool]]:
    """Return the photo files that a record names, each with whether it is here."""
    query = (
        PhotoWanted.select(PhotoWanted, Photo.received_at.alias("here"))
        .join(Photo, JOIN.LEFT_OUTER, on=(Photo.sha256 == PhotoWanted.sha256))
        .where(PhotoWanted.record == digest)
        .order_by(PhotoWanted.entry, PhotoWanted.role)
    )
    rows: list[Any] = list(query.objects())
    return [(row, row.here is not None) for row in rows]


def tally(digests: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return for each record how many of its originals are here, and how many it names ("photos 3/5")."""
    query = (
        PhotoWanted.select(PhotoWanted.record, fn.COUNT(Photo.sha256), fn.COUNT(PhotoWanted.sha256))
        .join(Photo, JOIN.LEFT_OUTER, on=(Photo.sha256 == PhotoWanted.sha256))
        .where(PhotoWanted.record.in_(list(digests)), PhotoWanted.role == "original")
        .group_by(PhotoWanted.record)
    )
    return {record: (here, named) for record, here, named in tuples(query)}


def files(digests: Sequence[str]) -> tuple[int, int]:
    """Return how many photo files of these records are here, and how many they name, in every role."""
    query = (
        PhotoWanted.select(fn.COUNT(Photo.sha256), fn.COUNT(PhotoWanted.sha256))
        .join(Photo, JOIN.LEFT_OUTER, on=(Photo.sha256 == PhotoWanted.sha256))
        .where(PhotoWanted.record.in_(list(digests)))
    )
    ((here, named),) = tuples(query)
    return here, named
