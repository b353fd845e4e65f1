"""The device's own camera: looked through for a photo and for a code, and where it cannot be opened."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from demo import pictures
from demo.scenes.walk import identified
from demo.stage import Stage
from mobile.device.live_camera import PREVIEW_PX, Frame


class Drawn:
    """A camera before which a drawing stands; without one it cannot be opened."""

    state = "open"

    def __init__(self, draw: Callable[[Path], None] | None, folder: Path) -> None:
        path = folder / "drawn.jpg"
        if draw is None:
            self.state = "failed"
            return
        draw(path)
        self._content = path.read_bytes()
        path.unlink()

    def __call__(self, *, codes: bool) -> Drawn:
        """Open it."""
        return self

    def frame(self, after: int = 0) -> Frame | None:
        """Return what stands before it, once."""
        if after or self.state != "open":
            return None
        small = Image.open(io.BytesIO(self._content)).convert("RGB")
        small.thumbnail((PREVIEW_PX, PREVIEW_PX))
        return Frame(1, small.width, small.height, small.tobytes())

    def coded(self) -> bytes:
        """Read no code: the picture of this scene would be gone."""
        return b""

    def picture(self) -> bytes:
        """Return what stands before it."""
        return self._content

    def close(self) -> None:
        """Nothing is held."""


def _seen(stage: Stage) -> None:
    stage.at("camera")
    stage.driver.step_until(lambda: stage.driver.find_id("shutter").parent.parent.texture is not None)


def scenes(stage: Stage) -> None:
    """Play the scenes."""
    desk = stage.app.desk
    identified(stage)
    stage.tap("start_walk")
    stage.at("walk")
    desk.go("deviation", item="EQP-14", section="EQP")
    stage.at("deviation")
    desk.lens = Drawn(pictures.empty_box, stage.folder)
    stage.tap("photo")
    _seen(stage)
    stage.shot("camera")
    stage.tap("shutter")
    stage.at("deviation")
    desk.lens = Drawn(None, stage.folder)
    stage.tap("photo")
    stage.at("camera")
    stage.settled()
    stage.shot("camera-failed")
    desk.lens = Drawn(lambda path: pictures.waybill("运单编号=YD1;车牌号=蒙K12345;UN编号=1830", path), stage.folder)
    desk.put_down()
    stage.at("queue")
    stage.tap("new_check")
    stage.at("identify")
    stage.tap("scan")
    _seen(stage)
    stage.shot("camera-code")
    desk.lens = None
    desk.put_down()
