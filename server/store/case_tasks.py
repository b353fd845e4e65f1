"""Tasks that a case sends to the teams' tablets, and when they are over."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from checklists.inspection.tasks import due_of
from checklists.wire import instant
from server.cases.ends import over_at
from server.cases.machine import Step
from server.store import case_around, tasks
from server.store.models import Case, CaseViolation, Device, Record
from server.store.office_models import Task
from server.store.rows import aside, tuples

TITLES: Mapping[str, Mapping[str, str]] = {
    "supplement": {"zh": "补充案件材料", "en": "Supplement for a case"},
    "revisit": {"zh": "复查整改情况", "en": "Re-visit after a correction"},
}
"""Kind of task → what stands above it on the tablet."""


def send(step: Step) -> None:
    """Send a task to the tablets that sealed the record; the answer to it is an amendment that names the task."""
    tier = str(step.data.get("tier") or step.after.tier)
    until, asked = step.data.get("until") or step.data.get("by"), datetime.fromisoformat(step.at).astimezone(UTC)
    row = Case.get_by_id(step.after.id)
    sealed = _sealed(str(row.inspection))
    tasks.add(
        _agency(sealed) or str(row.keeper),
        {
            "id": str(step.data.get("task") or f"case-{step.after.id}-{step.after.version}"),
            "kind": step.task,
            "tier": tier,
            "title": TITLES[step.task],
            "text": str(step.data.get("wanted") or step.data.get("reason") or ""),
            "due": over_at(datetime.fromisoformat(str(until)).date()) if until else _due(tier, asked),
            "plate": str(sealed.plate or "") if sealed is not None else "",
            "case": str(row.number),
            "side": step.side,
            "inspection": str(row.inspection),
            "pieces": list(_pieces(step)),
            "created_at": step.at,
        },
        str(row.inspection),
    )


def close(step: Step) -> None:
    """Close the tasks that the case no longer waits for: the term that ran for them has ended."""
    before = {(one.rule, one.side) for one in step.before.open_clocks if one.rule in TITLES}
    now = {(one.rule, one.side) for one in step.after.open_clocks}
    for kind, side in before - now:
        for held in _open(step.after.id, kind, side):
            tasks.close(held)


def _open(case: str, kind: str, side: str) -> list[Task]:
    row = Case.get_by_id(case)
    query = Task.select().where(Task.inspection.in_(case_around.stops(row)), Task.state == tasks.OPEN)
    told = ((one, json.loads(str(one.row))) for one in query.order_by(Task.id))
    return [
        one for one, data in told
        if (data.get("case"), data.get("kind")) == (row.number, kind) and str(data.get("side") or "") == side
    ]  # fmt: skip


def _sealed(inspection: str) -> Record | None:
    query = Record.select(Record.device, Record.plate).where(
        Record.inspection == inspection, aside(Record.kind) == "inspection"
    )
    held: Record | None = query.order_by(Record.id).first()
    return held


def _agency(sealed: Record | None) -> str:
    """Return whose tablet sealed the record: only that one can add to it."""
    held = Device.get_or_none(Device.id == sealed.device) if sealed is not None else None
    return str(held.agency) if held is not None else ""


def _pieces(step: Step) -> Iterable[Mapping[str, Any]]:
    """Yield what is asked for, as a tablet takes it: which item, as which kind of evidence."""
    for row in step.data.get("evidence") or ():
        items = CaseViolation.select(CaseViolation.item).where(
            CaseViolation.case == step.after.id, CaseViolation.violation == str(row.get("violation") or "")
        )
        first = next((item for (item,) in tuples(items.order_by(CaseViolation.id))), "")
        yield {"item": str(first), "evidence": str(row.get("kind") or "")}


def _due(tier: str, at: datetime) -> str:
    due = due_of(tier, at)
    return instant(due) if due else ""
