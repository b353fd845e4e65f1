"""T3: shows what is known; the walk, or the quick check, is one touch away."""

from __future__ import annotations

from typing import Any

from mobile import quick
from mobile.desk import Desk
from mobile.states.snapshot import snapshot_state


def enter(desk: Desk, screen: Any, **_where: Any) -> None:
    """Show the snapshot."""

    def show() -> None:
        screen.show(snapshot_state(desk.held, desk.now()))

    screen.bind(on_walk=lambda _screen: desk.go(quick.first_screen(desk.held)))
    desk.refresh = show
    show()
