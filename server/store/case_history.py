"""What happened to a case: rows that are only added, each holding the hash of the one before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from checklists.records.chain import FIRST, HISTORY, history_broken_at, history_hash
from checklists.wire import canonical
from server.cases.casefile import Actor
from server.store import bulk
from server.store.case_models import CaseEvent
from server.store.models import Case


def add(
    case: str, seq: int, event: str, states: tuple[str, str], actor: Actor, at: str, data: Mapping[str, Any], side: str
) -> CaseEvent:
    """Append a row and return it. Raises IntegrityError where that number is taken."""
    last = of_case(case)[-1:] if seq > 1 else []
    previous = str(last[0].hash) if last else FIRST
    row: CaseEvent = bulk.add(CaseEvent, **row_of(case, seq, event, states, actor, at, data, side, previous))
    return row


def row_of(
    case: str,
    seq: int,
    event: str,
    states: tuple[str, str],
    actor: Actor,
    at: str,
    data: Mapping[str, Any],
    side: str,
    previous: str,
) -> dict[str, Any]:
    """Return a row of the history that follows the one with the hash `previous`."""
    told: dict[str, Any] = {
        "seq": seq,
        "event": event,
        "from_state": states[0],
        "to_state": states[1],
        "side": side,
        "who": actor.login,
        "name": actor.name,
        "role": actor.role,
        "agency": actor.agency,
        "at": at,
        "reason": str(data.get("reason") or ""),
        "data": canonical(dict(data)).decode(),
    }
    return {"case": case, "prev_hash": previous, "hash": history_hash(case, previous, told), **told}


def of_case(case: str) -> list[CaseEvent]:
    """Return the history of a case, the oldest first."""
    return list(CaseEvent.select().where(CaseEvent.case == case).order_by(CaseEvent.seq))


def since(case: str, version: int) -> list[CaseEvent]:
    """Return what happened after that version."""
    return [one for one in of_case(case) if int(one.seq) > version]


def data_of(row: CaseEvent) -> dict[str, Any]:
    """Return what was said with an event."""
    return dict(json.loads(str(row.data)))


def broken_at(case: str) -> int | None:
    """Return the number of the first row that does not follow from the one before it, or is missing; None: it holds."""
    rows = [{name: getattr(row, name) for name in (*HISTORY, "prev_hash", "hash")} for row in of_case(case)]
    at = history_broken_at(case, rows)
    held = Case.get_or_none(Case.id == case)
    missing = held is not None and int(held.version) != len(rows)
    return len(rows) + 1 if at is None and missing else at
