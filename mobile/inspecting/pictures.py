"""The camera's pictures: those to choose from, and those that arrive while a screen waits for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
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
    return camera.written(camera.seen(path))


class Watch:
    """Which of the `pictures`, the newest last, came since the moment that `since` tells, and was not `seen` before.

    Older ones belong to something else.
    """

    def __init__(self, pictures: Callable[[], Sequence[Path]], seen: set[Seen], since: Callable[[], datetime]) -> None:
        self.pictures, self.seen, self.since = pictures, seen, since
        self._growing: Seen | None = None

    def new(self) -> list[Path]:
        """Return the pictures that came, the newest last. Raises Refusal `camera_folder_missing`."""
        since = self.since()
        try:
            return [one for one in self.pictures() if taken_at(one) > since and camera.seen(one) not in self.seen]
        except OSError as problem:
            raise Refusal("camera_folder_missing") from problem

    def newest(self) -> Path | None:
        """Return the newest that came, once; None where there is none. Raises Refusal `camera_folder_missing`."""
        new = self.new()
        with suppress(OSError):
            self.seen.update(camera.seen(one) for one in new)
        return new[-1] if new else None

    def arrived(self) -> Path | None:
        """Return the newest that came whole, once; one that still grows is left for the next look."""
        try:
            new = self.new()
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
