"""T7: what is touched here is decided when it goes to signing, as two entries: the proposal and the decision."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mobile import acts
from mobile.desk import Desk
from mobile.states.outcome import Pick, chosen, is_decided, outcome_state


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

    def sign(self) -> None:
        """Decide, unless exactly this is decided already, and go to signing."""
        pick = chosen(self.desk.held, self.touched)
        if not is_decided(self.desk.held, pick):
            self.desk.put(acts.decide(self.desk.held, pick.outcome, pick.reason, pick.correct_by))
        self.desk.go("sign")
