"""The screen of a wiped tablet: finishes the wipe, saves what is kept on a stick, leads to the enrolment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mobile.desk import Desk
from mobile.device import volumes
from mobile.link.background import apart
from mobile.refusals import Refusal
from mobile.screens.shared.trouble import trouble_words
from mobile.screens.wiped.state import export_words, wiped_state
from mobile.store import wipe
from mobile.store.wipe_status import Wiped
from mobile.words import _


def enter(desk: Desk, screen: Any, **_where: Any) -> None:
    """Show the screen and go on with the wipe where it was cut off."""
    _WipedScreen(desk, screen)


class _WipedScreen:
    """What is being done, and what went wrong with it."""

    def __init__(self, desk: Desk, screen: Any) -> None:
        self.desk, self.screen = desk, screen
        self.working, self.notice, self.trouble = False, "", ""
        screen.bind(
            on_save=lambda _screen: self.save(),
            on_retry=lambda _screen: self.retry(),
            on_enrol=lambda _screen: desk.go("unlock", enrol=True),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show how it stands; the wipe waits for a run with the office that still reads the store."""
        told = wipe.pending(self.desk.folder)
        if told is None:
            return
        if not told.done and not self.working and not self.trouble and not self.desk.courier.state.running:
            self._begin()
        busy = _("Working …") if self.working else ""
        left, aside = _left(self.desk.folder) if told.done else (0, 0)
        said = {"busy": busy, "notice": self.notice, "trouble": self.trouble}
        state = wiped_state(told, left, self.desk.now(), aside=aside, **said)
        self.screen.show(state)

    def retry(self) -> None:
        """Try again to put the evidence aside, once there is room."""
        self.trouble = ""
        self.show()

    def save(self) -> None:
        """Copy what is kept to a USB stick."""
        folder = self.desk.folder

        def job() -> str:
            from mobile.store import export, remains

            stick = volumes.stick()
            told = [(one, export.copy(one.path, stick)) for one in remains.all_kept(folder)]
            records, photos = sum(one.records for one, _path in told), sum(one.photos for one, _path in told)
            return export_words(records, photos, ", ".join(path.name for _one, path in told))

        self._apart(job)

    def _begin(self) -> None:
        folder, camera = self.desk.folder, self.desk.camera
        self._apart(lambda: wipe.finish(folder, (camera,)), show=False)

    def _apart(self, job: Any, *, show: bool = True) -> None:
        self.working, self.notice, self.trouble = True, "", ""
        if show:
            self.show()
        apart(job, self._finished, self.desk.later)

    def _finished(self, found: str | Wiped | Refusal) -> None:
        self.working = False
        self.trouble = trouble_words(found) if isinstance(found, Refusal) else ""
        self.notice = found if isinstance(found, str) else ""
        if self.desk.screen == "wiped":
            self.show()


def _left(folder: Path) -> tuple[int, int]:
    """Return how many checks are still kept, and how many of them in folders put aside whole; such counts as one."""
    from mobile.store import remains

    aside = remains.count_aside(folder)
    return sum(one.records for one in remains.all_kept(folder)) + aside, aside
