"""A picture of the plate on the identify screen: the button, the plates that were read, and where none was."""

from __future__ import annotations

from functools import partial

from demo import pictures
from demo.scenes.camera import Drawn
from demo.stage import Stage
from mobile.device.plate_lines import ReadPlate

TRACTOR, TRAILER = "蒙K12345", "蒙K1234挂"


class Told:
    """A reader that finds in every picture what it was told."""

    def __init__(self, *plates: ReadPlate) -> None:
        self.plates = plates

    def read(self, picture: bytes) -> tuple[ReadPlate, ...]:
        """Return what it was told."""
        return self.plates

    def forget(self) -> None:
        """Nothing is held."""


def scenes(stage: Stage) -> None:
    """Play the scenes."""
    desk = stage.app.desk
    desk.lens = Drawn(partial(pictures.plate, TRAILER), stage.folder)
    desk.plate_reader = Told(ReadPlate(TRAILER, "蒙K1234桂"), ReadPlate(TRACTOR))
    stage.tap("new_check")
    stage.at("identify")
    stage.shot("identify-photo")
    stage.tap("photo_plate")
    _taken(stage)
    stage.wait_for(f"read:{TRAILER}")
    stage.shot("identify-read")
    stage.tap(f"read:{TRAILER}")
    stage.wait_for("plate_keyboard")
    stage.shot("identify-read-typed")
    desk.plate_reader = Told()
    desk.go("identify")
    stage.tap("photo_plate")
    _taken(stage)
    stage.driver.step_until(lambda: not stage.driver.find_id("photo_plate_again").disabled)
    stage.shot("identify-read-nothing")
    desk.lens = desk.plate_reader = None
    desk.put_down()


def _taken(stage: Stage) -> None:
    stage.at("camera")
    stage.driver.step_until(lambda: stage.driver.find_id("shutter").parent.parent.texture is not None)
    stage.tap("shutter")
    stage.at("identify")
