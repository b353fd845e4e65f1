"""T4: the sections in walking order, what "no deviation" would confirm in each, and what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from checklists.definitions.definition import Section
from checklists.findings.assessment import Assessment
from checklists.inspection.confirmation import to_confirm
from mobile.inspecting import acts, control_photos
from mobile.inspecting.inspection import Held, write
from mobile.screens.walk.confirmation.state import confirm_words
from mobile.screens.walk.points.state import OpenPoint, come_later, is_unsure, item_words, points, short_agency
from mobile.words import _, n_, words


@dataclass(frozen=True)
class TileState:
    """One section. `must_answer` counts what "no deviation" cannot answer; `state` decides the tile's look.

    That is what a comparison could not tell, and what came to be asked after the section was done: nobody has looked
    at it, and the touch on the tile was given for less.

    `unsure` counts the items that an officer answered though a comparison could not tell. `after` is the title of the
    section to finish first, where what has to be here depends on it. `by_rule` counts the items that comparisons
    settled, `photo` is the item of which a control photo is asked first.
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

    @property
    def state(self) -> str:
        """must_answer, deviations, clear or open: the worst first; nothing open and nothing found is clear."""
        if self.must_answer:
            return "must_answer"
        if self.deviations:
            return "deviations"
        return "open" if self.open else "clear"

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
    """All of T4. `points` names what must be answered or is disputed; the rest of `open` is on the tiles."""

    vehicle: str
    tiles: tuple[TileState, ...]
    points: tuple[OpenPoint, ...]
    answered: int
    total: int
    disputed: int
    conflicts: int
    unsure: int
    photos: int = 0

    @property
    def may_conclude(self) -> bool:
        """Whether nothing is open, no two officers differ and no control photo is asked."""
        return self.answered == self.total and not self.disputed and not self.photos

    @property
    def rest(self) -> str:
        """What the points are, or that none is left."""
        if self.points:
            return _("Must be answered one by one:")
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


def walk_state(held: Held) -> WalkState:
    """Return the walk of an inspection."""
    now = held.assessment
    stages = _confirmed(held)
    checklist = held.kit.definitions.checklists[held.checklist]
    tiles = tuple(_tile(held, section, stages) for section in checklist.sections)
    situation = now.situation
    plates = [situation.vehicle.plate, situation.trailer.plate if situation.trailer else None]
    return WalkState(
        vehicle=" / ".join(plate for plate in plates if plate),
        tiles=tuple(tile for tile in tiles if tile.items),
        points=points(held, stages[-1].assessment),
        answered=sum(1 for one in now.items if one.state != "open"),
        total=len(now.items),
        disputed=len(now.conflicts),
        conflicts=sum(1 for one in now.results if one.verdict == "conflict"),
        unsure=sum(1 for one in now.results if one.verdict in ("cannot_tell", "stale")),
        photos=len(control_photos.pending(held)),
    )


def _confirmed(held: Held) -> tuple[Held, Held, Held]:
    """Return the inspection as it is, if each section were confirmed alone, and if all were in order.

    What is unsure even then must be answered; what is unsure only alone waits for another section (how many vests there
    must be depends on who is aboard).
    """
    alone = _confirming(held)
    return held, alone, _confirming(alone)


def _confirming(held: Held) -> Held:
    checklist = held.kit.definitions.checklists[held.checklist]
    facts = [fact for section in checklist.sections for fact in to_confirm(held.context, section.id)]
    drafts = (acts.fact(path, data) for path, data in facts)
    ids = (f"draft-{number}" for number in count(len(held.entries)))
    return held.adding(write(held, drafts, held.opened_at, ids)) if facts else held


def _tile(held: Held, section: Section, stages: tuple[Held, Held, Held]) -> TileState:
    now = held.assessment
    mine = [one for one in now.items if one.section == section.id]
    items = {one.item.id for one in mine}
    owner = section.items[0].agency[0]
    is_open = sum(1 for one in mine if one.state == "open")
    alone, in_order = (_unsure_in(stage.assessment, section.id) for stage in stages[1:])
    return TileState(
        section=section.id,
        title=words.pick(section.title),
        agency=owner,
        agency_name=short_agency(held, owner),
        items=len(mine),
        open=is_open,
        deviations=sum(1 for one in now.findings if one.item in items),
        must_answer=in_order + sum(1 for one in come_later(held, stages[-1].assessment) if one.section == section.id),
        confirms=confirm_words(held, to_confirm(held.context, section.id)) if is_open else (),
        unsure=sum(1 for one in mine if one.state != "open" and is_unsure(one)),
        after=_title(held, "LIC") if alone > in_order else "",
        by_rule=sum(1 for one in mine if one.because == "rule" and one.state == "conforms"),
        photo=item_words(held, asked[0].item) if (asked := control_photos.pending(held, section.id)) else "",
    )


def _unsure_in(assessment: Assessment, section: str) -> int:
    return sum(1 for one in assessment.items if one.section == section and one.must_answer)


def _title(held: Held, section: str) -> str:
    checklist = held.kit.definitions.checklists[held.checklist]
    return next((words.pick(one.title) for one in checklist.sections if one.id == section), "")
