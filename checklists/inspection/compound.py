"""A fact of several values, as the lines of a waybill or the people aboard: how one changes, and what did. Pure.

A way leads to a value inside: names of mappings, and places of lists counted from one.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checklists.values import frozen
from checklists.wire import canonical

Way = tuple[str, ...]
END = "+"
"""The place behind the last of a list."""


@frozen
class Change:
    """One value inside a fact that is another now; `way` is empty where the fact holds a single value."""

    way: Way
    old: Any
    new: Any


def is_list_of_things(data: Any) -> bool:
    """Whether this is a list whose places hold several values each."""
    return isinstance(data, list | tuple) and any(isinstance(one, Mapping) for one in data)


def replaced(data: Any, way: Sequence[str], value: Any) -> Any:
    """Return a copy with a value in its place, None takes it out; the other places keep their order.

    Raises ValueError for a place that is not there.
    """
    if not way:
        return value
    name, rest = way[0], way[1:]
    if isinstance(data, Mapping):
        inner = replaced(data.get(name), rest, value)
        return {**{key: one for key, one in data.items() if key != name}, **({} if inner is None else {name: inner})}
    held = list(data or ())
    place = len(held) if name == END else int(name) - 1
    if not 0 <= place <= len(held) or (place == len(held) and name != END):
        raise ValueError(f"no place {name} in a list of {len(held)}")
    inner = replaced(held[place] if place < len(held) else None, rest, value)
    return [*held[:place], *(() if inner is None else (inner,)), *held[place + 1 :]]


def changes(old: Any, new: Any) -> tuple[Change, ...]:
    """Return what is another now, value by value; a thing that was taken out or added is one change.

    What was taken out has the place at which it stood, what was added that at which it stands now.
    """
    return tuple(_changes((), old, new))


def _changes(way: Way, old: Any, new: Any) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in dict.fromkeys((*old, *new)):
            yield from _changes((*way, name), old.get(name), new.get(name))
    elif is_list_of_things(old) or is_list_of_things(new):
        yield from _places(way, list(old or ()), list(new or ()))
    else:
        yield Change(way, old, new)


def _places(way: Way, old: list[Any], new: list[Any]) -> Iterator[Change]:
    """Compare two lists: what stays tells which place is which."""
    before, after = ([canonical(one) for one in some] for some in (old, new))
    for what, first, last, begin, end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        both = min(last - first, end - begin)
        for step in range(both):
            yield from _changes((*way, str(first + step + 1)), old[first + step], new[begin + step])
        for place in range(first + both, last):
            yield Change((*way, str(place + 1)), old[place], None)
        for place in range(begin + both, end):
            yield Change((*way, str(place + 1)), None, new[place])
