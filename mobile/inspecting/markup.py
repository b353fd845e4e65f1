"""Arrows, circles and strokes on a photo, as data and as the lines that the screen and the paper draw. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atan2, cos, pi, sin
from typing import Any

SHAPES = ("arrow", "circle", "stroke")
WHOLE = 10_000
"""Points are in ten-thousandths of the picture's width and height, from its upper left corner."""
INK, RIM = "#E4002B", "#FFFFFF"

Point = tuple[int, int]
Pixel = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """One mark. An arrow goes from its first point to its last, a circle lies between the two, a stroke follows all."""

    shape: str
    points: tuple[Point, ...]

    @property
    def plain(self) -> dict[str, Any]:
        """The mark as it is recorded."""
        return {"shape": self.shape, "points": [list(point) for point in self.points]}


def marks_of(value: Mapping[str, Any]) -> tuple[Mark, ...]:
    """Return the marks that a photo's entry has."""
    return tuple(
        Mark(str(one["shape"]), tuple((int(x), int(y)) for x, y in one["points"])) for one in value.get("marks", ())
    )


def base_of(value: Mapping[str, Any]) -> str:
    """Return the digest of the working copy without any mark, on which marks are drawn."""
    return str((value.get("unmarked") or value.get("working") or value)["sha256"])


def lines(shape: str, points: Sequence[Pixel], size: float) -> list[list[Pixel]]:
    """Return a shape as polylines, as the screen and Pillow draw them; an arrow's head is `size` long."""
    if len(points) < 2:
        return []
    if shape == "circle":
        return [_ellipse(points[0], points[-1])]
    if shape == "arrow":
        return [[points[0], points[-1]], _head(points[0], points[-1], size)]
    return [list(points)]


def _ellipse(one: Pixel, other: Pixel) -> list[Pixel]:
    x, y = (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
    wide, high = abs(other[0] - one[0]) / 2, abs(other[1] - one[1]) / 2
    return [(x + wide * cos(k * pi / 24), y + high * sin(k * pi / 24)) for k in range(49)]


def _head(start: Pixel, tip: Pixel, size: float) -> list[Pixel]:
    angle = atan2(tip[1] - start[1], tip[0] - start[0])
    sides = [(tip[0] - size * cos(angle + turn), tip[1] - size * sin(angle + turn)) for turn in (0.45, -0.45)]
    return [sides[0], tip, sides[1]]
