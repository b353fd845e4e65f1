"""Photos that a record names in its bytes alone so far: their rows are made behind its receipt.

A row of `photos_due` is written with the record and goes in the transaction that makes the rows of its photos: when it
is processed, or when a photo comes whose mention may be among them, whichever is first. So a record's photos stand in
their rows or in its bytes, never in neither, and what is owed is told from where they stand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from server.gate import ingest
from server.parts import Wanted
from server.store import bodies, bulk
from server.store.models import PhotosDue, PhotoWanted, Record

_SOME = 100
"""Records whose rows are made in one job; other jobs come in between."""

_PHOTO = ("record", "entry", "role", "sha256", "bytes", "type")


def note(due: Iterable[tuple[int, str]]) -> None:
    """Note, in the job that receives them, records by number and device that name photos."""
    bulk.insert(PhotosDue, ("record", "device"), list(due))


def put(digest: str, photos: Iterable[Wanted]) -> None:
    """Make the rows of the photos that a record names; those that are there stay."""
    put_all([(digest, photos)])


def put_all(named: Iterable[tuple[str, Iterable[Wanted]]]) -> None:
    """Make the rows of the photos that records name."""
    bulk.insert(PhotoWanted, _PHOTO, [_row(digest, one) for digest, photos in named for one in photos])


def make(numbers: Collection[int]) -> None:
    """Make the rows that are due of these records, in a writing job; the others have theirs."""
    due = [number for (number,) in bulk.among(PhotosDue, ("record",), "record", sorted(numbers))]
    digests = dict(bulk.among(Record, ("id", "digest"), "id", due))
    put_all((digests[number], ingest.named(body)) for number, body in bodies.by_record(due).items())
    bulk.each(_done, [(number,) for number in due])


def in_the_way(sha256: str, device: str) -> list[int]:
    """Return records whose rows are to be made before it is known who names a photo, oldest first; some at a time.

    They are the device's own, and where none of its own names it all others, as in `photos.wanted`.
    """
    own = bulk.rows(_of_device, device, _SOME)
    due = own if own or bulk.rows(_named, sha256, device, 1) else bulk.rows(_oldest, _SOME)
    return [number for (number,) in due]


def named(digests: Collection[str]) -> dict[str, tuple[Wanted, ...]]:
    """Return by digest the photos of those among these records whose rows are due."""
    if not bulk.rows(_oldest, 1):
        return {}
    numbers = {number: digest for number, digest in bulk.among(Record, ("id", "digest"), "digest", digests)}
    due = [number for (number,) in bulk.among(PhotosDue, ("record",), "record", numbers)]
    return {numbers[number]: ingest.named(body) for number, body in bodies.by_record(due).items()}


def _row(digest: str, one: Wanted) -> tuple[Any, ...]:
    return digest, one.entry, one.role, one.file.sha256, one.file.bytes, one.file.type


def _of_device() -> Any:
    return PhotosDue.select(PhotosDue.record).where(PhotosDue.device == "").order_by(PhotosDue.record).limit(0)


def _oldest() -> Any:
    return PhotosDue.select(PhotosDue.record).order_by(PhotosDue.record).limit(0)


def _named() -> Any:
    query = PhotoWanted.select(PhotoWanted.record).join(Record, on=(Record.digest == PhotoWanted.record))
    return query.where(PhotoWanted.sha256 == "", Record.device == "").limit(0)


def _done() -> Any:
    return PhotosDue.delete().where(PhotosDue.record == 0)
