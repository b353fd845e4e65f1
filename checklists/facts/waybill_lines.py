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


def gathered(pairs: Iterable[Pair], path_of: Callable[[Pair], str]) -> Lines:
    """Return the lines that pairs make: one after the other (UN, name, UN, name), or by columns (UN, UN, name, name).

    There are as many lines as UN numbers, or names where there is no number; a line begins with whichever field stands
    first of those that are given so often.
    """
    held = [(path_of(pair), pair) for pair in pairs]
    paths = [path for path, _pair in held]
    most = paths.count("un") or paths.count("name")
    if most <= 1:
        return Lines((tuple(pair for _path, pair in held),) if held else ())
    leader = next(path for path in paths if paths.count(path) == most)
    if _is_in_columns(paths, leader, most):
        return _by_columns(held, most)
    return _by_rows(held, leader)


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
    return Lines(tuple(tuple(pair for _path, pair in line) for line in kept), tuple(before))
