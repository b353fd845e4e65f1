"""T3: shows what is known; walk or quick check is one touch away, and that touch says that it is this vehicle.

Who registers is led on to the papers in hand instead, and from them to hand the vehicle over.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mobile.desk import Desk
from mobile.inspecting import campaigning, passes, quick_check, watching
from mobile.inspecting.own_orders import book
from mobile.link import agreed_clock
from mobile.screens.identify.state import confirm_plate
from mobile.screens.snapshot.depth import state as depth
from mobile.screens.snapshot.depth.state import DepthPick
from mobile.screens.snapshot.response.state import response_state
from mobile.screens.snapshot.state import snapshot_state
from mobile.screens.stops.flow import begin, lift
from mobile.sealing import amendment
from mobile.store.store import Store


def enter(desk: Desk, screen: Any, **_where: Any) -> None:
    """Show the snapshot."""
    _Snapshot(desk, screen)


class _SealedHere:
    """The inspections that this tablet sealed, asked one by one: there are none to ask where nothing holds."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __contains__(self, inspection: object) -> bool:
        return amendment.may_amend(self.store, str(inspection))


class _Snapshot:
    """The screen's flow; the depth is put down when the walk begins."""

    def __init__(self, desk: Desk, screen: Any) -> None:
        self.desk, self.screen = desk, screen
        self.pick = DepthPick()
        self.size: dict[str, bool] = {}
        screen.bind(
            on_walk=lambda _screen: desk.attempt(self.walk),
            on_choose_depth=self.depth,
            on_reason=self.reason,
            on_response=self.respond,
            on_watched=lambda _screen, entry: desk.put(watching.done(desk.held, entry)),
            on_lift=lambda _screen, inspection: desk.go("clearance", inspection=inspection, back="snapshot"),
            on_stop=lambda _screen: begin(desk, back="snapshot"),
            on_lift_order=lambda _screen, order: lift(desk, order, back="snapshot"),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show the snapshot as it stands."""
        desk = self.desk
        here = _SealedHere(desk.open_store)
        stops = book(desk.open_store, watching.day_of(desk.now(), self.offset_ms))
        state = snapshot_state(desk.held, desk.now(), self.pick, here, self.offset_ms, desk.site, stops)
        self.screen.show(replace(state, registers=desk.registers))

    @property
    def offset_ms(self) -> int:
        """By how much the office's clock is ahead of this device's, as far as that was agreed."""
        return int(agreed_clock.clock(self.desk.open_store)["offset_ms"])

    def depth(self, _screen: Any, checklist: str) -> None:
        """Take another checklist; one that asks less waits for its reason."""
        self.pick = DepthPick(checklist)
        self.show()

    def reason(self, _screen: Any, reason: str) -> None:
        """Take the reason for asking less."""
        chosen = snapshot_state(self.desk.held, self.desk.now(), self.pick, offset_ms=self.offset_ms).depth.chosen
        self.pick = replace(self.pick, checklist=chosen, reason=reason)
        self.show()

    def respond(self, screen: Any, what: str, value: bool) -> None:
        """Show the card for a leak; `large` and `night` change over what it is for."""
        self.size |= {what: value} if what else {}
        screen.show_response(response_state(self.desk.held, self.desk.now(), **self.size))

    def walk(self) -> None:
        """Put down the plate as the officer's word, the depth, what is watched and the campaigns, and begin."""
        held, now = self.desk.held, self.desk.now()
        state = snapshot_state(held, now, self.pick, offset_ms=self.offset_ms)
        if state.depth.lacking:
            return
        said = passes.recommended(held, passes.before(held, watched=bool(state.watches)))
        watched = watching.shown(held, watching.day_of(now, self.offset_ms))
        under = campaigning.carried(held, self.desk.site, self.offset_ms)
        drafts = (*confirm_plate(held), *depth.choose(held, state.depth), *said, *watched, *under)
        if drafts:
            self.desk.put(drafts)
        if self.desk.registers:
            self.desk.go("carried", back="snapshot", then="pair")
        else:
            self.desk.go(quick_check.first_screen(self.desk.held))
