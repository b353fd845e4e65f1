"""Draws the diamonds of the console as SVG from the shapes that the tablet draws: `python -m tools.build_placards`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mobile.widgets.placard_looks import LABELS, PLACES, STRIPED
from mobile.widgets.placard_shapes import SYMBOLS, Point

TARGET = Path(__file__).resolve().parent.parent / "server" / "console" / "static"


def draw(label: str) -> str:
    """Return the diamond of a label as SVG, 100 units wide."""
    upper, lower, symbol, above, below, figure = LABELS[label]
    parts = [_polygon("#5A6472", _square(1.0)), _polygon(upper, [(-0.96, 0), (0, 0.96), (0.96, 0)])]
    parts.append(_polygon(lower, [(-0.96, 0.003), (0.96, 0.003), (0, -0.96)]))
    if label in STRIPED:
        parts += _stripes(*STRIPED[label])
    parts += [_rim(above, 0.86), _rim(below, -0.86)]
    if symbol in SYMBOLS:
        parts += _symbol(symbol, above, upper)
    elif symbol:
        parts.append(_words(symbol, above, 0.34, 0.46))
    parts.append(_words(figure, below, -0.64, 0.3))
    body = "".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{body}</svg>\n'


def _at(x: float, y: float) -> str:
    return f"{50 + x * 50:.1f},{50 - y * 50:.1f}"


def _square(radius: float) -> list[Point]:
    return [(radius, 0), (0, radius), (-radius, 0), (0, -radius)]


def _polygon(colour: str, points: list[Point]) -> str:
    return f'<polygon fill="{colour}" points="{" ".join(_at(x, y) for x, y in points)}"/>'


def _line(colour: str, points: list[Point], width: float) -> str:
    drawn = " ".join(_at(x, y) for x, y in points)
    return f'<polyline fill="none" stroke="{colour}" stroke-width="{width:.1f}" points="{drawn}"/>'


def _rim(colour: str, tip: float) -> str:
    return _line(colour, [(-0.86, 0), (0, tip), (0.86, 0)], 1.6)


def _stripes(colour: str, through: bool) -> list[str]:
    made = []
    for middle in range(-3, 4):
        left, right = middle * 0.25 - 0.0625, middle * 0.25 + 0.0625
        xs = [x for x in (left, *([0.0] if left < 0 < right else []), right) if abs(x) < 0.86]
        under = [(x, abs(x) - 0.86 if through else 0.0) for x in reversed(xs)]
        made.append(_polygon(colour, [*((x, 0.86 - abs(x)) for x in xs), *under]))
    return made


def _symbol(name: str, ink: str, ground: str) -> list[str]:
    scale, bottom = PLACES.get(name, (0.64, 0.08))

    def place(x: float, y: float) -> Point:
        return x * scale, bottom + y * scale

    return [
        _shape(kind, values, ground if kind.startswith("hole") else ink, place, scale)
        for kind, *values in SYMBOLS[name]
    ]


def _shape(kind: str, values: list[Any], colour: str, place: Any, scale: float) -> str:
    if kind.endswith("disc"):
        x, y = _at(*place(*values[:2])).split(",")
        return f'<circle fill="{colour}" cx="{x}" cy="{y}" r="{values[2] * 50 * scale:.1f}"/>'
    points = [place(x, y) for x, y in values[0]]
    return _line(colour, points, values[1] * 50 * scale) if kind == "stroke" else _polygon(colour, points)


def _words(text: str, colour: str, y: float, height: float) -> str:
    size, baseline = height * 50 * 1.25, 50 - y * 50 + height * 50 * 0.42
    return (
        f'<text x="50" y="{baseline:.1f}" fill="{colour}" font-size="{size:.1f}" font-weight="700" '
        f'font-family="Arial,Helvetica,sans-serif" text-anchor="middle">{text}</text>'
    )


def main() -> None:
    """Write one file per label."""
    for label in LABELS:
        (TARGET / f"placard-{label}.svg").write_text(draw(label), encoding="utf-8")


if __name__ == "__main__":
    main()
