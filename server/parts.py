"""A sealed part as every room of the office reads it: what it has in any format, its entries and whose they are."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from threading import Lock
from typing import Any, TypeVar

import msgspec

from checklists.facts.registry import Lookup
from checklists.facts.situation import Situation
from checklists.inspection.entries import Entry, situation_of
from checklists.records import check_history
from checklists.records.origin import Judged, Source, judge

__all__ = ["Head", "Part", "PartHead", "PhotoFile", "ReadPart", "Verified", "Wanted", "conduct_at", "entries_of",
           "judge_parts", "situation_in", "taken_in"]  # fmt: skip

Part = Mapping[str, Any]

_Shape = TypeVar("_Shape")
_taking_in = Lock()


@cache
def taken_in(shape: type[_Shape]) -> type[_Shape]:
    """Return a type that msgspec has taken in; whatever is first read as it in several threads goes through here.

    msgspec (0.22.0) learns the fields of a dataclass when it first meets it. Where a second thread meets it meanwhile,
    as it may while ours are still being made (`checklists.values`), the whole process ends.
    """
    with _taking_in:
        msgspec.json.Decoder(shape)
    return shape


class Head(msgspec.Struct):
    """The end of a device's chain."""

    seq: int
    digest: str | None = None


class PhotoFile(msgspec.Struct):
    """One file of a photo as the manifest names it."""

    sha256: str
    bytes: int
    type: str


class PartHead(msgspec.Struct):
    """What every format of a part has; all else is carried through unread.

    `opened_at` and `clock` tell when it was sealed by the office's clock, in parts that have them as this format does.
    """

    format: int
    kind: str
    id: str
    inspection: str
    device: str
    device_seq: int
    sealed_at: str
    certificate: dict[str, Any]
    previous: str | None = None
    opened_at: Any = None
    clock: Any = None


@dataclass(frozen=True)
class Wanted:
    """A photo file that the part names, with the entry it belongs to and its role."""

    entry: str
    role: str
    file: PhotoFile


@dataclass(frozen=True)
class Verified:
    """A sealed part that holds: canonical, digest right, signed by this device under its certificate."""

    body: bytes
    packed: bytes
    """The body as it is stored, by `pack`."""
    digest: str
    signature: str
    head: PartHead
    photos: tuple[Wanted, ...]


_LEVEL = 1
"""Of deflate; what a higher one saves of a record is not worth its time before the receipt."""


def pack(body: bytes) -> bytes:
    """Return the bytes of a part as they are stored; `unpack` gives them back."""
    return zlib.compress(body, _LEVEL)


def unpack(packed: bytes) -> bytes:
    """Return the bytes of a part as they came."""
    return zlib.decompress(packed)


class ReadPart(dict[str, Any]):
    """A part that was looked through: what is asked for again is not read again."""

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries, as the kernel reads them."""
        return _read(self)

    @cached_property
    def situation(self) -> Situation:
        """What its facts describe as of its conduct. Raises WireError where they do not fit together."""
        return situation_of(self.entries, conduct_at(self))


def own_papers(part: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the papers of a part whose numbers are its own tablet's: by the sign that its certificate gives it."""
    sign = str((part.get("certificate") or {}).get("prefix") or "")
    papers = [one for one in part.get("papers") or () if isinstance(one, Mapping) and sign]
    return [one for one in papers if str(one.get("number")).startswith(f"{sign}-")]


def situation_in(part: Part) -> Situation:
    """Return what the facts of a part describe as of its conduct. Raises WireError where they do not fit together."""
    return part.situation if isinstance(part, ReadPart) else situation_of(entries_of(part), conduct_at(part))


def entries_of(part: Part) -> tuple[Entry, ...]:
    """Return the entries of a part, as the kernel reads them; eight times as fast where they are as they should be."""
    return part.entries if isinstance(part, ReadPart) else _read(part)


_Entries = tuple[Entry, ...]


def _read(part: Part) -> tuple[Entry, ...]:
    try:
        read: tuple[Entry, ...] = msgspec.convert(part.get("entries") or (), taken_in(_Entries))
    except msgspec.ValidationError:
        read = check_history.entries_of(part)
    return read


def conduct_at(part: Part) -> str:
    """Return when the conduct was: the opening of the inspection, as of which its findings were shown."""
    return str(part.get("opened_at") or part["sealed_at"])


def judge_parts(parts: Iterable[Part], lookup: Lookup, office_key: str) -> Judged:
    """Return what counts of the parts of one inspection, by who proved that he wrote it."""
    held = list(parts)
    sources = [Source.of(one, entries_of(one), office_key) for one in held]
    names = {one.officer for source in sources for one in source.entries if one.officer}
    rows = {name: (lookup("officer", name) or {}).get("data") or {} for name in sorted(names)}
    inspection = next((str(one["inspection"]) for one in held), "")
    return judge(sources, inspection, office_key, {name: str(row.get("agency") or "") for name, row in rows.items()})
