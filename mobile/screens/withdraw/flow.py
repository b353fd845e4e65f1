"""Taking back: the reason is chosen or written, then it is put down, and the officer goes on."""

from __future__ import annotations

from typing import Any

from checklists.inspection.entries import Entry
from mobile.desk import Desk
from mobile.inspecting import withdrawal
from mobile.inspecting.manifest import manifest
from mobile.refusals import Refusal
from mobile.screens.withdraw.state import check_state, photo_state
from mobile.sealing import abandonment
from mobile.store import photo_files


def enter(desk: Desk, screen: Any, entry: str = "", **where: Any) -> None:
    """Show a photo to take back by its entry, else the whole check; a photo that is gone leads back."""
    photos = (*desk.held.all_of("photo"), *desk.held.all_of("control_photo"))
    found = next((one for one in photos if one.id == entry), None)
    if entry and (found is None or not withdrawal.may_withdraw(desk.held, found)):
        _leave(desk, where)
    else:
        _Withdraw(desk, screen, found, where)


def _leave(desk: Desk, where: dict[str, Any]) -> None:
    back = dict(where.get("back_where") or {})
    if back:
        desk.go("deviation", **back)
    else:
        desk.go(str(where.get("back") or "walk"))


class _Withdraw:
    """What is to be taken back (None: the check), and the reason so far."""

    def __init__(self, desk: Desk, screen: Any, photo: Entry | None, where: dict[str, Any]) -> None:
        self.desk, self.screen, self.photo, self.where = desk, screen, photo, where
        self.reason = ""
        screen.picture(_thumbnail(desk, photo))
        screen.bind(
            on_reason=lambda _screen, reason: self.say("" if reason == self.reason else reason),
            on_own=lambda _screen, reason: self.say(reason),
            on_do=lambda _screen: desk.attempt(self.do),
            on_leave=lambda _screen: self.leave(),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show what stands."""
        held = self.desk.held
        if self.photo is not None:
            self.screen.show(photo_state(self.reason))
            return
        found, photos = len(held.assessment.findings), len(manifest(held.entries))
        self.screen.show(check_state(self.reason, withdrawal.why_not(held), found, photos))

    def say(self, reason: str) -> None:
        """Take a reason, picked or written."""
        if reason != self.reason:
            self.reason = reason
            self.show()

    def do(self) -> None:
        """Take it back, and go on. Raises Refusal."""
        if self.photo is None:
            self._abandon()
        else:
            self.desk.put(withdrawal.withdraw(self.desk.held, self.photo, self.reason), leaving=True)
            self.leave()

    def leave(self) -> None:
        """Go back to where it was opened."""
        self.screen.picture(b"")
        _leave(self.desk, self.where)

    def _abandon(self) -> None:
        desk, made = self.desk, self.desk.access.enrolled
        abandonment.abandon(desk.open_store, desk.held, desk.device_facts, made, self.reason, desk.now())
        desk.start_sync()
        desk.recount()
        desk.put_down()


def _thumbnail(desk: Desk, photo: Entry | None) -> bytes:
    named = photo.value.get("thumbnail") if photo else None
    try:
        return photo_files.read(desk.open_store, str(named["sha256"])) if named else b""
    except Refusal:
        return b""
