"""What is drawn from values: signatures as pen strokes, plates and orange plates as their parts. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

_PANEL = re.compile(r"(X?\d{2,4}|\?)/(\d{4}|\?)")
_COLOURS = ("yellow", "blue", "green", "yellow_green", "white", "black")
_TAILS = ("挂", "学", "警", "领", "港", "澳", "试", "超")


@dataclass(frozen=True)
class Pen:
    """A signature as an SVG path with the box that it lies in."""

    path: str
    box: str


def pen(strokes: Any) -> Pen | None:
    """Return strokes as a drawing with a margin; None where there is nothing to draw.

    A stroke is `[[x, y], …]` or flat, `[x, y, x, y, …]`; what is neither is left out. Tablets count y upwards, pages
    downwards: the drawing is turned over.
    """
    lines = [points for stroke in strokes or () if (points := _points(stroke))]
    if not lines:
        return None
    xs, ys = zip(*(point for line in lines for point in line), strict=True)
    left, top = min(xs), max(ys)
    width, height = max(max(xs) - left, 1), max(top - min(ys), 1)
    margin = max(width, height) // 16 + 1
    path = "".join(_line([(x - left, top - y) for x, y in line]) for line in lines)
    return Pen(path, f"{-margin} {-margin} {width + 2 * margin} {height + 2 * margin}")


def _points(stroke: Any) -> list[tuple[int, int]]:
    try:
        if stroke and not isinstance(stroke[0], list | tuple):
            stroke = list(zip(stroke[::2], stroke[1::2], strict=True))
        return [(int(x), int(y)) for x, y in stroke]
    except (TypeError, ValueError):
        return []


def _line(points: Sequence[tuple[int, int]]) -> str:
    (x, y), *rest = points
    return f"M{x} {y}" + "".join(f"L{x} {y}" for x, y in rest or [(x, y)])


def plate_parts(plate: str) -> tuple[str, str, str]:
    """Return a number plate as province with letter, number, and the character at its end (挂 …)."""
    tail = plate[-1:] if plate[-1:] in _TAILS else ""
    body = plate.removesuffix(tail) if tail else plate
    return body[:2], body[2:], tail


def plate_colour(colour: str | None, plate: str | None = None) -> str:
    """Return the class of a plate's colour. Dangerous goods ride on yellow plates; another colour must be said."""
    return colour if colour in _COLOURS else ("yellow" if plate else "plain")


def panels(text: str | None) -> list[tuple[str, str]]:
    """Return the orange plates that a value names (`80/1830、80/1832`) as upper and lower number; else none."""
    parts = (text or "").split("、")
    matches = [_PANEL.fullmatch(part.strip()) for part in parts]
    return [match.groups() for match in matches if match] if all(matches) else []  # type: ignore[misc] # two groups


def placard_name(label: str) -> str:
    """Return the file of a diamond: `8` → `placard-8.svg`."""
    return f"placard-{label}.svg"


def unique(values: Iterable[str]) -> list[str]:
    """Return values once each, in order."""
    return list(dict.fromkeys(values))
