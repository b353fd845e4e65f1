"""The camera's pictures: those to choose from, and those that arrive while a screen waits for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from mobile.device import camera
from mobile.device.camera import Seen
from mobile.refusals import Refusal

MOST_PICTURES = 24


def newest(folder: Path) -> list[Path]:
    """Return the camera's pictures, the newest first."""
    try:
        return list(reversed(camera.arrived(folder)))[:MOST_PICTURES]
    except Refusal:
        return []


def taken_at(path: Path) -> datetime:
    """Return when a picture arrived."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


class Watch:
    """Which picture has arrived in the folder since the moment that `since` tells, and was not `seen` before.

    Older ones belong to something else; one that still grows is left for the next look.
    """

    def __init__(self, folder: Path, seen: set[Seen], since: Callable[[], datetime]) -> None:
        self.folder, self.seen, self.since = folder, seen, since
        self._growing: Seen | None = None

    def arrived(self) -> Path | None:
        """Return the newest picture that has arrived whole, once; None where there is none."""
        since = self.since()
        try:
            new = [one for one in camera.arrived(self.folder, self.seen) if taken_at(one) > since]
            if not new:
                return None
            found = [camera.seen(one) for one in new]
        except (Refusal, OSError):
            return None
        if self._growing != found[-1]:
            self._growing = found[-1]
            return None
        self.seen.update(found)
        return new[-1]
