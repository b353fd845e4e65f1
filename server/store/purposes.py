"""Why somebody looks at a record or case: asked outside one's own cases, kept for a working day, told to the audit log.

One's own are the cases in which somebody acted, those that he owns, and those open ones of his agency that wait for
him: what nobody owns for officers, handlers and leaders, all for leaders and reviewers. And a record that waits for a
person is the work of those who decide about it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from peewee import fn

from server import clock
from server.accounts import PURPOSES, Scope
from server.rights import has
from server.store import audit, sight
from server.store.administration_models import StatedPurpose
from server.store.case_models import CaseEvent
from server.store.models import Case, Record

HOURS = 12
LEAST, MOST = 2, 60
OWN = "case"
"""The purpose of looking at one's own case."""
OF_A_CASE = ("case", "follow_up", "review")
"""Purposes that name a case of the office; the others name a letter or an instruction."""
_SERVES_ALL = ("leader", "reviewer")
_TAKES_ANY = ("officer", "handler", "leader")


def _(words: str) -> str:
    return words


PURPOSE_MISSING = _("Choose the purpose.")
NUMBER_MISSING = _("Enter the number: 2 to 60 characters.")
CASE_UNKNOWN = _("There is no case with this number that you may see.")


class PurposeError(ValueError):
    """Why a purpose is not taken: every fault at once, as words of the catalogue."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Looker:
    """Who looks."""

    login: str
    role: str
    agency: str
    scope: Scope


@dataclass(frozen=True)
class Stated:
    """A purpose (a code of PURPOSES) and the number of the case or paper for which somebody looks."""

    purpose: str
    number: str


def standing(who: Looker, inspection: str) -> Stated | None:
    """Return for what somebody looks at an inspection: his own case, or what he said today; None: he must be asked."""
    return _own(who, inspection) or _stated(who.login, inspection)


def state(who: Looker, inspection: str, purpose: str, number: str) -> Stated:
    """Keep for what somebody looks at an inspection, and return it. Raises PurposeError with every fault."""
    said = checked(who, purpose, number)
    told = {"login": who.login, "inspection": inspection, **vars(said)}
    StatedPurpose.create(**told, at=clock.now())
    detail = {"for": said.number}
    audit.note(who=who.login, action="purpose", subject=f"inspection:{inspection}", purpose=purpose, detail=detail)
    return said


def checked(who: Looker, purpose: str, number: str) -> Stated:
    """Return what somebody says of his purpose. Raises PurposeError with every fault."""
    tidy = number.replace("\0", "").strip()
    faults = [] if purpose in PURPOSES else [PURPOSE_MISSING]
    if not LEAST <= len(tidy) <= MOST:
        faults.append(NUMBER_MISSING)
    elif purpose in OF_A_CASE and not _may_see(who.scope, tidy):
        faults.append(CASE_UNKNOWN)
    if faults:
        raise PurposeError(*faults)
    return Stated(purpose, tidy)


def last(login: str) -> Stated | None:
    """Return what somebody said last, today: to be said again by one click."""
    query = StatedPurpose.select().where(StatedPurpose.login == login, StatedPurpose.at >= _since())
    return _of(query.order_by(StatedPurpose.id.desc()).first())


def _own(who: Looker, inspection: str) -> Stated | None:
    here = Case.agency == who.agency, Case.keeper == who.agency
    mine = list(Case.select().where(Case.inspection == inspection, here[0] | here[1]).order_by(Case.id))
    acted = _acted(who.login, [str(one.id) for one in mine])
    for one in mine:
        if one.owner == who.login or str(one.id) in acted or _waits(who, one):
            return Stated(OWN, str(one.number))
    return Stated("follow_up", "") if not mine and _decides(who, inspection) else None


def _waits(who: Looker, case: Case) -> bool:
    open_ = bool(case.active)
    return open_ and (who.role in _SERVES_ALL or (not case.owner and who.role in _TAKES_ANY))


def _acted(login: str, cases: Iterable[str]) -> set[str]:
    query = CaseEvent.select(CaseEvent.case).where(CaseEvent.case.in_(list(cases)), CaseEvent.who == login)
    return {str(one.case) for one in query}


def _decides(who: Looker, inspection: str) -> bool:
    """Whether a record of the inspection waits for somebody of this role."""
    waits = Record.inspection == inspection, fn.COALESCE(Record.state, "").in_(("parked", "conflict"))
    return has(who.role, "settle") and Record.select().where(*waits).exists()


def _stated(login: str, inspection: str) -> Stated | None:
    query = StatedPurpose.select().where(
        StatedPurpose.login == login, StatedPurpose.inspection == inspection, StatedPurpose.at >= _since()
    )
    return _of(query.order_by(StatedPurpose.at.desc()).first())


def _of(row: StatedPurpose | None) -> Stated | None:
    return None if row is None else Stated(str(row.purpose), str(row.number))


def _may_see(scope: Scope, number: str) -> bool:
    held = Case.get_or_none(Case.number == number)
    return held is not None and sight.sees_case(scope, held)


def _since() -> str:
    return clock.later(hours=-HOURS)
