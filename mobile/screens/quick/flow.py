"""The quick check: one PIN confirms what stands on the screen, names the second officer, decides and seals."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from mobile.desk import Desk
from mobile.inspecting import acts, control_photos, quick_check
from mobile.inspecting.inspection import Officer
from mobile.refusals import Refusal
from mobile.screens.quick.state import quick_state
from mobile.screens.shared.trouble import trouble_words
from mobile.sealing import part, shifts, signatures
from mobile.store import store as stores

SECOND = "second_officer"
SHIFT_HOURS = 12
"""How long a second officer who was named here counts as on the post, where no shift says so. Ours."""


def enter(desk: Desk, screen: Any, **_where: Any) -> None:
    """Show what the PIN confirms; a check by the full list goes to its walk."""
    if not quick_check.is_quick(desk.held):
        desk.go("walk")
        return
    _Quick(desk, screen)


class _Quick:
    """Since when the officer looks, and who is with him."""

    def __init__(self, desk: Desk, screen: Any) -> None:
        self.desk, self.screen = desk, screen
        self.since, self.trouble = desk.now(), ""
        self.officers = desk.access.colleagues()
        self.second, self.source = _second(desk)
        screen.bind(
            on_second=lambda _screen, officer: self.name(officer),
            on_pin=lambda _screen, pin: self.pin(pin),
            on_walk=lambda _screen: desk.go("walk"),
        )
        desk.refresh = self.show
        if drafts := control_photos.drawing(desk.held):
            desk.put(drafts)
        else:
            self.show()

    def show(self) -> None:
        """Show what would be confirmed now."""
        self.screen.show(
            quick_state(self.desk.held, self.desk.at, self.officers, second=self.second, trouble=self.trouble)
        )

    def name(self, officer: str) -> None:
        """Take who is on the post as well, for this shift."""
        self.second, self.source = officer, "officer"
        stores.keep_setting(self.desk.open_store, SECOND, {"officer": officer, "at": self.desk.at})
        self.show()

    def pin(self, pin: str) -> None:
        """Confirm everything, decide and sign with one PIN, and seal; with a wrong PIN nothing is put down."""
        desk = self.desk
        if not quick_check.is_clean(quick_check.confirmed(desk.held, desk.at)) or not self.second:
            self.show()
            return
        try:
            desk.access.check_pin(desk.held.officer.id, pin)
        except Refusal as refusal:
            self.trouble = trouble_words(refusal)
            self.show()
            return
        desk.refresh = lambda: None
        desk.put(_confirmation(desk, self.since, self._named(), self.source))
        desk.put(_signature(desk))
        if signatures.missing(desk.held, desk.device_facts):
            desk.go("walk")
        else:
            desk.go("papers")

    def _named(self) -> Officer:
        return next(one for one in self.officers if one.id == self.second)


def _confirmation(desk: Desk, since: datetime, second: Officer, source: str) -> list[Any]:
    """Return everything that the PIN stands for, in one act: the sections, the second officer, the decision."""
    held, dwell_ms = desk.held, int((desk.now() - since).total_seconds() * 1000)
    drafts = [*quick_check.confirming(held, dwell_ms, desk.at), *quick_check.name_second(second, source)]
    return [*drafts, *acts.decide(quick_check.confirmed(held, desk.at), "release")]


def _signature(desk: Desk) -> tuple[Any, ...]:
    me = desk.held.officer
    withdraws = signatures.earlier(desk.held, "officer", me.id)
    digest = part.draft(desk.held, desk.device_facts)
    return acts.sign("officer", me.name, withdraws=withdraws, card=me.card, digest=digest, quick=True)


def _second(desk: Desk) -> tuple[str, str]:
    """Return the second officer and who says so: the open shift, else who was named here not long ago."""
    me = desk.held.officer.id
    if from_shift := shifts.colleague(desk.open_store, me):
        return from_shift, "shift"
    named = stores.setting(desk.open_store, SECOND) or {}
    at = str(named.get("at") or "")
    recent = at and desk.now() - datetime.fromisoformat(at) < timedelta(hours=SHIFT_HOURS)
    officer = str(named.get("officer") or "")
    return (officer, "officer") if recent and officer != me else ("", "officer")
