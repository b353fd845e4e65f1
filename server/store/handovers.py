"""Hand-overs as an agency sees them: what it sent, what was sent to it, what is open and what has ended."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from peewee import SQL

from server.accounts import Scope
from server.cases.casefile import Clock
from server.cases.money import fine_of
from server.store import case_law, counted, sight
from server.store.case_around import WITHOUT_EFFECT
from server.store.case_files import clock_of
from server.store.case_law import Bench
from server.store.case_models import ActLink, CaseClock, CaseDocument, Handover
from server.store.counted import Counted
from server.store.models import FAR, Case, CaseViolation
from server.store.rows import tuples

OPEN, ENDED = ("sent", "received"), ("done", "refused", "taken")
_CASE = "handed_case"
"""Where a row of the join holds its case."""
CLOCKS = ("handover_receipt", "handover_result")
PAPERS = ("handover_letter", "handover_list", "handover_notice", "handover_receipt")


class Place(NamedTuple):
    """The last hand-over of a page: when it comes due (empty in the list of ended ones), and its id."""

    due: str
    id: int

    @classmethod
    def of(cls, text: str) -> Place | None:
        """Return a place from its text; None for anything else, which is the first page."""
        due, _bar, number = text.rpartition("|")
        good = number.isascii() and number.isdecimal() and len(number) < 16
        return cls(due, int(number)) if good else None

    @property
    def text(self) -> str:
        """The place as it stands in an address."""
        return f"{self.due}|{self.id}"


@dataclass(frozen=True)
class Handed:
    """A hand-over: the case that was handed over, and the case that the receiver got, if it works here."""

    row: Handover
    case: Case
    incoming: Case | None

    def of(self, side: str) -> Case:
        """Return the case of the side that looks; what came in has none of its own where nobody had worked there."""
        return self.incoming if side == "in" and self.incoming is not None else self.case


@dataclass(frozen=True)
class Page:
    """Some hand-overs in order, and the place from which the next page goes on."""

    rows: tuple[Handed, ...]
    next: str


def page(scope: Scope, agency: str, side: str, *, ended: bool = False, after: str = "", limit: int = 40) -> Page:
    """Return the hand-overs of an agency: `side` is out or in. What comes due first, of ended ones the latest."""
    mine = Handover.sender == agency if side == "out" else Handover.receiver == agency
    query = Handover.select(Handover, Case).join(Case, on=(Handover.case == Case.id), attr=_CASE)
    query = query.where(mine, *sight.cases(scope))
    if (place := Place.of(after)) is not None:
        query = query.where(_behind(place, ended=ended))
    rows = _latest(query, limit) if ended else _due(query, limit)
    shown = rows[:limit]
    there = {str(one.id): one for one in Case.select().where(Case.id.in_([one.incoming for one in shown]))}
    held = tuple(Handed(one, getattr(one, _CASE), there.get(str(one.incoming))) for one in shown)
    more = Place("" if ended else str(held[-1].case.next_due), int(held[-1].row.id)).text if rows[limit:] else ""
    return Page(held, more)


def _latest(query: Any, limit: int) -> list[Handover]:
    """Return those that have ended, the latest first: each state by its index."""
    each = (query.where(Handover.state == one).order_by(Handover.id.desc()).limit(limit + 1) for one in ENDED)
    return sorted((row for some in each for row in some), key=lambda row: -int(row.id))[: limit + 1]


def _due(query: Any, limit: int) -> list[Handover]:
    return list(query.where(Handover.state.in_(OPEN)).order_by(Case.next_due, Handover.id).limit(limit + 1))


def counts(scope: Scope, agency: str, now: str) -> dict[str, Counted]:
    """Return how many are open on either side, and how many of those are overdue."""
    query = (
        Handover.select().join(Case, on=(Handover.case == Case.id)).where(Handover.state.in_(OPEN), *sight.cases(scope))
    )
    sides = {"out": Handover.sender == agency, "in": Handover.receiver == agency}
    told = {side: counted.capped(query.where(mine)) for side, mine in sides.items()}
    late = {f"{side}_overdue": counted.capped(query.where(mine, Case.duty_due <= now)) for side, mine in sides.items()}
    return {**told, **late}


def clocks(cases: Iterable[str]) -> dict[str, list[Clock]]:
    """Return the open clocks of hand-over of each case."""
    held: dict[str, list[Clock]] = defaultdict(list)
    # Written out, so that a plan which PostgreSQL keeps knows that most clocks of a case are not of these.
    query = CaseClock.select().where(
        CaseClock.case.in_(list(cases)), CaseClock.ended_at == SQL("''"), CaseClock.rule.in_(CLOCKS)
    )
    for row in query.order_by(CaseClock.id):
        held[str(row.case)].append(clock_of(row))
    return held


def papers(cases: Iterable[str]) -> dict[str, dict[str, CaseDocument]]:
    """Return the documents of hand-over of each case by kind, the latest that counts."""
    held: dict[str, dict[str, CaseDocument]] = defaultdict(dict)
    query = CaseDocument.select().where(
        CaseDocument.case.in_(list(cases)), CaseDocument.kind.in_(PAPERS), CaseDocument.status.in_(("due", "issued"))
    )
    for row in query.order_by(CaseDocument.id):
        held[str(row.case)][str(row.kind)] = row
    return held


def fines(handed: Sequence[Handed], side: str) -> dict[int, tuple[str, str]]:
    """Return for each hand-over whether the act was fined in a case beside one's own: a code, and that case's number.

    `fined`: another case of the stop fines the same violation, or one that was decided to be the same act. `undecided`:
    violations may be one act, and nobody has said. `free`: there are other cases, and none of them does. `alone`: there
    is none.
    """
    bench = case_law.current()
    stops = {str(one.case.inspection) for one in handed}
    sisters: dict[str, list[Case]] = defaultdict(list)
    for case in Case.select().where(Case.inspection.in_(list(stops)), Case.state.not_in(WITHOUT_EFFECT)):
        sisters[str(case.inspection)].append(case)
    codes = _codes(str(one.id) for held in sisters.values() for one in held)
    verdicts = _verdicts(stops)
    told = (bench, codes, verdicts)
    return {int(one.row.id): _fined(one.of(side), sisters[str(one.case.inspection)], *told) for one in handed}


def _fined(
    mine: Case,
    beside: Sequence[Case],
    bench: Bench,
    codes: Mapping[str, set[str]],
    verdicts: Mapping[str, Mapping[tuple[str, str], str]],
) -> tuple[str, str]:
    own = codes.get(str(mine.id), set())
    others = [one for one in beside if one.id != mine.id]
    said = verdicts.get(str(mine.inspection), {})
    same = own | {code for pair, verdict in said.items() if verdict == "same" and set(pair) & own for code in pair}
    for one in others:
        if same & _fines_of(one):
            return "fined", str(one.number)
    for one in others:
        pairs = case_law.pairs(bench, own, codes.get(str(one.id), ()))
        if any(pair not in said for pair in pairs):
            return "undecided", str(one.number)
    return ("free" if others else "alone"), ""


def _fines_of(case: Case) -> set[str]:
    facts = json.loads(str(case.facts))
    held = facts.get("penalties") or () if facts.get("in_force") else ()
    return {str(one.get("violation")) for one in held if fine_of([one])}


def _codes(cases: Iterable[str]) -> dict[str, set[str]]:
    held: dict[str, set[str]] = defaultdict(set)
    query = CaseViolation.select(CaseViolation.case, CaseViolation.violation).where(CaseViolation.case.in_(list(cases)))
    for case, violation in tuples(query):
        held[case].add(violation)
    return held


def _verdicts(stops: Iterable[str]) -> dict[str, dict[tuple[str, str], str]]:
    held: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    query = ActLink.select(ActLink.inspection, ActLink.one, ActLink.other, ActLink.verdict)
    for stop, one, other, verdict in tuples(query.where(ActLink.inspection.in_(list(stops))).order_by(ActLink.id)):
        held[stop][min(one, other), max(one, other)] = verdict
    return held


def _behind(place: Place, *, ended: bool) -> Any:
    if ended:
        return Handover.id < place.id
    due = place.due or FAR
    return (Case.next_due > due) | ((Case.next_due == due) & (Handover.id > place.id))
