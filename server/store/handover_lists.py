"""Hand-overs in and out, as somebody may see them."""

from __future__ import annotations

from typing import Any

from server.accounts import Scope
from server.store import sight
from server.store.case_models import Handover
from server.store.models import Case


def page(scope: Scope, *, state: str = "", before: int | None = None, limit: int = 200) -> list[tuple[Handover, Case]]:
    """Return hand-overs with their cases, the latest first; `before` is the last `id` of the page before.

    Those of an agency are what it sent and what it received.
    """
    query = Handover.select(Handover, Case).join(Case, on=(Case.id == Handover.case), attr="of")
    for condition in _conditions(scope, state):
        query = query.where(condition)
    query = query.where(Handover.id < before) if before is not None else query
    rows: list[Any] = list(query.order_by(Handover.id.desc()).limit(limit))
    return [(one, one.of) for one in rows]


def count(scope: Scope, state: str = "") -> int:
    """Return how many there are."""
    query = Handover.select(Handover.id).join(Case, on=(Case.id == Handover.case))
    for condition in _conditions(scope, state):
        query = query.where(condition)
    return int(query.count())


def _conditions(scope: Scope, state: str) -> list[Any]:
    conditions: list[Any] = [*sight.cases(scope)]
    if scope.agencies is not None:
        mine = sorted(scope.agencies)
        conditions.append(Handover.sender.in_(mine) | Handover.receiver.in_(mine))
    return [*conditions, Handover.state == state] if state else conditions
