"""The house as SVG: rooms on their floors, the two sides apart with the kernel between; the same text on every machine.

Long arrows pass the floors between in gaps of their own, so that no arrow crosses a room. Black on white, and nothing
is told by colour alone: it is read on paper too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import combinations, pairwise
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tools.house import Room, Side

TITLES = {"mobile": "The tablet · mobile/", "checklists": "The kernel · checklists/", "server": "The office · server/"}
WIDE, LINE, PASS = 164, 13, 8
"""Pixels: a room's width, the height of a line of its text, the width that a passing arrow takes."""
APART, GAP, BETWEEN, MARGIN, HEAD = 14, 25, 28, 10, 32
"""Pixels: rooms apart, floors apart, sides apart, the edge of the page, and the room for the titles."""
LETTERS = 24
"""How many letters of a room's text stand on a line, in the widest of the fonts that are asked for."""
SWEEPS, STRAIGHT = 12, 4
"""How often floors are looked over, and how much more a passing arrow weighs than a room where both want to move."""


class Arrow(NamedTuple):
    """An arrow as it is laid, from above; `against` is drawn upwards."""

    upper: str
    lower: str
    against: bool


Place = str | Arrow
"""What stands on a floor: a room by its name, or an arrow that passes."""


@dataclass
class _Plan:
    """Who stands on which floor (the ground first) in which order, and where its middle is."""

    floors: list[list[Place]]
    arrows: dict[Arrow, tuple[int, int]] = field(default_factory=dict)
    middle: dict[tuple[int, Place], float] = field(default_factory=dict)

    def way(self, arrow: Arrow) -> list[tuple[int, Place]]:
        """Return the places of an arrow from above."""
        top, bottom = self.arrows[arrow]
        passing: list[tuple[int, Place]] = [(floor, arrow) for floor in range(top - 1, bottom, -1)]
        return [(top, arrow.upper), *passing, (bottom, arrow.lower)]


def draw(sides: Sequence[Side]) -> str:
    """Return the picture of the house."""
    tablet, kernel, office = (_Block(side, _plan(side)) for side in sides)
    right = MARGIN + tablet.wide + BETWEEN
    column = max(kernel.wide, office.wide)
    ground = MARGIN + max(tablet.tall, office.tall + BETWEEN + kernel.tall)
    ink = _side(tablet, MARGIN, ground)
    ink += _side(kernel, right + (column - kernel.wide) // 2, ground)
    ink += _side(office, right + (column - office.wide) // 2, ground - kernel.tall - BETWEEN)
    line = ground - kernel.tall - BETWEEN // 2
    ink.append(
        f'<path class="apart" d="M{right - BETWEEN // 2} {MARGIN}V{ground}M{right - BETWEEN // 2} {line}h{column}"/>'
    )
    legend = _legend(ground, any(side.against for side in sides))
    return _page(right + column + MARGIN, ground + 50, [*ink, *legend])


@dataclass(frozen=True)
class _Block:
    """A side with its plan; `wide` and `tall` in pixels, the title included."""

    side: Side
    plan: _Plan

    @property
    def heights(self) -> list[int]:
        return [max(_height(self.side.rooms[name]) for name in names) for names in self.side.floors]

    @property
    def left(self) -> float:
        return min(middle - _wide(place) / 2 for (_floor, place), middle in self.plan.middle.items())

    @property
    def wide(self) -> int:
        return round(max(middle + _wide(place) / 2 for (_floor, place), middle in self.plan.middle.items()) - self.left)

    @property
    def tall(self) -> int:
        return HEAD + sum(self.heights) + GAP * (len(self.heights) - 1)


# -- the plan of a side


def _plan(side: Side) -> _Plan:
    floor = {name: number for number, names in enumerate(side.floors) for name in names}
    plan = _Plan([list(names) for names in side.floors])
    laid = [Arrow(one, other, against=False) for one, other in side.arrows]
    laid += [Arrow(other, one, against=True) for one, other in side.against]
    for arrow in laid:
        plan.arrows[arrow] = floor[arrow.upper], floor[arrow.lower]
        for number, place in plan.way(arrow)[1:-1]:
            plan.floors[number].append(place)
    _order(plan)
    _place(plan)
    return plan


def _order(plan: _Plan) -> None:
    """Put the places of each floor in the order in which the fewest arrows cross, as far as sweeping finds it."""
    best, fewest = [list(floor) for floor in plan.floors], _crossings(plan)
    for sweep in range(SWEEPS):
        numbers = range(len(plan.floors))
        for number in numbers if sweep % 2 else reversed(numbers):
            _sort(plan, number, number - 1 if sweep % 2 else number + 1)
            _swap(plan, number)
        if (now := _crossings(plan)) < fewest:
            best, fewest = [list(floor) for floor in plan.floors], now
    plan.floors = best


def _sort(plan: _Plan, number: int, beside: int) -> None:
    rank = _ranks(plan)
    middle = {}
    for place in plan.floors[number]:
        near = [rank[other] for other in _next(plan, number, place) if other[0] == beside]
        middle[place] = sum(near) / len(near) if near else rank[number, place]
    plan.floors[number].sort(key=lambda place: (middle[place], rank[number, place]))


def _swap(plan: _Plan, number: int) -> None:
    """Change neighbours over where that leaves fewer crossings."""
    floor = plan.floors[number]
    for one in range(len(floor) - 1):
        before = _crossings(plan)
        floor[one], floor[one + 1] = floor[one + 1], floor[one]
        if _crossings(plan) >= before:
            floor[one], floor[one + 1] = floor[one + 1], floor[one]


def _ranks(plan: _Plan) -> dict[tuple[int, Place], int]:
    return {(number, place): rank for number, floor in enumerate(plan.floors) for rank, place in enumerate(floor)}


def _crossings(plan: _Plan) -> int:
    rank = _ranks(plan)
    steps: dict[int, list[tuple[int, int]]] = {}
    for arrow in plan.arrows:
        for above, under in pairwise(plan.way(arrow)):
            steps.setdefault(above[0], []).append((rank[above], rank[under]))
    return sum(
        (one[0] - other[0]) * (one[1] - other[1]) < 0 for held in steps.values() for one, other in combinations(held, 2)
    )


def _next(plan: _Plan, number: int, place: Place) -> list[tuple[int, Place]]:
    """Return the places on the floors beside, to which an arrow leads from here."""
    found = []
    for arrow in plan.arrows:
        for one, other in pairwise(plan.way(arrow)):
            if one == (number, place):
                found.append(other)
            if other == (number, place):
                found.append(one)
    return found


def _place(plan: _Plan) -> None:
    """Give every place its middle: near to what it is joined with, and apart from its neighbours."""
    joined = [[place for place in floor if _next(plan, number, place)] for number, floor in enumerate(plan.floors)]
    for number, floor in enumerate(joined):
        plan.middle |= _apart(floor, number, dict.fromkeys(floor, 0.0))
    for sweep in range(2 * SWEEPS):
        numbers = range(len(plan.floors))
        for number in numbers if sweep % 2 else reversed(numbers):
            wish = {place: _wish(plan, number, place) for place in joined[number]}
            plan.middle |= _apart(joined[number], number, wish)
    for number, floor in enumerate(plan.floors):
        for place in floor:
            if (number, place) not in plan.middle:
                plan.middle[number, place] = (
                    max((plan.middle[number, one] for one in joined[number]), default=0.0) + WIDE + APART
                )
    plan.middle = {at: float(round(middle)) for at, middle in plan.middle.items()}


def _wish(plan: _Plan, number: int, place: Place) -> float:
    """Return the middle of what a place is joined with; an arrow that passes would rather go straight."""
    near = [(plan.middle[other], STRAIGHT if other[1] == place else 1) for other in _next(plan, number, place)]
    return sum(middle * weight for middle, weight in near) / sum(weight for _middle, weight in near)


def _apart(floor: Sequence[Place], number: int, wish: Mapping[Place, float]) -> dict[tuple[int, Place], float]:
    """Return the middles nearest to the wishes (least squares) that keep the order and the distances."""
    offset = [0.0] * min(len(floor), 1)
    for before, place in pairwise(floor):
        offset.append(offset[-1] + (_wide(before) + _wide(place)) / 2 + APART)
    blocks: list[tuple[float, int, int]] = []
    for place, shift in zip(floor, offset, strict=True):
        weight = 1 if isinstance(place, str) else STRAIGHT
        total, count = (wish[place] - shift) * weight, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / weight:
            before_total, before_weight, before_count = blocks.pop()
            total, weight, count = total + before_total, weight + before_weight, count + before_count
        blocks.append((total, weight, count))
    middles = [total / weight for total, weight, count in blocks for _ in range(count)]
    return {(number, place): middle + shift for place, middle, shift in zip(floor, middles, offset, strict=True)}


def _wide(place: Place) -> int:
    return WIDE if isinstance(place, str) else PASS


# -- ink


def _side(block: _Block, left: int, ground: int) -> list[str]:
    side, plan, heights = block.side, block.plan, block.heights
    tops = _tops(heights, ground)
    middle = {at: x + left - block.left for at, x in plan.middle.items()}
    ink = [_text(left + block.wide / 2, ground - block.tall + 20, TITLES[side.name], "side")]
    ink += [_line(plan, arrow, middle, tops, heights) for arrow in plan.arrows]
    for number, names in enumerate(side.floors):
        for name in names:
            ink += _box(side.rooms[name], middle[number, name], tops[number], heights[number])
    return ink


def _tops(heights: Sequence[int], ground: int) -> list[int]:
    """Return where each floor begins, the ground floor standing on the ground."""
    found: list[int] = []
    at = ground + GAP
    for tall in heights:
        at -= GAP + tall
        found.append(at)
    return found


def _said(room: Room) -> list[str]:
    return wrap(room.says, LETTERS)


def _opens(room: Room) -> list[str]:
    return wrap("▸ " + ", ".join(room.kernel), LETTERS) if room.kernel else []


def _height(room: Room) -> int:
    return 27 + LINE * (len(_said(room)) + len(_opens(room)))


def _box(room: Room, middle: float, top: int, tall: int) -> list[str]:
    left = middle - WIDE / 2
    ink = [f'<rect x="{left:g}" y="{top}" width="{WIDE}" height="{tall}" rx="4"/>']
    ink.append(_text(middle, top + 17, room.name, "room"))
    lines = [(line, "says") for line in _said(room)] + [(line, "opens") for line in _opens(room)]
    ink += [_text(middle, top + 32 + LINE * number, line, kind) for number, (line, kind) in enumerate(lines)]
    return ink


def _line(
    plan: _Plan, arrow: Arrow, middle: Mapping[tuple[int, Place], float], tops: Sequence[int], heights: Sequence[int]
) -> str:
    """Return an arrow: from a room's foot through its gaps to the other room's head."""
    way = plan.way(arrow)
    points = [(_port(plan, arrow, way[0], middle), tops[way[0][0]] + heights[way[0][0]])]
    for at in way[1:-1]:
        points += [(middle[at], tops[at[0]]), (middle[at], tops[at[0]] + heights[at[0]])]
    points.append((_port(plan, arrow, way[-1], middle), tops[way[-1][0]]))
    if arrow.against:
        points.reverse()
    path = f"M{points[0][0]:g} {points[0][1]:g}"
    for (x, y), (to_x, to_y) in pairwise(points):
        half = (y + to_y) / 2
        path += f"L{to_x:g} {to_y:g}" if x == to_x else f"C{x:g} {half:g} {to_x:g} {half:g} {to_x:g} {to_y:g}"
    return f'<path class="{"against" if arrow.against else "arrow"}" d="{path}"/>'


def _port(plan: _Plan, arrow: Arrow, at: tuple[int, Place], middle: Mapping[tuple[int, Place], float]) -> float:
    """Return where on the room's edge an arrow stands: side by side, in the order of where they lead."""
    leaves = at[1] == arrow.upper
    ways = {one: plan.way(one) for one in plan.arrows if (one.upper if leaves else one.lower) == at[1]}
    ends = sorted(ways, key=lambda one: (middle[ways[one][1 if leaves else -2]], one))
    step = min(26.0, (WIDE - 24) / len(ends))
    return round(middle[at] + step * (ends.index(arrow) - (len(ends) - 1) / 2), 1)


def _text(x: float, y: float, said: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{escape(said)}</text>'


def _legend(ground: int, against: bool) -> list[str]:
    lines = [
        "An arrow: imports. Arrows that others imply are left out. ▸ rooms of the kernel that a room of a side opens.",
        "A dashed arrow goes against the floors: it closes a circle and is to be mended." if against else "",
    ]
    return [_text(MARGIN, ground + 22 + 16 * number, line, "legend") for number, line in enumerate(lines) if line]


def _page(wide: float, tall: int, ink: Iterable[str]) -> str:
    marker = '<marker id="{0}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {tall}" width="{wide:g}" height="{tall}">',
        "<!-- drawn by `python -m tools.house` from the imports; not edited by hand -->",
        "<title>The rooms of the house, each above what it imports</title>",
        "<style>",
        'text{font-family:"Noto Sans","DejaVu Sans",Arial,sans-serif;text-anchor:middle;fill:#111}',
        ".side{font-size:17px;font-weight:bold}.room{font-size:14px;font-weight:bold}.says{font-size:11px}",
        ".opens{font-size:11px;font-style:italic}.legend{font-size:12px;text-anchor:start}",
        "rect{fill:#f3f5f7;stroke:#333;stroke-width:1.2}path{fill:none;stroke-width:1.2}",
        ".arrow{stroke:#555;marker-end:url(#down)}.against{stroke:#b00020;stroke-dasharray:5 4;marker-end:url(#up)}",
        ".page{fill:#fff}.down{fill:#555}.up{fill:#b00020}.apart{stroke:#bbb}",
        "</style>",
        "<defs>",
        marker.format("down") + '<path class="down" d="M0 0L8 4L0 8z"/></marker>',
        marker.format("up") + '<path class="up" d="M0 0L8 4L0 8z"/></marker>',
        "</defs>",
        f'<path class="page" d="M0 0H{wide:g}V{tall}H0z"/>',
    ]
    return "\n".join([*head, *ink, "</svg>"]) + "\n"
