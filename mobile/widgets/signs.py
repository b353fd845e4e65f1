"""Sign: a mark drawn from strokes, so that it never depends on a glyph and stays sharp at any size.

    Sign:
        sign: "tick"        # tick cross query clock bang info plus minus back next camera delete lock cloud sync
                            # sun moon search pin pen dash person
        color: theme.good

A mark is a list of polylines in a unit square (y up) and of discs (x, y, radius); `draw_sign` puts it on any canvas.
"""

from itertools import pairwise
from math import cos, pi, sin

from kivy.graphics import Color, Rectangle, SmoothEllipse, SmoothQuad
from kivy.properties import ColorProperty, NumericProperty, StringProperty

from mobile.widgets.base import Drawing, load_kv
from mobile.widgets.signmask import texture

Point = tuple[float, float]


def arc(x: float, y: float, r: float, start: float = 0, end: float = 360, n: int = 28) -> list[Point]:
    """Return points on a circle, from and to degrees counted anticlockwise from the right."""
    angles = [pi / 180 * (start + (end - start) * i / n) for i in range(n + 1)]
    return [(x + r * cos(a), y + r * sin(a)) for a in angles]


STROKES: dict[str, list[list[Point]]] = {
    "tick": [[(0.14, 0.5), (0.4, 0.23), (0.87, 0.77)]],
    "cross": [[(0.2, 0.2), (0.8, 0.8)], [(0.2, 0.8), (0.8, 0.2)]],
    "query": [[*arc(0.5, 0.68, 0.2, 170, -60, 20), (0.5, 0.44), (0.5, 0.36)]],
    "clock": [arc(0.5, 0.5, 0.38), [(0.5, 0.74), (0.5, 0.5), (0.67, 0.4)]],
    "bang": [[(0.5, 0.9), (0.5, 0.38)]],
    "info": [[(0.5, 0.6), (0.5, 0.12)]],
    "plus": [[(0.5, 0.15), (0.5, 0.85)], [(0.15, 0.5), (0.85, 0.5)]],
    "minus": [[(0.15, 0.5), (0.85, 0.5)]],
    "dash": [[(0.2, 0.5), (0.8, 0.5)]],
    "back": [[(0.62, 0.85), (0.28, 0.5), (0.62, 0.15)]],
    "next": [[(0.38, 0.85), (0.72, 0.5), (0.38, 0.15)]],
    "camera": [
        [
            (0.08, 0.2),
            (0.08, 0.7),
            (0.3, 0.7),
            (0.38, 0.84),
            (0.62, 0.84),
            (0.7, 0.7),
            (0.92, 0.7),
            (0.92, 0.2),
            (0.08, 0.2),
        ],
        arc(0.5, 0.45, 0.16),
    ],
    "delete": [
        [(0.04, 0.5), (0.3, 0.82), (0.96, 0.82), (0.96, 0.18), (0.3, 0.18), (0.04, 0.5)],
        [(0.48, 0.36), (0.76, 0.64)],
        [(0.48, 0.64), (0.76, 0.36)],
    ],
    "lock": [
        [(0.2, 0.12), (0.2, 0.54), (0.8, 0.54), (0.8, 0.12), (0.2, 0.12)],
        [(0.32, 0.54), *arc(0.5, 0.68, 0.18, 180, 0, 14), (0.68, 0.54)],
    ],
    "cloud": [
        [
            *arc(0.28, 0.4, 0.18, 270, 100, 12),
            *arc(0.5, 0.56, 0.24, 150, 20, 14),
            *arc(0.76, 0.4, 0.18, 80, -90, 12),
            (0.28, 0.22),
        ]
    ],
    "sync": [
        arc(0.5, 0.5, 0.34, 160, 20, 16),
        arc(0.5, 0.5, 0.34, 340, 200, 16),
        [(0.92, 0.82), (0.83, 0.59), (0.6, 0.66)],
        [(0.08, 0.18), (0.17, 0.41), (0.4, 0.34)],
    ],
    "sun": [
        arc(0.5, 0.5, 0.18),
        *(
            [(0.5 + 0.31 * cos(a), 0.5 + 0.31 * sin(a)), (0.5 + 0.45 * cos(a), 0.5 + 0.45 * sin(a))]
            for a in [k * pi / 4 for k in range(8)]
        ),
    ],
    "moon": [[*arc(0.46, 0.5, 0.38, 50, 310, 24), *arc(0.78, 0.5, 0.301, 255, 105, 16)]],
    "search": [arc(0.42, 0.58, 0.28), [(0.63, 0.37), (0.9, 0.1)]],
    "pin": [[*arc(0.5, 0.62, 0.27, -30, 210, 20), (0.5, 0.06), arc(0.5, 0.62, 0.27, -30, 210, 20)[0]]],
    "pen": [[(0.12, 0.12), (0.2, 0.38), (0.7, 0.88), (0.88, 0.7), (0.38, 0.2), (0.12, 0.12)]],
    "person": [arc(0.5, 0.7, 0.2), [(0.12, 0.08), *arc(0.5, 0.1, 0.38, 170, 10, 16), (0.88, 0.08)]],
}
DISCS: dict[str, list[tuple[float, float, float]]] = {
    "query": [(0.5, 0.14, 0.07)],
    "bang": [(0.5, 0.14, 0.075)],
    "info": [(0.5, 0.84, 0.075)],
}
# Marks with few strokes bear thicker ones.
BOLD = {"tick", "cross", "query", "bang", "info", "plus", "minus", "dash", "back", "next"}


def stroke(points: list[Point], width: float) -> None:
    """Draw a polyline in pixels on the canvas in use, with round ends and joints, smooth without multisampling.

    For what is drawn once or large; a mark that is seen often is a texture.
    """
    half = width / 2
    for (x1, y1), (x2, y2) in pairwise(points):
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        if length:
            dx, dy = (x2 - x1) / length * half, (y2 - y1) / length * half
            SmoothQuad(points=[x1 - dy, y1 + dx, x2 - dy, y2 + dx, x2 + dy, y2 - dx, x1 + dy, y1 - dx])
    for x, y in points:
        SmoothEllipse(pos=(x - half, y - half), size=(width, width), segments=16)


_MARKS = {name: (tuple(tuple(line) for line in lines), tuple(DISCS.get(name, ()))) for name, lines in STROKES.items()}


def draw_sign(name: str, x: float, y: float, side: float, weight: float = 0) -> None:
    """Draw the mark on the canvas in use, in the square of that side at (x, y); an unknown name draws nothing."""
    pixels = round(side)
    if name not in _MARKS or pixels < 1:
        return
    weight = weight or (0.13 if name in BOLD else 0.085)
    strokes, discs = _MARKS[name]
    # On whole pixels, so that the mask is not smeared over its neighbours.
    Rectangle(texture=texture(strokes, discs, pixels, weight), pos=(round(x), round(y)), size=(pixels, pixels))


load_kv(__file__)


class Sign(Drawing):
    """A drawn mark, as large as the smaller side of the widget."""

    sign = StringProperty("")
    color = ColorProperty("#000000")
    weight = NumericProperty(0)
    drawn_from = ("sign", "color", "weight")

    def draw(self) -> None:
        """Draw the mark in the middle."""
        side = min(self.size)
        Color(*self.color)
        draw_sign(self.sign, self.center_x - side / 2, self.center_y - side / 2, side, self.weight)
