"""From the definitions, tables and registry of this office to the packages that tablets pull."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checklists.goods import load_tables
from checklists.loading import load_all
from checklists.published import publish
from checklists.transport import Carrier, Person, Tank, Vehicle
from checklists.wire import WireError, from_plain
from server import clock
from server.office import Office
from server.store import devices, packages, records, registry
from server.store.models import Package

_SHAPES: Mapping[str, type] = {"vehicle": Vehicle, "tank": Tank, "carrier": Carrier, "person": Person}


def publish_all(office: Office) -> list[Package]:
    """Publish what has changed of the three packages, queue what waited for definitions, and return the packages.

    Raises checklists.loading.DefinitionError with every fault of the authors; then nothing is published.
    """
    definitions, reference = publish(load_all()), load_tables().to_plain()

    def job() -> list[Package]:
        made = [
            packages.publish(office.key, "definitions", definitions),
            packages.publish(office.key, "reference", reference),
            packages.publish(office.key, "registry", {"rows": [*registry.everything(), *devices.revoked()]}),
        ]
        records.unpark("definitions_unknown")
        return made

    return office.store.write_now(job)


class RegistryError(ValueError):
    """Registry rows that cannot be used; the message lists every fault."""


def load_registry(office: Office, rows: Iterable[Any]) -> int:
    """Add or replace registry rows and return how many. Raises RegistryError with all faults; then nothing changes."""
    held = list(rows)
    faults = [f"row {number}: {fault}" for number, row in enumerate(held, 1) if (fault := _fault(row))]
    if faults:
        raise RegistryError("\n".join(faults))
    return office.store.write_now(lambda: registry.put(held))


def _fault(row: Any) -> str:
    if not isinstance(row, Mapping):
        return "a mapping {kind, key, data, as_of} is expected"
    if row.get("kind") not in registry.KINDS:
        return f"kind {row.get('kind')!r} is none of {', '.join(registry.KINDS)}"
    if not isinstance(row.get("key"), str) or not row["key"] or not isinstance(row.get("data"), Mapping):
        return "key must be text, data a mapping"
    try:
        clock.read(str(row.get("as_of")))
        if row["kind"] in _SHAPES:
            from_plain(_SHAPES[row["kind"]], row["data"], f"{row['kind']} {row['key']}")
    except (ValueError, WireError) as fault:
        return str(fault)
    return ""
