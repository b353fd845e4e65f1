"""T7: what is touched here is decided when it goes to signing, as two entries: the proposal and the decision.

What was put right and looked at again, and a fine on the spot, are put down at once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from checklists.wire import digest
from mobile.desk import Desk
from mobile.device import camera
from mobile.inspecting import acts, conclusion
from mobile.inspecting.camera_photo import Shutter
from mobile.refusals import Refusal
from mobile.screens.outcome.rows.state import range_words, spot_of
from mobile.screens.outcome.state import Pick, chosen, is_decided, outcome_state


def enter(desk: Desk, screen: Any, **_where: Any) -> None:
    """Show the outcome of the inspection in hand."""
    _Outcome(desk, screen)


class _Outcome:
    """What the officer has touched and not yet taken to signing."""

    def __init__(self, desk: Desk, screen: Any) -> None:
        self.desk, self.screen = desk, screen
        self.touched = Pick()
        screen.bind(
            on_choose=lambda _screen, outcome: self.touch(outcome=outcome),
            on_reason=lambda _screen, reason: self.touch(reason=reason),
            on_deadline=lambda _screen, day: self.touch(correct_by=day),
            on_photo=lambda _screen, item: self.open(item),
            on_obstacle=lambda _screen, section, item: self.lead(section, item),
            on_law=lambda _screen, item: self.open(item),
            on_fact=lambda _screen, section, item: desk.go("section", section=section, item=item),
            on_fix=lambda _screen, item: desk.attempt(lambda: self.look_again(item)),
            on_decide=lambda _screen, item: self.decide(item),
            on_fine=lambda _screen, item, amount: desk.attempt(lambda: self.fine(item, amount)),
            on_sign=lambda _screen: self.sign(),
            on_lesson=lambda _screen: desk.go("lesson", back="outcome"),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show what stands."""
        self.screen.show(outcome_state(self.desk.held, self.touched))

    def touch(self, **changes: str) -> None:
        """Take a choice; another outcome needs its own reason."""
        if "outcome" in changes:
            self.touched = replace(self.touched, reason="")
        self.touched = replace(self.touched, **changes)
        self.show()

    def open(self, item: str) -> None:
        """Go to the item to take its photo, and come back here."""
        self.desk.go("deviation", item=item, back="outcome")

    def lead(self, section: str, item: str) -> None:
        """Go where something open is dealt with."""
        if item:
            self.open(item)
        else:
            self.desk.go("walk", section=section)

    def look_again(self, item: str) -> None:
        """Keep the newest picture as how it is now. Raises Refusal `picture_not_new` where it was kept before."""
        desk = self.desk
        shutter = Shutter(desk.open_store, desk.camera, desk.held, desk.now())
        pictures = shutter.arrived()
        if not pictures:
            raise Refusal("picture_not_new")
        content = camera.picked(pictures[-1])
        if digest(content) in {one.value.get("sha256") for one in desk.held.all_of("photo")}:
            raise Refusal("picture_not_new")
        desk.put(conclusion.look_again(desk.held, item, shutter.keep(pictures[-1])))

    def decide(self, item: str) -> None:
        """Ask for the amount of a fine; one that stands is taken back."""
        one = next(found for found in self.desk.held.assessment.findings if found.item == item)
        if item in conclusion.penalties(self.desk.held):
            self.desk.put(conclusion.penalise(one, 0))
        else:
            self.screen.ask_amount(item, range_words(spot_of(self.desk.held, one)))

    def fine(self, item: str, amount_cny: int) -> None:
        """Put the fine down. Raises Refusal `amount_outside` unless it lies in a range that may be decided here."""
        one = next(found for found in self.desk.held.assessment.findings if found.item == item)
        spot = spot_of(self.desk.held, one)
        if spot.range_of(amount_cny) is None:
            raise Refusal("amount_outside", range=range_words(spot))
        self.desk.put(conclusion.penalise(one, amount_cny))

    def sign(self) -> None:
        """Decide, unless exactly this is decided already; a leader first where one approves, else to signing."""
        pick = chosen(self.desk.held, self.touched)
        if not is_decided(self.desk.held, pick):
            self.desk.put(acts.decide(self.desk.held, pick.outcome, pick.reason, pick.correct_by))
        self.desk.go("approve" if conclusion.approval_of(self.desk.held).lacking else "sign")
