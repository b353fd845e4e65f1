"""T12: looks up while the officer types; opened from everywhere, and leads back to where he was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checklists.zone import LAW_ZONE
from mobile.desk import Desk
from mobile.library.segregation import ASKS
from mobile.library.shelves import Shelf, shelves
from mobile.refusals import Refusal
from mobile.screens.reference.state import TABS, aboard, no_reference, reference_state


def enter(desk: Desk, screen: Any, *, tab: str = "goods", text: str = "", key: str = "", **_where: Any) -> None:
    """Show a shelf; where an inspection is in hand, its goods first."""
    _Reference(desk, screen, tab if tab in TABS else "goods", text, key)


class _Reference:
    """Which shelf is open, what is typed and which row is looked at."""

    def __init__(self, desk: Desk, screen: Any, tab: str, text: str, key: str) -> None:
        self.desk, self.screen = desk, screen
        self.tab, self.text, self.key = tab, text, key
        self.shelves = self._shelves()
        held = desk.held if desk.has_inspection else None
        self.goods = aboard(held, desk.kit.tables) if self.shelves else ()
        screen.bind(
            on_tab=lambda _screen, chosen: self.open(chosen),
            on_search=lambda _screen, typed: self.search(typed),
            on_row=lambda _screen, chosen: self.choose(chosen),
            on_paper=lambda _screen: desk.go("genuine", back="reference"),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show what is found."""
        if not self.shelves:
            self.screen.show(no_reference(self.tab))
            return
        self.screen.show(reference_state(self.shelves, self.tab, self.text, self.key, self.goods))

    def open(self, tab: str) -> None:
        """Turn to another shelf; what was typed stays where it means the same there."""
        goods_words = {"goods", "response"}
        if not {self.tab, tab} <= goods_words:
            self.text = ""
        self.tab = tab
        self.show()

    def search(self, text: str) -> None:
        """Look for another text."""
        if text != self.text:
            self.text = text
            self.show()

    def choose(self, key: str) -> None:
        """Look at another row; one that stands for a text looks for it."""
        if key.startswith(ASKS):
            self.text = key.removeprefix(ASKS)
        self.key = key
        self.show()

    def _shelves(self) -> Mapping[str, Shelf]:
        try:
            kit = self.desk.kit
        except Refusal:  # the first pull has not come yet
            return {}
        return shelves(kit, self.desk.now().astimezone(LAW_ZONE).date())
