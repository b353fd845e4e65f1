"""Entries against what the office holds: what would be added, changed, left, ignored as older, or is refused.

Nothing is written here, and nothing is written later that was not in the comparison: `digest` names it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from checklists import wire
from checklists.facts.identifiers.keys import number_key
from checklists.facts.registry import COLOURS, key_fault, row_key
from checklists.inspection.stop_order import NUMBERS, fits
from server.folding import fold, fold_number, plain
from server.importing.entries import Entry, Parsed
from server.importing.faults import Fault
from server.importing.kinds import Kind

_SECOND = len("2026-11-28T00:00:00")
"""Sheets tell times by the second."""

STATUSES = ("added", "changed", "unchanged", "ignored", "refused")


@dataclass(frozen=True)
class Held:
    """What the office holds under a key; `lifted` is a stop order that counts no more."""

    data: Mapping[str, Any]
    as_of: str
    lifted: bool = False


@dataclass(frozen=True)
class Difference:
    """A value that a row changes, by the words of its column; empty is none."""

    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Line:
    """A row of the sheet and what becomes of it. `data` is what the office would hold."""

    number: int
    key: str
    status: str
    data: Mapping[str, Any]
    as_of: str
    held: Held | None = None
    differences: tuple[Difference, ...] = ()
    faults: tuple[Fault, ...] = ()
    doubts: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Preview:
    """What applying a file would do; it can be applied where nothing is refused and something would change."""

    kind: Kind
    lines: Sequence[Line]
    faults: Sequence[Fault] = ()
    examples: int = 0

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each status, and how many have doubts."""
        found = Counter(one.status for one in self.lines)
        return {name: found[name] for name in STATUSES} | {"doubts": sum(bool(one.doubts) for one in self.lines)}

    @property
    def all_faults(self) -> Iterator[Fault]:
        """Everything that is wrong, in the order of the sheet."""
        yield from self.faults
        for line in self.lines:
            yield from line.faults

    @property
    def can_apply(self) -> bool:
        """Whether the file can be applied."""
        refused = self.faults or self.counts["refused"]
        return not refused and any(self.counts[name] for name in ("added", "changed", "unchanged"))

    @cached_property
    def digest(self) -> str:
        """The name of this comparison: another one, after somebody else's change, has another."""
        told = [[one.number, one.key, one.status, one.as_of, one.held.as_of if one.held else ""] for one in self.lines]
        named = [self.kind.id, told, [one.data for one in self.lines], len(list(self.all_faults))]
        return wire.digest(json.dumps(named, sort_keys=True).encode())  # for this office alone: no wire form is needed


def keys(parsed: Parsed) -> list[str]:
    """Return every key under which the office may hold one of the entries, for the store to look up."""
    found = (key for entry in parsed.entries for key in _candidates(parsed.kind, entry))
    return list(dict.fromkeys(found))


def compare(parsed: Parsed, held: Mapping[str, Held]) -> Preview:
    """Return the preview of a file against what the office holds under `keys`."""
    kind = parsed.kind
    colours = _colours(parsed)
    seen: dict[str, int] = {}
    spelt = {_plain(kind, one): one for one in held}
    lines = []
    for entry in parsed.entries:
        key, more = _key(kind, entry, held, colours)
        key = key if key in held else spelt.get(_plain(kind, key), key)
        first = seen.setdefault(key if key in held else _plain(kind, key), entry.number) if key else entry.number
        if first != entry.number:
            more = (*more, Fault(entry.number, "", "twice", {"first": str(first)}))
        more = (*more, *_order_faults(entry, held.get(key), parsed.today)) if kind.id == "order" else more
        lines.append(_line(kind, replace(entry, faults=(*entry.faults, *more)), key, held.get(key)))
    return Preview(kind, lines, parsed.faults, parsed.examples)


def flat(data: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Return data as values by path: `{"permit": {"number": 1}}` is `{"permit.number": 1}`."""
    told: dict[str, Any] = {}
    for name, value in data.items():
        told |= flat(value, f"{before}{name}.") if isinstance(value, Mapping) else {f"{before}{name}": value}
    return told


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values by path as data."""
    data: dict[str, Any] = {}
    for path, value in values.items():
        *branch, name = path.split(".")
        at = data
        for one in branch:
            at = at.setdefault(one, {})
        at[name] = value
    return data


def shown(value: Any) -> str:
    """Return a value as a preview shows it."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        plain = all(isinstance(one, str | int) for one in value)
        return ", ".join(map(str, value)) if plain else json.dumps(value, ensure_ascii=False)
    return {True: "yes", False: "no", None: ""}.get(value, str(value)) if isinstance(value, bool | None) else str(value)


def order_key(authority: str, number: str) -> str:
    """Return what makes a stop order the same, however it is written: who gave it, and its number."""
    return f"{fold(authority)}\x1f{fold_number(number)}"


def _plain(kind: Kind, key: str) -> str:
    """Return a key as it is compared: an id or a name that people give is one in whatever width, case and spaces."""
    return plain(key) if kind.outside else key


def _candidates(kind: Kind, entry: Entry) -> Iterator[str]:
    if kind.id == "vehicle":
        plate = str(entry.values.get("plate") or "")
        yield from ((plate, *(f"{plate}|{one}" for one in COLOURS)) if plate else ())
    elif key := _plain_key(kind, entry):
        yield key


def _plain_key(kind: Kind, entry: Entry) -> str:
    parts = [str(entry.values.get(one) or "") for one in kind.key]
    if kind.id == "order":
        return order_key(*parts) if all(parts) else ""
    return row_key(kind.id, parts[0]) if parts[0] else ""


def _colours(parsed: Parsed) -> dict[str, set[str]]:
    """Return in which colours the sheet itself has each plate."""
    found: dict[str, set[str]] = {}
    if parsed.kind.id == "vehicle":
        for entry in parsed.entries:
            found.setdefault(str(entry.values.get("plate") or ""), set()).add(str(entry.values.get("colour") or ""))
    return found


def _key(
    kind: Kind, entry: Entry, held: Mapping[str, Held], colours: Mapping[str, set[str]]
) -> tuple[str, tuple[Fault, ...]]:
    """Return the key of an entry. A vehicle stands under its plate, with its colour where there are several.

    Plate and colour are one key: the same signs on blue are another vehicle.
    """
    if kind.id != "vehicle":
        return _plain_key(kind, entry), ()
    plate, colour = str(entry.values.get("plate") or ""), str(entry.values.get("colour") or "")
    if not plate:
        return "", ()
    split = any(f"{plate}|{one}" in held for one in COLOURS) or len(colours[plate]) > 1
    plain = held.get(plate)
    other = plain is not None and colour and plain.data.get("colour") not in (None, "", colour)
    if not split and not other:
        return plate, ()
    if not colour:
        return "", (Fault(entry.number, kind.column("colour").words, "colour_needed"),)
    return f"{plate}|{colour}", ()


def _line(kind: Kind, entry: Entry, key: str, held: Held | None) -> Line:
    entry = _as_held(entry, held) if kind.id == "order" and held else entry
    before = flat(held.data) if held else {}
    left_out = entry.cleared | kind.outside
    told = {path: before[path] if _same(before.get(path), value) else value for path, value in entry.values.items()}
    after = {path: value for path, value in {**before, **told}.items() if path not in left_out}
    data = nested(after)
    changed = _differences(kind, before, flat(data))
    differs = kind.id == "order" and held is not None and not held.lifted and bool(changed)
    faults = (*entry.faults, Fault(entry.number, "", "order_differs")) if differs else entry.faults
    status = _status(held, entry, changed, faults)
    # Within one second the sheet cannot tell which is later: then it is not older.
    as_of = max(entry.as_of, held.as_of) if status == "changed" and held else entry.as_of
    line = Line(entry.number, key, status, data, as_of, held, changed, faults, entry.doubts)
    return replace(line, differences=() if status in ("ignored", "unchanged") else changed)


def _same(old: Any, new: Any) -> bool:
    """Whether two values are one, as 8800 and the text "8800" that a program gave."""
    return old is not None and ((type(old) is type(new) and old == new) or shown(old) == shown(new))


def _status(held: Held | None, entry: Entry, changed: Iterable[Difference], faults: Iterable[Fault]) -> str:
    if faults:
        return "refused"
    if held is None:
        return "added"
    if not changed:
        return "unchanged"
    return "ignored" if entry.as_of[:_SECOND] < held.as_of[:_SECOND] else "changed"


def _as_held(entry: Entry, held: Held) -> Entry:
    """Return an order spelt as the office has it: its number and who gave it, and where it is one also its key."""
    same = number_key(str(entry.values.get("key") or "")) == number_key(str(held.data.get("key") or ""))
    told = {name: held.data[name] for name in ("authority", "number", *(("key",) if same else ()))}
    return replace(entry, values={**entry.values, **told})


def _order_faults(entry: Entry, held: Held | None, today: str) -> Iterator[Fault]:
    on, key = str(entry.values.get("on") or ""), str(entry.values.get("key") or "")
    problem = key_fault(NUMBERS[on], key) if on and key else None
    if problem is not None:
        yield Fault(entry.number, "", "number", {**problem.params, "why": problem.code})
    elif on and key and not fits(on, key):
        yield Fault(entry.number, "", "not_of_kind")
    if held is None and _is_over(entry, today):
        yield Fault(entry.number, "", "until")
    if held is not None and held.lifted:
        yield Fault(entry.number, "", "order_lifted")


def _is_over(entry: Entry, today: str) -> bool:
    """Whether an order would end before it begins, or ended; the last of all days has no other behind it."""
    until = str(entry.values.get("until") or "")
    return bool(until) and not max(today, str(entry.values.get("since") or "")) <= until < date.max.isoformat()


def _differences(kind: Kind, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    named = {one.id: one.words for one in kind.columns}
    paths = [*(one for one in named if one in before or one in after), *(one for one in before if one not in named)]
    return tuple(
        Difference(named.get(path, path), shown(before.get(path)), shown(after.get(path)))
        for path in paths
        if before.get(path) != after.get(path)
    )
