"""T16: what is wrong in a sealed record is corrected with its reason; what is put down is on disk until then."""

from __future__ import annotations

from typing import Any

from mobile.desk import Desk
from mobile.screens.clearance.cosign.flow import Cosigning
from mobile.screens.correction.said import correction, said
from mobile.screens.correction.state import CorrectionState, correction_state
from mobile.sealing import amendment, seal, supplements
from mobile.sealing.supplement import CORRECTION
from mobile.words import _


def enter(desk: Desk, screen: Any, inspection: str = "", back: str = "papers", **where: Any) -> None:
    """Correct a sealed record; where another tablet sealed it, go back."""
    if not amendment.may_amend(desk.open_store, inspection):
        desk.go(back)
    else:
        _Correcting(desk, screen, inspection, back, confirming=bool(where.get("confirming")))


class _Correcting:
    """What is looked at, and the new value and reason that are not put down yet."""

    def __init__(self, desk: Desk, screen: Any, inspection: str, back: str, *, confirming: bool) -> None:
        self.desk, self.screen, self.back, self.confirming = desk, screen, back, confirming
        self.made = supplements.begin(desk.open_store, desk.look(inspection), desk.device_facts, CORRECTION)
        self.cosigning = Cosigning(desk)
        self.section = self.search = self.chosen = self.new = self.reason = self.trouble = ""
        screen.bind(
            on_section=lambda _screen, section: self.turn_to(section),
            on_search=lambda _screen, text: self.look_for(text),
            on_line=lambda _screen, key: self.choose(key),
            on_new=lambda _screen, new: self.take(new=new),
            on_reason=lambda _screen, reason: self.take(reason=reason),
            on_put=lambda _screen: desk.attempt(self.put),
            on_confirm=lambda _screen, confirming: self.confirm(confirming=confirming),
            on_person=lambda _screen, role, officer: self.person(role, officer),
            on_pin=lambda _screen, pin: desk.attempt(lambda: self.pin(pin)),
            on_code=lambda _screen: self.cosigning.to_code(self.made, ()),
        )
        desk.refresh = self.show
        if self.confirming:
            desk.attempt(self.seal)
        self.show()

    def state(self) -> CorrectionState:
        """Return what stands."""
        return correction_state(
            self.made,
            self.cosigning.state(self.made, ()),
            section=self.section,
            search=self.search,
            chosen=self.chosen,
            new=self.new,
            reason=self.reason,
            trouble=self.trouble,
            confirming=self.confirming,
        )

    def show(self) -> None:
        """Show what stands, unless the officer was led on."""
        if self.desk.screen == "correction":
            self.screen.show(self.state())

    def turn_to(self, section: str) -> None:
        """Look at another section."""
        self.section, self.search = section, ""
        self.show()

    def look_for(self, text: str) -> None:
        """Look for something in all sections."""
        self.search = text
        self.show()

    def choose(self, key: str) -> None:
        """Correct another thing; what was begun for the last one is forgotten."""
        one = next((each for each in said(self.made.now) if each.key == key), None)
        self.chosen = key if one and one.ours else ""
        self.new = self.reason = self.trouble = ""
        self.show()

    def take(self, *, new: str | None = None, reason: str | None = None) -> None:
        """Take the new value, or why the old one was wrong."""
        self.new = self.new if new is None else new
        self.reason = self.reason if reason is None else reason
        self.trouble = ""
        self.show()

    def put(self) -> None:
        """Put the correction down, durable before the next touch. Raises Refusal."""
        one = next((each for each in said(self.made.now) if each.key == self.chosen), None)
        if one is None:
            return
        try:
            drafts = correction(self.made.now, one, self.new, self.reason)
        except ValueError:
            self.trouble = _("This cannot be the new value here, or it is the old one.")
        else:
            self.made = supplements.put(self.desk.open_store, self.made, drafts, self.desk.now())
            self.chosen = self.new = self.reason = ""
        self.show()

    def confirm(self, *, confirming: bool) -> None:
        """Ask for the PINs, or go back to the record; a restart goes on there."""
        inspection = self.made.held.inspection
        self.desk.go("correction", inspection=inspection, back=self.back, confirming=confirming)

    def person(self, role: str, officer: str) -> None:
        """Ask another second officer."""
        self.cosigning.choose(role, officer)
        self.show()

    def pin(self, pin: str) -> None:
        """Take a PIN; with the last one it is sealed. Raises Refusal."""
        self.made = self.cosigning.confirmed(self.made, (), pin)
        self.seal()
        self.show()

    def seal(self) -> None:
        """Seal where nothing is missing, and show the page that goes with it. Raises Refusal."""
        desk, inspection = self.desk, self.made.held.inspection
        if self.made.missing(()):
            return
        supplements.finish(desk.open_store, self.made, desk.access.enrolled, desk.now())
        desk.start_sync()
        desk.recount()
        _record, papers = seal.papers(desk.open_store, inspection)
        desk.show_papers(inspection, papers[-1].number)
