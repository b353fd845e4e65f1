"""Arrows, circles and strokes on a copy of a photo: kept as data, drawn by Pillow; the original is not touched.

A marked photo is an entry in place of the one before it: the same original with the same digest, another working copy
and thumbnail, and the marks themselves, so that anybody can draw them again and see that nothing else was changed.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import atan2, cos, pi, sin
from typing import TYPE_CHECKING, Any

from checklists.inspection.entries import Entry
from mobile.inspecting import evidence
from mobile.inspecting.inspection import Draft
from mobile.store.store import Store

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

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


def annotate(store: Store, entry: Entry, marks: Sequence[Mark]) -> tuple[Draft, ...]:
    """Return the entry that stands in place of the photo's, with the marks on its copies; none is the photo as it was.

    The copies are durable before this returns. Raises Refusal `photo_missing`, `photo_damaged` or `disk_full`.
    """
    from PIL import Image

    value = dict(entry.value)
    unmarked = value.get("unmarked") or value.get("working")
    with Image.open(io.BytesIO(evidence.read(store, base_of(value)))) as picture:
        copy = picture.convert("RGB")
    draw(copy, marks)
    value = {**evidence.with_copies(store, value, copy), "unmarked": unmarked, "marks": [one.plain for one in marks]}
    return (Draft(entry.kind, entry.item, value, withdraws=entry.id),)


def draw(picture: Image.Image, marks: Iterable[Mark]) -> None:
    """Draw the marks on a picture, red with a white rim so that they show on any ground."""
    from PIL import ImageDraw

    pen, width = ImageDraw.Draw(picture), max(4, picture.width // 200)
    for mark in marks:
        points = [(x * picture.width / WHOLE, y * picture.height / WHOLE) for x, y in mark.points]
        for ink, wide in ((RIM, width * 2), (INK, width)):
            _shape(pen, lines(mark.shape, points, width * 7), ink, wide)


def lines(shape: str, points: Sequence[Pixel], size: float) -> list[list[Pixel]]:
    """Return a shape as polylines, as the screen and Pillow draw them; an arrow's head is `size` long."""
    if len(points) < 2:
        return []
    if shape == "circle":
        return [_ellipse(points[0], points[-1])]
    if shape == "arrow":
        return [[points[0], points[-1]], _head(points[0], points[-1], size)]
    return [list(points)]


def _shape(pen: ImageDraw.ImageDraw, drawn: Iterable[list[Pixel]], ink: str, width: int) -> None:
    for line in drawn:
        pen.line(line, fill=ink, width=width, joint="curve")
        for x, y in (line[0], line[-1]):
            pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=ink)


def _ellipse(one: Pixel, other: Pixel) -> list[Pixel]:
    x, y = (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
    wide, high = abs(other[0] - one[0]) / 2, abs(other[1] - one[1]) / 2
    return [(x + wide * cos(k * pi / 24), y + high * sin(k * pi / 24)) for k in range(49)]


def _head(start: Pixel, tip: Pixel, size: float) -> list[Pixel]:
    angle = atan2(tip[1] - start[1], tip[0] - start[0])
    sides = [(tip[0] - size * cos(angle + turn), tip[1] - size * sin(angle + turn)) for turn in (0.45, -0.45)]
    return [sides[0], tip, sides[1]]
