"""OrangePanel and Diamond: what hangs on the vehicle, drawn as it looks there.

    OrangePanel:
        hazard: "80"                # hazard identification number; may be empty
        un: "1830"
        height: theme.mm * 14       # the width follows (4 : 3)
    Diamond:
        label: "8"                  # class or division of the label: 1, 1.4, 2.1 … 9, 9A, as in the goods list
        height: theme.mm * 16       # a square box

Both can be shown as seen or as declared; the words beside them say which.
"""

from functools import lru_cache
from typing import Any

from kivy.graphics import (
    Canvas,
    Color,
    InstructionGroup,
    Mesh,
    PopMatrix,
    PushMatrix,
    Rectangle,
    SmoothEllipse,
    SmoothLine,
    SmoothQuad,
    SmoothRoundedRectangle,
    Translate,
)
from kivy.graphics.tesselator import TYPE_POLYGONS, WINDING_ODD, Tesselator
from kivy.properties import AliasProperty, StringProperty
from kivy.utils import get_color_from_hex

from mobile.widgets.base import Drawing, load_kv
from mobile.widgets.placard_looks import BLACK, LABELS, ORANGE, PLACES, STRIPED, WHITE
from mobile.widgets.placard_shapes import SYMBOLS, Point
from mobile.widgets.plate import LIFT, glyph
from mobile.widgets.signs import stroke


def fill(points: list[Point]) -> None:
    """Fill any polygon, given in pixels, on the canvas in use, with a smooth edge."""
    flat = [c for point in points for c in point]
    tess = Tesselator()
    tess.add_contour(flat)
    if tess.tesselate(WINDING_ODD, TYPE_POLYGONS):
        for vertices, indices in tess.meshes:
            Mesh(vertices=vertices, indices=indices, mode="triangle_fan")
    SmoothLine(points=flat, close=True, width=1.0)


class OrangePanel(Drawing):
    """The orange plate: hazard number above, UN number below."""

    hazard = StringProperty("")
    un = StringProperty("")
    text = AliasProperty(lambda self: f"{self.hazard}/{self.un}", bind=["hazard", "un"])
    drawn_from = ("hazard", "un")

    def draw(self) -> None:
        """Draw the black frame and bar, and the two numbers as large as they fit."""
        rim = self.height * 0.045
        Color(rgba=get_color_from_hex(BLACK))
        SmoothRoundedRectangle(pos=self.pos, size=self.size, radius=[self.height * 0.04])
        Color(rgba=get_color_from_hex(ORANGE))
        half = (self.height - 3 * rim) / 2
        size = self.width - 2 * rim, half
        Rectangle(pos=(self.x + rim, self.y + rim), size=size)
        Rectangle(pos=(self.x + rim, self.y + 2 * rim + half), size=size)
        Color(rgba=get_color_from_hex(BLACK))
        for number, y in ((self.hazard, self.y + 2 * rim + half), (self.un, self.y + rim)):
            if number:
                self._number(number, y, half)

    def _number(self, number: str, y: float, height: float) -> None:
        texture = glyph(number, height * 0.86)
        width = min(texture.width, self.width * 0.9)
        Rectangle(
            texture=texture,
            pos=(self.center_x - width / 2, y + height / 2 - texture.height * (0.5 - LIFT)),
            size=(width, texture.height),
        )


class Diamond(Drawing):
    """The placard of a class or division."""

    label = StringProperty("")
    text = AliasProperty(lambda self: self.label, bind=["label"])
    drawn_from = ("label",)

    def draw(self) -> None:
        """Put the drawing of the label, which all diamonds of its size share, where the widget is."""
        PushMatrix()
        Translate(*self.center)
        # In a group of its own: `clear` leaves what was made with `noadd`.
        InstructionGroup().add(drawing(self.label, min(self.size)))
        PopMatrix()


@lru_cache(maxsize=64)
def drawing(label: str, side: float) -> Canvas:
    """Return a label drawn about the origin; kept, because filling its shapes takes ten milliseconds."""
    # Otherwise it joins the canvas that is being drawn on, besides being put there.
    canvas = Canvas(noadd=True)
    with canvas:
        _Label(label, side / 2).draw()
    return canvas


class _Label:
    """A label of half the side `r`, drawn on the canvas in use."""

    def __init__(self, label: str, r: float) -> None:
        self.label, self.r = label, r

    def draw(self) -> None:
        """Draw ground, stripes, inner line, symbol and figure; an unknown label is a white diamond with its words."""
        unknown = (WHITE, WHITE, "", BLACK, BLACK, self.label)
        upper, lower, symbol, above, below, figure = LABELS.get(self.label, unknown)
        self._ground(upper, lower)
        self._line(above, below)
        if symbol in SYMBOLS:
            self._symbol(symbol, above, upper)
        elif symbol:
            self._words(symbol, above, 0.16, 0.46)
        self._words(figure, below, -0.6, 0.3)
        if self.label in ("9", "9A"):
            self._polygon(BLACK, [(-0.1, -0.74), (0.1, -0.74), (0.1, -0.715), (-0.1, -0.715)])

    def _at(self, x: float, y: float) -> Point:
        """Return the pixels of a point of the diamond |x| + |y| ≤ 1."""
        return x * self.r, y * self.r

    def _polygon(self, colour: str, points: list[Point]) -> None:
        Color(rgba=get_color_from_hex(colour))
        fill([self._at(x, y) for x, y in points])

    def _square(self, colour: str, radius: float) -> None:
        Color(rgba=get_color_from_hex(colour))
        corners = ((radius, 0), (0, radius), (-radius, 0), (0, -radius))
        SmoothQuad(points=[c for x, y in corners for c in self._at(x, y)])

    def _ground(self, upper: str, lower: str) -> None:
        # A thin dark rim keeps a white placard visible on a white card.
        self._square("#5A6472", 1.0)
        self._square(lower if upper == lower else WHITE, 0.965)
        if upper != lower:
            self._polygon(upper, [(-0.94, 0), (0, 0.94), (0.94, 0)])
            self._polygon(lower, [(-0.94, 0), (0.94, 0), (0, -0.94)])
        if self.label in STRIPED:
            colour, through = STRIPED[self.label]
            for i in range(-3, 4):
                self._stripe(colour, i * 0.25 - 0.0625, i * 0.25 + 0.0625, through=through)

    def _stripe(self, colour: str, left: float, right: float, *, through: bool) -> None:
        """Draw the part of an upright stripe that lies inside the placard's inner line."""
        reach = 0.88
        xs = [left, *([0.0] if left < 0 < right else []), right]
        over = [(x, reach - abs(x)) for x in xs if abs(x) < reach]
        under = [(x, abs(x) - reach if through else 0.0) for x in reversed(xs) if abs(x) < reach]
        self._polygon(colour, [*over, *under])

    def _line(self, above: str, below: str) -> None:
        """Draw the line that runs inside the edge, in the ink of each half."""
        width = max(1.0, self.r * 0.024)
        for colour, tip in ((above, 0.88), (below, -0.88)):
            Color(rgba=get_color_from_hex(colour))
            stroke([self._at(-0.88, 0), self._at(0, tip), self._at(0.88, 0)], width)

    def _symbol(self, name: str, ink: str, ground: str) -> None:
        scale, bottom = PLACES.get(name, (0.64, 0.08))

        def place(x: float, y: float) -> Point:
            return self._at(x * scale, bottom + y * scale)

        side = self.r * scale
        for kind, *values in SYMBOLS[name]:
            Color(rgba=get_color_from_hex(ground if kind.startswith("hole") else ink))
            self._shape(kind, values, place, side)

    def _shape(self, kind: str, values: list[Any], place: Any, side: float) -> None:
        if kind.endswith("disc"):
            (x, y), r = place(*values[:2]), values[2] * side
            SmoothEllipse(pos=(x - r, y - r), size=(2 * r, 2 * r))
        elif kind == "stroke":
            stroke([place(x, y) for x, y in values[0]], values[1] * side)
        else:
            fill([place(x, y) for x, y in values[0]])

    def _words(self, words: str, ink: str, y: float, height: float) -> None:
        if not words:
            return
        Color(rgba=get_color_from_hex(ink))
        texture = glyph(words, self.r * height)
        x, middle = self._at(0, y)
        width = min(texture.width, self.r * 1.12)
        corner = x - width / 2, middle - texture.height * (0.5 - LIFT)
        Rectangle(texture=texture, pos=corner, size=(width, texture.height))


load_kv(__file__)
