"""Goods lines from pairs that stand one behind the other, some of them several times: which belong together.

Nothing is replaced in silence: what cannot be given to one line, or is given twice with other content, is handed back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

Pair = tuple[str, Any]
"""Name of a field as it was written, and its value."""


class Lines(NamedTuple):
    """The pairs of each line, and those that belong to none for certain."""

    lines: tuple[tuple[Pair, ...], ...]
    left: tuple[Pair, ...] = ()


def gathered(pairs: Iterable[Pair], path_of: Callable[[Pair], str], number_of: Callable[[Pair], str]) -> Lines:
    """Return the lines that pairs make: one after the other (UN, name, UN, name), or by columns (UN, UN, name, name).

    There are as many lines as UN numbers, or names where there is no number; a line begins with whichever field stands
    first of those that are given so often. Where names carry the number of their line (UN1, UN2), that tells it.
    """
    held = [(path_of(pair), pair) for pair in pairs]
    if any(number_of(pair) for _path, pair in held):
        return _by_numbers(held, number_of)
    paths = [path for path, _pair in held]
    most = paths.count("un") or paths.count("name")
    if most <= 1:
        return Lines((tuple(pair for _path, pair in held),) if held else ())
    leader = next(path for path in paths if paths.count(path) == most)
    if _is_in_columns(paths, leader, most):
        return _by_columns(held, most)
    return _by_rows(held, leader)


def _by_numbers(held: list[tuple[str, Pair]], number_of: Callable[[Pair], str]) -> Lines:
    """What has no number is the first line where none has that and it names goods, or belongs to the only one."""
    lines: dict[str, list[Pair]] = {}
    for _path, pair in held:
        lines.setdefault(number_of(pair), []).append(pair)
    without = lines.pop("", [])
    names = any(path in ("un", "name") for path, pair in held if pair in without)
    if without and (list(lines) == ["1"] or ("1" not in lines and names)):
        lines["1"] = [*without, *lines.get("1", [])]
        without = []
    return Lines(tuple(tuple(lines[number]) for number in sorted(lines, key=int)), tuple(without))


def _is_in_columns(paths: list[str], leader: str, most: int) -> bool:
    """Whether all of the leader's fields stand side by side and others follow them."""
    first = paths.index(leader)
    return paths[first : first + most] == [leader] * most and len(set(paths)) > 1


def _by_columns(held: list[tuple[str, Pair]], most: int) -> Lines:
    columns: dict[str, list[Pair]] = {}
    for path, pair in held:
        columns.setdefault(path, []).append(pair)
    whole = [column for column in columns.values() if len(column) == most]
    left = [pair for column in columns.values() if len(column) != most for pair in column]
    return Lines(tuple(zip(*whole, strict=True)), tuple(left))


def _by_rows(held: list[tuple[str, Pair]], leader: str) -> Lines:
    lines: list[list[tuple[str, Pair]]] = []
    before: list[Pair] = []
    for path, pair in held:
        if path == leader:
            lines.append([])
        if lines:
            lines[-1].append((path, pair))
        else:
            before.append(pair)
    kept: list[list[tuple[str, Pair]]] = []
    for line in lines:
        values = {(path, str(pair[1])) for path, pair in line}
        repeats = len(line) == 1 and any(values <= {(path, str(pair[1])) for path, pair in one} for one in kept)
        if not repeats:
            kept.append(line)
    if len(kept) == 1:
        kept[0] = [*((leader_path, pair) for leader_path, pair in held if pair in before), *kept[0]]
        before = []
    behind = _given_once(kept[-1], held) if len(kept) > 1 else []
    return Lines(tuple(tuple(pair for _path, pair in line) for line in kept), (*before, *behind))


def _given_once(last: list[tuple[str, Pair]], held: list[tuple[str, Pair]]) -> list[Pair]:
    """Take from the end of the last line what is given once in all: it may be of every line, as a total is."""
    paths, names = [path for path, _pair in held], [pair[0] for _path, pair in held]
    taken: list[Pair] = []
    while paths.count(last[-1][0]) == 1 and names.count(last[-1][1][0]) == 1:
        taken.insert(0, last.pop()[1])
    return taken
