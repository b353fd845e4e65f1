"""What a carrier or driver owes and knows, read from what the office keeps: terms, corrections, orders, lessons.

Nothing is worked out here that the cases, orders and records do not say; each line names where it comes from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checklists.facts.identifiers.keys import number_key
from server import clock
from server.accounts import Scope
from server.cases.clock_rules import CLOCK_RULES
from server.cases.ends import day_text
from server.store import known_lists, sight
from server.store.case_models import CaseClock, SideTrack
from server.store.feed_models import CheckBrief, CheckNumber
from server.store.known import Subject
from server.store.models import Case
from server.store.office_models import LessonResult, StopOrder
from server.store.rows import tuples

PARTY = tuple(one.name for one in CLOCK_RULES if one.kind == "party")
"""The clocks by whose end the party must act."""
MOST = 60


@dataclass(frozen=True)
class Term:
    """What a party must do in a case until an instant; `sure` is that of the clock, `paused` that it does not run."""

    case: Case
    rule: str
    due_at: str
    sure: str
    paused: bool
    id: int = 0

    @property
    def overdue(self) -> bool:
        """Whether its end is past while it runs."""
        return not self.paused and "" < self.due_at <= clock.now()


@dataclass(frozen=True)
class Owed:
    """What one owes: open terms, corrections that were found not done, orders that stand, cases that run.

    `revisits` are owed by the office: cases in which somebody is to look whether it was put right.
    """

    terms: Sequence[Term]
    undone: Sequence[Case]
    orders: Sequence[StopOrder]
    cases: Sequence[Case]
    revisits: Sequence[Term] = ()


def owed(one: Subject, scope: Scope) -> Owed:
    """Return what a carrier or person owes, as far as a scope shows it."""
    cases = known_lists.running(one, scope, MOST)
    by_id = {str(case.id): case for case in cases}
    tracks = SideTrack.select(SideTrack.case).where(
        SideTrack.case.in_(list(by_id)), SideTrack.kind == "rectification", SideTrack.state == "not_done"
    )
    undone = {str(case) for (case,) in tuples(tracks)}
    not_over = (StopOrder.closed_on == "") | (StopOrder.closed_on > day_text(clock.now()))
    standing = StopOrder.key == number_key(one.order_key), StopOrder.lifted_at == "", not_over
    return Owed(
        terms=_terms(by_id, PARTY),
        undone=[case for id_, case in by_id.items() if id_ in undone],
        orders=list(StopOrder.select().where(*standing).order_by(StopOrder.id.desc()).limit(MOST)),
        cases=cases,
        revisits=_terms(by_id, ("revisit",)),
    )


def _terms(cases: Mapping[str, Case], rules: Sequence[str]) -> list[Term]:
    query = CaseClock.select().where(
        CaseClock.case.in_(list(cases)), CaseClock.ended_at == "", CaseClock.rule.in_(rules)
    )
    held = [_term(one, cases[str(one.case)]) for one in query]
    return sorted(held, key=lambda one: (one.due_at or "9", one.id))


def _term(row: CaseClock, case: Case) -> Term:
    return Term(case, str(row.rule), str(row.due_at), str(row.sure), bool(row.paused_from), int(row.id))


def overdue_terms(scope: Scope, after: tuple[str, int] | None = None, limit: int = 50) -> list[Term]:
    """Return terms of parties that are over in cases that somebody may see, what ended first first."""
    query = _overdue(scope)
    if after is not None:
        at, id_ = after
        query = query.where((CaseClock.due_at > at) | ((CaseClock.due_at == at) & (CaseClock.id > id_)))
    return [_term(one, one.of) for one in query.order_by(CaseClock.due_at, CaseClock.id).limit(limit)]


def count_overdue(scope: Scope, most: int = 1000) -> int:
    """Return how many there are, at most `most` + 1."""
    return int(_overdue(scope).limit(most + 1).count())


def _overdue(scope: Scope) -> Any:
    query: Any = (
        CaseClock.select(CaseClock, Case)
        .join(Case, on=(Case.id == CaseClock.case), attr="of")
        .where(
            CaseClock.ended_at == "", CaseClock.due_at > "", CaseClock.due_at <= clock.now(),
            CaseClock.rule.in_(PARTY), CaseClock.paused_from == "", Case.active == 1,
        )
    )  # fmt: skip
    if scope.agencies is not None:
        mine = list(scope.agencies)
        query = query.where(Case.agency.in_(mine) | Case.keeper.in_(mine))
    return query.where(*sight.cases(scope)) if scope.area else query


def lessons(one: Subject, scope: Scope, limit: int = 20) -> list[tuple[LessonResult, str]]:
    """Return what was answered at checks, the latest check first, each with the digest of its record.

    Of a person only what was answered in the role in which his own number was aboard: a name alone is nobody.
    """
    aboard = (CheckNumber.number.in_(one.numbers), CheckNumber.role.in_(one.roles))
    query: Any = (
        LessonResult.select(LessonResult, CheckBrief.digest)
        .join(CheckNumber, on=(CheckNumber.inspection == LessonResult.inspection))
        .join(CheckBrief, on=(CheckBrief.inspection == LessonResult.inspection))
        .where(*aboard, *sight.briefs(scope))
    )
    if one.kind == "person":
        query = query.where(CheckNumber.role == LessonResult.role)
    rows = query.order_by(CheckNumber.at.desc(), LessonResult.entry.desc()).limit(limit).objects()
    return [(row, str(row.digest)) for row in rows]
