"""The symbols of hazard placards as shapes in a box 1 wide (x from -0.5 to 0.5) and 1 high. Pure.

A symbol is a list of shapes, drawn in order: `("fill", points)`, `("hole", points)` in the ground's colour,
`("stroke", points, width)`, `("disc", x, y, r)`, `("hole_disc", x, y, r)`. They follow the UN model labels
(ADR / JT/T 617.5 figures) as far as a tablet's few millimetres show.
"""

from math import cos, pi, sin
from typing import Any

Point = tuple[float, float]
Shape = tuple[Any, ...]

_STEPS = 9


def curve(start: Point, *beziers: tuple[float, float, float, float, float, float]) -> list[Point]:
    """Return points along cubic Bézier curves, each given as its two handles and its end."""
    points = [start]
    for x1, y1, x2, y2, x3, y3 in beziers:
        x0, y0 = points[-1]
        for i in range(1, _STEPS + 1):
            t = i / _STEPS
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            points.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return points


def circle(x: float, y: float, r: float, start: float = 0, end: float = 360, n: int = 24) -> list[Point]:
    """Return points on a circle between two angles in degrees."""
    angles = [pi / 180 * (start + (end - start) * i / n) for i in range(n + 1)]
    return [(x + r * cos(a), y + r * sin(a)) for a in angles]


_FLAME = curve(
    (0.0, 0.0),
    (-0.28, 0.0, -0.42, 0.2, -0.33, 0.42),
    (-0.29, 0.52, -0.22, 0.56, -0.22, 0.7),
    (-0.14, 0.62, -0.11, 0.54, -0.12, 0.46),
    (-0.04, 0.6, 0.04, 0.8, -0.08, 1.0),
    (0.14, 0.9, 0.24, 0.7, 0.17, 0.52),
    (0.23, 0.56, 0.27, 0.64, 0.25, 0.76),
    (0.38, 0.6, 0.44, 0.4, 0.36, 0.24),
    (0.3, 0.1, 0.18, 0.0, 0.0, 0.0),
)
_HEART = curve(
    (0.01, 0.07),
    (-0.15, 0.07, -0.22, 0.2, -0.14, 0.33),
    (-0.1, 0.4, -0.06, 0.44, -0.06, 0.54),
    (0.02, 0.48, 0.06, 0.4, 0.06, 0.33),
    (0.11, 0.36, 0.13, 0.4, 0.13, 0.45),
    (0.24, 0.3, 0.2, 0.07, 0.01, 0.07),
)


def _moved(points: list[Point], scale: float, dx: float, dy: float) -> list[Point]:
    return [(x * scale + dx, y * scale + dy) for x, y in points]


def _mirrored(*shapes: Shape) -> list[Shape]:
    """Return the shapes and their mirror images."""
    turned = [
        (s[0], [(-x, y) for x, y in s[1]], *s[2:]) if isinstance(s[1], list) else (s[0], -s[1], *s[2:]) for s in shapes
    ]
    return [*shapes, *turned]


def _blade(middle: float) -> Shape:
    outer = circle(0, 0.5, 0.48, middle - 30, middle + 30, 10)
    return ("fill", [*outer, *reversed(circle(0, 0.5, 0.15, middle - 30, middle + 30, 6))])


_BURST = [
    (r * cos(a), 0.36 + r * sin(a))
    for i in range(24)
    for a, r in [(pi * (i - 1.5) / 11 - 0.1, (0.26 if i % 2 else (0.5, 0.62, 0.44)[i // 2 % 3]))]
]

SYMBOLS: dict[str, list[Shape]] = {
    "flame": [("fill", _FLAME), ("hole", _HEART), ("stroke", [(-0.36, -0.06), (0.36, -0.06)], 0.045)],
    "flame_circle": [
        ("fill", _moved(_FLAME, 0.66, 0, 0.36)),
        ("hole", _moved(_HEART, 0.66, 0, 0.36)),
        ("disc", 0, 0.2, 0.21),
        ("hole_disc", 0, 0.2, 0.13),
        ("stroke", [(-0.34, -0.06), (0.34, -0.06)], 0.045),
    ],
    "skull": [
        *_mirrored(
            ("stroke", [(-0.4, 0.32), (0.4, 0.04)], 0.075),
            ("disc", -0.42, 0.36, 0.055),
            ("disc", -0.45, 0.29, 0.055),
            ("disc", -0.42, 0.0, 0.055),
            ("disc", -0.45, 0.07, 0.055),
        ),
        ("hole_disc", 0, 0.62, 0.34),
        ("hole", [(-0.2, 0.26), (0.2, 0.26), (0.2, 0.5), (-0.2, 0.5)]),
        ("disc", 0, 0.68, 0.29),
        ("fill", [(-0.15, 0.31), (0.15, 0.31), (0.17, 0.52), (-0.17, 0.52)]),
        *_mirrored(("hole_disc", -0.115, 0.64, 0.08)),
        ("hole", [(-0.04, 0.46), (0.04, 0.46), (0.0, 0.55)]),
        ("hole", [(-0.075, 0.31), (-0.055, 0.31), (-0.055, 0.4), (-0.075, 0.4)]),
        ("hole", [(-0.01, 0.31), (0.01, 0.31), (0.01, 0.4), (-0.01, 0.4)]),
        ("hole", [(0.055, 0.31), (0.075, 0.31), (0.075, 0.4), (0.055, 0.4)]),
    ],
    "corrosion": [
        *_mirrored(
            ("stroke", [(-0.5, 0.98), (-0.2, 0.8)], 0.15),
            ("disc", -0.17, 0.64, 0.035),
            ("fill", [(-0.205, 0.65), (-0.135, 0.65), (-0.17, 0.73)]),
            ("disc", -0.2, 0.48, 0.03),
            ("fill", [(-0.23, 0.49), (-0.17, 0.49), (-0.2, 0.56)]),
            ("disc", -0.15, 0.4, 0.026),
        ),
        *_mirrored(("hole", [(-0.44, 0.93), (-0.42, 0.965), (-0.21, 0.84), (-0.23, 0.805)])),
        ("fill", [(-0.52, 0.02), (-0.02, 0.02), (-0.02, 0.2), (-0.52, 0.2)]),
        ("hole", [(-0.3, 0.22), (-0.24, 0.1), (-0.19, 0.15), (-0.13, 0.08), (-0.07, 0.22)]),
        ("stroke", [(0.09, 0.08), (0.5, 0.08)], 0.12),
        ("stroke", [(0.3, 0.13), (0.5, 0.16)], 0.1),
        ("stroke", [(0.08, 0.16), (0.22, 0.2), (0.34, 0.26)], 0.055),
        ("hole", [(0.12, 0.3), (0.15, 0.19), (0.19, 0.16), (0.23, 0.21), (0.26, 0.3)]),
    ],
    "cylinder": [
        ("stroke", [(-0.3, 0.22), (0.14, 0.55)], 0.27),
        ("stroke", [(0.18, 0.58), (0.36, 0.715)], 0.1),
        ("stroke", [(0.3, 0.79), (0.42, 0.63)], 0.065),
    ],
    "bomb": [
        ("fill", _BURST),
        ("hole_disc", 0, 0.3, 0.22),
        ("disc", 0, 0.3, 0.17),
        ("disc", -0.46, 0.72, 0.04),
        ("disc", 0.42, 0.82, 0.045),
        ("disc", 0.02, 0.98, 0.035),
        ("stroke", [(-0.45, -0.04), (0.45, -0.04)], 0.045),
    ],
    "trefoil": [("disc", 0, 0.5, 0.1), _blade(270), _blade(30), _blade(150)],
    "biohazard": [
        *(
            ("stroke", circle(0.24 * cos(a), 0.46 + 0.24 * sin(a), 0.24, d - 128, d + 128, 20), 0.085)
            for d, a in [(90, pi / 2), (210, pi * 7 / 6), (330, pi * 11 / 6)]
        ),
        ("stroke", circle(0, 0.46, 0.19), 0.055),
        ("hole_disc", 0, 0.46, 0.06),
    ],
}
