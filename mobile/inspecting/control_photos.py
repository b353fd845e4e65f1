"""Control photos of the inspection in hand: what was drawn, what is still asked, and the entries about it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checklists.findings.applicability import facts
from checklists.findings.control_photos import Drawn, draw
from checklists.findings.tiers import tier
from checklists.inspection.entries import all_of
from mobile.inspecting.inspection import Draft, Held

NOTE = "control"
"""The note that holds the draw: it is made once, when the walk begins, and frozen."""


@dataclass(frozen=True)
class Asked:
    """A drawn item; `done` says that its photo is there, or a reason why there is none."""

    section: str
    item: str
    done: bool


def drawing(held: Held) -> tuple[Draft, ...]:
    """Return the note that freezes the draw by the tier as it is now; nothing where it was drawn already."""
    if _notes(held):
        return ()
    level = tier(held.assessment).level
    quick = bool(held.kit.definitions.checklists[held.checklist].based_on)
    drawn = draw(held.inspection, level, held.assessment.items, quick=quick, known=facts(held.context))
    value = {"tier": level, "drawn": [{"section": one.section, "item": one.item} for one in drawn]}
    return (Draft("note", NOTE, value),)


def asked(held: Held) -> tuple[Asked, ...]:
    """Return what was drawn. Of two draws, by two tablets that begin at once, the first holds for both."""
    notes = _notes(held)
    if not notes:
        return ()
    given = {entry.item for entry in held.all_of("control_photo")}
    applies = {one.item.id for one in held.assessment.items}
    drawn = [Drawn(str(one["section"]), str(one["item"])) for one in notes[0].value.get("drawn", ())]
    # What turned out not to apply, or not to stand on this checklist, is asked of nobody.
    return tuple(Asked(one.section, one.item, one.item in given) for one in drawn if one.item in applies)


def pending(held: Held, section: str = "") -> tuple[Asked, ...]:
    """Return what is still asked, of one section or of all."""
    return tuple(one for one in asked(held) if not one.done and section in ("", one.section))


def photographed(item: str, section: str, manifest: Mapping[str, Any]) -> tuple[Draft, ...]:
    """The control photo of an item: the manifest of its original, working copy and thumbnail."""
    return (Draft("control_photo", item, {**manifest, "section": section}),)


def impossible(item: str, section: str, reason: str) -> tuple[Draft, ...]:
    """Why there is no control photo; whoever reads the record may ask."""
    if not reason.strip():
        raise ValueError("a control photo that is left out needs a reason")
    return (Draft("control_photo", item, {"section": section, "reason": reason.strip()}),)


def _notes(held: Held) -> list[Any]:
    return [entry for entry in all_of(held.entries, "note") if entry.item == NOTE]
