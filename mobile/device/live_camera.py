"""A camera whose picture is seen before it is taken: what a desktop tablet has built in, or a video file in its place.

OpenCV reads it (the optional extra `camera`; on Android the camera app takes pictures). Frames come on a thread of
their own, because opening a camera and waiting for a frame take their time; codes are looked for there too.
"""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from mobile.device import on_android
from mobile.refusals import Refusal

PREVIEW_PX = 800
_WIDE, _HIGH = 1920, 1080
"""What is asked of a camera; it gives what it has."""
_QUALITY = 95
_LOOK_EVERY_S, _FRAME_S = 0.25, 0.04
"""How often a code is looked for, and how long a frame of a file stands."""
_HANGS_AFTER_S = 2.0
"""A frame that is older shows nothing of now."""


@dataclass(frozen=True)
class Frame:
    """What is seen now, small: rows from the top, three bytes a pixel (RGB). `number` counts the frames."""

    number: int
    width: int
    height: int
    rgb: bytes


class Source(Protocol):
    """A camera that is open, or on its way to be."""

    @property
    def state(self) -> str:
        """`opening`, `open`, or `failed`: it cannot be opened, or gives no picture any more."""

    def frame(self, after: int = 0) -> Frame | None:
        """Return the newest frame, if its number lies after that one."""

    def coded(self) -> bytes:
        """Return the JPEG in which a code was read, if codes are looked for; nothing before there was one."""

    def picture(self) -> bytes:
        """Return a JPEG of what is seen now, in full size. Raises Refusal `camera_lost`."""

    def close(self) -> None:
        """Let go of the camera."""


class Lens(Protocol):
    """Opens the camera that a setting names."""

    def __call__(self, *, codes: bool) -> Source:
        """Open it; `codes` are looked for as it looks."""


def lens(setting: str) -> Lens | None:
    """Return what opens the camera of a setting: `auto`, a number, the path of a video file, or `none`.

    None where there is nothing to open: on Android, without OpenCV, or where no camera is plugged in.
    """
    if setting == "none" or on_android.here() or find_spec("cv2") is None:
        return None
    if setting == "auto":
        plugged_in = sys.platform != "linux" or any(Path("/dev").glob("video*"))
        return partial(OpenCv, 0) if plugged_in else None
    return partial(OpenCv, int(setting) if setting.isdecimal() else setting)


class OpenCv:
    """A camera by its number, or a video file by its path, which begins anew at its end."""

    def __init__(self, what: int | str, *, codes: bool = False) -> None:
        self._what, self._codes = what, codes
        self._closing = threading.Event()
        self._state = "opening"
        self._image: Any = None
        self._coded = b""
        self._frame: Frame | None = None
        self._seen_at = self._looked_at = 0.0
        threading.Thread(target=self._run, name="lujian-camera", daemon=True).start()

    @property
    def state(self) -> str:
        """As `Source.state`."""
        hangs = self._state == "open" and time.monotonic() - self._seen_at > _HANGS_AFTER_S
        return "failed" if hangs else self._state

    def frame(self, after: int = 0) -> Frame | None:
        """As `Source.frame`."""
        frame = self._frame
        return frame if frame is not None and frame.number > after else None

    def coded(self) -> bytes:
        """As `Source.coded`."""
        return self._coded

    def picture(self) -> bytes:
        """As `Source.picture`."""
        if self._image is None or self.state != "open":
            raise Refusal("camera_lost")
        return _jpeg(self._image)

    def close(self) -> None:
        """As `Source.close`; the thread ends by itself."""
        self._closing.set()

    def _run(self) -> None:
        import cv2

        directly = cv2.CAP_DSHOW if sys.platform == "win32" and isinstance(self._what, int) else cv2.CAP_ANY
        camera = cv2.VideoCapture(self._what, directly)
        try:
            if isinstance(self._what, int):
                camera.set(cv2.CAP_PROP_FRAME_WIDTH, _WIDE)
                camera.set(cv2.CAP_PROP_FRAME_HEIGHT, _HIGH)
            while not self._closing.is_set() and self._take(cv2, camera):
                pass
        finally:
            camera.release()
        self._state = "failed"

    def _take(self, cv2: Any, camera: Any) -> bool:
        """Take the next frame; False where there is none."""
        done, image = camera.read()
        if not done and isinstance(self._what, str):
            camera.set(cv2.CAP_PROP_POS_FRAMES, 0)
            done, image = camera.read()
        if not done:
            return False
        number = self._frame.number + 1 if self._frame else 1
        self._image, self._frame, self._seen_at = image, _small(cv2, image, number), time.monotonic()
        self._state = "open"
        if self._codes and not self._coded and self._seen_at - self._looked_at >= _LOOK_EVERY_S:
            self._looked_at = self._seen_at
            self._coded = _with_code(cv2, image)
        if isinstance(self._what, str):
            self._closing.wait(_FRAME_S)
        return True


def _with_code(cv2: Any, image: Any) -> bytes:
    """Return the JPEG of a frame in which a code can be read, as JPEG too; else nothing."""
    # Knows the waybill and with it half the kernel, which the first frame does without.
    from mobile.device import scanner

    high, wide = image.shape[:2]
    if not scanner.sees_code(wide, high, cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).tobytes()):
        return b""
    content = _jpeg(image)
    try:
        scanner.read_codes(content)
    except Refusal:
        return b""
    return content


def _jpeg(image: Any) -> bytes:
    import cv2

    done, content = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    if not done:
        raise Refusal("camera_lost")
    return bytes(content)


def _small(cv2: Any, image: Any, number: int) -> Frame:
    high, wide = image.shape[:2]
    scale = min(1.0, PREVIEW_PX / max(wide, high))
    small = cv2.resize(image, (int(wide * scale), int(high * scale)), interpolation=cv2.INTER_AREA)
    rgb = cv2.cvtColor(small, cv2.COLOR_BGR2RGB)
    return Frame(number, rgb.shape[1], rgb.shape[0], rgb.tobytes())
