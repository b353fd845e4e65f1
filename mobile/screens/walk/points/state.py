"""What keeps an inspection from its outcome and no clearing of a section answers, and where it is dealt with. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checklists import words as kernel
from checklists.definitions.citation import agency_short
from checklists.definitions.definition import Item
from checklists.findings.assessment import Assessment, ItemState, ListState
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
    "seen.closures": "TNK",
    "seen.emergency_valve": "TNK",
    "seen.levels": "TNK",
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


def points(held: Held, after: ListState) -> tuple[OpenPoint, ...]:
    """Return what must be answered or is disputed; `after` is how the list stands if every section were in order."""
    return (*_disputed(held, held.assessment), *_unanswerable(held, after), *_late(held, after), *_unphotographed(held))


def item_words(held: Held, item: str) -> str:
    """Return an item of the checklist in words."""
    found = held.kit.definitions.checklists[held.checklist].item(item)
    return words.pick(found.text) if found else item


def short_agency(held: Held, code: str) -> str:
    """Return the short name of an agency."""
    return agency_short(held.kit.definitions, code, words.lang)


def owner_of(items: Iterable[Item]) -> str:
    """Return the agency that most of the items belong to; of several the one that comes first."""
    agencies = [one.agency[0] for one in items]
    return max(agencies, key=agencies.count)


def own_first(held: Held, agencies: Sequence[str], *, usual: bool) -> list[tuple[int, str]]:
    """Return how rows of these agencies stand: where each was, and what stands above it as a heading, mostly nothing.

    Those of the officer's own agency come first, each group as it was; `usual` leaves all of them where they are, and
    so does a list in which all or none are his.
    """
    mine = held.officer.agency
    if usual or mine not in agencies or set(agencies) == {mine}:
        return [(number, "") for number in range(len(agencies))]
    order = sorted(range(len(agencies)), key=lambda number: agencies[number] != mine)
    others = dict.fromkeys(one for one in agencies if one != mine)
    headings = {0: short_agency(held, mine), agencies.count(mine): "、".join(short_agency(held, one) for one in others)}
    return [(number, headings.get(place, "")) for place, number in enumerate(order)]


def focus_first(ordered: Sequence[tuple[int, str]], focus: Sequence[bool]) -> list[tuple[int, str]]:
    """Return rows in the order of `own_first`, in each of its groups first those in a campaign's focus.

    `focus` says of each row, by where it was, whether it is; the heading stays above the first of its group.
    """
    groups: list[list[tuple[int, str]]] = []
    for row in ordered:
        if row[1] or not groups:
            groups.append([])
        groups[-1].append(row)
    placed = []
    for group in groups:
        numbers = sorted((number for number, _heading in group), key=lambda number: not focus[number])
        placed += [(number, group[0][1] if place == 0 else "") for place, number in enumerate(numbers)]
    return placed


def order_words(*, mixed: bool, usual: bool) -> str:
    """Return what changes the order over; empty where there is only one."""
    if not mixed:
        return ""
    return _("Ours first") if usual else _("Usual order")


def is_unsure(one: ItemState) -> bool:
    """Whether a comparison could not tell."""
    return any(result.verdict in ("cannot_tell", "stale") for result in one.results)


def _unanswerable(held: Held, after: ListState) -> list[OpenPoint]:
    disputed = {one.item for one in after.given.conflicts if one.kind == "answer"}
    return [
        OpenPoint(one.section, one.item.id, words.pick(one.item.text), _why(held, one))
        for one in after.items
        if one.must_answer and one.item.id not in disputed
    ]


def come_later(held: Held, after: ListState) -> list[ItemState]:
    """Return the open items of sections that were done before these were asked."""
    done = standing(held.entries, "section_clear")
    return [one for one in after.items if one.state == "open" and one.section in done and not one.must_answer]


def _late(held: Held, after: ListState) -> list[OpenPoint]:
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
