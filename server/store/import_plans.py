"""What applying a file will write, worked out before the writer is asked: nothing else is written while it writes.

A plan says what it was made from; where the office holds something else by then, it is not written. That of a long file
is written in parts, between which records come in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checklists.facts.identifiers.keys import number_key
from server import clock
from server.cases.ends import day_text
from server.importing.comparing import Held, Line, Preview, compare, keys
from server.importing.entries import Parsed
from server.importing.kinds import KINDS
from server.importing.registry_rows import DIVISION
from server.store import bulk, registry, site_areas, stop_orders
from server.store.office_models import StopOrder
from server.store.registry_changes import Change

_ORDER_FIELDS = ("number", "authority", "on", "text", "since")
_SOME = 200


@dataclass(frozen=True)
class Plan:
    """What a file changes: rows as columns, what is kept of each change, divisions by key; from what it was made."""

    preview: Preview
    keys: Sequence[str]
    found: Mapping[str, Any]
    rows: Sequence[Mapping[str, str]]
    changes: Sequence[Change]
    divisions: Mapping[str, str]


def preview_of(parsed: Parsed) -> Preview:
    """Return what a file would change now, to be looked at."""
    return _compared(parsed, keys(parsed))[1]


def _compared(parsed: Parsed, asked: Sequence[str]) -> tuple[dict[str, Any], Preview]:
    found = _found(parsed.kind.id, asked)
    return found, compare(parsed, {key: _held(told) for key, told in found.items()})


def plan(parsed: Parsed) -> Plan:
    """Return what applying a file would do now."""
    kind, asked = parsed.kind.id, keys(parsed)
    found, preview = _compared(parsed, asked)
    told = [one for one in preview.lines if one.status in ("added", "changed", "unchanged")]
    texts = [registry.plain_text(inside(one.data)) for one in told]
    each = list(zip(told, texts, strict=True))
    rows = [_columns(kind, line, text) for line, text in each if _newer(line)]
    changes = [_change(kind, line, text, found) for line, text in each if line.status != "unchanged"]
    before = {one.key: _division(one.held.data) if one.held else "" for one in told}
    divisions = {one.key: new for one in told if (new := _division(one.data)) != before[one.key]}
    return Plan(preview, asked, found, rows if kind != "order" else (), changes, divisions)


def still_holds(made: Plan) -> bool:
    """Whether the office still holds what a plan was made from."""
    return bool(_found(made.preview.kind.id, made.keys) == made.found)


def write(made: Plan, who: str, agency: str) -> None:
    """Write what a plan says."""
    if made.preview.kind.id == "order":
        _give([one for one in made.preview.lines if one.status == "added"], who, agency)
        return
    _put(made.preview.kind.id, made.rows, made.divisions)


def parts(made: Plan, size: int) -> Iterator[dict[str, Any]]:
    """Yield what a plan writes in parts of so many rows, as plain values for `write_part`."""
    rows, changes = ({one["key"]: one for one in made.rows}, {one.key: one for one in made.changes})
    for some in bulk.chunks(dict.fromkeys((*rows, *changes, *made.divisions)), size):
        yield {
            "kind": made.preview.kind.id,
            "found": {key: made.found.get(key) for key in some},
            "rows": [rows[key] for key in some if key in rows],
            "changes": [vars(changes[key]) for key in some if key in changes],
            "divisions": {key: made.divisions[key] for key in some if key in made.divisions},
        }


def write_part(part: Mapping[str, Any]) -> tuple[list[Change], list[Change]]:
    """Write a part, but for rows that somebody else has changed since; return its changes, and those that it left."""
    found = {key: tuple(told) for key, told in part["found"].items() if told}
    now = _found(part["kind"], list(part["found"]))
    left = {key for key in part["found"] if now.get(key) != found.get(key)}
    divisions = {key: area for key, area in part["divisions"].items() if key not in left}
    _put(part["kind"], [one for one in part["rows"] if one["key"] not in left], divisions)
    changes = [Change(**one) for one in part["changes"]]
    return [one for one in changes if one.key not in left], [one for one in changes if one.key in left]


def _put(kind: str, rows: Sequence[Mapping[str, str]], divisions: Mapping[str, str]) -> None:
    if kind == "site":
        registry.put_columns(rows)
        site_areas.put_many(divisions)
        return
    areas = {(kind, key): area for key, area in divisions.items()}
    registry.place(areas)
    registry.put_columns(rows, areas)


def inside(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return data without what is for the office alone."""
    return {name: value for name, value in data.items() if name != DIVISION}


def _found(kind: str, asked: Sequence[str]) -> dict[str, Any]:
    """Return what the office holds, by key: data as text, time, and what stands elsewhere."""
    if kind == "order":
        return _orders(asked)
    rows = registry.held(kind, registry.spelt(kind, asked) if KINDS[kind].outside else asked)
    divisions = site_areas.of(rows) if kind == "site" else registry.areas_of(kind, rows)
    return {key: (*told, divisions.get(key, "")) for key, told in rows.items()}


def _held(told: Any) -> Held:
    if isinstance(told, Held):
        return told
    data, as_of, division = told
    return Held({**json.loads(data), **({DIVISION: division} if division else {})}, as_of)


def _newer(line: Line) -> bool:
    """Whether a row is to be written: what is unchanged only to say that it holds as of later."""
    return line.held is None or line.as_of >= line.held.as_of


def _columns(kind: str, line: Line, text: str) -> dict[str, str]:
    return {"kind": kind, "key": line.key, "data": text, "as_of": line.as_of}


def _division(data: Mapping[str, Any]) -> str:
    return str(data.get(DIVISION) or "")


def _change(kind: str, line: Line, text: str, found: Mapping[str, Any]) -> Change:
    """Return what is kept of a change; `text` is the row's data as they are written, without what is for the office."""
    new = registry.plain_text(line.data) if DIVISION in line.data else text
    return Change(kind, line.key, _before(line, found), new, line.held.as_of if line.held else "", line.as_of)


def _before(line: Line, found: Mapping[str, Any]) -> str:
    """Return the data that a row had, as text; that of a registry row without a division is here already."""
    if line.held is None:
        return ""
    told = found.get(line.key)
    as_held = isinstance(told, tuple) and not told[2]
    return str(told[0]) if as_held and told is not None else registry.plain_text(line.held.data)


def _give(lines: Iterable[Line], who: str, agency: str) -> None:
    """Give the orders of a file, each a row of its own, and write what tablets read of them once a number."""
    at, rows = clock.now(), []
    for line in lines:
        told = {name: str(line.data.get(name) or "") for name in _ORDER_FIELDS}
        shown = str(line.data["key"])
        row = {**told, "since": told["since"] or day_text(at), "kind": "stop", "key": number_key(shown), "shown": shown}
        row |= {"closed_on": stop_orders.day_after(str(line.data.get("until") or "")), "folded": line.key}
        rows.append({**row, "agency": agency, "who": who, "made_at": at})
    for some in bulk.chunks(rows, _SOME):
        StopOrder.insert_many(some).execute()
    stop_orders.tell([row["key"] for row in rows])


def _orders(wanted: Iterable[str]) -> dict[str, Held]:
    """Return the orders that were given, by authority and number; of several, one that stands."""
    found = {}
    for some in bulk.chunks(wanted, 400):
        for one in StopOrder.select().where(StopOrder.folded.in_(some)).order_by(StopOrder.lifted_at.desc()):
            data = {name: str(held) for name in _ORDER_FIELDS if (held := getattr(one, name))}
            data |= {"until": until} if (until := stop_orders.last_day(one)) else {}
            shown = {**data, "key": str(one.shown)}
            found[str(one.folded)] = Held(shown, str(one.made_at), lifted=bool(one.lifted_at))
    return found
