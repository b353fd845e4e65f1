"""T7, a heavy measure: a leader approves by his PIN, or it is urgent and reported afterwards; then it is explained."""

from __future__ import annotations

from typing import Any

from checklists.findings.approval import report_due
from mobile.desk import Desk
from mobile.inspecting import conclusion
from mobile.inspecting.inspection import Officer
from mobile.inspecting.officers import leaders
from mobile.lock.pins import NewPin
from mobile.refusals import Refusal
from mobile.screens.approve.state import approve_state
from mobile.screens.shared.trouble import trouble_words


def enter(desk: Desk, screen: Any, *, urgent: bool = False, **_where: Any) -> None:
    """Ask for the approval that the decision needs; where it needs none any more, go on."""
    if conclusion.approval_of(desk.held).lacking:
        _Approving(desk, screen, urgent=urgent)
    else:
        desk.go("sign")


class _Approving:
    """Which leader is asked, and what went wrong with his PIN; or why it cannot wait."""

    def __init__(self, desk: Desk, screen: Any, *, urgent: bool) -> None:
        self.desk, self.screen = desk, screen
        self.key = (desk.held.inspection, "approve")
        self.urgent, self.trouble = urgent, ""
        self.reason = str(desk.touched.get(self.key, ""))
        self.leaders = leaders(desk.access.enrolled.officers)
        # Who has just given his code comes back here to set his PIN.
        self.chosen = next((one.id for one in self.leaders if desk.access.proved(one.id)), "")
        self.new_pin = NewPin(desk.access)
        screen.bind(
            on_leader=lambda _screen, officer: self.choose(officer),
            on_pin=lambda _screen, pin: self.pin(pin),
            on_code=lambda _screen: self.to_code(),
            on_way=lambda _screen, urgent: self.set_urgent(urgent=urgent),
            on_reason=lambda _screen, reason: self.set_reason(reason),
            on_go_on=lambda _screen: self.go_on(),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show what stands."""
        one = self._asked()
        self.screen.show(
            approve_state(
                self.desk.held,
                self.leaders,
                self.desk.now(),
                chosen=self.chosen,
                new=one is not None and self.new_pin.is_new(one.id),
                unproven=one is not None and self.new_pin.asks_code(one.id),
                again=bool(self.new_pin.first),
                urgent=self.urgent,
                reason=self.reason,
                trouble=self.trouble,
            )
        )

    def choose(self, officer: str) -> None:
        """Ask another leader."""
        self.chosen, self.trouble = officer, ""
        self.new_pin.forget()
        self.show()

    def to_code(self) -> None:
        """Ask for the code that the office made for the leader."""
        if one := self._asked():
            self.desk.go("code", officer=one.id)

    def pin(self, pin: str) -> None:
        """Take the leader's approval; his signature says whether he set his PIN here and now."""
        one = self._asked()
        if one is None:
            return
        try:
            how = self.new_pin.given(one.id, pin, own=one.id == self.desk.held.officer.id)
        except Refusal as refusal:
            self._say(trouble_words(refusal))
            return
        if how is None:
            self._say("")
            return
        self.desk.put(conclusion.approve(self.desk.held, one, **how), one, leaving=True)
        self.desk.go("sign")

    def set_urgent(self, *, urgent: bool) -> None:
        """Change to the way without a leader, or back."""
        self.urgent, self.trouble = urgent, ""
        self.show()

    def set_reason(self, reason: str) -> None:
        """Take why it cannot wait."""
        self.reason = self.desk.touched[self.key] = reason
        self.show()

    def go_on(self) -> None:
        """Write down that it is urgent and from when it is to be reported, and go on: signing keeps it as a task."""
        desk, held = self.desk, self.desk.held
        begun = desk.now()
        by = report_due(held.kit.definitions, held.kit.tables, begun) or begun
        desk.put(conclusion.go_on_urgently(held, self.reason, begun, by), leaving=True)
        desk.go("sign")

    def _asked(self) -> Officer | None:
        only = self.leaders[0] if len(self.leaders) == 1 else None
        return next((one for one in self.leaders if one.id == self.chosen), only)

    def _say(self, trouble: str) -> None:
        self.trouble = trouble
        self.show()
