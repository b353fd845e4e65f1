"""QrCode: a text as a QR code, as large as its box allows in whole pixels, on white by day and night.

QrCode:
text: root.code            # "" draws nothing
level: "m"                 # how much may be hidden: l, m, q or h
"""

from functools import lru_cache
from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture
from kivy.properties import StringProperty

from checklists.papers.qr_code import qr_code
from mobile.widgets.base import Drawing

QUIET = 4
"""Modules of white around the code, which readers need."""


class QrCode(Drawing):
    """A QR code."""

    text = StringProperty("")
    level = StringProperty("l")
    drawn_from = ("text", "level")

    def draw(self) -> None:
        """Draw the code in the middle of the box."""
        if not self.text:
            return
        side, pixels = modules(self.text, self.level)
        each = max(1, int(min(self.width, self.height)) // side)
        texture = Texture.create(size=(side, side), colorfmt="luminance", bufferfmt="ubyte")
        texture.mag_filter = texture.min_filter = "nearest"
        texture.blit_buffer(pixels, colorfmt="luminance", bufferfmt="ubyte")
        Color(1, 1, 1, 1)
        size: Any = (side * each, side * each)
        place = (int(self.center_x - size[0] / 2), int(self.center_y - size[1] / 2))
        Rectangle(texture=texture, pos=place, size=size)


@lru_cache(maxsize=32)
def modules(text: str, level: str = "l") -> tuple[int, bytes]:
    """Return how many modules a side has, its quiet zone included, and their grey values from the lowest row up."""
    held = qr_code(text, level).matrix
    side = len(held) + 2 * QUIET
    white = b"\xff" * side
    rows = [white] * QUIET
    for row in reversed(held):
        rows.append(b"\xff" * QUIET + bytes(0 if module else 255 for module in row) + b"\xff" * QUIET)
    return side, b"".join([*rows, *[white] * QUIET])
