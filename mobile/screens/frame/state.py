"""The bar above every screen: where the officer is, who he is, and how the link stands. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mobile.words import _

N_ = str
TITLES = {
    "unlock": N_("Lujian"),
    "wiped": N_("This tablet was wiped"),
    "queue": N_("Checks"),
    "identify": N_("Identify"),
    "bill": N_("Waybill by hand"),
    "snapshot": N_("Snapshot"),
    "quick": N_("Quick check"),
    "walk": N_("Walk"),
    "section": N_("Walk"),
    "deviation": N_("Deviation"),
    "compare": N_("Compare"),
    "outcome": N_("Outcome"),
    "sign": N_("Explain and sign"),
    "papers": N_("Papers"),
    "sync": N_("Sync centre"),
    "shift": N_("Shift"),
    "lesson": N_("Lesson"),
    "reference": N_("Reference"),
    "tasks": N_("My tasks"),
    "pair": N_("Two tablets"),
    "annotate": N_("Mark the photo"),
    "approve": N_("Approval"),
    "genuine": N_("Check a paper"),
}
BACK = {
    "identify": "queue",
    "bill": "identify",
    "snapshot": "identify",
    "quick": "snapshot",
    "walk": "snapshot",
    "section": "walk",
    "deviation": "walk",
    "compare": "walk",
    "outcome": "walk",
    "sign": "outcome",
    "papers": "queue",
    "shift": "queue",
    "lesson": "papers",
    "tasks": "queue",
    "pair": "walk",
    "annotate": "deviation",
    "approve": "outcome",
    "genuine": "queue",
}
"""Where the back button leads."""

ASIDE = ("sync", "reference")
"""What can be opened from everywhere: the back button leads back to the inspection in hand, or to the queue."""


@dataclass(frozen=True)
class FrameState:
    """The bar. `open` is False while the tablet is locked: then neither officer nor link is shown."""

    title: str
    subtitle: str
    officer: str
    open: bool
    can_go_back: bool
    online: bool
    waiting: int
    troubled: int


def frame_state(
    screen: str, *, plate: str, officer: str, office: str, online: bool, unsent: tuple[int, int], troubled: int
) -> FrameState:
    """Return the bar above a screen; an empty `officer` is a locked tablet."""
    return FrameState(
        title=_(TITLES.get(screen, screen)),
        subtitle=plate or office,
        officer=officer,
        open=bool(officer),
        can_go_back=screen in BACK or screen in ASIDE,
        online=online,
        waiting=sum(unsent),
        troubled=troubled,
    )


def back_of(screen: str, where: Mapping[str, Any]) -> str:
    """Return the screen before this one, or nothing where only the inspection in hand knows it.

    The plate keyboard and the pictures lead back to the waybill, which is the same screen.
    """
    if screen == "identify" and where.get("mode", "scan") != "scan":
        return "identify"
    if screen == "lesson" and where.get("mode") == "brief":
        return str(where.get("back") or "queue")
    return str(where.get("back") or BACK.get(screen, ""))
