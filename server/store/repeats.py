"""Vehicles that are checked again and again within a day: what an office asks its posts to spare. Only counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peewee import SQL, fn

from checklists.findings.outcome import ABANDONED
from server import clock
from server.accounts import Scope
from server.store import sight
from server.store.models import Record
from server.store.rows import tuples

HOURS = (24, 72)
MOST_CHECKS = 20_000
"""So many of the latest checks are counted: what a province of a million a year has in a week."""
LEAST = 2
"""So many checks of one vehicle are shown at least; the page says from how many."""


@dataclass(frozen=True)
class Check:
    """One of the checks: when, where, what came of it, and whether anything was found."""

    digest: str
    at: str
    site: str
    agencies: str
    outcome: str
    found: bool


@dataclass(frozen=True)
class Repeated:
    """A vehicle with its checks, the latest first; `clean` of them found nothing."""

    plate: str
    colour: str
    checks: tuple[Check, ...]

    @property
    def clean(self) -> int:
        """How many of the checks found nothing."""
        return sum(not one.found for one in self.checks)


def listed(scope: Scope, hours: int, least: int, limit: int) -> list[Repeated]:
    """Return the vehicles that were checked at least so often in the last hours, those most often checked first.

    Plate and colour together are a vehicle. Checks that were begun by mistake do not count.
    """
    if scope.nothing:
        return []
    since = _since(hours)
    many = fn.COUNT(Record.id)
    # Grouped by what no index offers itself for: the time leads.
    plate = fn.COALESCE(Record.plate, SQL("''"))
    query = Record.select(plate, Record.colour).where(*_counted(since), *sight.records(scope))
    grouped = query.group_by(plate, Record.colour).having(many >= max(least, LEAST))
    vehicles = [(str(plate), str(colour or "")) for plate, colour in tuples(grouped.order_by(many.desc()).limit(limit))]
    held = _checks(scope, since, [plate for plate, _colour in vehicles])
    found = (Repeated(plate, colour, tuple(held.get((plate, colour), ()))) for plate, colour in vehicles)
    return sorted(found, key=lambda one: (-len(one.checks), one.plate))


def _since(hours: int) -> Any:
    """Return from when on checks are counted: those of the last hours, of very many the latest."""
    since = clock.later(hours=-hours)
    latest = Record.select(Record.inspected_at).where(Record.inspected_at >= since).order_by(Record.inspected_at.desc())
    return fn.COALESCE(latest.offset(MOST_CHECKS).limit(1), since)


def _checks(scope: Scope, since: Any, plates: list[str]) -> Mapping[tuple[str, str], list[Check]]:
    names = ("plate", "colour", "digest", "inspected_at", "site", "agencies", "outcome", "severity")
    query = Record.select(*(getattr(Record, name) for name in names))
    query = query.where(Record.plate.in_(plates), *_counted(since), *sight.records(scope))
    found: dict[tuple[str, str], list[Check]] = {}
    for plate, colour, digest, at, site, agencies, outcome, severity in tuples(
        query.order_by(Record.inspected_at.desc())
    ):
        one = Check(digest, str(at or ""), str(site or ""), str(agencies or ""), str(outcome or ""), bool(severity))
        found.setdefault((str(plate), str(colour or "")), []).append(one)
    return found


def _counted(since: Any) -> tuple[Any, ...]:
    return (
        # Nothing leads to the vehicles but when they were checked.
        fn.COALESCE(Record.kind, "") == "inspection",
        fn.COALESCE(Record.state, "") == "processed",
        fn.COALESCE(Record.plate, "") != "",
        Record.inspected_at >= since,
        fn.COALESCE(Record.outcome, "") != ABANDONED,
    )
