"""T15: each finding is looked at again, then the vehicle goes on by two officers' PINs, and a leader's where asked.

What is put down is on disk at each touch, signatures too; with the last one the amendment and its page are sealed.
"""

from __future__ import annotations

from typing import Any

from checklists.findings.fault import fault
from mobile.desk import Desk
from mobile.inspecting import conclusion, fresh
from mobile.inspecting.inspection import Draft
from mobile.screens.clearance.cosign.flow import Cosigning
from mobile.screens.clearance.state import ClearanceState, clearance_state
from mobile.sealing import amendment, seal, supplements
from mobile.sealing.supplement import CLEARANCE


def enter(desk: Desk, screen: Any, inspection: str = "", back: str = "papers", **where: Any) -> None:
    """Lift the hold of a sealed record; where another tablet sealed it, go back."""
    if not amendment.may_amend(desk.open_store, inspection):
        desk.go(back)
    else:
        _Clearing(desk, screen, inspection, back, confirming=bool(where.get("confirming")))


class _Clearing:
    """What is put down so far, and which finding is looked at."""

    def __init__(self, desk: Desk, screen: Any, inspection: str, back: str, *, confirming: bool) -> None:
        self.desk, self.screen, self.back, self.confirming = desk, screen, back, confirming
        self.made = supplements.begin(desk.open_store, desk.look(inspection), desk.device_facts, CLEARANCE)
        self.cosigning = Cosigning(desk)
        self.chosen = self.way = ""
        self.heard = self.made.heard(desk.now())
        desk.shutter(self.made.held).opened()
        screen.bind(
            on_finding=lambda _screen, name: self.choose(name),
            on_mended=lambda _screen, text: desk.attempt(lambda: self.mended(text)),
            on_not_mended=lambda _screen, text: self.not_mended(text),
            on_way=lambda _screen, way: self.take(way),
            on_reason=lambda _screen, reason: self.decide(reason),
            on_confirm=lambda _screen, confirming: self.confirm(confirming=confirming),
            on_person=lambda _screen, role, officer: self.person(role, officer),
            on_pin=lambda _screen, pin: desk.attempt(lambda: self.pin(pin)),
            on_code=lambda _screen: self.cosigning.to_code(self.made, self.asked),
        )
        desk.refresh = self.show
        if self.confirming:
            desk.attempt(self.seal)
        self.show()

    @property
    def asked(self) -> tuple[str, ...]:
        """What a leader approves."""
        return self.made.approvals(self.heard)

    def state(self) -> ClearanceState:
        """Return what stands."""
        asked = self.asked
        shown = {"chosen": self.chosen, "way": self.way}
        cosign = self.cosigning.state(self.made, asked)
        return clearance_state(self.made, self.heard, asked, cosign, **shown, confirming=self.confirming)

    def show(self) -> None:
        """Show what stands, unless the officer was led on."""
        if self.desk.screen == "clearance":
            self.screen.show(self.state())

    def choose(self, name: str) -> None:
        """Look at another finding."""
        self.chosen = name
        self.show()

    def mended(self, text: str) -> None:
        """Keep the picture of how it is now, and say that the finding looked at was put right. Raises Refusal."""
        name = self.state().chosen
        self.desk.photograph(lambda: self.look_again(name, text))

    def look_again(self, name: str, text: str) -> None:
        """Keep the picture of how it is now, hashed before anything else, and say that it was put right.

        Raises Refusal.
        """
        desk = self.desk
        # Only a picture that was taken after the seal shows how it is now.
        held = self.made.now_since(str(self.made.part["sealed_at"]))
        photo = desk.shutter(held).fresh()
        self._put(conclusion.mended(name, photo, text, self.made.looked(name), self.about(name)))
        # Through the camera the screen was left, and what stands on it now is of before.
        self.confirm(confirming=False)

    def not_mended(self, text: str) -> None:
        """Say that a finding is as it was."""
        name = self.state().chosen
        self.put(conclusion.not_mended(name, text, self.made.looked(name), self.about(name)))

    def about(self, name: str) -> str:
        """Return the words of a fault as it was found."""
        return next((one.note for one in self.made.assessment.findings if fault(one) == name), "")

    def take(self, way: str) -> None:
        """Take another outcome; with the reason that stands it is put down."""
        self.way = way
        if reason := str(self.made.decided.get("reason") or ""):
            self.decide(reason)
        self.show()

    def decide(self, reason: str) -> None:
        """Put down by what the vehicle goes on, and why."""
        if reason.strip():
            way = self.way if self.way in self.made.ways else self.made.ways[0]
            self.put(conclusion.let_go(way, reason, self.made.last_day))

    def put(self, drafts: tuple[Draft, ...]) -> None:
        """Put something down, durable before the next touch; the next finding to look at comes to the front."""
        self.desk.attempt(lambda: self._put(drafts))
        self.chosen = ""
        self.show()

    def confirm(self, *, confirming: bool) -> None:
        """Ask for the PINs, or go back to the findings; a restart goes on there."""
        desk = self.desk
        desk.go("clearance", inspection=self.made.held.inspection, back=self.back, confirming=confirming)

    def person(self, role: str, officer: str) -> None:
        """Ask another second officer, or another leader."""
        self.cosigning.choose(role, officer)
        self.show()

    def pin(self, pin: str) -> None:
        """Take a PIN; with the last one it is sealed. Raises Refusal."""
        self.made = self.cosigning.confirmed(self.made, self.asked, pin)
        self.seal()
        self.show()

    def seal(self) -> None:
        """Seal where nothing is missing, and show the page that goes with it. Raises Refusal."""
        desk = self.desk
        self.heard = self.made.heard(desk.now())
        if not self.made.holds or self.made.missing(self.asked):
            return
        supplements.finish(desk.open_store, self.made, desk.access.enrolled, desk.now())
        desk.start_sync()
        desk.recount()
        if self.back == "papers":
            _record, papers = seal.papers(desk.open_store, self.made.held.inspection)
            desk.show_papers(self.made.held.inspection, papers[-1].number)
            return
        # Another check of the vehicle is in hand, and hears of it as of any news.
        if told := fresh.news(desk.held, desk.site, ("history",), signing=False):
            desk.attempt(lambda: desk.put(told, leaving=True))
        desk.go(self.back)

    def _put(self, drafts: tuple[Draft, ...]) -> None:
        self.made = supplements.put(self.desk.open_store, self.made, drafts, self.desk.now())
