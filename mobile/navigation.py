"""Which screen is in front, and where each open inspection stands; remembered, so that a restart goes on there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from mobile.refusals import Refusal
from mobile.routes import ROUTES, owner_of

if TYPE_CHECKING:
    from mobile.inspecting.inspection import Held
    from mobile.store.base import Store

Where = Mapping[str, Any]
Show = Callable[[str, Where], None]
"""`show(screen, where)` brings a screen to the front."""


class Navigation:
    """The screen in front with its `where`, which is plain JSON, and the place of each open inspection."""

    def __init__(self, show: Show) -> None:
        self.show = show
        self.screen = ""
        self.where: Where = {}
        self._places: dict[str, dict[str, Any]] = {}

    def go(self, screen: str, where: Where, store: Store | None, held: Held | None) -> Refusal | None:
        """Bring a screen to the front and remember it in the store, where that is open.

        What the lead alone decides leads a joined tablet to the page of the two tablets. Where the screen cannot be
        remembered, on a full disk, the refusal is returned and the officer still gets where he wants to go.
        """
        if ROUTES[screen].lead_only and held is not None and not held.leads:
            screen, where = "pair", {}
        self.screen, self.where = screen, where
        problem = self._remember(store, held) if store is not None else None
        self.show(screen, where)
        return problem

    def recall(self, store: Store, inspection: str) -> str:
        """Read the places anew; return the inspection that was named, else the one in which the app was left."""
        from mobile.store import store as stores

        view = stores.view(store)
        inspection = inspection or str(view.get("inspection") or "")
        open_ones = {inspection, *(one.id for one in stores.in_progress(store))}
        self._places = {one: place for one, place in dict(view.get("places") or {}).items() if one in open_ones}
        return inspection

    def place(self, inspection: str) -> tuple[str, Where]:
        """Return the screen on which an open inspection stands, and its `where`."""
        held = self._places.get(inspection) or {}
        return str(held.get("screen") or "identify"), dict(held.get("where") or {})

    def goes_on(self, store: Store, inspection: str) -> bool:
        """Whether an inspection is gone on with where it stands: an open one, or a sealed one among its papers."""
        from mobile.store import store as stores

        state = stores.inspection_state(store, inspection) if inspection else None
        route = owner_of(*self.place(inspection))
        return state == "in_progress" or (state == "sealed" and route is not None and route.after_seal)

    def _remember(self, store: Store, held: Held | None) -> Refusal | None:
        from mobile.store import store as stores

        inspection = held.inspection if held else None
        owner = owner_of(self.screen, self.where)
        if inspection and owner is not None and owner.of_inspection:
            self._places[inspection] = {"screen": self.screen, "where": self.where}
        view = {"screen": self.screen, "where": self.where, "inspection": inspection, "places": self._places}
        try:
            stores.remember_view(store, view)
        except Refusal as refusal:
            return refusal
        return None
