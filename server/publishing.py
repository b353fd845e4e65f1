"""From the definitions, tables and registry of this office to the packages that tablets pull."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checklists import words
from checklists.authoring.loader import load_all
from checklists.definitions.publication import publish
from checklists.facts.identifiers.likeness import DIFFERENT, compare
from checklists.facts.registry import COLOURS, LISTS, key_fault, row_key
from checklists.facts.site import Order, Past, Place, WaybillUse
from checklists.facts.transport import Carrier, Person, Tank, Vehicle
from checklists.goods.listing import load_tables
from checklists.inspection.tasks import Task
from checklists.wire import WireError, from_plain
from server import clock
from server.office import Office
from server.store import audit, devices, officer_codes, packages, records, registry, stop_orders, tasks
from server.store.models import Package

_SHAPES: Mapping[str, type] = {
    "vehicle": Vehicle,
    "tank": Tank,
    "carrier": Carrier,
    "person": Person,
    "site": Place,
}
_ROWS: Mapping[str, Any] = dict(zip(LISTS, (tuple[Order, ...], tuple[Past, ...], tuple[WaybillUse, ...]), strict=True))


def publish_all(office: Office, by: str = "office") -> list[Package]:
    """Publish what has changed of the three packages, queue what waited for definitions, and return the packages.

    Raises checklists.authoring.loader.DefinitionError with every fault of the authors; then nothing is published.
    """
    definitions, reference = publish(load_all()), load_tables().to_plain()

    def job() -> list[Package]:
        before = packages.versions()
        rows = [*officer_codes.in_rows(registry.everything()), *devices.revoked()]
        made = [
            packages.publish(office.key, "definitions", definitions),
            packages.publish(office.key, "reference", reference),
            packages.publish(office.key, "registry", {"rows": rows}),
        ]
        if told := audit.changed(before, packages.versions()):
            audit.note(who=by, action="packages.publish", subject="packages", detail=told)
        records.unpark("definitions_unknown")
        return made

    return office.store.write_now(job)


class RegistryError(ValueError):
    """Registry rows that cannot be used; the message lists every fault."""


def load_registry(office: Office, rows: Iterable[Any]) -> int:
    """Add or replace registry rows and return how many. Raises RegistryError with all faults; then nothing changes."""
    held, seen, faults = list(rows), dict[tuple[str, str], tuple[int, str]](), []
    for number, row in enumerate(held, 1):
        fault = _fault(row)
        if not fault:
            key = row_key(row["kind"], row["key"])
            first, written = seen.setdefault((row["kind"], key), (number, row["key"]))
            fault = "" if first == number else _twice(row, first, written)
        if fault:
            faults.append(f"row {number}: {fault}")
    if faults:
        raise RegistryError("\n".join(faults))
    return office.store.write_now(lambda: _put(held))


def _twice(row: Mapping[str, Any], first: int, written: str) -> str:
    """Say which row has the same key, and how it is written there: the two are one number to whoever looks it up."""
    other = "" if written == row["key"] else f", written {written}"
    return f"{row['kind']} {row['key']} stands in row {first} already{other}"


def _put(rows: list[Mapping[str, Any]]) -> int:
    """Put the rows; tasks and orders go through tables of their own: an act closes the one and lifts the other."""
    given = [row for row in rows if row["kind"] == "tasks"]
    orders = [row for row in rows if row["kind"] == "orders"]
    count = registry.put(row for row in rows if row["kind"] not in ("tasks", "orders"))
    tasks.adopt(given)
    stop_orders.adopt(orders)
    return count + len(given) + len(orders)


def _fault(row: Any) -> str:
    if not isinstance(row, Mapping):
        return "a mapping {kind, key, data, as_of} is expected"
    if row.get("kind") not in registry.KINDS:
        return f"kind {row.get('kind')!r} is none of {', '.join(registry.KINDS)}"
    key, data = row.get("key"), row.get("data")
    if not isinstance(key, str) or not key.strip() or not isinstance(data, Mapping):
        return "key must be text, data a mapping"
    try:
        clock.read(str(row.get("as_of")))
    except ValueError:
        return f"as_of {row.get('as_of')!r} is not a time such as 2026-01-31T08:00:00.000Z"
    try:
        return _data_fault(row["kind"], key, data)
    except (ValueError, WireError) as fault:
        return str(fault)
    except (KeyError, TypeError, AttributeError):
        return "a task needs an id"


def _data_fault(kind: str, key: str, data: Mapping[str, Any]) -> str:
    """Return what is wrong with the data of a row; a misspelt field must not vanish, nor may a row nobody can find."""
    where = f"{kind} {key}"
    if kind in _SHAPES:
        from_plain(_SHAPES[kind], data, where)
    elif kind in _ROWS:
        from_plain(_ROWS[kind], data.get("rows"), f"{where}: rows")
    elif kind == "tasks":
        _ = [Task.of(one) for one in data.get("rows") or ()]
    elif kind == "officer" and not all(data.get(name) and isinstance(data[name], str) for name in ("name", "agency")):
        return f"{where}: name and agency are expected as text"
    elif kind == "feed" and key not in LISTS:
        return f"feed {key!r} is none of {', '.join(LISTS)}"
    return _key_fault(kind, key, data)


_OWN_NUMBER = {"vehicle": "plate", "tank": "number", "carrier": "uscc", "person": "id_number"}
"""Where the data of a row give the number that its key is."""


def _key_fault(kind: str, key: str, data: Mapping[str, Any]) -> str:
    """Return why nobody could find the row by its key, or that its data are about another number."""
    fault = key_fault(kind, key)
    if fault and fault.code == "plate_colour":
        return f"{kind} {key}: the colour after the bar is none of {', '.join(COLOURS)}"
    if fault:
        why = words.reason(fault.code, fault.params, words.say("en"))
        return f"{kind} {key}: this is no key that anybody can look up: {why}"
    named = _OWN_NUMBER.get(kind, "")
    own, asked = data.get(named), {"vehicle": "plate", "carrier": "uscc"}.get(kind, kind)
    if isinstance(own, str) and own and compare(asked, key.partition("|")[0], own) == DIFFERENT:
        return f"{kind} {key}: its data are about {named} {own}"
    return ""
