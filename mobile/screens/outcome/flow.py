"""T7: what is touched here is decided when it goes to signing, as two entries: the proposal and the decision.

What was put right and looked at again, and a fine on the spot, are put down at once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from checklists.findings.fault import fault
from checklists.findings.finding import Finding
from mobile.desk import Desk
from mobile.inspecting import acts, conclusion
from mobile.refusals import Refusal
from mobile.screens.outcome.rows.state import range_words, spot_of
from mobile.screens.outcome.second import choose_second, likely_second, pair
from mobile.screens.outcome.state import Pick, chosen, is_decided, outcome_state


def enter(desk: Desk, screen: Any, **_where: Any) -> None:
    """Show the outcome of the inspection in hand."""
    _Outcome(desk, screen)


class _Outcome:
    """What the officer has touched and not yet taken to signing."""

    def __init__(self, desk: Desk, screen: Any) -> None:
        self.desk, self.screen = desk, screen
        # Another proposal is decided anew; words that were typed for this one stand again.
        self.key = (desk.held.inspection, f"outcome:{desk.held.assessment.proposal.outcome}")
        self.touched: Pick = desk.touched.get(self.key, Pick())
        screen.bind(
            on_choose=lambda _screen, outcome: self.touch(outcome=outcome),
            on_reason=lambda _screen, reason: self.touch(reason=reason),
            on_deadline=lambda _screen, day: self.touch(correct_by=day),
            on_photo=lambda _screen, item: self.open(item),
            on_obstacle=lambda _screen, section, item: self.lead(section, item),
            on_law=lambda _screen, item: self.open(item),
            on_fact=lambda _screen, section, item: desk.go("section", section=section, item=item),
            on_fix=lambda _screen, name: desk.attempt(lambda: self.look_again(name)),
            on_decide=lambda _screen, name: self.decide(name),
            on_fine=lambda _screen, name, amount: desk.attempt(lambda: self.fine(name, amount)),
            on_second=lambda _screen, officer: self.choose_second(officer),
            on_sign=lambda _screen: self.sign(),
            on_lesson=lambda _screen: desk.go("lesson", back="outcome"),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show what stands."""
        others = [one for one in self.desk.access.colleagues() if one.id != self.desk.held.officer.id]
        both = pair(self.desk, likely_second(self.desk)) if len(others) > 1 else ()
        second = both[1].id if len(both) > 1 else ""
        self.screen.show(outcome_state(self.desk.held, self.touched, others=others, second=second))

    def choose_second(self, officer: str) -> None:
        """Take who confirms beside us; both show their cards when it is explained."""
        choose_second(self.desk, officer)
        self.show()

    def touch(self, **changes: str) -> None:
        """Take a choice; another outcome needs its own reason."""
        if "outcome" in changes:
            self.touched = replace(self.touched, reason="")
        self.touched = self.desk.touched[self.key] = replace(self.touched, **changes)
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

    def look_again(self, name: str) -> None:
        """Keep a fresh picture as how the fault is now. Raises Refusal `no_new_picture`."""
        desk = self.desk
        desk.photograph(lambda: desk.put(conclusion.look_again(self.found(name), desk.shutter().fresh())))

    def decide(self, name: str) -> None:
        """Ask for the amount of a fine; one that stands is taken back."""
        one = self.found(name)
        if name in conclusion.penalties(self.desk.held):
            self.desk.put(conclusion.penalise(one, 0))
        else:
            self.screen.ask_amount(name, range_words(spot_of(self.desk.held, one)))

    def fine(self, name: str, amount_cny: int) -> None:
        """Put the fine down. Raises Refusal `amount_outside` unless it lies in a range that may be decided here."""
        one = self.found(name)
        spot = spot_of(self.desk.held, one)
        if spot.range_of(amount_cny) is None:
            raise Refusal("amount_outside", range=range_words(spot))
        self.desk.put(conclusion.penalise(one, amount_cny))

    def found(self, name: str) -> Finding:
        """Return the finding of a fault."""
        return next(one for one in self.desk.held.assessment.findings if fault(one) == name)

    def sign(self) -> None:
        """Decide, unless exactly this is decided already; a leader first where one approves, else to signing."""
        pick = chosen(self.desk.held, self.touched)
        if not is_decided(self.desk.held, pick):
            self.desk.put(acts.decide(self.desk.held, pick.outcome, pick.reason, pick.correct_by))
        self.desk.go("approve" if conclusion.approval_of(self.desk.held).lacking else "sign")
