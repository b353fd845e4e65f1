"""What rows of cases show besides their own columns: for a whole page at once, so that fifty cost what one does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from server.accounts import Scope
from server.cases.casefile import CaseFile, Clock
from server.store.case_around import OWNERS, gone
from server.store.case_files import clock_of
from server.store.case_models import CaseClock
from server.store.models import Case, CaseViolation, Record
from server.store.office_models import User
from server.store.rows import tuples


def files(cases: Sequence[Case]) -> list[CaseFile]:
    """Return cases with the clocks that say what comes due and who answers: open ones, and waits that are over.

    One whose owner left is nobody's.
    """
    clocks: dict[str, list[Clock]] = defaultdict(list)
    counts = (CaseClock.ended_at == "") | (CaseClock.rule == "demand_wait")
    query = CaseClock.select().where(CaseClock.case.in_([str(one.id) for one in cases]), counts)
    for row in query.order_by(CaseClock.id):
        clocks[str(row.case)].append(clock_of(row))
    left = set(gone()) if cases else set()
    owners = ("" if (one.keeper, one.owner) in left else str(one.owner) for one in cases)
    return [_file(one, clocks[str(one.id)], owner) for one, owner in zip(cases, owners, strict=True)]


def by_ids(ids: Iterable[str]) -> list[Case]:
    """Return cases by id."""
    return list(Case.select().where(Case.id.in_(list(ids))))


def vehicles(inspections: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return plate and colour of the vehicle of each inspection."""
    query = Record.select(Record.inspection, Record.plate, Record.colour).where(
        Record.inspection.in_(list(inspections)), Record.kind == "inspection", Record.state == "processed"
    )
    return {inspection: (plate or "", colour or "") for inspection, plate, colour in tuples(query)}


def violations(cases: Iterable[str]) -> dict[str, list[str]]:
    """Return the violations of each case, each once, in the order in which they came in: the gravest first."""
    query = CaseViolation.select(CaseViolation.case, CaseViolation.violation).where(CaseViolation.case.in_(list(cases)))
    held: dict[str, dict[str, None]] = defaultdict(dict)
    for case, violation in tuples(query.order_by(CaseViolation.id)):
        held[case][violation] = None
    return {case: list(codes) for case, codes in held.items()}


def names(logins: Iterable[str] | None = None) -> dict[str, str]:
    """Return the names of people by login, of all without it, also of those who work here no more."""
    query = User.select(User.login, User.name)
    held = tuples(query if logins is None else query.where(User.login.in_(list(logins))))
    return {str(login): str(name) for login, name in held}


def owners(scope: Scope) -> list[tuple[str, str, str]]:
    """Return who may own a case that a scope sees, as (agency, login, name)."""
    query = User.select(User.agency, User.login, User.name).where(User.role.in_(OWNERS), User.closed_at.is_null())
    if scope.agencies is not None:
        query = query.where(User.agency.in_(sorted(scope.agencies)))
    return tuples(query.order_by(User.agency, User.name, User.login))


def _file(row: Case, clocks: Iterable[Clock], owner: str) -> CaseFile:
    return CaseFile(
        id=str(row.id),
        agency=str(row.agency),
        keeper=str(row.keeper or row.agency),
        state=str(row.state),
        owner=owner,
        tier=str(row.tier),
        clocks=tuple(clocks),
    )
