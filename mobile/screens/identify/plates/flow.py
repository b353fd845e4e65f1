"""The picture of a plate: taken or found, read apart from the screen, and what was read told to the officer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mobile.desk import Desk
from mobile.device import camera
from mobile.device.plate_lines import ReadPlate
from mobile.link.background import apart
from mobile.refusals import Refusal
from mobile.screens.identify.plates.state import PlatesState, gone_words, plates_state
from mobile.screens.shared.trouble import trouble_words


def may_photograph(desk: Desk) -> bool:
    """Whether plates are read on this device, and it has a camera, or a picture of this check has come."""
    return desk.plate_reader is not None and (desk.lens is not None or bool(_pictures(desk)))


def photograph(desk: Desk) -> None:
    """Have the plates in a new picture read; where none has come, this device's camera takes one.

    Raises Refusal `no_new_picture` or `camera_folder_missing` where it has none.
    """
    desk.photograph(_Photo(desk).take, mode="scan")


class _Photo:
    """One touch of the button. What this device's own camera then takes was taken for its plate alone."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.own = desk, False

    def take(self) -> None:
        """Have the newest picture read. Raises Refusal `no_new_picture` where none has come since the last."""
        desk, new = self.desk, _pictures(self.desk)
        if not new or str(new[-1]) == desk.where.get("picture"):
            self.own = True
            raise Refusal("no_new_picture", str(desk.camera))
        desk.pictures_seen.update(camera.seen(one) for one in new)
        desk.go("identify", mode="read", picture=str(new[-1]), own=self.own)


class Reading:
    """A picture from when it begins to be read until its plates are shown; `changed` hears that they are there."""

    def __init__(self, desk: Desk, picture: Path, changed: Callable[[], None], *, own: bool) -> None:
        self.desk, self.changed = desk, changed
        self.found: tuple[ReadPlate, ...] | None = None
        self.trouble = ""
        self._begin(picture, own=own)

    @property
    def state(self) -> PlatesState:
        """What is to be shown of it."""
        read = None if self.found is None else [(one.signs, one.seen) for one in self.found]
        return plates_state(read, self.trouble)

    def _begin(self, picture: Path, *, own: bool) -> None:
        reader = self.desk.plate_reader
        assert reader is not None  # noqa: S101 - nothing is read without one
        try:
            content = camera.picked(picture)
            if own:
                # Left there it would be taken for a photo of whatever is photographed next.
                camera.drop(picture)
        except Refusal as refusal:
            self._told(refusal)
            return
        apart(lambda: reader.read(content), self._told, self.desk.later)

    def _told(self, found: tuple[ReadPlate, ...] | Refusal) -> None:
        if isinstance(found, Refusal):
            self.trouble = gone_words() if found.code == "file_unreadable" else trouble_words(found)
        else:
            self.found = found
        self.changed()


def _pictures(desk: Desk) -> tuple[Path, ...]:
    """Return the pictures of this check that may show its plate, the newest last.

    Where this device takes pictures itself, one that was looked at already is none; elsewhere it may have been looked
    at for a waybill's code the moment it came.
    """
    try:
        found = desk.shutter().arrived()
        return tuple(one for one in found if desk.lens is None or camera.seen(one) not in desk.pictures_seen)
    except (Refusal, OSError):
        return ()
