"""Registry rows as programs give them, in JSON: what is wrong with each, all of it at once, and their plain form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from checklists import words
from checklists.facts.identifiers.likeness import DIFFERENT, compare
from checklists.facts.registry import COLOURS, LISTS, key_fault, row_key
from checklists.facts.site import Order, Past, Place, WaybillUse
from checklists.facts.transport import Carrier, Person, Tank, Vehicle
from checklists.inspection.tasks import Task
from checklists.wire import WireError, from_plain
from server import accounts
from server.importing.entries import moment
from server.importing.faults import CellError

KINDS = ("vehicle", "tank", "carrier", "person", "officer", "site", "feed", "tasks", *LISTS)

DIVISION = "division"
"""For the office alone: of a site it says where a record lies, of any other row whose tablets get it."""

_SHAPES: Mapping[str, type] = {
    "vehicle": Vehicle,
    "tank": Tank,
    "carrier": Carrier,
    "person": Person,
    "site": Place,
}
_ROWS: Mapping[str, Any] = dict(zip(LISTS, (tuple[Order, ...], tuple[Past, ...], tuple[WaybillUse, ...]), strict=True))
_OWN_NUMBER = {"vehicle": "plate", "tank": "number", "carrier": "uscc", "person": "id_number"}
"""Where the data of a row give the number that its key is."""


def faults(row: Any) -> list[str]:
    """Return everything that is wrong with a row `{kind, key, data, as_of}`."""
    if not isinstance(row, Mapping):
        return ["a mapping {kind, key, data, as_of} is expected"]
    found = list(_frame(row))
    if found:
        return found
    kind, key, data = row["kind"], row["key"], row["data"]
    return [*_data(kind, f"{kind} {key}", key, data), *_key(kind, key, data)]


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row that has no faults with its time as UTC text, by which rows of one key are told older or newer."""
    return {**row, "as_of": moment(row["as_of"])}


def _frame(row: Mapping[str, Any]) -> Iterator[str]:
    if row.get("kind") not in KINDS:
        yield f"kind {row.get('kind')!r} is none of {', '.join(KINDS)}"
    key = row.get("key")
    if not isinstance(key, str) or not key.strip() or not isinstance(row.get("data"), Mapping):
        yield "key must be text, data a mapping"
    elif "\0" in row_key(str(row.get("kind")), key):
        yield "key holds U+0000, which nobody can look up"
    try:
        moment(str(row.get("as_of")))
    except CellError:
        yield f"as_of {row.get('as_of')!r} is not a time such as 2026-01-31T08:00:00.000Z, nor a day such as 2026-01-31"


def _data(kind: str, where: str, key: str, data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the data of a row: a misspelt field must not vanish."""
    try:
        if kind in _SHAPES:
            yield from _shape(_SHAPES[kind], data, where)
        elif kind in _ROWS:
            from_plain(_ROWS[kind], data.get("rows"), f"{where}: rows")
        elif kind == "tasks":
            ids = [Task.of(one).id for one in data.get("rows") or ()]
            yield from (f"{where}: a task's id holds U+0000" for one in ids if "\0" in one)
        elif kind == "officer" and not all(data.get(one) and isinstance(data[one], str) for one in ("name", "agency")):
            yield f"{where}: name and agency are expected as text"
        elif kind == "feed" and key not in LISTS:
            yield f"feed {key!r} is none of {', '.join(LISTS)}"
    except (ValueError, WireError) as fault:
        yield str(fault)
    except (KeyError, TypeError, AttributeError):
        yield "a task needs an id"


def _shape(kind: type, data: Mapping[str, Any], where: str) -> Iterator[str]:
    """Yield the faults field by field: every one of them may be left out, so each can be read alone."""
    for name, value in data.items():
        if name == DIVISION and isinstance(value, str) and not accounts.division_fault(value):
            continue
        try:
            from_plain(kind, {name: value}, where)
        except (ValueError, WireError) as fault:
            yield str(fault)


def _key(kind: str, key: str, data: Mapping[str, Any]) -> Iterator[str]:
    """Yield why nobody could find the row by its key, or that its data are about another number."""
    fault = key_fault(kind, key)
    if fault and fault.code == "plate_colour":
        yield f"{kind} {key}: the colour after the bar is none of {', '.join(COLOURS)}"
    elif fault:
        why = words.reason(fault.code, fault.params, words.say("en"))
        yield f"{kind} {key}: this is no key that anybody can look up: {why}"
    named = _OWN_NUMBER.get(kind, "")
    own, asked = data.get(named), {"vehicle": "plate", "carrier": "uscc"}.get(kind, kind)
    if not fault and isinstance(own, str) and own and compare(asked, key.partition("|")[0], own) == DIFFERENT:
        yield f"{kind} {key}: its data are about {named} {own}"
