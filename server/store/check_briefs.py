"""Checks without their bytes, one short row each: what is listed by the thousand is not read from sealed records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checklists.findings.outcome import ABANDONED
from server.store import bulk
from server.store.feed_models import CheckBrief
from server.store.models import Device
from server.store.records import MISTAKEN

_PLAIN = ("digest", "site", "plate", "colour", "carrier", "un", "outcome", "severity", "checklist")


def put(inspections: Iterable[str], rows: Mapping[str, Mapping[str, Any]]) -> None:
    """Write the rows of checks as they stand now, from those of their records; what counts no more has none."""
    named = list(inspections)
    bulk.run(_before, *named, many=len(named))
    agencies = _agencies(rows.values())
    bulk.insert_dicts(CheckBrief, [brief(one, agencies.get(str(one["device"]), "")) for one in rows.values()])


def brief(row: Mapping[str, Any], sealed_by: str) -> dict[str, Any]:
    """Return the row of a record; `sealed_by` is the agency of its tablet."""
    part = sorted({*str(row["agencies"] or "").split("|"), sealed_by} - {""})
    mistaken = row["reason"] == MISTAKEN or row["outcome"] == ABANDONED
    return {
        "inspection": str(row["inspection"]),
        "at": str(row["inspected_at"] or ""),
        "agencies": f"|{'|'.join(part)}|",
        "about": str(row["about"] or "{}"),
        "valid": int(not mistaken),
        **{name: str(row[name] or "") for name in _PLAIN},
    }


def _agencies(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    found = bulk.among(Device, ("id", "agency"), "id", sorted({str(one["device"]) for one in rows}))
    return {str(device): str(agency) for device, agency in found}


def _before(many: int) -> Any:
    return CheckBrief.delete().where(CheckBrief.inspection.in_([""] * many))


def by_ids(inspections: Iterable[str]) -> dict[str, CheckBrief]:
    """Return checks by their inspections."""
    return {str(one.inspection): one for one in CheckBrief.select().where(CheckBrief.inspection.in_(list(inspections)))}
