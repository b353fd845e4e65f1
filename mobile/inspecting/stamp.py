"""The stamp on a photo's working copy: made from the photo's entry, and made anew when the plate was corrected.

The original is never touched. A photo stamped anew is an entry in place of the one before it, as a marked one is: the
same original, taken at the same time and place, another working copy and thumbnail.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from checklists.inspection.capture import Position, is_apart, is_coarse, position_of, taken_of
from checklists.zone import LAW_ZONE
from mobile.inspecting import evidence, marked_photo, markup
from mobile.inspecting.evidence import Stamp
from mobile.inspecting.inspection import Draft, Held
from mobile.refusals import Refusal
from mobile.store import photo_files
from mobile.store.base import Store
from mobile.words import _

_WHOLE, _CLOCK = "%Y-%m-%d %H:%M", "%m-%d %H:%M"


def of(value: Mapping[str, Any]) -> Stamp:
    """Return what is written on the copy of a photo: what its entry says of time, place, vehicle and officer."""
    taken, position, said = taken_of(value), position_of(value), value.get("stamp") or {}
    at = _local(taken.at, _WHOLE) if taken else ""
    if taken is not None and taken.other:
        other = _local(taken.other, _CLOCK if taken.other[:4] == taken.at[:4] else _WHOLE)
        at = _("{time}, clocks differ: {other}").format(time=at, other=other)
    place = place_words(position, taken.at if taken else "") if position else _("No position")
    return Stamp(at, place, str(said.get("officer") or ""), str(said.get("plate") or ""))


def place_words(position: Position, at: str) -> str:
    """Return a position as it stands on a photo of that time (UTC text), with all that makes it less certain."""
    said = [f"{position.latitude}, {position.longitude}"]
    if position.source == "post":
        said.append(_("as written down for the post"))
    elif position.accuracy_m is None:
        said.append(_("accuracy not known"))
    else:
        said.append(f"\u00b1{position.accuracy_m} m" + (_(" (coarse)") if is_coarse(position) else ""))
    if is_apart(position, at):
        said.append(_("position of {time}").format(time=_local(position.as_of, _CLOCK)))
    return "  ".join(said)


def again(store: Store, held: Held) -> tuple[Draft, ...]:
    """Return the photos whose stamps name another plate than the check does now, each with copies stamped anew.

    Only those of this tablet, which has their originals; one whose original cannot be read stays as it is. The copies
    are durable before this returns. Raises Refusal `disk_full`.
    """
    plate, found = str(held.fact("vehicle.plate") or ""), []
    for one in (*held.all_of("photo"), *held.all_of("control_photo")):
        stamped = one.value.get("stamp")
        if one.device == held.device and isinstance(stamped, Mapping) and stamped.get("plate") != plate:
            value = _anew(store, {**one.value, "stamp": {**stamped, "plate": plate}})
            found += [Draft(one.kind, one.item, value, withdraws=one.id)] if value else []
    return tuple(found)


def _anew(store: Store, value: dict[str, Any]) -> dict[str, Any] | None:
    try:
        picture = evidence.stamped(photo_files.read(store, str(value["sha256"])), of(value))
    except Refusal as refusal:
        if refusal.code in ("photo_missing", "photo_damaged"):
            return None
        raise
    working, marks = evidence.keep_copy(store, picture), markup.marks_of(value)
    unmarked = {"unmarked": working} if "unmarked" in value else {}
    if not marks:
        return {**value, "working": working, **unmarked}
    marked_photo.draw(picture, marks)
    return {**evidence.with_copies(store, value, picture), **unmarked}


def _local(at: str, form: str) -> str:
    return datetime.fromisoformat(at).astimezone(LAW_ZONE).strftime(form)
