"""Takes the code that the office made for an officer who has no PIN on this tablet yet."""

from __future__ import annotations

from typing import Any

from mobile.desk import Desk
from mobile.refusals import Refusal
from mobile.screens.code.state import code_state
from mobile.screens.shared.trouble import trouble_words


def enter(desk: Desk, screen: Any, *, officer: str = "", **_where: Any) -> None:
    """Ask for the officer's code; where it is asked for no more, go back to the inspection in hand."""
    if officer and desk.access.asks_code(officer):
        _Code(desk, screen, officer)
    else:
        desk.back_to_inspection()


class _Code:
    """Whose code it is, and what was wrong with the last one."""

    def __init__(self, desk: Desk, screen: Any, officer: str) -> None:
        self.desk, self.screen, self.officer = desk, screen, officer
        self.name = desk.access.named(officer).name
        # Words are made when they are shown, so that they follow the language.
        self.wrong: Refusal | None = None
        screen.bind(
            on_code=lambda _screen, code: self.give(code),
            on_leave=lambda _screen: desk.back_to_inspection(),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show what is asked for."""
        self.screen.show(code_state(self.name, trouble_words(self.wrong) if self.wrong else ""))

    def give(self, code: str) -> None:
        """Take the code and go back to the PIN, or say why not."""
        try:
            self.desk.access.give_code(self.officer, code)
        except Refusal as refusal:
            self.wrong = refusal
            self.show()
            return
        self.desk.back_to_inspection()
