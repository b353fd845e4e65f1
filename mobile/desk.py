"""The officer's desk: the open store, the inspection in hand and the screen in front. No Kivy here.

Screens know nothing of it. For each screen a module of `mobile.flow` has `enter(desk, screen, **where)`: it connects the
screen's events to acts and shows the first state; `desk.put` writes entries and has the screen in front shown anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from checklists.wire import instant, uuid7
from mobile import store as stores
from mobile.held import Draft, Held, Kit, Officer, write
from mobile.store import Store

Show = Callable[[str, Mapping[str, Any]], None]


def utc_now() -> datetime:
    """The device's clock; what it says is a statement of the device, never an order of entries."""
    return datetime.now(UTC)


class Desk:
    """What the tablet has open. `show(screen, where)` brings a screen to the front; the app gives it."""

    def __init__(self, folder: Path, show: Show, now: Callable[[], datetime] = utc_now) -> None:
        self.folder = folder
        self.now = now
        self._show = show
        self.screen = ""
        self.where: Mapping[str, Any] = {}
        self.store: Store | None = None
        self.officer: Officer | None = None
        self.device = ""
        self._kit: Kit | None = None
        self._held: Held | None = None
        self.refresh: Callable[[], None] = lambda: None

    @property
    def held(self) -> Held:
        """The inspection in hand. It is a mistake of the flow to ask while there is none."""
        assert self._held is not None, "no inspection in hand"  # noqa: S101 - a bug, not a refusal
        return self._held

    @property
    def at(self) -> str:
        """Now, as UTC text."""
        return instant(self.now())

    def go(self, screen: str, **where: Any) -> None:
        """Bring a screen to the front and remember it, so that a restart goes on there."""
        self.screen, self.where = screen, where
        if self.store is not None:
            inspection = self._held.inspection if self._held else None
            stores.remember_view(self.store, {"screen": screen, "where": where, "inspection": inspection})
        self._show(screen, where)

    def put(self, drafts: Iterable[Draft]) -> None:
        """Write the drafts, each durable before the next, then show the screen in front anew."""
        assert self.store is not None, "the store is locked"  # noqa: S101 - a bug, not a refusal
        drafts = tuple(drafts)
        entries = write(self.held, drafts, self.at, (uuid7() for _ in drafts))
        for entry in entries:
            stores.append(self.store, entry)
            self._held = self.held.adding((entry,))
        self.refresh()
