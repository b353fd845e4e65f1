"""Cases and what was found after sync."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from peewee import fn

from checklists.wire import canonical, uuid7
from checklists.zone import year_text
from server import clock
from server.cases.opening import CaseDraft, Finding, identity
from server.store import meta
from server.store.models import Case, CaseViolation, ServerFinding
from server.store.rows import tuples

OPEN = "opened"


def put(inspection: str, drafts: Iterable[CaseDraft]) -> list[Case]:
    """Open the cases and add the violations that are missing, and return the cases; again changes nothing."""
    cases = []
    for draft in drafts:
        case = _case(inspection, draft)
        for finding, source in draft.findings:
            CaseViolation.insert(
                case=case.id,
                violation=finding["violation"],
                item=finding["item"],
                key=identity(finding).key,
                finding=canonical(dict(finding)).decode(),
                source=source,
            ).on_conflict_ignore().execute()
        cases.append(case)
    return cases


def _case(inspection: str, draft: CaseDraft) -> Case:
    held = Case.get_or_none(
        Case.inspection == inspection, Case.agency == draft.agency, Case.party_key == draft.party_key
    )
    if held is not None:
        return held
    at = clock.now()
    year = year_text(clock.read(at))
    serial = meta.number(f"case:{draft.agency}:{year}")
    return Case.create(
        id=uuid7(),
        number=f"{draft.agency}-{year}-{serial:05d}",
        inspection=inspection,
        agency=draft.agency,
        party_role=draft.party_role,
        party_name=draft.party_name,
        party_key=draft.party_key,
        opened_at=at,
        state=OPEN,
    )


def put_findings(inspection: str, record: str, sense: str, told: Iterable[tuple[str, Finding]]) -> None:
    """Replace what computing an inspection again found in one sense (frozen, fuller) by what it found now."""
    ServerFinding.delete().where(ServerFinding.inspection == inspection, ServerFinding.sense == sense).execute()
    for difference, finding in told:
        ServerFinding.create(
            inspection=inspection,
            record=record,
            sense=sense,
            difference=difference,
            finding=canonical(dict(finding)).decode(),
            found_at=clock.now(),
        )


def findings_of(inspection: str, sense: str) -> list[tuple[str, dict[str, Any]]]:
    """Return `(difference, finding)` of one sense for an inspection, in the order found."""
    query = (
        ServerFinding.select()
        .where(ServerFinding.inspection == inspection, ServerFinding.sense == sense)
        .order_by(ServerFinding.id)
    )
    return [(row.difference, json.loads(row.finding)) for row in query]


def by_id(case: str) -> Case | None:
    """Return a case, or None."""
    return Case.get_or_none(Case.id == case)


def of_inspection(inspection: str) -> list[Case]:
    """Return the cases of an inspection by authority."""
    return list(Case.select().where(Case.inspection == inspection).order_by(Case.agency, Case.party_key))


def violations(case: str) -> list[CaseViolation]:
    """Return the violations of a case, in the order in which they came into it."""
    return list(CaseViolation.select().where(CaseViolation.case == case).order_by(CaseViolation.id))


def page(*, agency: str = "", state: str = "", before: str = "", limit: int = 50) -> list[Case]:
    """Return cases, the latest first; `before` is the last `id` of the page before."""
    query = Case.select().order_by(Case.id.desc()).limit(limit)
    for field, value in ((Case.agency, agency), (Case.state, state)):
        if value:
            query = query.where(field == value)
    return list(query.where(Case.id < before) if before else query)


def counts() -> dict[tuple[str, str], int]:
    """Return how many cases each authority has in each state."""
    query = Case.select(Case.agency, Case.state, fn.COUNT(Case.id)).group_by(Case.agency, Case.state)
    return {(agency, state): count for agency, state, count in tuples(query)}
