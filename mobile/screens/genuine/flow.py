"""A scanned paper of ours is checked on the tablet alone: by the office's pinned key and the registry's revocations."""

from __future__ import annotations

from collections.abc import Container
from contextlib import suppress
from pathlib import Path
from typing import Any

from checklists.facts.registry import Lookup
from checklists.records.paper_proof import check
from mobile.desk import Desk
from mobile.device import camera, scanner
from mobile.inspecting.pictures import Watch, newest
from mobile.refusals import Refusal
from mobile.screens.genuine.state import genuine_state, paper_code, waiting_state
from mobile.screens.shared.trouble import trouble_words
from mobile.store import clear_copies
from mobile.words import _


def enter(desk: Desk, screen: Any, *, text: str = "", **where: Any) -> None:
    """Show whether the paper with this code is genuine; without one, wait for its picture."""
    _Genuine(desk, screen, text, where)


class _Genuine:
    """The code that was read, and what is in the way of reading one."""

    def __init__(self, desk: Desk, screen: Any, text: str, where: dict[str, Any]) -> None:
        self.desk, self.screen, self.text, self.where = desk, screen, text, where
        self.trouble = ""
        opened = desk.now()
        self.watching = Watch(desk.camera, desk.pictures_seen, lambda: opened)
        screen.bind(on_scan=self.scan, on_watch=self.watch)
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show the verdict, or what is waited for."""
        if not self.text:
            self.screen.show(waiting_state(self.trouble))
            return
        desk = self.desk
        kit = None
        with suppress(Refusal):
            kit = desk.kit
        revoked: Container[str] = _Revoked(kit.lookup) if kit else ()
        verdict = check(self.text, desk.access.enrolled.server_key, revoked)
        self.screen.show(genuine_state(verdict, desk.access.enrolled.office, kit.definitions if kit else None))

    def scan(self, _screen: Any) -> None:
        """Open the camera; on a tablet whose camera is an app beside this one, read its newest picture."""
        try:
            if camera.opened(self.desk.camera):
                self._wait("")
            elif pictures := newest(self.desk.camera):
                self.read(pictures[0])
            else:
                self._wait(_("There is no picture yet."))
        except Refusal as refusal:
            self._wait(trouble_words(refusal))

    def watch(self, _screen: Any) -> None:
        """Read a picture that has just arrived."""
        if self.desk.screen == "genuine" and not self.text and (path := self.watching.arrived()):
            self.read(path)

    def read(self, path: Path) -> None:
        """Check the paper whose code is on a picture."""
        try:
            code = paper_code(scanner.read_qr(path))
        except Refusal as refusal:
            self._wait(trouble_words(refusal))
            return
        if code:
            desk = self.desk
            inspection = desk.held.inspection if desk.has_inspection else ""
            desk.attempt(lambda: clear_copies.took_code(desk.open_store, path, inspection))
            desk.go("genuine", **{**self.where, "text": code})
        else:
            self._wait(_("The code on this picture is none of a paper of this system."))

    def _wait(self, trouble: str) -> None:
        self.text, self.trouble = "", trouble
        self.show()


class _Revoked:
    """The devices of which the office said that they count no more."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup

    def __contains__(self, device: object) -> bool:
        return self.lookup("revoked", str(device)) is not None
