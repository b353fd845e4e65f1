"""Takes the code that the office made for an officer who has no PIN on this tablet yet, or forgot the one he has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mobile.desk import Desk
from mobile.refusals import Refusal
from mobile.screens.code.state import code_state
from mobile.screens.shared.trouble import trouble_words


def enter(
    desk: Desk,
    screen: Any,
    *,
    officer: str = "",
    anew: bool = False,
    back: str = "",
    back_where: Mapping[str, Any] | None = None,
    **_where: Any,
) -> None:
    """Ask for the officer's code; where it is asked for no more, go back where he came from.

    `anew`: he has a PIN here and forgot it, or proves by the code that he is who he is.
    """
    if officer and not desk.access.proved(officer) and (anew or desk.access.asks_code(officer)):
        _Code(desk, screen, officer, back, back_where or {}, anew=anew)
    else:
        _leave(desk, back, back_where or {})


def _leave(desk: Desk, back: str, back_where: Mapping[str, Any]) -> None:
    if back:
        desk.go(back, **back_where)
    else:
        desk.back_to_inspection()


class _Code:
    """Whose code it is, and what was wrong with the last one."""

    def __init__(
        self, desk: Desk, screen: Any, officer: str, back: str, back_where: Mapping[str, Any], *, anew: bool
    ) -> None:
        self.desk, self.screen, self.officer, self.anew = desk, screen, officer, anew
        self.back, self.back_where = back, back_where
        self.name = desk.access.named(officer).name
        # Words are made when they are shown, so that they follow the language.
        self.wrong: Refusal | None = None
        screen.bind(
            on_code=lambda _screen, code: self.give(code),
            on_leave=lambda _screen: _leave(desk, back, back_where),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show what is asked for."""
        self.screen.show(code_state(self.name, trouble_words(self.wrong) if self.wrong else "", anew=self.anew))

    def give(self, code: str) -> None:
        """Take the code and go back to the PIN, or say why not."""
        try:
            self.desk.access.give_code(self.officer, code)
        except Refusal as refusal:
            self.wrong = refusal
            self.show()
            return
        if self.back:
            self.desk.go(self.back, officer=self.officer, **self.back_where)
        else:
            self.desk.back_to_inspection()
