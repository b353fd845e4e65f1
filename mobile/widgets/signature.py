"""SignaturePad: takes a signature as strokes, never as a picture.

    SignaturePad:
        hint: _("Driver signs here")
        strokes: []                 # read it, bind to it, or set it to show a signature again

`strokes` is a list of strokes; a stroke is a flat list of integers x, y, x, y … from the lower left corner. The longer
side of the pad counts 10,000, so that a signature keeps its shape on a pad of another size. `empty` says whether
anybody has written; `clear()` empties the pad, as its own button does.
"""

from typing import Any

from kivy.graphics import Color, SmoothEllipse, SmoothLine
from kivy.properties import AliasProperty, ColorProperty, ListProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.widgets import buttons  # noqa: F401  # its classes are used in the .kv
from mobile.widgets.base import Drawing, load_kv

SIDE = 10_000
# Points nearer than this to the one before carry nothing: 0.3 % of the pad's longer side.
STEP = 30


class SignatureArea(Drawing):
    """The ground that is written on."""

    strokes = ListProperty()
    ink = ColorProperty("#000000")
    pen = NumericProperty(2)
    drawn_from = ("strokes", "ink", "pen")

    def draw(self) -> None:
        """Draw every stroke at the size that the pad now has; a dot is a stroke of one point."""
        Color(*self.ink)
        scale = self._scale()
        for stroke in self.strokes:
            points = [self.x + v * scale if i % 2 == 0 else self.y + v * scale for i, v in enumerate(stroke)]
            if len(points) > 2:
                SmoothLine(points=points, width=self.pen)
            else:
                SmoothEllipse(pos=(points[0] - self.pen, points[1] - self.pen), size=(2 * self.pen, 2 * self.pen))

    def _scale(self) -> float:
        """Return pixels per unit: the longer side counts SIDE, and what was written on a squarer pad still fits."""
        right = max((x for stroke in self.strokes for x in stroke[::2]), default=1)
        top = max((y for stroke in self.strokes for y in stroke[1::2]), default=1)
        return float(min(max(self.size) / SIDE, self.width / max(right, 1), self.height / max(top, 1)))

    def _point(self, touch: Any) -> list[int]:
        """Return the touch in the pad's own units, kept inside it."""
        scale = 1 / self._scale()
        x = min(max(touch.x - self.x, 0), self.width)
        y = min(max(touch.y - self.y, 0), self.height)
        return [round(x * scale), round(y * scale)]

    def on_touch_down(self, touch: Any) -> bool:
        """Begin a stroke."""
        if self.disabled or not self.collide_point(*touch.pos):
            return False
        touch.grab(self)
        self.strokes = [*self.strokes, self._point(touch)]
        return True

    def on_touch_move(self, touch: Any) -> bool:
        """Lengthen the stroke; one that began beside the ground, with nothing there to press, begins on its edge."""
        if not touch.grab_list:
            return self.on_touch_down(touch)
        if touch.grab_current is not self or not self.strokes:
            return False
        x, y = self._point(touch)
        *before, stroke = self.strokes
        if abs(x - stroke[-2]) + abs(y - stroke[-1]) >= STEP:
            self.strokes = [*before, [*stroke, x, y]]
        return True

    def on_touch_up(self, touch: Any) -> bool:
        """End the stroke."""
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        return True


class SignaturePad(BoxLayout):
    """A place to sign, with its hint, its line and a button to begin again."""

    test_id = StringProperty("")
    hint = StringProperty("")
    strokes = ListProperty()
    empty = AliasProperty(lambda self: not self.strokes, bind=["strokes"])

    def clear(self) -> None:
        """Take every stroke away."""
        self.strokes = []


load_kv(__file__)
