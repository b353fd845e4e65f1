"""Goods lines from pairs that stand one behind the other, some of them several times: which belong together.

Nothing is replaced in silence: what cannot be given to one line, or is given twice with other content, is handed back.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from checklists.facts.texts import tidy
from checklists.patterns import pattern

Pair = tuple[str, Any]
"""Name of a field as it was written, and its value."""

_NUMBER = "(?:UN ?)?[0-9]{4}"
_NUMBERS = pattern(f"{_NUMBER}(?: ?([/、,;|+&和及与 ]) ?{_NUMBER})*", re.IGNORECASE)
"""Several UN numbers in one value; between two of which one is meant (或), or a range (-), nobody can tell."""

_APART = "/、;|+&"
"""Marks that part the values of several goods, whichever of them the numbers have; a comma stands in names as well."""

_NEVER_PARTED = ("subsidiary",)
"""Of several hazards each may be another goods', or all of them one goods'."""

_SAYS_WHAT = ("name", "class", "subsidiary", "packing_group", "technical_name", "density_kg_m3")
"""What is the same of the same goods."""


class Lines(NamedTuple):
    """The pairs of each line, those that belong to none for certain, and those that are of all lines together."""

    lines: tuple[tuple[Pair, ...], ...]
    left: tuple[Pair, ...] = ()
    totals: tuple[Pair, ...] = ()


def gathered(pairs: Iterable[Pair], path_of: Callable[[Pair], str], number_of: Callable[[Pair], str]) -> Lines:
    """Return the lines that pairs make: one after the other (UN, name, UN, name), or by columns (UN, UN, name, name).

    There are as many lines as UN numbers, or names where there is no number; a line begins with whichever field stands
    first of those that are given so often. Where names carry the number of their line (UN1, UN2), that tells it.
    """
    held = [(path_of(pair), pair) for pair in pairs]
    if any(number_of(pair) for _path, pair in held):
        return _by_numbers(held, number_of)
    paths = [path for path, _pair in held]
    often = Counter(paths)
    most = often["un"] or often["name"]
    if most <= 1:
        return Lines((tuple(pair for _path, pair in held),) if held else ())
    leader = next(path for path in paths if often[path] == most)
    if _is_in_columns(paths, leader, most):
        return _by_columns(held, most)
    return _by_rows(held, leader)


def parted(pairs: Iterable[Pair], path_of: Callable[[Pair], str]) -> tuple[Pair, ...]:
    """Return the pairs with each value apart where the only UN field holds several numbers: UN1203/UN1202, 汽油/柴油.

    A value that does not hold as many stays whole: whose it is cannot be told. One number several times is one line,
    or as many as other fields have values; what says which goods these are is then of each.
    """
    held = tuple(pairs)
    given = [pair[1] for pair in held if path_of(pair) == "un"]
    numbers, mark = un_numbers(given[0]) if len(given) == 1 else ((), "")
    if len(numbers) < 2:
        return held
    alike = len(set(numbers)) == 1
    parts = [_parts_of(pair, path_of(pair), numbers, mark) for pair in held]
    if alike and [path_of(pair) for pair, apart in zip(held, parts, strict=True) if apart] == ["un"]:
        return tuple((pair[0], numbers[0]) if path_of(pair) == "un" else pair for pair in held)
    told: list[Pair] = []
    for pair, apart in zip(held, parts, strict=True):
        each = apart or ((pair[1],) * len(numbers) if alike and path_of(pair) in _SAYS_WHAT else (pair[1],))
        told.extend((pair[0], one) for one in each)
    return tuple(told)


def several_names(pairs: tuple[Pair, ...], path_of: Callable[[Pair], str], number_of: Callable[[Pair], str]) -> Lines:
    """Return one line with each of several names of one field apart: 货物名称:汽油;柴油, or that field twice.

    Beside fewer UN numbers nobody can tell whose these are: each number is a line, the names are another, and of the
    rest nothing belongs to any.
    """
    named = [pair for pair in pairs if path_of(pair) == "name"]
    numbers = [pair for pair in pairs if path_of(pair) == "un"]
    values = tuple(dict.fromkeys(one for _name, value in named for one in _names(value)))
    unlike = len({name for name, _value in named}) > 1 or any(map(number_of, pairs))
    if unlike or len(values) < 2 or len(values) <= len(numbers) or (len(numbers) > 1 and len(named) > 1):
        return Lines((pairs,))
    if not numbers:
        return Lines(
            (tuple((pair[0], one) for pair in pairs for one in (_names(pair[1]) if pair in named else pair[1:])),)
        )
    rest = tuple(pair for pair in pairs if pair not in named and pair not in numbers)
    return Lines((tuple(numbers), ((named[0][0], "；".join(values)),)), rest)


def _names(value: Any) -> tuple[Any, ...]:
    if _is_list(value):
        return tuple(value)
    return tuple(filter(None, map(str.strip, re.split("[;；]", value)))) if isinstance(value, str) else (value,)


def _parts_of(pair: Pair, path: str, numbers: tuple[str, ...], mark: str) -> tuple[str, ...]:
    """Return the values of a pair, one for each number, or nothing."""
    parts = numbers if path == "un" else _values(pair[1], mark) if path not in _NEVER_PARTED else ()
    return parts if len(parts) == len(numbers) else ()


def un_numbers(value: Any) -> tuple[tuple[str, ...], str]:
    """Return the UN numbers that a value holds, one behind the other, and the mark between them."""
    if _is_list(value):
        read = [re.fullmatch(_NUMBER, _plain(one), re.IGNORECASE) for one in value]
        return (tuple(found[0][-4:] for found in read if found) if all(read) else (), "")
    found = _NUMBERS.fullmatch(_plain(value)) if isinstance(value, str) else None
    return (tuple(re.findall("[0-9]{4}", found[0])), found[1] or "") if found else ((), "")


def _values(value: Any, mark: str) -> tuple[str, ...]:
    """Return the values of several goods in one: a list's, or those between the marks of the numbers."""
    if _is_list(value):
        return tuple(value)
    if not isinstance(value, str) or not mark:
        return ()
    parts = re.split(f"[{_APART if mark in _APART else mark}]", _plain(value))
    return tuple(part.strip() for part in parts) if all(part.strip() for part in parts) else ()


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _plain(value: str) -> str:
    return unicodedata.normalize("NFKC", tidy(value))


def _by_numbers(held: list[tuple[str, Pair]], number_of: Callable[[Pair], str]) -> Lines:
    """What has no number is the first line where none has that and it names goods, or belongs to the only one."""
    lines: dict[str, list[Pair]] = {}
    names = False
    for path, pair in held:
        number = number_of(pair)
        lines.setdefault(number, []).append(pair)
        names = names or (not number and path in ("un", "name"))
    without = lines.pop("", [])
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
    told: set[tuple[str, str]] = set()
    for line in lines:
        values = {(path, str(pair[1])) for path, pair in line}
        if len(line) > 1 or not values <= told:
            kept.append(line)
            told |= values
    if len(kept) == 1:
        kept[0] = [*held[: len(before)], *kept[0]]
        before = []
    totals = _totals(kept, held) if len(kept) > 1 else []
    behind = _given_once(kept[-1], held) if len(kept) > 1 else []
    return Lines(tuple(tuple(pair for _path, pair in line) for line in kept), (*before, *behind), tuple(totals))


def _totals(lines: list[list[tuple[str, Pair]]], held: list[tuple[str, Pair]]) -> list[Pair]:
    """Take from the end of the last line an amount whose name is given once, where each line has one of another."""
    paths, names = [path for path, _pair in held], [pair[0] for _path, pair in held]
    taken: list[Pair] = []
    while (
        names.count((last := lines[-1][-1])[1][0]) == 1
        and paths.count(last[0]) == len(lines) + 1
        and all(last[0] in [path for path, pair in line if pair is not last[1]] for line in lines)
    ):
        taken.insert(0, lines[-1].pop()[1])
        paths.remove(last[0])
    return taken


def _given_once(last: list[tuple[str, Pair]], held: list[tuple[str, Pair]]) -> list[Pair]:
    """Take from the end of the last line what is given once in all: it may be of every line, as a total is."""
    paths, names = [path for path, _pair in held], [pair[0] for _path, pair in held]
    taken: list[Pair] = []
    while paths.count(last[-1][0]) == 1 and names.count(last[-1][1][0]) == 1:
        taken.insert(0, last.pop()[1])
    return taken
