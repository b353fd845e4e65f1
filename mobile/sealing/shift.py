"""A shift, its counts, and what officers sign of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from checklists.wire import canonical, digest
from mobile.inspecting.inspection import Officer


@dataclass(frozen=True)
class Shift:
    """An open shift. `officers` are ids, who began it first; `ticked` are ids of `checklists.inspection.post.SETUP`.

    `roles` is by officer what he does at the post (`checklists.inspection.shift.ROLES`), where somebody said so. From
    `first_seq` in this device's chain on everything was sealed in it, whatever a clock said; 0 in those of before.
    """

    id: str
    began_at: str
    site: str = ""
    campaign: str = ""
    officers: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()
    dark: bool = False
    expressway: bool = False
    roles: Mapping[str, str] = field(default_factory=dict)
    first_seq: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Unfinished:
    """An inspection that the shift leaves in the queue for the next officer."""

    inspection: str
    opened_at: str
    plate: str
    lead: str


@dataclass(frozen=True)
class Tally:
    """What a shift amounts to now: digest and part of each record, their counts, what is open and what is not sent.

    `line` is what it says of the vehicles that stood in line here (`checklists.inspection.line.counts`).
    """

    parts: tuple[tuple[str, Mapping[str, Any]], ...]
    counts: Mapping[str, Any]
    open: tuple[Unfinished, ...]
    unsent: tuple[int, int]
    states: Mapping[str, str] = field(default_factory=dict)
    line: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Closed:
    """The last closed shift; `told` is what the office said of it, empty before it did."""

    digest: str
    ended_at: str
    seq: int
    told: Mapping[str, Any] = field(default_factory=dict)


def draft(shift: Shift, found: Tally) -> str:
    """Return the digest that officers sign: of the shift, its records, their counts and what it leaves open."""
    said = {"shift": asdict(shift), "parts": [one for one, _part in found.parts], "counts": dict(found.counts)}
    return digest(canonical({**said, "open": [asdict(one) for one in found.open], "line": dict(found.line)}))


def signature(officer: Officer, signed: str, at: str) -> dict[str, str]:
    """Return the signature of an officer who confirmed by his PIN."""
    who = {"officer": officer.id, "name": officer.name, "card": officer.card, "agency": officer.agency}
    return {**who, "digest": signed, "at": at}
