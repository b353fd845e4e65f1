"""T4, opened: the items of one section, each with what the rules say of it, and what is seen here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from checklists import words as kernel
from checklists.findings.assessment import ItemState
from checklists.inspection.entries import NOT_VERIFIED, WHY, standing
from checklists.rules.crosscheck import OTHERWISE
from mobile.inspecting import campaigning, control_photos
from mobile.inspecting.inspection import Held
from mobile.screens.section.observed.state import CrewState, KitState, MassState, crew_state, kit_state, mass_state
from mobile.screens.section.signs.state import SignsState, signs_state
from mobile.screens.section.tank.state import TankState, tank_state
from mobile.screens.shared.questions import Question, section_questions
from mobile.screens.shared.results import Compared, all_compared
from mobile.screens.walk.confirmation.state import confirm_words
from mobile.screens.walk.points.state import (
    focus_first,
    item_words,
    order_words,
    own_first,
    owner_of,
    rivals,
    section_of,
    short_agency,
)
from mobile.words import _, n_, words

Observed = CrewState | SignsState | TankState | KitState | MassState
_TONES = {"conforms": "good", "does_not_conform": "danger", "does_not_apply": "neutral", NOT_VERIFIED: "unknown"}


def _mark(message: str) -> str:
    return message


_BECAUSE = {
    "rule": _mark("by comparison"),
    "officer": _mark("by the officer"),
    "section": _mark("cleared with the section"),
}

_NO_CAMERA = _mark("The camera does not work")
NO_PHOTO = (
    _mark("It cannot be reached safely"),
    _mark("Too dark, or hidden by the load"),
    _NO_CAMERA,
)
NO_PAPER = (_mark("There is no such paper here"), _NO_CAMERA)
"""Likely reasons why a control photo of a thing, and of a paper, is not possible. An officer may write his own."""
_NO_PAPERS = ("LIC-11", "LIC-12")
"""Items among the papers that are people."""
_PAPERS = ("TNK-01", "TNK-02", "TNK-03", "EQP-16", "LOD-01", "LOD-02", "LOD-10")
"""Items elsewhere that are papers."""


def no_photo_reasons(item: str) -> tuple[str, ...]:
    """Return the likely reasons why there is no control photo of an item: of a paper, that there is none here."""
    paper = item in _PAPERS or (item.startswith("LIC-") and item not in _NO_PAPERS)
    return tuple(_(one) for one in (NO_PAPER if paper else NO_PHOTO))


@dataclass(frozen=True)
class ItemRow:
    """An item. `answer` is what stands ("" while open); `tone` never is good where a comparison cannot tell.

    `heading` stands above the first item of a group; `focus` says which campaign looks at it before all.
    """

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
    heading: str = ""
    focus: str = ""


@dataclass(frozen=True)
class Why:
    """A reason to pick."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class SectionState:
    """One section with its items; `confirms` is what "no further deviation" would put down besides.

    `photo` is the item of which a control photo is asked first, `reasons` are likely ones why there can be none.
    `one_by_one`: clearing would answer none of what is open. `doubtful` are the items that no clearing answers, which
    an officer may say at once could not be verified here. `order` is what changes the order of the items over, empty
    where there is only one.
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
    doubtful: tuple[str, ...] = ()
    order: str = ""

    @property
    def whys(self) -> tuple[Why, ...]:
        """The reasons why something cannot be verified here."""
        return tuple(Why(key, _(kernel.WHY_NOT_VERIFIED[key])) for key in WHY)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do here but to go on."""
        return not self.open and not self.photo

    @property
    def unverified_words(self) -> str:
        """What says that the rest could not be verified, and all else is in order; empty where there is no rest."""
        number = len(self.doubtful)
        if not number:
            return ""
        if self.photo or self.open <= number:
            return n_("Cannot verify {n} here", "Cannot verify {n} here", number)
        return n_("Rest in order; {n} not verified", "Rest in order; {n} not verified", number)

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


def section_state(held: Held, section: str, compartments: int = 0, *, usual: bool = False) -> SectionState:
    """Return a section of the checklist as it stands. Raises KeyError for one that the checklist has not.

    `compartments` more are looked at for plates than are known. The items of the officer's own agency come first;
    `usual`: in the order of the checklist.
    """
    checklist = held.kit.definitions.checklists[held.checklist]
    found = {one.id: one for one in checklist.sections}[section]
    mine = [one for one in held.assessment.items if one.section == section]
    overrides = standing(held.entries, "override")
    reasons = {rule: str(said[-1].value.get("reason", "")) for rule, said in overrides.items()}
    owner = owner_of([one.item for one in mine] or found.items)
    is_open = sum(1 for one in mine if one.state == "open")
    pending = control_photos.pending(held, section)
    items = {one.item.id for one in mine}
    facts = held.confirms[section]
    agencies = [one.item.agency[0] for one in mine]
    campaigns = campaigning.in_force(held)
    looked = [campaigning.looking(campaigns, one.item) for one in mine]
    ordered = own_first(held, agencies, usual=usual)
    if not usual:
        ordered = focus_first(ordered, [bool(one) for one in looked])
    mixed = own_first(held, agencies, usual=False) != own_first(held, agencies, usual=True)
    return SectionState(
        section=section,
        title=words.pick(found.title),
        agency=owner,
        agency_name=short_agency(held, owner),
        rows=tuple(
            replace(_row(held, mine[number], reasons), heading=heading, focus=_focus_words(looked[number]))
            for number, heading in ordered
        ),
        observed=_observed(held, section, compartments),
        confirms=confirm_words(held, facts) if is_open else (),
        open=is_open,
        deviations=sum(1 for one in held.assessment.findings if one.item in items),
        disputes=tuple(
            f"{kernel.label(one.item, _)}：{rivals(held, one)}"
            for one in held.assessment.conflicts
            if one.kind == "fact" and section_of(one.item) == section
        ),
        photo=item_words(held, pending[0].item) if pending else "",
        reasons=no_photo_reasons(pending[0].item) if pending else (),
        questions=section_questions(held, section),
        one_by_one=bool(is_open) and not facts and all(one.must_answer for one in mine if one.state == "open"),
        doubtful=_doubtful(held, section, mine),
        order=order_words(mixed=mixed, usual=usual),
    )


def _focus_words(campaign: str) -> str:
    return _("In focus: {campaign}").format(campaign=campaign) if campaign else ""


def _doubtful(held: Held, section: str, mine: Iterable[ItemState]) -> tuple[str, ...]:
    """Return what must be answered even once a clearing has stated what it states, disputes apart."""
    doubts = {one.item.id for one in mine if one.must_answer}
    if not doubts:
        return ()
    then = held.confirming(section).stands
    disputed = {one.item for one in then.given.conflicts if one.kind == "answer"}
    return tuple(one.item.id for one in then.items if one.must_answer and one.item.id in doubts - disputed)


def _observed(held: Held, section: str, compartments: int) -> Observed | None:
    """Return what can be put down in a section, or None where there is nothing but its items."""
    if section == "PLA":
        return signs_state(held, compartments)
    if section == "TNK":
        return tank_state(held) if held.context.has_tank else None
    makers: dict[str, Callable[[Held], Observed]] = {"LIC": crew_state, "EQP": kit_state, "LOD": mass_state}
    return makers[section](held) if section in makers else None


def _row(held: Held, one: ItemState, reasons: dict[str, str]) -> ItemRow:
    item = one.item
    lights = all_compared(held.kit, one.results, reasons)
    unsure = any(light.verdict in ("cannot_tell", "stale") for light in lights)
    unsure = unsure or any(OTHERWISE in result.caveats for result in one.results)
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
    if one.why:
        return _("{state}: {why}").format(state=state, why=_(kernel.WHY_NOT_VERIFIED.get(one.why, one.why)))
    return f"{state} · {_(_BECAUSE[one.because])}" if one.because in _BECAUSE else state
