"""What happened to a case: rows that are only added, each holding the hash of the one before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from checklists.wire import canonical, digest
from server.cases.casefile import Actor
from server.store.case_models import CaseEvent
from server.store.models import Case

FIRST = "0" * 64

_TOLD = ("seq", "event", "from_state", "to_state", "side", "who", "name", "role", "agency", "at", "reason", "data")


def add(
    case: str, seq: int, event: str, states: tuple[str, str], actor: Actor, at: str, data: Mapping[str, Any], side: str
) -> CaseEvent:
    """Append a row and return it. Raises IntegrityError where that number is taken."""
    last = of_case(case)[-1:] if seq > 1 else []
    previous = str(last[0].hash) if last else FIRST
    return CaseEvent.create(**row_of(case, seq, event, states, actor, at, data, side, previous))


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
    return {"case": case, "prev_hash": previous, "hash": _link(case, previous, told), **told}


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
    previous, expected = FIRST, 1
    for row in of_case(case):
        told = {name: getattr(row, name) for name in _TOLD}
        if row.seq != expected or row.prev_hash != previous or row.hash != _link(case, previous, told):
            return expected
        previous, expected = str(row.hash), expected + 1
    held = Case.get_or_none(Case.id == case)
    return expected if held is not None and int(held.version) != expected - 1 else None


def _link(case: str, previous: str, told: Mapping[str, Any]) -> str:
    return digest(canonical({"case": case, "previous": previous, **told}))
