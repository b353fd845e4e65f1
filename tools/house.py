"""The rooms of the house from the real imports, drawn as `docs/house.svg`: `python -m tools.house`.

A room is a package at the second level (`checklists.goods`), or a single module at the top of a side; those that start
a side are one room (`entry`), those that import nothing of their side but each other another (`ground`). Rooms stand on
floors: each above everything that it imports. An arrow that others imply is left out. An import that would close a
circle is drawn against the floors, dashed, and the light one of a circle is taken for the wrong one.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import grimp

from tools import house_drawing

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "house.svg"
SIDES = ("mobile", "checklists", "server")
KERNEL = "checklists"
STARTS = frozenset({"__main__", "main", "app", "commands"})
"""Top modules by which a side is started."""
SPACE = 72
"""How many letters a room has space for."""

Arrow = tuple[str, str]
Counts = Mapping[Arrow, int]
"""How many imports lead from one room to another."""


@dataclass(frozen=True)
class Room:
    """A room of a side: how it is named there, what it is for, and which rooms of the kernel it opens by itself."""

    name: str
    says: str
    kernel: tuple[str, ...] = ()


@dataclass(frozen=True)
class Side:
    """A side of the house: its rooms by name, on floors from the ground up; arrows go down, `against` up."""

    name: str
    rooms: Mapping[str, Room]
    floors: tuple[tuple[str, ...], ...]
    arrows: tuple[Arrow, ...]
    against: tuple[Arrow, ...]


def read() -> frozenset[Arrow]:
    """Return every import of one module of the house by another."""
    graph = grimp.build_graph(*SIDES, cache_dir=None)
    found = ((one, other) for one in graph.modules for other in graph.find_modules_directly_imported_by(one))
    return frozenset((one, other) for one, other in found if "." in one and "." in other)


def sides(imports: Iterable[Arrow], root: Path = ROOT) -> tuple[Side, ...]:
    """Return the sides in the order in which they are drawn, the kernel between the others."""
    imports = sorted(imports)
    room = {module: _room(module, root) for arrow in imports for module in arrow}
    room |= _ground(imports, {one for one in room if room[one] == one and not _package(one, root)})
    rooms: dict[Arrow, int] = defaultdict(int)
    for one, other in imports:
        rooms[room[one], room[other]] += 1
    members: dict[str, set[str]] = {one: set() for one in _packages(root)}
    for module, name in room.items():
        members.setdefault(name, set()).add(module)
    below = _reach(_acyclic({arrow: count for arrow, count in rooms.items() if _within(KERNEL, arrow)})[0])
    return tuple(_side(side, rooms, members, below, root) for side in SIDES)


def _side(side: str, rooms: Counts, members: Mapping[str, set[str]], below: Mapping[str, set[str]], root: Path) -> Side:
    down, against = _acyclic({arrow: count for arrow, count in rooms.items() if _within(side, arrow)})
    names = sorted(one for one in members if one.startswith(f"{side}."))
    floors = _floors(names, down)
    told = {one: _told(one, members[one], _kernel(one, rooms, below) if side != KERNEL else (), root) for one in names}
    return Side(side, told, floors, reduced(down), against)


def _told(name: str, members: Iterable[str], kernel: tuple[str, ...], root: Path) -> Room:
    short = name.partition(".")[2]
    if short in ("ground", "entry"):
        return Room(short, ", ".join(sorted(one.rpartition(".")[2] for one in members)), kernel)
    return Room(short, _says(_package(name, root) or root.joinpath(*name.split(".")).with_suffix(".py")), kernel)


def _says(path: Path) -> str:
    """Return the first sentence of a module's docstring, or as much of it as a room has space for."""
    said = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0].replace("\n", " ")
    sentence = said.split(". ")[0].removesuffix(".").replace("`", "")
    ends = [one.start() for one in re.finditer("[;:]|(?<=.{30}),", sentence) if one.start() <= SPACE]
    return sentence[: max(ends)] if ends and len(sentence) > SPACE else sentence


def _kernel(name: str, rooms: Counts, below: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Return the kernel's rooms that a room imports, without those that another of them leads to."""
    direct = {other for one, other in rooms if one == name and other.startswith(f"{KERNEL}.")}
    implied = {deep for one in direct for deep in below.get(one, ())}
    return tuple(sorted(one.partition(".")[2] for one in direct - implied))


# -- which room a module is in


def _room(module: str, root: Path) -> str:
    side, _, rest = module.partition(".")
    top = rest.partition(".")[0]
    if top not in STARTS or _package(f"{side}.{top}", root):
        return f"{side}.{top}"
    # What starts a side belongs to its commands where these have a room.
    return next((f"{side}.{one}" for one in sorted(STARTS) if _package(f"{side}.{one}", root)), f"{side}.entry")


def _package(name: str, root: Path) -> Path | None:
    """Return what makes a name a package, or None where it is a module."""
    path = root.joinpath(*name.split("."), "__init__.py")
    return path if path.exists() else None


def _ground(imports: Iterable[Arrow], single: Iterable[str]) -> dict[str, str]:
    """Return those of the single modules that import nothing of their side but each other, with the room they share."""
    imports, held = tuple(imports), set(single)
    while bad := {one for one, other in imports if one in held and _same_side(one, other) and other not in held}:
        held -= bad
    return {one: f"{one.partition('.')[0]}.ground" for one in held}


def _packages(root: Path) -> Iterable[str]:
    """Return every package at the second level, also one that nothing imports."""
    for side in SIDES:
        for path in sorted(root.joinpath(side).glob("*/__init__.py")):
            yield f"{side}.{path.parent.name}"


def _same_side(one: str, other: str) -> bool:
    return one.partition(".")[0] == other.partition(".")[0]


def _within(side: str, arrow: Arrow) -> bool:
    return arrow[0] != arrow[1] and all(one.startswith(f"{side}.") for one in arrow)


# -- floors and arrows


def _acyclic(arrows: Counts) -> tuple[tuple[Arrow, ...], tuple[Arrow, ...]]:
    """Return the arrows without circles, and those left out: the heaviest are laid first, ties by name."""
    down: list[Arrow] = []
    against: list[Arrow] = []
    for arrow in sorted(arrows, key=lambda one: (-arrows[one], one)):
        closes = arrow[0] in _reach(down).get(arrow[1], ())
        (against if closes else down).append(arrow)
    return tuple(sorted(down)), tuple(sorted(against))


def _reach(arrows: Iterable[Arrow]) -> dict[str, set[str]]:
    """Return everything that lies below each room; the arrows have no circle."""
    direct: dict[str, set[str]] = defaultdict(set)
    for one, other in arrows:
        direct[one].add(other)
    found: dict[str, set[str]] = {}

    def below(room: str) -> set[str]:
        if room not in found:
            found[room] = direct[room].union(*(below(other) for other in sorted(direct[room])))
        return found[room]

    for room in sorted(direct):
        below(room)
    return found


def reduced(arrows: Iterable[Arrow]) -> tuple[Arrow, ...]:
    """Return the arrows without those that a longer way implies."""
    held = tuple(arrows)
    below = _reach(held)
    implied = {(one, deep) for one, other in held for deep in below.get(other, ())}
    return tuple(arrow for arrow in held if arrow not in implied)


def _floors(names: Iterable[str], arrows: Iterable[Arrow]) -> tuple[tuple[str, ...], ...]:
    """Return the rooms by floor: one above the highest that it imports."""
    held = tuple(arrows)
    depth = dict.fromkeys(names, 0)
    for _ in depth:
        for one, other in held:
            depth[one] = max(depth[one], depth[other] + 1)
    return tuple(
        tuple(sorted(one for one in depth if depth[one] == floor))
        for floor in range(max(depth.values(), default=0) + 1)
    )


def picture() -> str:
    """Return the picture as it has to be now."""
    return house_drawing.draw(sides(read()))


def main() -> None:
    """Write the picture and say what goes against the floors."""
    made = sides(read())
    PICTURE.write_text(house_drawing.draw(made), encoding="utf-8")
    print(f"{PICTURE.relative_to(ROOT)}: {', '.join(f'{one.name} {len(one.floors)} floors' for one in made)}")
    for side in made:
        for one, other in side.against:
            print(f"  against the floors: {one} imports {other}")


if __name__ == "__main__":
    main()
