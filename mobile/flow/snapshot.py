"""T3: shows what is known; the walk is one touch away."""

from __future__ import annotations

from typing import Any

from mobile.desk import Desk
from mobile.states.snapshot import snapshot_state


def enter(desk: Desk, screen: Any, **_where: Any) -> None:
    """Show the snapshot."""

    def show() -> None:
        screen.show(snapshot_state(desk.held, desk.now()))

    screen.bind(on_walk=lambda _screen: desk.go("walk"))
    desk.refresh = show
    show()
