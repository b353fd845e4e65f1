"""A check as a tablet seals it: facts, what the officers saw, and the findings that the tablet's own kernel showed."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from checklists.definitions.definition import Definitions
from checklists.findings.assessment import assess
from checklists.goods.listing import Tables, load_tables
from checklists.inspection.entries import Entry
from checklists.records.record import Sealed
from checklists.wire import from_plain, to_plain, uuid7
from server.store import tasks
from server.store.models import Package
from server.store.office_models import Task
from tests.loaded import load_all
from tests.server.cast import AS_OF, CARRIER, Tablet, now

PLATE, TRAILER = "蒙K12345", "蒙K1234挂"
VALID, EXPIRED = {"valid_until": "2099-12-31"}, {"valid_until": "2020-01-01"}

VEHICLE = {
    "plate": PLATE,
    "colour": "yellow",
    "kind": "tractor",
    "carrier": CARRIER["name"],
    "carrier_uscc": CARRIER["uscc"],
    "trailer": TRAILER,
    "permit": {**VALID, "number": "150600001", "scope": ["8"]},
}
TRAILER_ROW = {"plate": TRAILER, "kind": "trailer", "permit": {**EXPIRED, "number": "150600002", "scope": ["8"]}}
WAYBILL = {
    "number": "YD1",
    "plate": PLATE,
    "trailer_plate": TRAILER,
    "driver": {"name": "张某", "id_number": "15060019800101001X"},
    "escort": {"name": "李某"},
    "lines": [{"un": "1830", "class": "8", "packing_group": "II", "net_mass_kg": 28000}],
}
FACTS: dict[str, tuple[Any, str]] = {
    "vehicle.plate": (PLATE, "officer"),
    "waybill": (WAYBILL, "waybill"),
    "vehicle": (VEHICLE, "registry"),
    "trailer": (TRAILER_ROW, "registry"),
    "seen.aboard": ([{"role": "driver", "name": "张某", "id_number": "15060019800101001X"}], "officer"),
}


@cache
def kernel() -> tuple[Definitions, Tables]:
    return load_all(), load_tables()


def entries(tablet: Tablet, inspection: str, facts: dict[str, tuple[Any, str]]) -> list[dict[str, Any]]:
    return [
        tablet.entry(inspection, seq, "fact", path, {"data": data, "source": source, "as_of": AS_OF})
        for seq, (path, (data, source)) in enumerate(facts.items(), 1)
    ]


def shown(held: list[dict[str, Any]], at: str) -> list[dict[str, Any]]:
    """Return the findings that the tablet's kernel shows for entries."""
    definitions, tables = kernel()
    return list(to_plain(assess(definitions, tables, [from_plain(Entry, one) for one in held], at).findings))


def used(packages: list[Package]) -> list[dict[str, str]]:
    return [{"name": one.name, "version": one.version, "digest": one.digest} for one in packages]


def seal_story(tablet: Tablet, packages: list[Package], **changes: Any) -> Sealed:
    """Seal the check of a tanker without its escort and with an expired trailer permit."""
    inspection, at = changes.pop("inspection", uuid7()), now()
    held = entries(tablet, inspection, {**FACTS, **changes.pop("facts", {})})
    told = {"entries": held, "findings": shown(held, at), "definitions": used(packages), "opened_at": at}
    return tablet.seal(**{"inspection": inspection, **told, **changes})


def open_tasks(agency: str) -> list[dict[str, Any]]:
    """What the tablets of an agency are told to do, whatever their area, the oldest first."""
    query = Task.select().where(Task.agency.in_((agency, "")), Task.state == tasks.OPEN)
    return [json.loads(str(one.row)) for one in query.order_by(Task.created_at, Task.id)]
