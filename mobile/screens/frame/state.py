"""The bar above every screen: where the officer is, who he is, and how the link stands. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from checklists import words as kernel
from mobile.routes import ROUTES, title_of
from mobile.words import _


@dataclass(frozen=True)
class FrameState:
    """The bar. `open` is False while the tablet is locked: then neither officer nor link is shown.

    `role` is what the officer does in this shift, empty where nobody said so.
    """

    title: str
    subtitle: str
    officer: str
    open: bool
    can_go_back: bool
    online: bool
    by_hub: bool
    waiting: int
    troubled: int
    role: str = ""


def frame_state(
    screen: str,
    *,
    plate: str,
    officer: str,
    office: str,
    online: bool,
    by_hub: bool = False,
    unsent: tuple[int, int],
    troubled: int,
    role: str = "",
) -> FrameState:
    """Return the bar above a screen; an empty `officer` is a locked tablet. `role` as in a shift's ROLES."""
    return FrameState(
        title=_(title_of(screen)),
        subtitle=plate or office,
        officer=officer,
        open=bool(officer),
        can_go_back=ROUTES[screen].leads_back,
        online=online,
        by_hub=by_hub,
        waiting=sum(unsent),
        troubled=troubled,
        role=_(kernel.TEAM_ROLES.get(role, role)),
    )
