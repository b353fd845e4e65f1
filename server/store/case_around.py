"""What the office knows around a case: who may own it, where it may go, which acts another case has dealt with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from peewee import SQL, fn

from checklists.definitions.definition import Definitions
from checklists.law.model import rows_on
from server.cases.ends import day_text
from server.cases.grouping import Group
from server.cases.money import fine_of
from server.store import bulk, case_law, site_areas
from server.store.case_law import Bench
from server.store.case_models import ActLink, Handover, SideTrack
from server.store.models import Case, CaseViolation, Record
from server.store.office_models import User
from server.store.rows import aside, tuples

OWNERS = ("handler", "leader", "officer")
"""Roles whose people may own a case."""

WITHOUT_EFFECT = ("closed_no_case", "terminated")
"""States of cases that fine nothing."""


def people(agency: str, roles: Sequence[str] = OWNERS) -> list[str]:
    """Return the logins of an agency that are not closed, by role."""
    return [str(login) for login, _area in bulk.rows(_people, agency, *roles, many=len(roles))]


def handlers(row: Case) -> list[str]:
    """Return who may own a case: those who work for the agency that keeps it and whose area holds its stop."""
    held = bulk.rows(_people, str(row.keeper or row.agency), *OWNERS, many=len(OWNERS))
    lies = _divisions(str(row.inspection)) if any(area for _login, area in held) else ()
    return [str(login) for login, area in held if not area or any(one.startswith(str(area)) for one in lies)]


def _divisions(inspection: str) -> list[str]:
    """Return the divisions of the sites of an inspection, as far as they are known."""
    sites = tuples(Record.select(Record.site).where(Record.inspection == inspection))
    return list(site_areas.of(str(site) for (site,) in sites if site).values())


def _people(many: int) -> Any:
    works = User.agency == "", User.role.in_([""] * many), User.closed_at.is_null()
    return User.select(User.login, User.area).where(*works).order_by(User.login)


def gone() -> list[tuple[str, str]]:
    """Return who still owns open cases and may not any more, as (agency that works on them, login).

    He was closed, or has another role, or belongs to another agency now. What such a user owns is nobody's.
    """
    of = User.select(User.agency).distinct().alias("of")
    owns = fn.EXISTS(
        Case.select(SQL("1")).where(Case.keeper == of.c.agency, Case.active == SQL("1"), Case.owner == User.login)
    )
    query = User.select(of.c.agency, User.login).join(of, on=SQL("1 = 1")).where(_left(of.c.agency), owns)
    return [(str(agency), str(login)) for agency, login in tuples(query.order_by(of.c.agency, User.login))]


def has_left(login: str, keeper: str) -> bool:
    """Whether somebody may own no case of an agency any more; of whom nobody knows anything that is not said."""
    return bool(User.select(User.id).where(User.login == login, _left(keeper)).exists())


def _left(keeper: Any) -> Any:
    return User.closed_at.is_null(False) | User.role.not_in(OWNERS) | (User.agency != keeper)


def has_people(agency: str) -> bool:
    """Whether somebody of that agency works in this office."""
    return bool(people(agency))


def stops(row: Case) -> list[str]:
    """Return the inspections from which the violations of a case come; after a merge there are several."""
    query = CaseViolation.select(CaseViolation.inspection).where(CaseViolation.case == row.id).distinct()
    return sorted({one for (one,) in tuples(query) if one} | {str(row.inspection)})


def sisters(row: Case) -> list[Case]:
    """Return the other cases of the same stops that have an effect."""
    beside = CaseViolation.select(CaseViolation.case).where(CaseViolation.inspection.in_(stops(row)))
    query = Case.select().where(Case.id.in_(beside), Case.id != row.id, Case.state.not_in(WITHOUT_EFFECT))
    return sorted(query, key=lambda one: str(one.id))  # in order of the store every case there is would be looked at


def verdicts(row: Case) -> dict[tuple[str, str], str]:
    """Return what was decided about pairs of violations of the stops of a case; the latest word holds."""
    query = ActLink.select(ActLink.one, ActLink.other, ActLink.verdict).where(ActLink.inspection.in_(stops(row)))
    return {(min(one, other), max(one, other)): verdict for one, other, verdict in tuples(query.order_by(ActLink.id))}


def repeated(row: Case, groups: Iterable[Group]) -> dict[str, tuple[str, str]]:
    """Return the violations that were found at several stops, each with what was decided of them and why.

    Only what was decided of all those stops at once counts: the verdict is empty where another came since.
    """
    several: dict[str, set[str]] = {}
    for one in groups:
        stops_ = {fact.inspection or str(row.inspection) for fact in one.facts}
        if len(stops_) > 1:
            several[one.violation] = stops_
    return {code: _decided_of(code, stops_) for code, stops_ in several.items()}


def _decided_of(code: str, stops_: set[str]) -> tuple[str, str]:
    own = (ActLink.one == code) & (ActLink.other == code)
    query = ActLink.select().where(ActLink.inspection.in_(sorted(stops_)), own).order_by(ActLink.id)
    last = {str(one.inspection): one for one in query}
    told = {(str(one.at), str(one.verdict), str(one.reason)) for one in last.values()}
    at_once = len(told) == 1 and len(last) == len(stops_)
    return next((said[1:] for said in told), ("", "")) if at_once else ("", "")


def undecided(row: Case, bench: Bench, codes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of violations that may be one act and that nobody has decided on."""
    own = list(codes)
    ids = [str(one.id) for one in sisters(row)]
    beside = CaseViolation.select(CaseViolation.violation).where(CaseViolation.case.in_(ids)).distinct()
    others = [code for (code,) in tuples(beside)] if ids else []
    decided = verdicts(row)
    return tuple(pair for pair in case_law.pairs(bench, own, others) if pair not in decided)


def around(row: Case, bench: Bench, codes: Iterable[str]) -> dict[str, Any]:
    """Return what guards ask for besides the case itself (`CaseFile.around`)."""
    own, decided = set(codes), verdicts(row)
    same = [pair for pair, verdict in decided.items() if verdict == "same" and len(set(pair)) == 2]
    keeper = str(row.keeper or row.agency)
    return {
        "handlers": tuple(handlers(row)),
        "merge_targets": tuple(_targets(row, keeper, bench.definitions)),
        "fined_elsewhere": tuple(sorted(_fined_elsewhere(row, own, same))),
        "same_acts": tuple(pair for pair in same if set(pair) <= own),
        "taken_there": _taken_there(row),
        "agencies": tuple(sorted(bench.definitions.agencies)) or None,
    }


def _targets(row: Case, keeper: str, definitions: Definitions) -> list[str]:
    """Return the cases into which this one may go: early ones of the same keeper, agency and party, under one law.

    A case has one day of conduct: where the law of a violation changed between both, each stays what it is.
    """
    query = Case.select(Case.id, Case.facts).where(
        Case.party_name == row.party_name,
        Case.party_role == row.party_role,
        aside(Case.keeper) == keeper,
        aside(Case.agency) == row.agency,
        aside(Case.state).in_(("found", "clue")),
        aside(Case.id) != row.id,
    )
    held = [(str(one), _conduct(facts)) for one, facts in tuples(query)] if row.party_name else []
    own = _conduct(row.facts)
    return [one for one, day in held if day == own or _same_law(definitions, {str(row.id), one}, own, day)]


def _conduct(facts: Any) -> str:
    said = json.loads(str(facts)).get("conduct_at")
    return day_text(str(said)) if said else ""


def _same_law(definitions: Definitions, cases: set[str], one: str, other: str) -> bool:
    """Whether every violation of these cases has the same law on both days; where one is not known nobody can say."""
    if not one or not other:
        return True
    found = CaseViolation.select(CaseViolation.violation).where(CaseViolation.case.in_(sorted(cases))).distinct()
    days = date.fromisoformat(one), date.fromisoformat(other)
    rows = ([rows_on(definitions.violations, str(code), day) for day in days] for (code,) in tuples(found))
    return all(first == second for first, second in rows)


def _fined_elsewhere(row: Case, own: set[str], same: list[tuple[str, str]]) -> set[str]:
    """Return the violations here whose act another case has fined: the same one of the stop, or one of the same act."""
    partners = {code: {code} for code in own}
    for one, other in same:
        for code, beside in ((one, other), (other, one)):
            if code in own:
                partners[code].add(beside)
    fined = {
        (code, stop) for sister in sisters(row) for code in _fines_of(sister, row) for stop in _found(sister, code)
    }
    if not fined:
        return set()
    return {
        code
        for code, acts in partners.items()
        if any((act, stop) in fined for act in acts for stop in _found(row, code))
    }


def _found(case: Case, code: str) -> set[str]:
    """Return the stops at which a violation of a case was found."""
    query = CaseViolation.select(CaseViolation.inspection).where(
        CaseViolation.case == case.id, aside(CaseViolation.violation) == code
    )
    return {str(stop) or str(case.inspection) for (stop,) in tuples(query)}


def _fines_of(sister: Case, row: Case) -> Iterable[str]:
    """Yield what a sister case has fined: of another party only other violations count as the same act."""
    facts = json.loads(str(sister.facts))
    if not facts.get("in_force"):
        return
    same_party = (sister.party_role, sister.party_name) == (row.party_role, row.party_name)
    for one in facts.get("penalties") or ():
        if fine_of([one]) and same_party:
            yield str(one.get("violation"))


def _taken_there(row: Case) -> bool:
    """Whether the receiver of the last hand-over works on it, or has taken something there."""
    last = Handover.select().where(Handover.case == row.id, Handover.state.in_(("sent", "received")))
    held = last.order_by(Handover.id.desc()).first()
    there = Case.get_or_none(Case.id == held.incoming) if held is not None and held.incoming else None
    if there is None or str(there.state) != "found":
        return there is not None
    return bool(SideTrack.select(SideTrack.id).where(SideTrack.case == there.id, SideTrack.ended_at == "").exists())
