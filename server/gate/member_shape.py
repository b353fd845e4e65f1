"""What a hand-over file holds beside records is looked through, too, before a page draws it.

A check that nobody sealed is held against the same shapes as a part; a picture against what its record names. What does
not fit is kept with its receipt, set aside with the place of the fault, and never drawn.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

import msgspec

from checklists.inspection.entries import Entry, situation_of
from server.gate import entry_shape, shape
from server.gate.fault import Fault
from server.parts import taken_in

UNKNOWN = Fault("", "a kind of member that this version knows")
NO_PICTURE = Fault("", "a JPEG or PNG picture")

_OTHER = re.compile(r"[a-z][a-z-]{0,31}/[0-9A-Za-z][0-9A-Za-z._-]{0,99}")


class Check(msgspec.Struct):
    """A check that nobody sealed, its entries revealed."""

    inspection: str
    state: str
    opened_at: str
    entries: list[Entry]
    signed: bool = False


def is_well_named(member: str) -> bool:
    """Whether a member of a kind that is not known here has a name as tablets give them."""
    return _OTHER.fullmatch(member) is not None


def check_fault(content: bytes, inspection: str) -> Fault | None:
    """Return what is wrong with an unsealed check that stands under this inspection's name. Never raises."""
    try:
        told = msgspec.json.decode(content, type=dict[str, Any])
        return next(_faults(content, told, inspection), None)
    except (msgspec.MsgspecError, RecursionError, ValueError) as problem:
        return Fault.of(problem)


def picture_fault(length: int, type_: str, lengths: Collection[int], types: Collection[str]) -> Fault | None:
    """Return how a picture differs from what its records name; `type_` is that of its content, empty for no picture."""
    if not type_:
        return NO_PICTURE
    if type_ not in types:
        return Fault("type", "what its record names")
    return None if length in lengths else Fault("bytes", "what its record names")


def _faults(content: bytes, told: dict[str, Any], inspection: str) -> Iterator[Fault]:
    yield from shape.bounds(content, told)
    try:
        check = msgspec.convert(told, taken_in(Check))
    except (msgspec.ValidationError, RecursionError) as problem:
        yield Fault.of(problem)
        return
    if check.inspection != inspection:
        yield Fault("inspection", "the inspection of its name")
    if not shape.is_time(check.opened_at):
        yield Fault("opened_at", "a time with its zone")
        return
    held, at = tuple(check.entries), check.opened_at
    yield from entry_shape.faults(held, at, lambda: situation_of(held, at))
