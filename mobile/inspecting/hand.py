"""The hand of the officer at the desk: the inspection in it, if any, and what it is judged with.

Every entry is durable before the next touch. What is imported late would come before the first frame otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from checklists.wire import uuid7
from mobile.refusals import Refusal

if TYPE_CHECKING:
    from mobile.inspecting.inspection import Draft, Held, Kit, Officer
    from mobile.store.base import Store


class Hand:
    """What this officer works at in the open store, on this device. `held` is None while nothing is in hand."""

    def __init__(self, store: Store, device: str, officer: Officer) -> None:
        self.store, self.device, self.officer = store, device, officer
        self.held: Held | None = None
        self._kit: Kit | None = None

    @property
    def kit(self) -> Kit:
        """What is judged with; loaded once after each change of packages. Raises Refusal `packages_missing`."""
        if self._kit is None:
            from mobile.inspecting import kit as kits

            self._kit = kits.load(self.store)
        return self._kit

    @kit.setter
    def kit(self, kit: Kit | None) -> None:
        """Judge with something else from now on; None has the packages read anew."""
        self._kit = kit

    def begin(self, at: str) -> None:
        """Open a new inspection and take it in hand. Raises Refusal `packages_missing`."""
        from mobile.inspecting.inspection import Held
        from mobile.store import store

        inspection, kit = uuid7(), self.kit
        store.open_inspection(self.store, inspection, self.officer.id, at)
        self.held = Held(inspection, at, self.device, self.officer, kit)

    def join(self, inspection: str, opened_at: str, lead: str, lead_device: str) -> None:
        """Take the inspection that another tablet opened in hand here. Raises Refusal `packages_missing`."""
        from mobile.store import store

        assert self.kit is not None  # noqa: S101 - raises where the packages are missing
        store.open_inspection(self.store, inspection, lead, opened_at, lead_device)
        self.take(inspection)

    def take(self, inspection: str) -> None:
        """Take an inspection of this tablet in hand."""
        self.held = self.look(inspection)

    def look(self, inspection: str) -> Held:
        """Return an inspection of this tablet as it stands, without taking it in hand."""
        from mobile.inspecting.inspection import Held
        from mobile.store import store

        opened = next(one for one in store.inspections(self.store) if one.id == inspection)
        entries = store.entries(self.store, inspection)
        return Held(inspection, opened.opened_at, self.device, self.officer, self.kit, entries, opened.lead_device)

    def merge(self, held: Held) -> None:
        """Take what another tablet wrote into the inspection in hand."""
        from mobile.store import store

        self.held = held.adding(store.entries(self.store, held.inspection))

    def put(self, held: Held, drafts: Iterable[Draft], at: str, officer: Officer | None = None) -> None:
        """Write the drafts of one act into the inspection in hand, durable together or not at all.

        `officer` is who puts them down where it is not the officer at the desk.
        """
        from mobile.inspecting.inspection import write
        from mobile.store import store

        drafts = tuple(drafts)
        entries = write(replace(held, officer=officer or held.officer), drafts, at, (uuid7() for _ in drafts))
        store.append(self.store, *entries)
        self.held = held.adding(entries)

    def lay_down(self, *, alone: bool) -> None:
        """Lay the inspection aside with all that is in it; one in which nothing is goes away, on a tablet `alone`."""
        from mobile.store import store

        held, self.held = self.held, None
        if held is not None and held.leads and not held.entries and alone:
            with suppress(Refusal):
                store.abandon(self.store, held.inspection)
