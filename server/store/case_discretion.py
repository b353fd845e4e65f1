"""What helps to weigh a penalty, from the office's tables: local tables of discretion, like cases, circumstances."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from server import clock
from server.cases.casefile import CaseFile
from server.cases.discretion import COLUMNS, Ended, Factor, Range, Ranges, Row, Similar, factors
from server.cases.ends import day_text
from server.cases.money import fine_of
from server.store import audit, case_law
from server.store.case_law import Bench
from server.store.models import Case, CaseViolation
from server.store.office_models import DiscretionRow

MOST_SIMILAR = 200
"""Decided cases that are looked at; more say nothing more."""


@dataclass(frozen=True)
class Help:
    """What helps to weigh the penalty of one violation of a case: `day` is that of the conduct."""

    violation: str
    day: str
    law: tuple[Range, ...]
    local: tuple[tuple[str, Row], ...]
    similar: Similar
    factors: tuple[Factor, ...]


def of_case(case: CaseFile, bench: Bench) -> tuple[Help, ...]:
    """Return the help for each violation of a case. `local` rows stand with the title of their table."""
    said = str(case.facts.get("conduct_at") or case.facts.get("found_at") or clock.now())
    day = date.fromisoformat(day_text(said))
    sides = [(one.kind, one.state) for one in case.sides]
    helps = []
    for held in case.violations:
        similar = like(case.agency, held.code, but=case.id)
        earlier = like(case.agency, held.code, but=case.id, party=case.party.name) if case.party.name else Similar(())
        told = factors(held.severity, sides, earlier.cases, case.facts)
        helps.append(Help(held.code, day.isoformat(), held.ranges, local(case.agency, held.code, day), similar, told))
    return tuple(helps)


def like(agency: str, violation: str, *, but: str = "", party: str = "", limit: int = MOST_SIMILAR) -> Similar:
    """Return how cases of an agency with that violation ended; of one party alone where it is named."""
    beside = CaseViolation.select(CaseViolation.case).where(CaseViolation.violation == violation)
    query = Case.select(Case.id, Case.number, Case.decided_at, Case.facts).where(
        Case.agency == agency, Case.id.in_(beside), Case.id != but, Case.decided_at.is_null(False)
    )
    if party:
        query = query.where(Case.party_name == party)
    rows = query.order_by(Case.decided_at.desc()).limit(limit)
    return Similar(tuple(one for row in rows if (one := _ended(row, violation)) is not None))


def _ended(row: Case, violation: str) -> Ended | None:
    """Return how a case ended as far as a violation goes; None where its decision was revoked."""
    facts = json.loads(str(row.facts))
    if not facts.get("in_force"):
        return None
    own = [one for one in facts.get("penalties") or () if one.get("violation") == violation]
    kinds = tuple(dict.fromkeys(str(one.get("kind")) for one in own))
    return Ended(str(row.id), str(row.number), day_text(str(row.decided_at)), fine_of(own), kinds)


def local(agency: str, violation: str, day: date) -> tuple[tuple[str, Row], ...]:
    """Return the rows of the local tables of an agency that hold for a violation on a day, with their table's title."""
    query = DiscretionRow.select().where(
        DiscretionRow.agency == agency, DiscretionRow.violation == violation, DiscretionRow.replaced_at == ""
    )
    held = [(str(one.title), _row(one)) for one in query.order_by(DiscretionRow.id)]
    return tuple((title, row) for title, row in held if row.holds_on(day))


def _row(held: DiscretionRow) -> Row:
    return Row(**{one.name: getattr(held, one.name) for one in fields(Row)})


def tables() -> list[tuple[str, str, str, str, int]]:
    """Return the tables in use: agency, title, by whom, since when, and how many rows."""
    found: dict[tuple[str, str], list[DiscretionRow]] = {}
    for one in DiscretionRow.select().where(DiscretionRow.replaced_at == "").order_by(DiscretionRow.id):
        found.setdefault((str(one.agency), str(one.title)), []).append(one)
    return [
        (agency, title, str(rows[0].published_by), str(rows[0].published_at), len(rows))
        for (agency, title), rows in found.items()
    ]


def publish(agency: str, title: str, rows: Sequence[Row], who: str) -> int:
    """Put a table in the place of the one with its title, and log it; the old rows stay. Returns how many they were."""
    at = clock.now()
    old = DiscretionRow.update(replaced_at=at).where(
        DiscretionRow.agency == agency, DiscretionRow.title == title, DiscretionRow.replaced_at == ""
    )
    replaced = int(old.execute())
    for one in rows:
        told = {name: getattr(one, name) for name in COLUMNS}
        DiscretionRow.create(agency=agency, title=title, published_by=who, published_at=at, **told)
    audit.note(who=who, action="discretion.published", subject=f"{agency} {title}: {replaced} -> {len(rows)}")
    return replaced


def ranges_of(bench: Bench) -> Ranges:
    """Return the function that knows the law's ranges, for reading a table."""

    def ranges(violation: str, day: date) -> tuple[Range, ...] | None:
        if not any(one.code == violation for one in bench.definitions.violations):
            return None
        return case_law.ranges(case_law.violation(bench, violation, day), day)

    return ranges
