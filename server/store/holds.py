"""What posts hold themselves: checks that decided that a vehicle stays, and that nobody is known to have let go.

Worked out as on the tablet (`checklists.facts.earlier`), from the same rows; nothing of it is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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
"""So many are looked at, the newest: the history of their numbers is read at once."""


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
    holding = _holding([str(one.inspection) for one in found], now)
    return [_told(one) for one in found if str(one.inspection) in holding]


def _latest(query: Any) -> list[Record]:
    return list(query.order_by(Record.inspected_at.desc(), Record.id.desc()).limit(MOST))


def _holding(inspections: list[str], now: datetime) -> set[str]:
    """Return those of the checks that still hold something, by all checks of their numbers.

    What was made twice as long ago as a hold lasts lets nothing go.
    """
    asked = {str(row["inspection"]): row for row in feed_history.of(inspections)}
    numbers = [number for row in asked.values() for some in _units(row).values() for number in some]
    rows = feed_history.about(numbers, instant(now - 2 * timedelta(days=HOLD_DAYS)))
    by_number: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        for number in set((row.get("about") or {}).values()):
            by_number[number].append(row)
    return {one for one, row in asked.items() if _holds(one, row, by_number, now)}


def _units(row: Mapping[str, Any]) -> dict[str, tuple[str]]:
    return {role: (number,) for role, number in (row.get("about") or {}).items() if role in UNITS}


def _holds(
    inspection: str, own: Mapping[str, Any], by_number: Mapping[str, list[Mapping[str, Any]]], now: datetime
) -> bool:
    units, since = _units(own), _decided(own)
    rows = (row for number in history.units(units) for row in by_number.get(number, ()))
    # Nothing that was decided before it lifts it, nor stands for it.
    checks = history.checks_of((row for row in rows if _decided(row) >= since), units, "", None)
    return any(one.inspection == inspection for one in holds(checks, history.units(units), now))


def _decided(row: Mapping[str, Any]) -> datetime:
    """Return when it was decided; what cannot be read is left to who reads all of it."""
    try:
        return clock.read(str(row.get("outcome_at") or row["at"]))
    except (KeyError, ValueError):
        return datetime.max.replace(tzinfo=UTC)


def _told(one: Record) -> Hold:
    names = ("digest", "plate", "colour", "site", "agencies", "outcome")
    told = {name: str(getattr(one, name) or "") for name in names}
    return Hold(**told, at=str(one.outcome_at or one.inspected_at or ""))
