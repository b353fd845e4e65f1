"""What officers could not verify on the spot, as tasks for the agencies that asked for it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from checklists import words
from checklists.findings.assessment import Assessment
from checklists.inspection.entries import Entry, answers
from checklists.inspection.tasks import due_of
from checklists.wire import instant

PREFIX = "verify-"
TIER = "medium"
"""It is looked into the same day: the vehicle went on, or waits for it. Ours."""


class Unverified(NamedTuple):
    """An item with why it could not be verified, and the agency whose officer said so."""

    item: str
    text: Mapping[str, str]
    why: str
    agency: str
    officer: str
    at: str


def unverified(assessed: Assessment, entries: Iterable[Entry]) -> tuple[Unverified, ...]:
    """Return what of an assessment stands as not verified, in the order of the checklist."""
    said = answers(entries)
    pairs = ((one, said[one.item.id]) for one in assessed.unverified)
    return tuple(
        Unverified(one.item.id, one.item.text, one.why, told.agency, told.officer, told.at) for one, told in pairs
    )


def tasks_for(
    inspection: str, left: Iterable[Unverified], columns: Mapping[str, Any], at: datetime
) -> dict[str, dict[str, Any]]:
    """Return by agency the task to verify what is left; the same items give the same id. `columns` are the record's."""
    by_agency: dict[str, list[Unverified]] = {}
    for one in left:
        by_agency.setdefault(one.agency, []).append(one)
    return {agency: _task(inspection, agency, mine, columns, at) for agency, mine in by_agency.items()}


def _task(
    inspection: str, agency: str, left: list[Unverified], columns: Mapping[str, Any], at: datetime
) -> dict[str, Any]:
    key = "\n".join((inspection, agency, *(one.item for one in left)))
    due = due_of(TIER, at)
    return {
        "id": PREFIX + sha256(key.encode()).hexdigest()[:32],
        "kind": "verify",
        "tier": TIER,
        "title": {"zh": "现场无法核实，待查证", "en": "Could not be verified on the spot: look into it"},
        "text": {
            lang[:2]: words.parted((_line(one, lang) for one in left), words.say(lang)) for lang in words.LANGUAGES
        },
        "due": instant(due) if due else "",
        "plate": str(columns.get("plate") or ""),
        "case": "",
        "inspection": inspection,
        "created_at": instant(at),
    }


def _line(one: Unverified, lang: str) -> str:
    why = words.say(lang)(words.WHY_NOT_VERIFIED.get(one.why, one.why))
    named = f"{one.item} {words.pick(one.text, lang)}"
    return f"{named}（{why}）" if why else named
