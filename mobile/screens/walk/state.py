"""T4: the sections in walking order, what "no deviation" would confirm in each, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checklists.definitions.definition import Section
from checklists.findings.assessment import ItemState, ListState
from checklists.inspection.entries import NOT_VERIFIED
from mobile.inspecting import campaigning, control_photos
from mobile.inspecting.control_photos import Asked
from mobile.inspecting.inspection import Held
from mobile.screens.carried.state import papers_words
from mobile.screens.shared.questions import Option, load_options
from mobile.screens.walk.confirmation.state import confirm_words
from mobile.screens.walk.points.state import (
    OpenPoint,
    come_later,
    is_unsure,
    item_words,
    order_words,
    own_first,
    owner_of,
    points,
    short_agency,
)
from mobile.words import _, n_, words


@dataclass(frozen=True)
class TileState:
    """One section. `must_answer` counts what "no deviation" cannot answer; `state` decides the tile's look.

    That is what a comparison could not tell, and what came to be asked after the section was done: nobody has looked
    at it, and the touch on the tile was given for less.

    `unsure` counts the items that an officer answered though a comparison could not tell, `unverified` those that he
    could not verify here. `after` is the title of the
    section to finish first, where what has to be here depends on it. `by_rule` counts the items that comparisons
    settled, `photo` is the item of which a control photo is asked first. `own` says how many items of the officer's
    agency stand in a section of another one, `focus` how many items a campaign looks at before all.
    """

    section: str
    title: str
    agency: str
    agency_name: str
    items: int
    open: int
    deviations: int
    must_answer: int
    confirms: tuple[str, ...] = ()
    unsure: int = 0
    after: str = ""
    by_rule: int = 0
    photo: str = ""
    unverified: int = 0
    own: str = ""
    focus: str = ""

    @property
    def state(self) -> str:
        """must_answer, deviations, open, unverified or clear: the worst first.

        Clear is only where nothing is open, nothing was found and everything was looked at.
        """
        if self.must_answer:
            return "must_answer"
        if self.deviations:
            return "deviations"
        if self.open:
            return "open"
        return "unverified" if self.unverified else "clear"

    @property
    def may_clear(self) -> bool:
        """Whether one touch answers all that is left here."""
        return bool(self.open) and not self.must_answer and not self.after and not self.photo

    @property
    def state_words(self) -> str:
        """How the section stands."""
        said = [
            _("to answer: {n}").format(n=self.must_answer) if self.must_answer else "",
            _("deviations: {n}").format(n=self.deviations) if self.deviations else "",
            _("open: {n}").format(n=self.open) if self.open and not self.must_answer else "",
            _("not verified: {n}").format(n=self.unverified) if self.unverified else "",
        ]
        return " · ".join(one for one in said if one) or _("No deviation")

    @property
    def note(self) -> str:
        """What the comparisons settled, and what is answered by an officer's word alone though none could tell."""
        ruled = n_("{n} by comparison", "{n} by comparison", self.by_rule) if self.by_rule else ""
        said = n_("{n} by the officer's word alone", "{n} by the officer's word alone", self.unsure)
        return " · ".join(one for one in (ruled, said if self.unsure else "") if one)

    @property
    def clear_words(self) -> str:
        """What the big target says."""
        if self.photo:
            return _("Control photo: {item}").format(item=self.photo)
        if not self.open:
            return _("Done")
        if self.after:
            return _("First: {section}").format(section=self.after)
        return _("No further deviation") if self.deviations else _("No deviation")


@dataclass(frozen=True)
class WalkState:
    """All of T4. `points` names what must be answered or is disputed; the rest of `open` is on the tiles.

    `papers` is what the way to the papers in the crew's hand says; `load` asks how it is loaded until somebody said it.
    `order` is what changes the order of the tiles over, empty where there is only one.
    """

    vehicle: str
    tiles: tuple[TileState, ...]
    points: tuple[OpenPoint, ...]
    answered: int
    total: int
    disputed: int
    conflicts: int
    unsure: int
    photos: int = 0
    unverified: int = 0
    papers: str = ""
    load: tuple[Option, ...] = ()
    order: str = ""

    @property
    def may_conclude(self) -> bool:
        """Whether nothing is open, no two officers differ and no control photo is asked."""
        return self.answered == self.total and not self.disputed and not self.photos

    @property
    def rest(self) -> str:
        """What the points are, or that none is left."""
        if self.points:
            return _("Must be answered one by one:")
        if self.may_conclude and self.unverified:
            return n_(
                "{n} could not be verified here: the office is told.",
                "{n} could not be verified here: the office is told.",
                self.unverified,
            )
        return _("Nothing is open.") if self.may_conclude else _("The rest can be cleared tile by tile.")

    @property
    def compare_words(self) -> str:
        """What the way to the five-way table says."""
        if self.conflicts:
            return n_("Compare: {n} conflict", "Compare: {n} conflicts", self.conflicts)
        return (
            n_("Compare: {n} cannot be told", "Compare: {n} cannot be told", self.unsure)
            if self.unsure
            else _("Compare")
        )

    @property
    def outcome_words(self) -> str:
        """What the way to the outcome says."""
        left = self.total - self.answered + self.disputed + self.photos
        return _("Outcome") if self.may_conclude else n_("Outcome: {n} open", "Outcome: {n} open", left)

    @property
    def progress(self) -> str:
        """How much is answered."""
        return _("{done} of {all} answered").format(done=self.answered, all=self.total)


def walk_state(held: Held, *, usual: bool = False) -> WalkState:
    """Return the walk of an inspection, what the officer's own agency owns first; `usual`: in walking order."""
    now = held.assessment
    # What is unsure even with all in order must be answered; what is unsure only alone waits for another section (how
    # many vests there must be depends on who is aboard).
    alone = held.confirming()
    stages = alone, alone.confirming()
    checklist = held.kit.definitions.checklists[held.checklist]
    late, asked = come_later(held, stages[-1].stands), control_photos.pending(held)
    tiles = [one for one in (_tile(held, section, stages, late, asked) for section in checklist.sections) if one.items]
    agencies = [one.agency for one in tiles]
    ordered = own_first(held, agencies, usual=usual)
    mixed = own_first(held, agencies, usual=False) != own_first(held, agencies, usual=True)
    situation = now.situation
    plates = [situation.vehicle.plate, situation.trailer.plate if situation.trailer else None]
    return WalkState(
        vehicle=" / ".join(plate for plate in plates if plate),
        tiles=tuple(tiles[number] for number, _heading in ordered),
        points=points(held, stages[-1].stands),
        answered=sum(1 for one in now.items if one.state != "open"),
        total=len(now.items),
        disputed=len(now.conflicts),
        conflicts=sum(1 for one in now.results if one.verdict == "conflict"),
        unsure=sum(1 for one in now.results if one.verdict in ("cannot_tell", "stale")),
        photos=len(asked),
        unverified=len(now.unverified),
        papers=papers_words(held),
        load=load_options(held),
        order=order_words(mixed=mixed, usual=usual),
    )


def _tile(
    held: Held, section: Section, stages: tuple[Held, Held], late: Iterable[ItemState], asked: Iterable[Asked]
) -> TileState:
    """Return a section's tile; `late` are the items that came to be asked after it was done, `asked` the photos."""
    now = held.assessment
    mine = [one for one in now.items if one.section == section.id]
    items = {one.item.id for one in mine}
    owner = owner_of([one.item for one in mine] or section.items)
    is_open = sum(1 for one in mine if one.state == "open")
    alone, in_order = (_unsure_in(stage.stands, section.id) for stage in stages)
    # A section that waits for another says what it will state then: nothing moves once the other is done.
    waits = alone > in_order
    stated = (*held.confirms[section.id], *(stages[0].confirms[section.id] if waits else ()))
    return TileState(
        section=section.id,
        title=words.pick(section.title),
        agency=owner,
        agency_name=short_agency(held, owner),
        items=len(mine),
        open=is_open,
        deviations=sum(1 for one in now.findings if one.item in items),
        must_answer=in_order + sum(1 for one in late if one.section == section.id),
        confirms=confirm_words(stages[0] if waits else held, stated) if is_open else (),
        unsure=sum(1 for one in mine if one.state not in ("open", NOT_VERIFIED) and is_unsure(one)),
        unverified=sum(1 for one in mine if one.state == NOT_VERIFIED),
        after=_title(held, "LIC") if waits else "",
        by_rule=sum(1 for one in mine if one.because == "rule" and one.state == "conforms"),
        photo=next((item_words(held, one.item) for one in asked if one.section == section.id), ""),
        own=_own_words(held, mine) if owner != held.officer.agency else "",
        focus=_focus_words(held, mine),
    )


def _own_words(held: Held, mine: Iterable[ItemState]) -> str:
    """Return how many items of the officer's agency a section of another one holds."""
    agency = held.officer.agency
    number = sum(1 for one in mine if one.item.agency[0] == agency)
    return _("{n} of {agency}").format(n=number, agency=short_agency(held, agency)) if number else ""


def _focus_words(held: Held, mine: Iterable[ItemState]) -> str:
    """Return how many items of a section the campaigns of this check look at before all."""
    number = len(campaigning.focus(campaigning.in_force(held), (one.item for one in mine)))
    return n_("{n} in a campaign's focus", "{n} in a campaign's focus", number) if number else ""


def _unsure_in(stands: ListState, section: str) -> int:
    return sum(1 for one in stands.items if one.section == section and one.must_answer)


def _title(held: Held, section: str) -> str:
    checklist = held.kit.definitions.checklists[held.checklist]
    return next((words.pick(one.title) for one in checklist.sections if one.id == section), "")
