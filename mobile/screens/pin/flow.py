"""T0: changes the PIN of the officer at the desk; who comes from the lock screen has given the old one there."""

from __future__ import annotations

from typing import Any

from mobile.desk import Desk
from mobile.lock.pins import PinChange
from mobile.refusals import Refusal
from mobile.screens.pin.state import pin_state
from mobile.screens.shared.trouble import trouble_words


def enter(desk: Desk, screen: Any, **where: Any) -> None:
    """Ask for the old PIN, or, right after it opened the tablet, for the new one."""
    _Pin(desk, screen, str(where.get("back") or ""))


class _Pin:
    """How far the change has come, and what went wrong with the last PIN."""

    def __init__(self, desk: Desk, screen: Any, back: str) -> None:
        self.desk, self.screen, self.back = desk, screen, back
        self.change = PinChange(desk.access, desk.access.me.id, desk.access.take_given())
        # Words are made when they are shown, so that they follow the language.
        self.wrong: Refusal | None = None
        screen.bind(on_pin=self.pin, on_leave=lambda _screen: self.leave())
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show what is asked for."""
        trouble = trouble_words(self.wrong) if self.wrong else ""
        self.screen.show(pin_state(self.desk.access.me.name, self.change.step, trouble))

    def pin(self, _screen: Any, pin: str) -> None:
        """Take a PIN, or say why not."""
        try:
            self.change.give(pin)
            self.wrong = None
        except Refusal as refusal:
            self.wrong = refusal
        self.show()

    def leave(self) -> None:
        """Go back to where the officer came from, whether it was changed or not."""
        if self.back:
            self.desk.go(self.back)
        else:
            self.desk.back_to_inspection()
