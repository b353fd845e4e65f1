"""Lists of checks behind the figures: each has the conditions of its figure, and so as many rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from peewee import SQL, fn

from server.accounts import Scope
from server.figures.asking import UNDER, VIOLATIONS, Asked
from server.store import figure_places
from server.store.counted import LOOKED
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
_INDEXED = ("carrier", "un", "pair")
_BESIDE = ("violation", *UNDER)
MOST_LED = 20_000
"""Indexes that lead to more are all alike."""


@dataclass(frozen=True)
class Line:
    """A row of a list: a check, and in a list of violations one of them. `plate`, `colour` are its record's."""

    fact: CheckFact
    plate: str
    colour: str
    outcome: str
    violation: str = ""


@dataclass(frozen=True)
class Found:
    """Rows of a list, and where it goes on; empty at its end. `ended`: it does not go on because nobody looked on."""

    lines: list[Line]
    next: str
    ended: bool = True


@dataclass(frozen=True)
class Place:
    """Where a page of a list ends: day and number of its last row."""

    day: str
    id: int

    @property
    def date(self) -> date:
        """The day as a day."""
        return date.fromisoformat(self.day)

    @property
    def text(self) -> str:
        """The place as it stands in an address."""
        return f"{self.day}|{self.id}"

    @classmethod
    def of(cls, text: str) -> Place | None:
        """Return a place from its text; None for anything else, which is the first page."""
        day, _bar, number = text.partition("|")
        try:
            fits = date.fromisoformat(day).isoformat() == day
        except ValueError:
            return None
        return cls(day, int(number)) if fits and number.isascii() and number.isdecimal() and len(number) < 16 else None


@dataclass(frozen=True)
class Lead:
    """What an index leads to: its name (`day` is every check of the span), and how many checks, at most so many."""

    name: str
    checks: int


def leads(scope: Scope, asked: Asked, most: int) -> list[Lead]:
    """Return by which indexes the checks that are asked for can be gone through, those of the fewest checks first."""
    held = {"day": CheckFact.select(CheckFact.id).where(_days(CheckFact, asked)), **_narrow(scope, asked)}
    found = [Lead(name, int(query.limit(most).count())) for name, query in held.items()]
    return sorted(found, key=lambda one: one.checks)


def _narrow(scope: Scope, asked: Asked) -> dict[str, Any]:
    places, days = figure_places.wanted(scope, asked), _days(CheckFact, asked)
    facts = [] if places is None else [("site", CheckFact.site.in_(places))]
    facts += [(name, column == getattr(asked, name)) for name, column in _named(asked) if name in _INDEXED]
    beside = [one for one in _BESIDE if getattr(asked, one) is not None]
    beside += ["item"] if asked.item is not None and asked.kind == "found" else []
    return {
        **{name: CheckFact.select(CheckFact.id).where(one, days) for name, one in facts},
        **{name: CheckFound.select(CheckFound.id).where(*_key(asked, name)) for name in beside},
    }


def _days(row: type[CheckFact] | type[CheckFound], asked: Asked) -> Any:
    return row.day.between(asked.since.isoformat(), asked.until.isoformat())


def _key(asked: Asked, what: str) -> list[Any]:
    return [CheckFound.what == what, CheckFound.code == getattr(asked, what), _days(CheckFound, asked)]


def page(scope: Scope, asked: Asked, after: str = "", limit: int = 50) -> Found:
    """Return some rows of a list, the latest first, and where the next page begins.

    Where no index leads to few checks, so many rows are looked at for a page; it may then hold fewer than there are.
    """
    what = "violation" if asked.kind == VIOLATIONS else next((one for one in UNDER if getattr(asked, one)), "")
    row, place = CheckFound if what else CheckFact, Place.of(after)
    lead, few = _lead(scope, asked, what)
    span, ties = asked, []
    if place is not None:
        span, ties = replace(asked, until=min(asked.until, place.date)), [(row.day < place.day) | (row.id < place.id)]
    floor = None if few else _floor(row, [*_ordered(span, what, lead), *ties])
    if floor is not None:
        span = replace(span, since=max(span.since, floor.date))
        ties.append((row.day > floor.day) | (row.id >= floor.id))
    listed = _beside(scope, span, what, lead) if what else CheckFact.select().where(*conditions(scope, span, lead))
    held = list(listed.where(*ties).order_by(row.day.desc(), row.id.desc()).limit(limit + 1).objects())
    lines = _lines(held[:limit], violations=asked.kind == VIOLATIONS)
    if len(held) > limit:
        last = held[limit - 1]
        return Found(lines, Place(str(last.day), int(getattr(last, "found_id", None) or last.id)).text)
    return Found(lines, floor.text if floor is not None else "", ended=floor is None)


def _lead(scope: Scope, asked: Asked, what: str) -> tuple[str, bool]:
    """Return by which index a list is gone through, and whether it leads to so few that they can be sorted."""
    known = leads(scope, asked, MOST_LED)
    if known[0].checks <= LOOKED:
        return known[0].name, True
    several = len(figure_places.wanted(scope, asked) or ()) > 1
    unordered = {*_BESIDE, "item", *(("site",) if several else ())}
    return "found" if what else next(one.name for one in known if one.name not in unordered), False


def _ordered(asked: Asked, what: str, lead: str) -> list[Any]:
    """Return what the index of a list answers by itself."""
    if what:
        key = [] if what == "violation" else [CheckFound.code == getattr(asked, what)]
        return [CheckFound.what == what, *key, _days(CheckFound, asked)]
    key = [] if lead == "day" else [COLUMNS[lead] == getattr(asked, lead)]
    return [*key, _days(CheckFact, asked)]


def _floor(row: type[CheckFact] | type[CheckFound], index: list[Any]) -> Place | None:
    """Return the last of the rows that are looked at for a page; None where these are all there are."""
    query = row.select(row.day, row.id).where(*index).order_by(row.day.desc(), row.id.desc())
    return next((Place(str(day), int(id_)) for day, id_ in tuples(query.offset(LOOKED - 1).limit(1))), None)


def _beside(scope: Scope, asked: Asked, what: str, lead: str) -> Any:
    """Return the checks by the rows that stand beside them: one for each violation, or one for the campaign's key."""
    found = CheckFact.select(CheckFact, CheckFound.id.alias("found_id"), CheckFound.code).join(
        CheckFound, on=(CheckFound.inspection == CheckFact.inspection)
    )
    if lead == "found" or (lead == what and what in UNDER):
        return found.where(*_ordered(asked, what, lead), *conditions(scope, asked, "found", but=what))
    # The checks lead to them.
    key = [] if what == "violation" else [fn.COALESCE(CheckFound.code, "") == getattr(asked, what)]
    beside = [fn.COALESCE(CheckFound.what, "") == what, *key]
    return found.where(*beside, *conditions(scope, asked, lead, but=what))


def _lines(facts: Sequence[Any], *, violations: bool) -> list[Line]:
    columns = Record.digest, Record.plate, Record.colour, Record.outcome
    query = Record.select(*columns).where(Record.digest.in_([str(one.digest) for one in facts]))
    known = {str(digest): tuple(str(one or "") for one in row) for digest, *row in tuples(query)}
    return [_line(one, known.get(str(one.digest), ("", "", "")), violations=violations) for one in facts]


def _line(fact: Any, known: Sequence[str], *, violations: bool) -> Line:
    plate, colour, outcome = known
    return Line(fact, plate, colour, outcome, str(getattr(fact, "code", "")) if violations else "")


def conditions(scope: Scope, asked: Asked, lead: str, but: str = "") -> list[Any]:
    """Return what narrows the checks' own rows, so that one index alone offers itself: `lead`, a name of `leads`.

    `found` is the rows beside the checks; `but` one of UNDER, which they answer already.
    """
    held = [_led(lead, "day", CheckFact.day).between(asked.since.isoformat(), asked.until.isoformat())]
    places = figure_places.wanted(scope, asked)
    if places is not None:
        held.append(_led(lead, "site", CheckFact.site).in_(places))
    held += [_led(lead, name, column) == getattr(asked, name) for name, column in _named(asked)]
    beside = ("violation", *(name for name in UNDER if name != but))
    held += [_is_beside(asked, name, lead) for name in beside if getattr(asked, name) is not None]
    if asked.by_hour:
        held.append(CheckFact.cell.in_(asked.cells))
    if scope.agencies is not None:
        held.append(
            reduce(or_, (CheckFact.agencies.contains(f"|{one}|") for one in sorted(scope.agencies)), SQL("1 = 0"))
        )
    if asked.agency:
        held.append(CheckFact.agencies.contains(f"|{asked.agency}|"))
    return held + _of_kind(asked, lead)


def _led(lead: str, name: str, column: Any) -> Any:
    """Return a column for which an index offers itself only where it leads; days lie in the index of each."""
    here = lead == name or (name == "day" and lead in (*_INDEXED, "site"))
    return column if here else fn.COALESCE(column, "")


def _named(asked: Asked) -> list[tuple[str, Any]]:
    return [(name, one) for name, one in COLUMNS.items() if name != "site" and getattr(asked, name) is not None]


def failing(asked: Asked, lead: str = "") -> Any:
    """Return the condition that the item that is asked for failed in a check."""
    return _is_beside(asked, "item", lead)


def _is_beside(asked: Asked, what: str, lead: str = "") -> Any:
    """Return the condition that a row of this kind, with the key that is asked for, stands beside a check."""
    if lead == what:
        return CheckFact.inspection.in_(CheckFound.select(CheckFound.inspection).where(*_key(asked, what)))
    # The check leads to the rows beside it.
    of, key = fn.COALESCE(CheckFound.what, ""), fn.COALESCE(CheckFound.code, "")
    here = (CheckFound.inspection == CheckFact.inspection, of == what, key == getattr(asked, what))
    return fn.EXISTS(CheckFound.select(SQL("1")).where(*here))


def _of_kind(asked: Asked, lead: str) -> list[Any]:
    kind = "" if asked.kind == VIOLATIONS else asked.kind
    if asked.item is not None:
        here = CheckLooked.conform.contains(f",{asked.item},") | CheckLooked.failed.contains(f",{asked.item},")
        looked = fn.EXISTS(CheckLooked.select(SQL("1")).where(CheckLooked.inspection == CheckFact.inspection, here))
        fails = failing(asked, lead)
        found = {"": [looked], "found": [fails], "clean": [looked, ~fails]}
        return found[kind] if kind in found else [looked, getattr(CheckFact, kind) == 1]
    if not kind:
        return []
    return [CheckFact.found == 0 if kind == "clean" else getattr(CheckFact, kind) == 1]
