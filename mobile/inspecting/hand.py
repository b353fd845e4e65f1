"""The hand of the officer at the desk: the inspection in it, if any, and what it is judged with.

Every entry is durable before the next touch. What is imported late would come before the first frame otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from checklists.wire import uuid7
from mobile.device.location import NOWHERE, as_value
from mobile.refusals import Refusal

if TYPE_CHECKING:
    from checklists.inspection.entries import Entry
    from mobile.device.location import Where
    from mobile.inspecting.inspection import Draft, Held, Kit, Officer
    from mobile.store.base import Store


Follow = Callable[["Held"], Iterable["Draft"]]
"""What follows of itself from an act, by the inspection as it stands after it."""

PICTURED = ("photo", "control_photo")
"""Entries that bring a picture."""


class Hand:
    """What this officer works at in the open store, on this device. `held` is None while nothing is in hand.

    `loaded` is called after each load of what is judged with.
    """

    def __init__(self, store: Store, device: str, officer: Officer, loaded: Callable[[], None]) -> None:
        self.store, self.device, self.officer, self.loaded = store, device, officer, loaded
        self.held: Held | None = None
        self._kit: Kit | None = None

    @property
    def kit(self) -> Kit:
        """What is judged with; loaded once after each change of packages. Raises Refusal `packages_missing`."""
        if self._kit is None:
            from mobile.inspecting import kit as kits

            self._kit = kits.load(self.store)
            self.loaded()
        return self._kit

    @kit.setter
    def kit(self, kit: Kit | None) -> None:
        """Judge with something else from now on; None has the packages read anew."""
        self._kit = kit

    def begin(self, inspection: str, at: str) -> None:
        """Open a new inspection with this id and take it in hand. Raises Refusal `packages_missing`."""
        from mobile.inspecting.inspection import Held
        from mobile.store import store

        kit = self.kit
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

    def merge(self, held: Held, at: str) -> None:
        """Take what another tablet wrote into the inspection in hand; stamps of this one follow the plate."""
        from mobile.inspecting import stamp
        from mobile.store import store

        self.held = held = held.adding(store.entries(self.store, held.inspection))
        open_ = store.inspection_state(self.store, held.inspection) == "in_progress"
        if anew := stamp.again(self.store, held) if open_ else ():
            self._write(held, anew, at)

    def put(
        self,
        held: Held,
        drafts: Iterable[Draft],
        at: str,
        officer: Officer | None = None,
        where: Where = NOWHERE,
        follow: Iterable[Follow] = (),
    ) -> None:
        """Write the drafts of one act into the inspection in hand, with what follows: durable together or not at all.

        `officer` is who puts them down where it is not the officer at the desk. The first act of this tablet says
        `where` it is, if it has a receiver; where an act corrects the plate, the stamps of photos follow.
        """
        from mobile.inspecting.inspection import Draft

        drafts = tuple(drafts)
        if where != NOWHERE and not any(one.kind == "position" and one.device == held.device for one in held.entries):
            drafts = (Draft("position", "opened", as_value(where)), *drafts)
        self._write(held, drafts, at, officer, follow)

    def _write(
        self,
        held: Held,
        drafts: tuple[Draft, ...],
        at: str,
        officer: Officer | None = None,
        follow: Iterable[Follow] = (),
    ) -> None:
        """Write drafts and, where they change whose check it is, the photos that are stamped anew for it."""
        from mobile.inspecting import stamp
        from mobile.inspecting.inspection import write
        from mobile.store import store

        entries: tuple[Entry, ...] = ()
        after, by = held, officer or held.officer

        def add(more: tuple[Draft, ...]) -> None:
            nonlocal entries, after
            entries += write(replace(after, officer=by), more, at, (uuid7() for _ in more))
            after = held.adding(entries)

        for told in (lambda _held: drafts, *follow):
            add(more := tuple(told(after)))
            if any(_names_vehicle(one) for one in more):
                add(stamp.again(self.store, after))
        store.append(self.store, *entries)
        self.held = after

    def lay_down(self, *, alone: bool) -> None:
        """Lay the inspection aside with all that is in it; one in which nothing is goes away, on a tablet `alone`."""
        from mobile.store import store

        held, self.held = self.held, None
        if held is not None and held.leads and not held.entries and alone:
            with suppress(Refusal):
                store.abandon(self.store, held.inspection)


def _names_vehicle(draft: Draft) -> bool:
    """Whether a draft may change the plate: a fact about the vehicle, or one that takes a fact back."""
    return draft.kind == "fact" and (draft.item or "vehicle").partition(".")[0] == "vehicle"
