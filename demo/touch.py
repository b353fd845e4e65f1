"""A finger that Kivy takes for a real one, and the picture of a window."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kivy.base import EventLoop
from kivy.input.motionevent import MotionEvent
from kivy.uix.scrollview import ScrollView

Colour = tuple[int, int, int]


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

    def press(self, x: float, y: float) -> None:
        """Touch the glass."""
        self._count += 1
        self._event = FingerEvent(self._count, self._fraction(x, y))
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

    def is_held(self) -> bool:
        """Return whether a scrolling view still keeps the last touch from what lies under it."""
        event = self._event
        return event is not None and any(isinstance(ref(), ScrollView) for ref in event.grab_list)

    def _fraction(self, x: float, y: float) -> tuple[float, float]:
        width, height = EventLoop.window.system_size
        # Kivy spreads 0 to 1 over the pixels from the first to the last.
        return x / (width - 1), y / (height - 1)


def save_png(window: Any, path: Path) -> Path:
    """Write what the window shows to a PNG file with 256 colours."""
    from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glPixelStorei, glReadPixels
    from PIL import Image

    width, height = (int(v) for v in window.system_size)
    glPixelStorei(0x0D05, 1)  # GL_PACK_ALIGNMENT: rows without padding
    pixels = glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE)
    picture = Image.frombytes("RGB", (width, height), bytes(pixels)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    path.parent.mkdir(parents=True, exist_ok=True)
    _with_palette(picture).save(path, optimize=True)
    return path


def _with_palette(picture: Any) -> Any:
    """Return the picture in 256 of its most frequent colours, so that grounds and words keep theirs exactly."""
    from PIL import Image

    counted = sorted(picture.getcolors(maxcolors=picture.width * picture.height), reverse=True)
    chosen: list[Colour] = []
    for _count, colour in counted[:2000]:
        if len(chosen) < 256 and all(_keeps(one, colour) for one in chosen):
            chosen.append(colour)
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for colour in chosen for channel in colour])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def _keeps(colour: Colour, rival: Colour) -> bool:
    """Return whether Pillow goes on taking a colour for itself when a rival joins the palette.

    It looks colours up rounded down to fours, so that a rarer neighbour may lie nearer to what is looked up.
    """
    looked_up = [channel & ~3 for channel in colour]
    return _distance(looked_up, colour) < _distance(looked_up, rival)


def _distance(one: Iterable[int], other: Iterable[int]) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
