"""T4, opened: the items of one section, each with what the rules say of it, and what is seen here."""

from __future__ import annotations

from dataclasses import dataclass

from checklists import words as kernel
from checklists.findings.assessment import ItemState
from checklists.inspection.confirmation import to_confirm
from checklists.inspection.entries import standing
from mobile.inspecting import control_photos
from mobile.inspecting.inspection import Held
from mobile.screens.section.observed.state import Observed, observed
from mobile.screens.shared.questions import Question, section_questions
from mobile.screens.shared.results import Compared, compared
from mobile.screens.walk.confirmation.state import confirm_words
from mobile.screens.walk.points.state import item_words, rivals, section_of, short_agency
from mobile.words import _, n_, words

_TONES = {"conforms": "good", "does_not_conform": "danger", "does_not_apply": "neutral"}


def _mark(message: str) -> str:
    return message


_BECAUSE = {
    "rule": _mark("by comparison"),
    "officer": _mark("by the officer"),
    "section": _mark("cleared with the section"),
}

NO_PHOTO = (
    _mark("It cannot be reached safely"),
    _mark("Too dark, or hidden by the load"),
    _mark("The camera does not work"),
)
"""Likely reasons why a control photo is not possible. An officer may write his own."""


@dataclass(frozen=True)
class ItemRow:
    """An item. `answer` is what stands ("" while open); `tone` never is good where a comparison cannot tell."""

    item: str
    title: str
    look: str
    agency: str
    agency_name: str
    answer: str
    tone: str
    words: str
    must_answer: bool
    lights: tuple[Compared, ...]
    dispute: str = ""


@dataclass(frozen=True)
class SectionState:
    """One section with its items; `confirms` is what "no further deviation" would put down besides.

    `photo` is the item of which a control photo is asked first, `reasons` are likely ones why there can be none.
    `one_by_one`: clearing would answer none of what is open.
    """

    section: str
    title: str
    agency: str
    agency_name: str
    rows: tuple[ItemRow, ...]
    observed: Observed | None
    confirms: tuple[str, ...]
    open: int
    deviations: int
    disputes: tuple[str, ...] = ()
    photo: str = ""
    reasons: tuple[str, ...] = ()
    one_by_one: bool = False
    questions: tuple[Question, ...] = ()

    @property
    def clear_words(self) -> str:
        """What the primary action says."""
        if self.photo:
            return _("Take the control photo")
        if not self.open:
            return _("Back to the walk")
        if self.one_by_one:
            return n_("Answer {n} item by itself", "Answer {n} items one by one", self.open)
        return _("No further deviation") if self.deviations else _("No deviation")

    @property
    def teaches(self) -> bool:
        """Whether the crew is taught here."""
        return any(row.item == "EDU-04" for row in self.rows)

    @property
    def progress(self) -> str:
        """How many items are open."""
        return _("open: {n}").format(n=self.open) if self.open else _("All answered")


def section_state(held: Held, section: str) -> SectionState:
    """Return a section of the checklist as it stands. Raises KeyError for one that the checklist has not."""
    checklist = held.kit.definitions.checklists[held.checklist]
    found = {one.id: one for one in checklist.sections}[section]
    mine = [one for one in held.assessment.items if one.section == section]
    overrides = standing(held.entries, "override")
    reasons = {rule: str(said[-1].value.get("reason", "")) for rule, said in overrides.items()}
    owner = found.items[0].agency[0]
    is_open = sum(1 for one in mine if one.state == "open")
    pending = control_photos.pending(held, section)
    items = {one.item.id for one in mine}
    facts = to_confirm(held.context, section)
    return SectionState(
        section=section,
        title=words.pick(found.title),
        agency=owner,
        agency_name=short_agency(held, owner),
        rows=tuple(_row(held, one, reasons) for one in mine),
        observed=observed(held, section),
        confirms=confirm_words(held, facts) if is_open else (),
        open=is_open,
        deviations=sum(1 for one in held.assessment.findings if one.item in items),
        disputes=tuple(
            f"{kernel.label(one.item, _)}：{rivals(held, one)}"
            for one in held.assessment.conflicts
            if one.kind == "fact" and section_of(one.item) == section
        ),
        photo=item_words(held, pending[0].item) if pending else "",
        reasons=tuple(_(one) for one in NO_PHOTO) if pending else (),
        questions=section_questions(held, section),
        one_by_one=bool(is_open) and not facts and all(one.must_answer for one in mine if one.state == "open"),
    )


def _row(held: Held, one: ItemState, reasons: dict[str, str]) -> ItemRow:
    item = one.item
    lights = tuple(compared(held.kit, result, reasons.get(result.id, "")) for result in one.results)
    unsure = any(light.verdict in ("cannot_tell", "stale") for light in lights)
    disputed = (two for two in held.assessment.conflicts if two.kind == "answer" and two.item == item.id)
    dispute = next((rivals(held, two) for two in disputed), "")
    tone = "unknown" if one.must_answer else _TONES.get(one.state, "neutral")
    return ItemRow(
        item=item.id,
        title=words.pick(item.text),
        look=words.pick(item.look),
        agency=item.agency[0],
        agency_name=short_agency(held, item.agency[0]),
        answer=one.state if one.state in _TONES else "",
        tone="unknown" if tone == "good" and unsure else tone,
        words=_state_words(one, dispute),
        must_answer=one.must_answer,
        lights=lights,
        dispute=dispute,
    )


def _state_words(one: ItemState, dispute: str) -> str:
    if dispute:
        return _("officers differ")
    if one.must_answer:
        return _("must be answered")
    state = _(kernel.ANSWERS.get(one.state, one.state))
    return f"{state} · {_(_BECAUSE[one.because])}" if one.because in _BECAUSE else state
