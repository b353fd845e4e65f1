"""MarkPad: a picture on which a finger draws marks; what was drawn is told, and shown when the state has it.

    MarkPad:
        tool: "arrow"                     # arrow, circle or stroke
        on_drawn: …(args[1], args[2])     # shape, points in ten-thousandths from the picture's upper left corner

`load(jpeg)` reads the picture no larger than the screen needs it, `release()` gives its texture back.
"""

import io
from typing import Any

from kivy.core.image import Image as CoreImage
from kivy.graphics import Color, Line, Rectangle
from kivy.properties import ListProperty, ObjectProperty, StringProperty
from kivy.utils import get_color_from_hex

from mobile.inspecting.markup import INK, RIM, WHOLE, lines
from mobile.widgets.base import Drawing
from mobile.widgets.theme import theme

Point = tuple[int, int]


class MarkPad(Drawing):
    """The picture, the marks of the state, and the one under the finger."""

    test_id = StringProperty("picture")
    tool = StringProperty("arrow")
    texture = ObjectProperty(None, allownone=True)
    marks = ListProperty()
    under = ListProperty()
    drawn_from = ("texture", "marks", "under")
    __events__ = ("on_drawn",)

    def load(self, content: bytes) -> None:
        """Show a JPEG; it is not kept in Kivy's cache."""
        self.texture = CoreImage(io.BytesIO(content), ext="jpg", nocache=True).texture

    def release(self) -> None:
        """Give the picture's texture back."""
        self.texture, self.marks, self.under = None, [], []

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Where the picture lies: left, bottom, width, height."""
        if self.texture is None or not all(self.texture.size):
            return (*self.pos, *self.size)
        scale = min(self.width / self.texture.width, self.height / self.texture.height)
        wide, high = self.texture.width * scale, self.texture.height * scale
        return self.center_x - wide / 2, self.center_y - high / 2, wide, high

    def draw(self) -> None:
        """Draw the picture, then each mark with a rim."""
        left, bottom, wide, high = self.box
        if self.texture is not None:
            Color(1, 1, 1, 1)
            Rectangle(texture=self.texture, pos=(left, bottom), size=(wide, high))
        for mark in self.marks:
            self._put(mark.shape, mark.points)
        if self.under:
            self._put(self.tool, self.under)

    def _put(self, shape: str, points: Any) -> None:
        left, bottom, wide, high = self.box
        place = [(left + x * wide / WHOLE, bottom + high - y * high / WHOLE) for x, y in points]
        thin = max(theme.mm * 0.5, wide / 200)
        for ink, width in ((RIM, thin * 2), (INK, thin)):
            Color(*get_color_from_hex(ink))
            for line in lines(shape, place, thin * 7):
                Line(points=[part for point in line for part in point], width=width / 2, cap="round", joint="round")

    def on_touch_down(self, touch: Any) -> bool:
        """Begin a mark on the picture."""
        if self.disabled or self.texture is None or not self.collide_point(*touch.pos):
            return bool(super().on_touch_down(touch))
        touch.grab(self)
        self.under = [self._point(*touch.pos)]
        return True

    def on_touch_move(self, touch: Any) -> bool:
        """Draw on; an arrow and a circle need only where they began and where they are."""
        if touch.grab_current is not self:
            return bool(super().on_touch_move(touch))
        point = self._point(*touch.pos)
        self.under = [*self.under, point] if self.tool == "stroke" else [self.under[0], point]
        return True

    def on_touch_up(self, touch: Any) -> bool:
        """Give the mark up, unless it is no larger than a slip of the finger."""
        if touch.grab_current is not self:
            return bool(super().on_touch_up(touch))
        touch.ungrab(self)
        points, self.under = [tuple(one) for one in self.under], []
        if _span(points) >= WHOLE // 50:
            self.dispatch("on_drawn", self.tool, points)
        return True

    def _point(self, x: float, y: float) -> Point:
        left, bottom, wide, high = self.box
        across = (x - left) / wide if wide else 0
        down = (bottom + high - y) / high if high else 0
        return round(min(max(across, 0), 1) * WHOLE), round(min(max(down, 0), 1) * WHOLE)

    def on_drawn(self, shape: str, points: list[Point]) -> None:
        """Hear a mark that was drawn."""


def _span(points: list[Any]) -> int:
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return max(max(xs) - min(xs), max(ys) - min(ys))
