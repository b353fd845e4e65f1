"""The camera's pictures: those to choose from, and those that arrive while a screen waits for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from time import monotonic

from mobile.device import camera
from mobile.device.camera import Seen
from mobile.refusals import Refusal

MOST_PICTURES = 24
SLOW_S, REST = 0.1, 4
"""A look that took longer is followed by none by itself for so many times as long: a slow card must not hold the screen
up."""


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
    """Which of the `pictures` from a moment on, the newest last, came after that of `since` and is not `seen`.

    Older ones belong to something else.
    """

    def __init__(
        self, pictures: Callable[[datetime], Sequence[Path]], seen: set[Seen], since: Callable[[], datetime]
    ) -> None:
        self.pictures, self.seen, self.since = pictures, seen, since
        self._growing: Seen | None = None
        self._rested_at = 0.0

    def new(self) -> list[Path]:
        """Return the pictures that came, the newest last. Raises Refusal `camera_folder_missing`."""
        since = self.since()
        try:
            return [one for one in self.pictures(since) if taken_at(one) > since and camera.seen(one) not in self.seen]
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
        began = monotonic()
        if began < self._rested_at:
            return None
        try:
            new = self.new()
            ended = monotonic()
            self._rested_at = ended + REST * (ended - began) if ended - began > SLOW_S else 0.0
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
