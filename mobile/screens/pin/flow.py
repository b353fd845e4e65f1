"""T0: changes the PIN of the officer at the desk; who comes from the lock screen has given the old one there.

A colleague who forgot his PIN sets a new one here as well, once a code of the office has proved him.
"""

from __future__ import annotations

from typing import Any

from mobile.desk import Desk
from mobile.lock.pins import PinChange, PinReset
from mobile.refusals import Refusal
from mobile.screens.pin.state import pin_state
from mobile.screens.shared.trouble import trouble_words


def enter(desk: Desk, screen: Any, **where: Any) -> None:
    """Ask for the old PIN, or, right after it opened the tablet, for the new one."""
    _Pin(desk, screen, str(where.get("back") or ""), str(where.get("officer") or ""))


class _Pin:
    """How far the change has come, and what went wrong with the last PIN."""

    def __init__(self, desk: Desk, screen: Any, back: str, officer: str) -> None:
        self.desk, self.screen, self.back = desk, screen, back
        access, me = desk.access, desk.access.me
        forgot = officer if officer and access.proved(officer) else ""
        self.officer = access.named(forgot) if forgot else me
        self.change: PinChange | PinReset = (
            PinReset(access, forgot) if forgot else PinChange(access, me.id, access.take_given())
        )
        # Words are made when they are shown, so that they follow the language.
        self.wrong: Refusal | None = None
        screen.bind(
            on_pin=self.pin,
            on_forgot=lambda _screen, officer: self.forgot(officer),
            on_leave=lambda _screen: self.leave(),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show what is asked for."""
        trouble = trouble_words(self.wrong) if self.wrong else ""
        access = self.desk.access
        named = list(access.officers().items())
        forgot = named if self.officer is access.me and not self.desk.practising else []
        self.screen.show(pin_state(self.officer.name, self.change.step, trouble, forgot))

    def pin(self, _screen: Any, pin: str) -> None:
        """Take a PIN, or say why not."""
        try:
            self.change.give(pin)
            self.wrong = None
        except Refusal as refusal:
            self.wrong = refusal
        self.show()

    def forgot(self, officer: str) -> None:
        """Ask for the code of an officer who forgot his PIN, the one at the desk or a colleague."""
        self.desk.go("code", officer=officer, anew=True, back="pin", back_where={"back": self.back})

    def leave(self) -> None:
        """Go back to where the officer came from, whether it was changed or not.

        Who came from the lock screen locks: the PIN that was set there is not that of the colleague who unlocked.
        """
        if self.back == "unlock":
            self.desk.lock()
        elif self.back:
            self.desk.go(self.back)
        else:
            self.desk.back_to_inspection()
