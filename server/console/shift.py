"""The shift in which a record was sealed: what each officer did at the post, and what its waiting line counted."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from server.gate.shape import Colleague
from server.parts import taken_in
from server.store import bodies, records
from server.store.models import Record


class Line(msgspec.Struct, frozen=True):
    """What a tablet's own steps of the waiting line amount to (`checklists.inspection.line.counts`)."""

    came: int = 0
    unchecked: dict[str, int] = {}
    waiting: int = 0


class _Told(msgspec.Struct):
    parts: list[str] = []
    officers: list[Colleague] = []
    line: Line | None = None


@dataclass(frozen=True)
class Shift:
    """A closed shift as a page shows it; `line` is None where no line was kept."""

    digest: str
    at: str
    officers: tuple[Colleague, ...]
    line: Line | None


def shift_of(held: Record) -> Shift | None:
    """Return the shift that a record is, or that names it among its parts; None where none is here. Reads the store.

    One that is parked for its shape says nothing that a page could count on.
    """
    own = held.kind == "shift"
    shift = held if own else records.shift_over(held)
    if shift is None or shift.reason == "shape_wrong":
        return None
    told = msgspec.json.decode(bodies.of(shift), type=taken_in(_Told))
    if not own and str(held.digest) not in told.parts:
        return None
    return Shift(str(shift.digest), str(shift.sealed_at), tuple(told.officers), told.line)
