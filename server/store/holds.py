"""What posts hold themselves: checks that decided that a vehicle stays, and that nobody is known to have let go.

Worked out as on the tablet (`checklists.facts.earlier`), from the same rows; nothing of it is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from peewee import fn

from checklists.facts import history
from checklists.facts.earlier import HOLD_DAYS, HOLDING, UNITS, holds
from checklists.wire import instant
from server import clock
from server.accounts import Scope
from server.store import feed_history, sight
from server.store.models import Record

MOST = 40
"""So many are looked at, the newest: each asks for the history of its numbers."""


@dataclass(frozen=True)
class Hold:
    """A check that holds: of what, where and when, what was decided, and its record."""

    digest: str
    plate: str
    colour: str
    site: str
    agencies: str
    outcome: str
    at: str


def standing(scope: Scope) -> list[Hold]:
    """Return the holds in force among the newest checks of a scope, the newest first."""
    if scope.nothing:
        return []
    now = clock.read(clock.now())
    since = instant(now - timedelta(days=HOLD_DAYS))
    held = Record.select(
        Record.inspection, Record.digest, Record.plate, Record.colour, Record.site, Record.agencies, Record.outcome,
        Record.id, Record.inspected_at, Record.outcome_at,
    ).where(
        fn.COALESCE(Record.kind, "") == "inspection", fn.COALESCE(Record.state, "") == "processed",
        Record.inspected_at >= since, *sight.records(scope),
    )  # fmt: skip
    latest = [one for name in sorted(HOLDING) for one in _latest(held.where(Record.outcome == name))]
    found = sorted(latest, key=lambda one: (str(one.inspected_at), int(one.id)), reverse=True)[:MOST]
    return [_told(one) for one in found if _holds(str(one.inspection), now)]


def _latest(query: Any) -> list[Record]:
    return list(query.order_by(Record.inspected_at.desc(), Record.id.desc()).limit(MOST))


def _holds(inspection: str, now: Any) -> bool:
    (row,) = feed_history.of([inspection]) or ({},)
    asked = {role: (number,) for role, number in (row.get("about") or {}).items() if role in UNITS}
    answers = (feed_history.lookup(feed_history.KIND, number) for numbers in asked.values() for number in numbers)
    checks = history.checks_of(history.rows_of(answers), asked, "", None)
    return any(one.inspection == inspection for one in holds(checks, history.units(asked), now))


def _told(one: Record) -> Hold:
    names = ("digest", "plate", "colour", "site", "agencies", "outcome")
    told = {name: str(getattr(one, name) or "") for name in names}
    return Hold(**told, at=str(one.outcome_at or one.inspected_at or ""))
