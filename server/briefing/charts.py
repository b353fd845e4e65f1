"""The drawings of a briefing as SVG: bars that name their number, months beside those of the year before. Pure.

Nothing is told by a colour alone: the year before is hatched, and every bar has its number beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from checklists.papers.linebreak import wrap
from server.briefing.pictures import FAMILY
from server.figures.rates import Share

_WIDE = 640
_SIZE = 13
_LABEL, _NUMBER = 220, 130
_ROW = 30
_HATCH = (
    '<pattern id="h" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#fff"/><rect width="2.2" height="6" fill="#7c8ca3"/></pattern>'
)
_DARK, _INK, _SOFT, _LINE = "#2f5d9b", "#1c2735", "#5c6b80", "#c8d1dc"
_TOP, _TALL, _LEFT = 44, 170, 46


@dataclass(frozen=True)
class Bar:
    """A bar: what it is of, how long (0 to 1 of the longest place), and its number in words."""

    label: str
    length: float
    said: str


@dataclass(frozen=True)
class Pair:
    """A month with the share of its checks in which something was found; of the year before None is not known."""

    label: str
    now: Share
    before: Share | None


def bars(rows: Sequence[Bar]) -> str:
    """Return bars, one below the other, each with its label and number."""
    told = [list(wrap(one.label, width, _LABEL - 12)) for one in rows]
    talls = [max(_ROW, len(lines) * (_SIZE + 4) + 8) for lines in told]
    tops = [sum(talls[:place]) for place in range(len(rows))]
    drawn = (_bar(one, lines, top, tall) for one, lines, top, tall in zip(rows, told, tops, talls, strict=True))
    return _svg(sum(talls), drawn)


def _bar(one: Bar, lines: Sequence[str], top: float, tall: float) -> str:
    room = _WIDE - _LABEL - _NUMBER
    first = top + (tall - len(lines) * (_SIZE + 4)) / 2 + _SIZE
    label = "".join(_text(_LABEL - 8, first + place * (_SIZE + 4), line, "end") for place, line in enumerate(lines))
    middle = top + tall / 2
    length = room * max(0.0, min(1.0, one.length))
    box = f'<rect x="{_LABEL}" y="{middle - 8:.1f}" width="{length:.1f}" height="16" fill="{_DARK}"/>'
    axis = f'<path d="M{_LABEL} {top:.1f}V{top + tall:.1f}" stroke="{_LINE}"/>'
    return label + axis + box + _text(_LABEL + length + 6, middle + 5, one.said)


def months(rows: Sequence[Pair], now: str, before: str) -> str:
    """Return a pair of bars a month: the share of checks with findings, its interval, and of how many checks."""
    highest = max([one.high for row in rows for one in (row.now, row.before) if one is not None and one.of] + [0.1])
    top = min(1.0, (int(highest * 10) + 1) / 10)
    step = (_WIDE - _LEFT) / max(1, len(rows))
    grid = "".join(_grid(part * top / 4, top) for part in range(5))
    drawn = "".join(_pair(row, _LEFT + place * step, step, top) for place, row in enumerate(rows))
    return _svg(_TOP + _TALL + 58, (_key(now, before), grid, drawn))


def _grid(share: float, top: float) -> str:
    y = _high(share, top)
    line = f'<path d="M{_LEFT} {y:.1f}H{_WIDE}" stroke="{_LINE}" stroke-width="0.7"/>'
    return line + _text(_LEFT - 6, y + 4, f"{100 * share:.0f}%", "end", _SOFT)


def _high(share: float, top: float) -> float:
    return _TOP + _TALL * (1 - share / top)


def _pair(row: Pair, left: float, step: float, top: float) -> str:
    wide = min(34.0, step / 2 - 6)
    middle = left + step / 2
    said = _text(middle, _TOP + _TALL + 18, row.label, "middle")
    here = _column(row.now, middle + 2, wide, top, _DARK, f"n={row.now.of}", 34)
    there = "" if row.before is None else _column(row.before, middle - wide - 2, wide, top, "url(#h)", "", 0)
    beside = "" if row.before is None else _text(middle, _TOP + _TALL + 50, f"({row.before.of})", "middle", _SOFT)
    return there + here + said + beside


def _column(one: Share, left: float, wide: float, top: float, fill: str, said: str, below: float) -> str:
    middle = left + wide / 2
    count = _text(middle - wide / 2 - 2, _TOP + _TALL + below, said, "middle", _SOFT) if said else ""
    if not one.of:
        return count + _text(middle, _TOP + _TALL - 6, "?", "middle", _SOFT)
    y, low, high = (_high(share, top) for share in (one.count / one.of, one.low, one.high))
    box = f'<rect x="{left:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{_TOP + _TALL - y:.1f}" fill="{fill}"'
    whisker = f"M{middle:.1f} {low:.1f}V{high:.1f}M{middle - 4:.1f} {low:.1f}h8M{middle - 4:.1f} {high:.1f}h8"
    return f'{box} stroke="{_DARK}" stroke-width="0.8"/><path d="{whisker}" stroke="{_INK}" fill="none"/>{count}'


def _key(now: str, before: str) -> str:
    told = f'<rect x="{_LEFT}" y="8" width="18" height="12" fill="{_DARK}"/>' + _text(_LEFT + 24, 19, now)
    if not before:
        return told
    left = _LEFT + 60 + width(now)
    return (
        told
        + f'<rect x="{left}" y="8" width="18" height="12" fill="url(#h)" stroke="{_DARK}"/>'
        + _text(left + 24, 19, before)
    )


def width(text: str) -> float:
    """Return about how wide a text is: a Chinese character is as wide as high, others a little over half."""
    return sum(_SIZE if one >= "⺀" else _SIZE * 0.58 for one in text)


def _text(x: float, y: float, text: str, anchor: str = "start", fill: str = _INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}">{escape(text)}</text>'


def _svg(tall: float, drawn: Iterable[str]) -> str:
    size = f'width="{_WIDE}" height="{tall:.0f}" viewBox="0 0 {_WIDE} {tall:.0f}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FAMILY}" font-size="{_SIZE}">'
    return f"{head}<defs>{_HATCH}</defs>{''.join(drawn)}</svg>"
