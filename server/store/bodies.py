"""The sealed bytes of records: kept as they came, deflated, and given back to the byte."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from server.parts import unpack
from server.store import bulk
from server.store.models import Record, RecordBody


def keep(sealed: Mapping[str, tuple[bytes, int]]) -> dict[str, int]:
    """Keep the bodies of records that were just put here: by digest, packed, and how many bytes that is unpacked.

    Returns the numbers of the records by digest.
    """
    numbers: dict[str, int] = dict(bulk.among(Record, ("digest", "id"), "digest", sealed))
    rows = [(number, *sealed[digest]) for digest, number in numbers.items()]
    bulk.insert(RecordBody, ("record", "packed", "bytes"), rows)
    return numbers


def of(record: Record) -> bytes:
    """Return the bytes of a record; none where a hub let go of them."""
    return by_record([int(record.id)]).get(int(record.id), b"")


def by_record(numbers: Collection[int]) -> dict[int, bytes]:
    """Return the bytes of several records by their number."""
    return {number: unpack(held) for number, held in packed(numbers).items()}


def packed(numbers: Collection[int]) -> dict[int, bytes]:
    """Return the bytes of several records as they are stored: one that is damaged shall hide no other."""
    return dict(bulk.among(RecordBody, ("record", "packed"), "record", numbers))
