"""A finger that Kivy takes for a real one, and the picture of a window."""

from pathlib import Path
from typing import Any

from kivy.base import EventLoop
from kivy.input.motionevent import MotionEvent
from kivy.uix.scrollview import ScrollView


class FingerEvent(MotionEvent):
    """One contact of a finger with the glass; positions are fractions of the window."""

    def __init__(self, number: int, at: tuple[float, float]) -> None:
        super().__init__("driver", number, at, is_touch=True, type_id="touch")

    def depack(self, args: Any) -> None:
        """Take the position from the event's arguments."""
        self.sx, self.sy = args
        self.profile = ["pos"]
        super().depack(args)


class Finger:
    """Presses, moves and lifts, one contact at a time; positions in pixels of the window."""

    def __init__(self) -> None:
        self._count = 0
        self._event: FingerEvent | None = None
        self._touches: list[FingerEvent] = []

    def press(self, x: float, y: float) -> None:
        """Touch the glass."""
        self._count += 1
        self._event = FingerEvent(self._count, self._fraction(x, y))
        self._touches.append(self._event)
        EventLoop.post_dispatch_input("begin", self._event)

    def move(self, x: float, y: float) -> None:
        """Slide to a point."""
        assert self._event is not None
        self._event.move(self._fraction(x, y))
        EventLoop.post_dispatch_input("update", self._event)

    def lift(self) -> None:
        """Let go."""
        assert self._event is not None
        EventLoop.post_dispatch_input("end", self._event)

    def forget(self) -> None:
        """Let go of what was touched: a touch holds its widgets, and Kivy keeps touches to tell a double tap."""
        for touch in self._touches:
            touch.ud.clear()
            touch.grab_current = None
        self._touches, self._event = [], None

    def is_held(self) -> bool:
        """Return whether a scrolling view still keeps the last touch from what lies under it."""
        event = self._event
        return event is not None and any(isinstance(ref(), ScrollView) for ref in event.grab_list)

    def _fraction(self, x: float, y: float) -> tuple[float, float]:
        width, height = EventLoop.window.system_size
        # Kivy spreads 0 to 1 over the pixels from the first to the last.
        return x / (width - 1), y / (height - 1)


def picture(window: Any) -> Any:
    """Return what the window shows as a Pillow image."""
    from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glPixelStorei, glReadPixels
    from PIL import Image

    width, height = (int(v) for v in window.system_size)
    glPixelStorei(0x0D05, 1)  # GL_PACK_ALIGNMENT: rows without padding
    pixels = glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE)
    return Image.frombytes("RGB", (width, height), bytes(pixels)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)


def save_png(shown: Any, path: Path) -> Path:
    """Write a picture to a PNG file in its true colours."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shown.save(path, compress_level=3)
    return path
