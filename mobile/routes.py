"""The route table: one row for each screen, with all that the rest of the app knows of it. Pure.

Adding a screen is a folder `mobile/screens/<name>/` (view, state, flow), its row here and its test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

N_ = str
"""Marks a message that is translated where it is shown."""


@dataclass(frozen=True)
class Route:
    """A screen. `title` is a message; `back` is the screen before it, empty where only the inspection in hand knows it.

    `of_inspection`: it shows the inspection in hand, which is gone on with there. `after_seal`: also once that is
    sealed. `lead_only`: what is decided and sealed there is the lead's alone. `aside`: it opens from everywhere and
    leads back to the inspection in hand, or to the screen that it was entered with as `back`. `locked`: it is shown
    while the tablet is locked, and no other screen outlives it. `on_status`: it is shown anew when link, outbox or
    packages change. `back_by_mode` goes before `back` where the screen was entered with that `mode`. `of_back`: what it
    shows belongs to the screen before it, and is of the inspection in hand where that one is.
    """

    name: str
    title: str
    back: str = ""
    of_inspection: bool = False
    after_seal: bool = False
    lead_only: bool = False
    aside: bool = False
    locked: bool = False
    on_status: bool = False
    of_back: bool = False
    back_by_mode: Mapping[str, str] = field(default_factory=dict)

    @property
    def view(self) -> str:
        """The module of its skin; the class there is `screen`."""
        return f"mobile.screens.{self.name}.view"

    @property
    def screen(self) -> str:
        """The class of its skin."""
        return f"{self.name.title()}Screen"

    @property
    def flow(self) -> str:
        """The module whose `enter(desk, screen, **where)` lets it act."""
        return f"mobile.screens.{self.name}.flow"

    @property
    def leads_back(self) -> bool:
        """Whether there is a screen before this one."""
        return bool(self.back) or self.aside


_IDENTIFY_MODES = ("plate", "other", "pictures", "matches", "card", "paper", "read")

_ROWS = (
    Route("unlock", N_("Lujian"), locked=True, on_status=True),
    Route("wiped", N_("This tablet was wiped"), locked=True, on_status=True),
    Route("queue", N_("Checks"), on_status=True),
    Route("line", N_("Waiting line"), "queue", back_by_mode=dict.fromkeys(("plate", "pass", "pair"), "line")),
    Route("shift", N_("Shift"), "queue", on_status=True),
    Route("pin", N_("My PIN"), aside=True),
    Route("code", N_("Office code"), aside=True),
    Route("tasks", N_("My tasks"), "queue", on_status=True),
    Route("reply", N_("Answer the office"), "tasks"),
    # The plate keyboard and the pictures lead back to the waybill, which is the same screen.
    Route(
        *("identify", N_("Identify"), "queue"),
        of_inspection=True,
        back_by_mode=dict.fromkeys(_IDENTIFY_MODES, "identify"),
    ),
    Route("bill", N_("Waybill by hand"), "identify"),
    Route("snapshot", N_("Snapshot"), "identify", of_inspection=True),
    Route("quick", N_("Quick check"), "snapshot", of_inspection=True, lead_only=True),
    Route("walk", N_("Walk"), "snapshot", of_inspection=True),
    Route("section", N_("Walk"), "walk", of_inspection=True),
    Route("carried", N_("Papers in hand"), "walk", of_inspection=True),
    Route("deviation", N_("Deviation"), "walk", of_inspection=True),
    Route("annotate", N_("Mark the photo"), "deviation", of_inspection=True),
    Route("camera", N_("Camera"), "walk", of_back=True),
    Route("withdraw", N_("Take back"), "walk", of_inspection=True),
    Route("compare", N_("Compare"), "walk", of_inspection=True),
    Route("pair", N_("Two tablets"), "walk", of_inspection=True),
    Route("outcome", N_("Outcome"), "walk", of_inspection=True, lead_only=True),
    Route("approve", N_("Approval"), "outcome", of_inspection=True, lead_only=True),
    Route("sign", N_("Explain and sign"), "outcome", of_inspection=True, lead_only=True),
    Route(
        *("papers", N_("Papers"), "queue"),
        of_inspection=True,
        after_seal=True,
        lead_only=True,
        on_status=True,
    ),
    Route("roll", N_("Belt printer"), "papers", of_inspection=True, after_seal=True),
    Route("copy", N_("QR copy"), "papers", of_inspection=True, after_seal=True),
    Route("lesson", N_("Lesson"), "papers", of_inspection=True, after_seal=True, back_by_mode={"brief": "queue"}),
    Route(*("clearance", N_("Lift the hold"), "papers"), of_inspection=True, after_seal=True),
    Route(*("correction", N_("Correct the record"), "papers"), of_inspection=True, after_seal=True),
    Route("genuine", N_("Check a paper"), "queue"),
    Route("sync", N_("Sync centre"), aside=True, on_status=True),
    Route("stops", N_("Stop orders"), aside=True, on_status=True),
    Route("reference", N_("Reference"), aside=True),
)

ROUTES: Mapping[str, Route] = {one.name: one for one in _ROWS}


def back_of(screen: str, where: Mapping[str, Any]) -> str:
    """Return the screen before this one, or nothing where only the inspection in hand knows it."""
    route = ROUTES[screen]
    return str(where.get("back") or route.back_by_mode.get(str(where.get("mode")), route.back))


def owner_of(screen: str, where: Mapping[str, Any]) -> Route | None:
    """Return the route that says whether a screen is of the inspection in hand; None for one that is gone."""
    route = ROUTES.get(screen)
    return ROUTES.get(back_of(screen, where)) if route is not None and route.of_back else route


def title_of(screen: str) -> str:
    """Return the message that names a screen; its own name where an older place names one that is gone."""
    return ROUTES[screen].title if screen in ROUTES else screen
