"""A scanned paper of ours is checked on the tablet alone: by the pinned key and what the office told it."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from checklists.records.paper_proof import Stated, Verdict, check
from mobile.desk import Desk
from mobile.device import camera, scanner
from mobile.inspecting import passes
from mobile.inspecting.pictures import Watch
from mobile.link import pass_status
from mobile.link.background import apart
from mobile.refusals import Refusal
from mobile.screens.genuine.state import genuine_state, paper_code, waiting_state
from mobile.screens.shared.trouble import trouble_words
from mobile.store import clear_copies, feed
from mobile.store import store as stores
from mobile.store.voids import Voided
from mobile.words import _


def enter(desk: Desk, screen: Any, *, text: str = "", **where: Any) -> None:
    """Show whether the paper with this code is genuine; without one, wait for its picture."""
    _Genuine(desk, screen, text, where)


class _Genuine:
    """The code that was read, and what is in the way of reading one."""

    def __init__(self, desk: Desk, screen: Any, text: str, where: dict[str, Any]) -> None:
        self.desk, self.screen, self.text, self.where = desk, screen, text, where
        self.trouble = self.status = ""
        opened = desk.now()
        self.watching = Watch(partial(camera.arrived, desk.camera), desk.pictures_seen, lambda: opened)
        screen.bind(on_scan=self.scan, on_watch=self.watch)
        desk.refresh = self.show
        self.show()
        if (said := self.genuine()) is not None and said.kind == passes.KIND:
            self.keep(said)
            apart(lambda: pass_status.ask(desk.access.enrolled.link, said.number), self.told, desk.later)

    def show(self) -> None:
        """Show the verdict, or what is waited for."""
        if not self.text:
            self.screen.show(waiting_state(self.trouble))
            return
        desk, kit = self.desk, None
        with suppress(Refusal):
            kit = desk.kit
        definitions, office = kit.definitions if kit else None, desk.access.enrolled.office
        self.screen.show(genuine_state(self.verdict(), office, definitions, stands=desk.plate, status=self.status))

    def verdict(self) -> Verdict:
        """Return what this tablet knows of the code by itself."""
        desk, store = self.desk, self.desk.open_store
        key, void = desk.access.enrolled.server_key, Voided(store)
        return check(self.text, key, feed.revoked(store), void=void, plate=desk.plate, at=desk.now())

    def genuine(self) -> Stated | None:
        """Return what a genuine code says; None for any other, and while there is none."""
        verdict = self.verdict() if self.text else None
        return verdict.stated if verdict is not None and verdict.state == "genuine" else None

    def keep(self, said: Stated) -> None:
        """Put down that the pass was read, where a check is in hand."""
        desk = self.desk
        if desk.has_inspection and stores.inspection_state(desk.open_store, desk.held.inspection) == "in_progress":
            drafts = passes.reading(desk.held, said, self.status)
            if drafts:
                desk.attempt(lambda: desk.put(drafts))

    def told(self, found: str | Refusal) -> None:
        """Take what the office says of the pass; without a line what is known here stands."""
        if isinstance(found, Refusal) or self.desk.screen != "genuine" or self.desk.where.get("text") != self.text:
            return
        self.status = found
        self.show()
        if (said := self.genuine()) is not None:
            self.keep(said)

    def scan(self, _screen: Any) -> None:
        """Open the camera; on a tablet whose camera is an app beside this one, read the picture that it took since."""
        try:
            if camera.opened(self.desk.camera):
                self._wait("")
            elif new := self.watching.newest():
                self.read(new)
            else:
                raise Refusal("camera_folder_missing", str(self.desk.camera))
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
