"""What keeps an inspection from its outcome and no clearing of a section answers, and where it is dealt with. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checklists import words as kernel
from checklists.definitions.citation import agency_short
from checklists.findings.assessment import Assessment, ItemState
from checklists.inspection.entries import Conflict, standing
from mobile.inspecting import control_photos
from mobile.inspecting.inspection import Held
from mobile.screens.shared.results import compared
from mobile.words import _, words

_SECTION_OF = {
    "seen.aboard": "LIC",
    "seen.panels": "PLA",
    "seen.placards": "PLA",
    "seen.equipment": "EQP",
    "seen.loaded": "TNK",
    "seen.containment": "TNK",
    "tank.": "TNK",
    "vehicle.approval_type": "TNK",
    "trailer.approval_type": "TNK",
}
"""Where a disputed fact is entered; any other belongs to the load."""


@dataclass(frozen=True)
class OpenPoint:
    """Something that keeps the inspection from its outcome, and where to deal with it."""

    section: str
    item: str
    text: str
    why: str


def points(held: Held, after: Assessment) -> tuple[OpenPoint, ...]:
    """Return what must be answered or is disputed; `after` is the assessment if every section were in order."""
    return (*_disputed(held, held.assessment), *_unanswerable(held, after), *_late(held, after), *_unphotographed(held))


def item_words(held: Held, item: str) -> str:
    """Return an item of the checklist in words."""
    found = held.kit.definitions.checklists[held.checklist].item(item)
    return words.pick(found.text) if found else item


def short_agency(held: Held, code: str) -> str:
    """Return the short name of an agency."""
    return agency_short(held.kit.definitions, code, words.lang)


def is_unsure(one: ItemState) -> bool:
    """Whether a comparison could not tell."""
    return any(result.verdict in ("cannot_tell", "stale") for result in one.results)


def _unanswerable(held: Held, after: Assessment) -> list[OpenPoint]:
    disputed = {one.item for one in after.conflicts if one.kind == "answer"}
    return [
        OpenPoint(one.section, one.item.id, words.pick(one.item.text), _why(held, one))
        for one in after.items
        if one.must_answer and one.item.id not in disputed
    ]


def come_later(held: Held, after: Assessment) -> list[ItemState]:
    """Return the open items of sections that were done before these were asked."""
    done = standing(held.entries, "section_clear")
    return [one for one in after.items if one.state == "open" and one.section in done and not one.must_answer]


def _late(held: Held, after: Assessment) -> list[OpenPoint]:
    why = _("asked since something else was found, after this section was done")
    return [OpenPoint(one.section, one.item.id, words.pick(one.item.text), why) for one in come_later(held, after)]


def _why(held: Held, one: ItemState) -> str:
    unsure = [result for result in one.results if result.verdict in ("cannot_tell", "stale")]
    said = (compared(held.kit, result).missing for result in unsure)
    return next((words_ for words_ in said if words_), _("the comparison cannot tell"))


def _disputed(held: Held, now: Assessment) -> list[OpenPoint]:
    sections = {one.item.id: one for one in now.items}
    return [_dispute(held, one, sections) for one in now.conflicts]


def _dispute(held: Held, conflict: Conflict, items: Mapping[str, ItemState]) -> OpenPoint:
    why = _("the officers differ: {who}").format(who=rivals(held, conflict))
    if conflict.kind == "answer":
        one = items.get(conflict.item)
        text = words.pick(one.item.text) if one else conflict.item
        return OpenPoint(one.section if one else "", conflict.item, text, why)
    return OpenPoint(section_of(conflict.item), "", kernel.label(conflict.item, _), why)


def section_of(path: str) -> str:
    """Return the section in which a fact is entered."""
    return next((to for start, to in _SECTION_OF.items() if path.startswith(start)), "LOD")


def rivals(held: Held, conflict: Conflict) -> str:
    """Return who says what: the agency of each officer, and for an answer what he answered."""
    said = []
    for entry in conflict.entries:
        result = str(entry.value.get("result", ""))
        words_ = _(kernel.ANSWERS.get(result, result)) if conflict.kind == "answer" else ""
        said.append(f"{short_agency(held, entry.agency)} {_officer(held, entry.officer)} {words_}".strip())
    return "；".join(said)


def _officer(held: Held, officer: str) -> str:
    """Return an officer's name where the registry on this tablet has it."""
    row = held.kit.lookup("officer", officer) or {}
    return str((row.get("data") or {}).get("name") or officer)


def _unphotographed(held: Held) -> list[OpenPoint]:
    """Return the control photos of sections in which nothing else is left; the others stand on their tiles."""
    open_ones = {one.section for one in held.assessment.open}
    why = _("drawn: take it, or say why it is not possible")
    return [
        OpenPoint(one.section, one.item, _("Control photo: {item}").format(item=item_words(held, one.item)), why)
        for one in control_photos.pending(held)
        if one.section not in open_ones
    ]
