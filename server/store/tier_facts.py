"""What a carrier's tier is worked out from: its last checks, the cases decided against it, what stands against it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from checklists.definitions.carrier_formula import CarrierFormula
from checklists.definitions.definition import Checklist
from checklists.facts.identifiers.keys import number_key
from checklists.findings.carrier_tier import Against, Check, Held
from checklists.wire import instant
from checklists.zone import in_law_zone
from server import clock
from server.store import feed_history
from server.store.case_law import Bench
from server.store.case_models import SideTrack
from server.store.feed_models import CheckBrief, CheckNumber
from server.store.models import FAR, Case, ServerFinding
from server.store.office_models import RegistryRow, StopOrder
from server.store.rows import tuples

MOST = 200
"""So many checks are looked at, the newest: the longest row that a formula asks for is far shorter."""

_ORDERS = {"stop": "stop_order", "watch": "watch"}


@dataclass(frozen=True)
class Facts:
    """All that counts of a carrier; `changes_at` is the next instant at which something becomes overdue, or FAR."""

    name: str
    checks: tuple[Check, ...]
    against: tuple[Against, ...]
    last_check: str
    changes_at: str = FAR


def facts_of(key: str, formula: CarrierFormula, bench: Bench, now: datetime) -> Facts:
    """Return what counts of a carrier by its folded credit code."""
    rows = _rows(key)
    inspections = [str(one.inspection) for one in rows]
    found, cases = _found(inspections, key), _cases(inspections, key)
    dropped = feed_history.dismissed(inspections)
    checks = tuple(_check(one, found, dropped, bench.definitions.checklists) for one in rows)
    corrections, next_due = _corrections(cases, now)
    orders, next_order = _orders(key, in_law_zone(now).date())
    against = (*_decided(cases), *corrections, *orders)
    name = _name(key, rows)
    last = str(rows[0].at) if rows else ""
    return Facts(name, checks, against, last, min(next_due, next_order))


def _rows(key: str) -> list[CheckBrief]:
    newest = CheckNumber.select(CheckNumber.inspection).where(CheckNumber.number == key, CheckNumber.role == "carrier")
    named = [str(one) for (one,) in tuples(newest.order_by(CheckNumber.at.desc()).limit(MOST))]
    query = CheckBrief.select().where(CheckBrief.inspection.in_(named), CheckBrief.valid == 1)
    held = [one for one in query if _readable(str(one.at))]
    return sorted(held, key=lambda one: (str(one.at), str(one.inspection)), reverse=True)


def _readable(at: str) -> bool:
    try:
        return bool(clock.read(at))
    except ValueError:
        return False


def _name(key: str, rows: Iterable[CheckBrief]) -> str:
    row = RegistryRow.get_or_none(RegistryRow.kind == "carrier", RegistryRow.key == key)
    named = str(json.loads(row.data).get("name") or "") if row is not None else ""
    return named or next((str(one.carrier) for one in rows if one.carrier), "")


def _check(
    row: CheckBrief,
    found: Mapping[str, Sequence[tuple[str, Held]]],
    dropped: Mapping[str, Sequence[str]],
    checklists: Mapping[str, Checklist],
) -> Check:
    """Return a check without what a case has dropped; one by a list that is not known here was no full one."""
    inspection = str(row.inspection)
    gone, asked = dropped.get(inspection, ()), checklists.get(str(row.checklist))
    held = tuple(one for code, one in found.get(inspection, ()) if code not in gone)
    full = asked is not None and not asked.based_on
    return Check(f"inspection:{inspection}", _day(str(row.at)), held, full, str(row.plate))


def _found(inspections: list[str], key: str) -> dict[str, list[tuple[str, Held]]]:
    query = ServerFinding.select(ServerFinding.inspection, ServerFinding.finding).where(
        ServerFinding.inspection.in_(inspections), ServerFinding.sense == "fuller", ServerFinding.difference != "gone"
    )
    held: dict[str, list[tuple[str, Held]]] = {}
    for inspection, text in tuples(query):
        finding = json.loads(text)
        party = finding.get("party") or {}
        role = str(party.get("role") or "")
        one = Held(str(finding.get("severity") or ""), role, role != "carrier" or _is(key, party))
        held.setdefault(str(inspection), []).append((str(finding.get("violation") or ""), one))
    return held


def _is(key: str, party: dict[str, Any]) -> bool:
    """Whether a party is the carrier: by its number where it has one, else it is who carried."""
    told = str(party.get("key") or "")
    return told in ("", str(party.get("name") or "")) or number_key(told) == key


def _cases(inspections: list[str], key: str) -> list[Case]:
    query = Case.select().where(Case.inspection.in_(inspections), Case.party_role == "carrier").order_by(Case.id)
    named = [(one, str(one.party_key).partition(":")[2]) for one in query]
    return [one for one, told in named if number_key(told) == key or told in ("", str(one.party_name))]


def _decided(cases: Iterable[Case]) -> Iterator[Against]:
    """Yield the cases that ended in a penalty; one without a penalty says that nothing is held against anybody."""
    for one in cases:
        in_force = one.decided_at and one.state not in feed_history.DISMISSED
        if in_force and not json.loads(str(one.facts)).get("no_penalty"):
            yield Against("case_decided", f"case:{one.id}", str(one.number), _day(str(one.decided_at)))


def _corrections(cases: Iterable[Case], now: datetime) -> tuple[list[Against], str]:
    """Return the corrections that are overdue or were found not done, and when the next one becomes overdue."""
    held = {str(one.id): one for one in cases}
    query = SideTrack.select().where(SideTrack.case.in_(list(held)), SideTrack.kind == "rectification")
    at, coming = instant(now), FAR
    overdue: list[Against] = []
    for one in query:
        case = held[str(one.case)]
        undone = one.state == "not_done" and bool(case.active)
        late = not one.ended_at and "" < str(one.due_at) <= at
        if undone or late:
            since = str(one.ended_at if undone else one.due_at)
            overdue.append(Against("correction_overdue", f"case:{case.id}", str(case.number), _day(since)))
        elif not one.ended_at and one.due_at:
            coming = min(coming, str(one.due_at))
    return overdue, coming


def _orders(key: str, today: date) -> tuple[list[Against], str]:
    """Return what stands against the carrier itself today, and when that changes by itself."""
    query = StopOrder.select().where(StopOrder.key == key, StopOrder.lifted_at == "", StopOrder.on == "carrier")
    held, changes = list[Against](), [FAR]
    for one in query:
        closed, due = _date(str(one.closed_on)), _date(str(one.due))
        if closed is not None and closed <= today:
            continue
        late = due is not None and due < today
        counted = _ORDERS.get(str(one.kind), "correction_overdue" if late else "order")
        held.append(Against(counted, f"order:{one.id}", str(one.number), _date(str(one.since))))
        changes += [clock.start_of(closed)] if closed is not None else []
        changes += [clock.start_of(due, 1)] if due is not None and not late else []
    return held, min(changes)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day(at: str) -> date:
    """Return the day of Beijing of UTC text or of a day."""
    held = _date(at)
    return held if held is not None else in_law_zone(clock.read(at)).date()
