"""T4, opened: answers to single items, what is seen here, and clearing the rest."""

from __future__ import annotations

from typing import Any

from checklists.inspection.entries import NOT_VERIFIED
from mobile.desk import Desk
from mobile.inspecting import acts, control_photos
from mobile.library.goods import entry, hits, row
from mobile.library.shapes import Row
from mobile.screens.section.signs.state import hazards_for, number_of, signs_state
from mobile.screens.section.state import section_state
from mobile.screens.shared import questions


def enter(desk: Desk, screen: Any, section: str = "", item: str = "", **_where: Any) -> None:
    """Show a section, at an item where one is named; without a section the walk."""
    if not section:
        desk.go("walk")
        return
    _Section(desk, screen, section)
    if item:
        screen.bring(item)


class _Section:
    """An open section, and since when."""

    def __init__(self, desk: Desk, screen: Any, section: str) -> None:
        self.desk, self.screen, self.section = desk, screen, section
        self.since, self.compartments = desk.now(), 0
        screen.bind(
            on_answer=self.answer,
            on_unverified=self.unverified,
            on_clear=self.clear,
            on_walk=lambda _screen: desk.go("walk"),
            on_lesson=lambda _screen: desk.go("lesson", back="walk"),
            on_aboard=lambda _screen, people: desk.put(acts.see_aboard(people)),
            on_panel=self.panel,
            on_blank=lambda _screen, side: desk.put(acts.see_blank(side)),
            on_compartment=self.compartment,
            on_found=self.found,
            on_level=lambda _screen, number, percent: desk.attempt(lambda: desk.put(acts.see_level(number, percent))),
            on_unseen=lambda _screen, path: desk.put(acts.unread(desk.held, path)),
            on_packages=lambda _screen, number: desk.put(acts.see_packages(number)),
            on_un=self.un,
            on_placards=self.placards,
            on_count=lambda _screen, key, amount: desk.put(acts.see_equipment(key, amount)),
            on_weigh=lambda _screen, gross_kg: desk.attempt(lambda: desk.put(acts.weigh(gross_kg))),
            on_no_photo=self.no_photo,
            on_say=lambda _screen, path, key: desk.put(questions.answer(desk.held, path, key)),
            on_goods=self.goods,
            on_order=lambda _screen: self.reorder(),
        )
        screen.find = self.find
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show the section as it stands."""
        usual = self.desk.usual_order
        self.screen.show(section_state(self.desk.held, self.section, self.compartments, usual=usual))

    def reorder(self) -> None:
        """Change over between the own agency's first and the usual order; nothing is ever left out."""
        self.desk.usual_order = not self.desk.usual_order
        self.show()

    def answer(self, _screen: Any, item: str, answer: str) -> None:
        """Put the answer down; a deviation, or a comparison that says otherwise, opens the sheet of the item."""
        state = next(one for one in self.desk.held.assessment.items if one.item.id == item)
        by_rule = state.because == "rule" and state.state == "does_not_conform"
        if answer == "does_not_conform" or by_rule:
            self.desk.go("deviation", item=item, section=self.section)
        else:
            self.desk.put(acts.answer(item, answer, dwell_ms=self._dwell_ms()))

    def unverified(self, screen: Any, item: str, why: str) -> None:
        """Put down that an item could not be verified, and why; without one that all that must be answered could not.

        The rest of the section is then cleared, unless a control photo is asked first.
        """
        items = (item,) if item else section_state(self.desk.held, self.section).doubtful
        spent = self._dwell_ms()
        dwell_ms = None if spent is None else spent // max(1, len(items))
        drafts = (acts.answer(one, NOT_VERIFIED, why=why, dwell_ms=dwell_ms) for one in items)
        self.desk.put(draft for some in drafts for draft in some)
        if not item and not control_photos.pending(self.desk.held, self.section):
            self.clear(screen)

    def clear(self, screen: Any) -> None:
        """Clear what is open, after the control photo that is asked; when nothing is left, go on with the walk.

        What no clearing can answer is brought before the officer instead.
        """
        if control_photos.pending(self.desk.held, self.section):
            self.desk.attempt(self.photo)
            return
        if self._is_open():
            dwell_ms = self._dwell_ms()
            self.desk.put(acts.clear_section(self.desk.held, self.section, dwell_ms))
        left = [one.item.id for one in self.desk.held.assessment.open if one.section == self.section]
        if left:
            screen.bring(left[0])
        else:
            self.desk.go("walk")

    def photo(self) -> None:
        """Put down the control photo that is asked here. Raises Refusal `no_new_picture`."""
        desk = self.desk
        desk.photograph(lambda: desk.put(desk.shutter().control(self.section)))

    def panel(self, _screen: Any, side: str, hazard: str, un: str) -> None:
        """Put down what hangs on a side."""
        self.desk.put(acts.see_panel(side, hazard or None, un or None, present=bool(un)))

    def compartment(self, _screen: Any) -> None:
        """Look at the plates beside one compartment more than is shown."""
        shown = signs_state(self.desk.held, self.compartments).panels
        self.compartments = max((int(one) for one in map(number_of, shown) if one.isdecimal()), default=0) + 1
        self.show()

    def found(self, _screen: Any, path: str, key: str) -> None:
        """Put down how a closing device was found; the same again takes it back."""
        again = self.desk.held.fact(path) == key
        self.desk.put(acts.unread(self.desk.held, path) if again else (acts.fact(path, key),))

    def un(self, screen: Any, side: str, un: str) -> None:
        """Ask for the hazard number; the table's own are offered first."""
        screen.ask_hazard(side, un, hazards_for(self.desk.held.context, un))

    def placards(self, _screen: Any, sides: list[str], labels: list[str]) -> None:
        """Put down the diamonds of these sides."""
        self.desk.put(draft for side in sides for draft in acts.see_placards(side, labels))

    def find(self, text: str) -> tuple[Row, ...]:
        """Return the entries of the goods list that fit."""
        return tuple(row(one) for one in hits(self.desk.held.kit.tables, text, ()))

    def goods(self, _screen: Any, path: str, key: str) -> None:
        """Put down which goods a question was answered with."""
        found = entry(self.desk.held.kit.tables, key)
        if found is not None:
            self.desk.put(questions.answer(self.desk.held, path, found.un))

    def no_photo(self, _screen: Any, reason: str) -> None:
        """Put down why there is no control photo."""
        for one in control_photos.pending(self.desk.held, self.section)[:1]:
            self.desk.put(control_photos.impossible(one.item, self.section, reason))

    def _dwell_ms(self) -> int | None:
        """Return how long the section was looked at since it was opened, or since the act before in it."""
        since, self.since = self.since, self.desk.now()
        return acts.spent_ms(since, self.since)

    def _is_open(self) -> bool:
        return any(one.section == self.section for one in self.desk.held.assessment.open)
