"""Cases and what was found after sync, as the console reads them. How cases move: `case_apply`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from checklists.wire import canonical
from server import clock
from server.cases.opening import CaseDraft, Finding
from server.store import bulk, case_opening
from server.store.models import Case, CaseViolation, Record, ServerFinding
from server.store.rows import tuples


def put(inspection: str, drafts: Iterable[CaseDraft]) -> list[Case]:
    """Open the cases and add the violations that are missing, and return the cases; again changes nothing."""
    return case_opening.put(inspection, drafts)


def put_findings(inspection: str, record: str, sense: str, told: Iterable[tuple[str, Finding]]) -> None:
    """Replace what computing an inspection again found in one sense (frozen, fuller) by what it found now."""
    bulk.run(_findings_before, inspection, sense)
    at = clock.now()
    rows = [(inspection, record, sense, how, canonical(dict(one)).decode(), at) for how, one in told]
    bulk.insert(ServerFinding, ("inspection", "record", "sense", "difference", "finding", "found_at"), rows)


def _findings_before() -> Any:
    return ServerFinding.delete().where(ServerFinding.inspection == "", ServerFinding.sense == "")


def findings_of(inspection: str, sense: str) -> list[tuple[str, dict[str, Any]]]:
    """Return `(difference, finding)` of one sense for an inspection, in the order found."""
    query = (
        ServerFinding.select()
        .where(ServerFinding.inspection == inspection, ServerFinding.sense == sense)
        .order_by(ServerFinding.id)
    )
    return [(row.difference, json.loads(row.finding)) for row in query]


def by_number(number: str) -> Case | None:
    """Return a case by its number or id, or None."""
    return Case.get_or_none((Case.number == number) | (Case.id == number))


def subjects_of(held: Case) -> list[str]:
    """Return what the audit log calls a case, its stop and the records of the stop."""
    records = tuples(Record.select(Record.digest).where(Record.inspection == held.inspection))
    return [f"case:{held.id}", f"inspection:{held.inspection}", *(f"record:{digest}" for (digest,) in records)]


def numbers_of(subjects: Iterable[str]) -> dict[str, str]:
    """Return the number of each case among what the audit log calls so."""
    ids = [one.removeprefix("case:") for one in subjects if one.startswith("case:")]
    rows = tuples(Case.select(Case.id, Case.number).where(Case.id.in_(ids))) if ids else []
    return {f"case:{id_}": str(number) for id_, number in rows}


def of_inspection(inspection: str) -> list[Case]:
    """Return the cases of an inspection by authority."""
    return list(Case.select().where(Case.inspection == inspection).order_by(Case.agency, Case.party_key, Case.part))


def violations(case: str) -> list[CaseViolation]:
    """Return the rows of a case, in the order in which they came into it; each violation once: `grouped`."""
    return list(CaseViolation.select().where(CaseViolation.case == case).order_by(CaseViolation.id))
