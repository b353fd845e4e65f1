"""Lists of checks behind the figures: each has the conditions of its figure, and so as many rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from peewee import SQL, fn

from server.accounts import Scope
from server.figures.asking import UNDER, VIOLATIONS, Asked
from server.store import figure_places
from server.store.figure_models import CheckFact, CheckFound, CheckLooked
from server.store.models import Record
from server.store.rows import tuples

COLUMNS = {
    "site": CheckFact.site,
    "carrier": CheckFact.carrier,
    "un": CheckFact.un,
    "pair": CheckFact.pair,
    "late": CheckFact.late,
}
"""What sums are by → the column of a check's row."""


@dataclass(frozen=True)
class Line:
    """A row of a list: a check, and in a list of violations one of them. `plate`, `colour` are its record's."""

    fact: CheckFact
    plate: str
    colour: str
    outcome: str
    violation: str = ""


@dataclass(frozen=True)
class Place:
    """Where a page of a list ends: day and number of its last row."""

    day: str
    id: int

    @property
    def text(self) -> str:
        """The place as it stands in an address."""
        return f"{self.day}|{self.id}"

    @classmethod
    def of(cls, text: str) -> Place | None:
        """Return a place from its text; None for anything else, which is the first page."""
        day, _bar, number = text.partition("|")
        fits = len(day) == 10 and number.isascii() and number.isdecimal() and len(number) < 16
        return cls(day, int(number)) if fits else None


def page(scope: Scope, asked: Asked, after: str = "", limit: int = 50) -> tuple[list[Line], str]:
    """Return some rows of a list, the latest first, and where the next page begins; empty where there is none."""
    what = "violation" if asked.kind == VIOLATIONS else next((one for one in UNDER if getattr(asked, one)), "")
    listed = _beside(scope, asked, what) if what else _checks(scope, asked)
    row = CheckFound if what else CheckFact
    place = Place.of(after)
    if place is not None:
        listed = listed.where((row.day < place.day) | ((row.day == place.day) & (row.id < place.id)))
    held = list(listed.order_by(row.day.desc(), row.id.desc()).limit(limit + 1).objects())
    shown = held[:limit]
    last = shown[-1] if len(held) > limit else None
    number = getattr(last, "found_id", None) or (last.id if last is not None else 0)
    lines = _lines(shown, violations=asked.kind == VIOLATIONS)
    return lines, Place(str(last.day), int(number)).text if last is not None else ""


def _checks(scope: Scope, asked: Asked) -> Any:
    return CheckFact.select().where(*conditions(scope, asked))


def _beside(scope: Scope, asked: Asked, what: str) -> Any:
    """Return the checks by the rows that stand beside them: one for each violation, or one for the campaign's key."""
    found = CheckFact.select(CheckFact, CheckFound.id.alias("found_id"), CheckFound.code).join(
        CheckFound, on=(CheckFound.inspection == CheckFact.inspection)
    )
    span = CheckFound.day.between(asked.since.isoformat(), asked.until.isoformat())
    key = [] if what == "violation" else [CheckFound.code == getattr(asked, what), span]
    return found.where(CheckFound.what == what, *key, *conditions(scope, asked, but=what))


def _lines(facts: Sequence[Any], *, violations: bool) -> list[Line]:
    columns = Record.digest, Record.plate, Record.colour, Record.outcome
    query = Record.select(*columns).where(Record.digest.in_([str(one.digest) for one in facts]))
    known = {str(digest): tuple(str(one or "") for one in row) for digest, *row in tuples(query)}
    return [_line(one, known.get(str(one.digest), ("", "", "")), violations=violations) for one in facts]


def _line(fact: Any, known: Sequence[str], *, violations: bool) -> Line:
    plate, colour, outcome = known
    return Line(fact, plate, colour, outcome, str(getattr(fact, "code", "")) if violations else "")


def conditions(scope: Scope, asked: Asked, but: str = "") -> list[Any]:
    """Return what narrows the checks' own rows; `but` one of UNDER, which the rows beside them answer already."""
    held: list[Any] = [CheckFact.day.between(asked.since.isoformat(), asked.until.isoformat())]
    places = figure_places.wanted(scope, asked)
    if places is not None:
        # Several sites are in no order of days: their index shall not offer itself.
        held.append(CheckFact.site == min(places) if len(places) == 1 else fn.COALESCE(CheckFact.site, "").in_(places))
    held += [column == getattr(asked, name) for name, column in _named(asked)]
    held += [_is_beside(asked, name) for name in UNDER if name != but and getattr(asked, name) is not None]
    if asked.by_hour:
        held.append(CheckFact.cell.in_(asked.cells))
    if scope.agencies is not None:
        held.append(
            reduce(or_, (CheckFact.agencies.contains(f"|{one}|") for one in sorted(scope.agencies)), SQL("1 = 0"))
        )
    if asked.agency:
        held.append(CheckFact.agencies.contains(f"|{asked.agency}|"))
    return held + _with_violation(asked) + _of_kind(asked)


def _named(asked: Asked) -> list[tuple[str, Any]]:
    return [(name, one) for name, one in COLUMNS.items() if name != "site" and getattr(asked, name) is not None]


def _with_violation(asked: Asked) -> list[Any]:
    return [] if asked.violation is None else [_is_beside(asked, "violation")]


def failing(asked: Asked) -> Any:
    """Return the condition that the item that is asked for failed in a check."""
    return _is_beside(asked, "item")


def _is_beside(asked: Asked, what: str) -> Any:
    """Return the condition that a row of this kind, with the key that is asked for, stands beside a check."""
    named = CheckFound.select(CheckFound.inspection).where(
        CheckFound.what == what,
        CheckFound.code == getattr(asked, what),
        CheckFound.day.between(asked.since.isoformat(), asked.until.isoformat()),
    )
    return CheckFact.inspection.in_(named)


def _of_kind(asked: Asked) -> list[Any]:
    kind = "" if asked.kind == VIOLATIONS else asked.kind
    if asked.item is not None:
        here = CheckLooked.conform.contains(f",{asked.item},") | CheckLooked.failed.contains(f",{asked.item},")
        looked = fn.EXISTS(CheckLooked.select(SQL("1")).where(CheckLooked.inspection == CheckFact.inspection, here))
        return {"found": [failing(asked)], "clean": [looked, ~failing(asked)]}.get(kind, [looked])
    if not kind:
        return []
    return [CheckFact.found == 0 if kind == "clean" else getattr(CheckFact, kind) == 1]
