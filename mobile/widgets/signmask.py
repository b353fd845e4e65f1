"""A mark as a mask of coverage, worked out once for each size and kept as a texture: one rectangle on the canvas.

Drawn as strokes a mark takes up to a hundred instructions in every frame; as a texture it takes two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from math import ceil, floor, hypot
from typing import Any

from kivy.graphics.texture import Texture

Point = tuple[float, float]
Disc = tuple[float, float, float]


def coverage(strokes: Iterable[Sequence[Point]], discs: Iterable[Disc], side: int, weight: float) -> bytes:
    """Return how much of each pixel a mark covers (0 to 255), row by row from below; points lie in a unit square.

    Strokes have round ends and joints; `weight` is their width as a part of the side.
    """
    mask, half = bytearray(side * side), side * weight / 2
    for line in strokes:
        for (x1, y1), (x2, y2) in pairwise(line):
            _segment(mask, side, (x1 * side, y1 * side, x2 * side, y2 * side), half)
    for x, y, radius in discs:
        _segment(mask, side, (x * side, y * side, x * side, y * side), radius * side)
    return bytes(mask)


def _segment(mask: bytearray, side: int, ends: tuple[float, float, float, float], half: float) -> None:
    """Cover the pixels within `half` of a segment; the rim is as soft as one pixel."""
    x1, y1, x2, y2 = ends
    dx, dy, reach = x2 - x1, y2 - y1, half + 1
    square = dx * dx + dy * dy
    columns = range(max(0, floor(min(x1, x2) - reach)), min(side, ceil(max(x1, x2) + reach)))
    for row in range(max(0, floor(min(y1, y2) - reach)), min(side, ceil(max(y1, y2) + reach))):
        for column in columns:
            px, py = column + 0.5 - x1, row + 0.5 - y1
            along = max(0.0, min(1.0, (px * dx + py * dy) / square)) if square else 0.0
            covered = half + 0.5 - hypot(px - along * dx, py - along * dy)
            if covered > 0:
                place = row * side + column
                mask[place] = max(mask[place], int(min(1.0, covered) * 255))


@cache
def texture(strokes: tuple[tuple[Point, ...], ...], discs: tuple[Disc, ...], side: int, weight: float) -> Any:
    """Return the mark as a white texture of that many pixels; the colour in use tints it."""
    made = Texture.create(size=(side, side), colorfmt="rgba")
    pixels = b"".join(b"\xff\xff\xff" + bytes((one,)) for one in coverage(strokes, discs, side, weight))

    def fill(lost: Any) -> None:
        lost.blit_buffer(pixels, colorfmt="rgba", bufferfmt="ubyte")

    fill(made)
    # Android may take the graphics away while the app is aside; then Kivy asks for the pixels again.
    made.add_reload_observer(fill)
    return made
