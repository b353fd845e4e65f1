"""T3: shows what is known; walk or quick check is one touch away, and that touch says that it is this vehicle."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mobile.desk import Desk
from mobile.inspecting import quick_check
from mobile.screens.identify.state import confirm_plate
from mobile.screens.snapshot.depth import state as depth
from mobile.screens.snapshot.depth.state import DepthPick
from mobile.screens.snapshot.response.state import response_state
from mobile.screens.snapshot.state import snapshot_state


def enter(desk: Desk, screen: Any, **_where: Any) -> None:
    """Show the snapshot."""
    _Snapshot(desk, screen)


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
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show the snapshot as it stands."""
        self.screen.show(snapshot_state(self.desk.held, self.desk.now(), self.pick))

    def depth(self, _screen: Any, checklist: str) -> None:
        """Take another checklist; one that asks less waits for its reason."""
        self.pick = DepthPick(checklist)
        self.show()

    def reason(self, _screen: Any, reason: str) -> None:
        """Take the reason for asking less."""
        chosen = snapshot_state(self.desk.held, self.desk.now(), self.pick).depth.chosen
        self.pick = replace(self.pick, checklist=chosen, reason=reason)
        self.show()

    def respond(self, screen: Any, what: str, value: bool) -> None:
        """Show the card for a leak; `large` and `night` change over what it is for."""
        self.size |= {what: value} if what else {}
        screen.show_response(response_state(self.desk.held, self.desk.now(), **self.size))

    def walk(self) -> None:
        """Put down the plate as the officer's word and the depth, and begin."""
        state = snapshot_state(self.desk.held, self.desk.now(), self.pick).depth
        if state.lacking:
            return
        drafts = (*confirm_plate(self.desk.held), *depth.choose(self.desk.held, state))
        if drafts:
            self.desk.put(drafts)
        self.desk.go(quick_check.first_screen(self.desk.held))
