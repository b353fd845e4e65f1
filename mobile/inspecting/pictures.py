"""The camera's pictures: those to choose from, and those that arrive while a screen waits for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from mobile.desk import Desk
from mobile.device import camera
from mobile.refusals import Refusal
from mobile.screens.shared.ages import clock_words

MOST_PICTURES = 24


def newest(folder: Path) -> list[Path]:
    """Return the camera's pictures, the newest first."""
    try:
        return list(reversed(camera.arrived(folder)))[:MOST_PICTURES]
    except Refusal:
        return []


def captions(pictures: list[Path]) -> list[tuple[str, str]]:
    """Return the pictures with the time of each."""
    return [(str(one), clock_words(_taken(one))) for one in pictures]


class Watch:
    """Which picture has arrived since the moment that `since` tells.

    Older ones belong to something else; one that still grows is left for the next look.
    """

    def __init__(self, desk: Desk, since: Callable[[], datetime]) -> None:
        self.desk, self.since = desk, since
        self._sizes: dict[Path, int] = {}

    def arrived(self) -> Path | None:
        """Return the newest picture that has arrived whole, once; None where there is none."""
        desk, since = self.desk, self.since()
        try:
            new = [one for one in camera.arrived(desk.camera, desk.pictures_seen) if _taken(one) > since]
            if not new:
                return None
            path, size = new[-1], new[-1].stat().st_size
        except (Refusal, OSError):
            return None
        if self._sizes.get(path) != size:
            self._sizes[path] = size
            return None
        desk.pictures_seen.update(new)
        return path


def _taken(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
