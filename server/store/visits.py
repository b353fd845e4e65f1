"""Visits to carriers and drivers as tasks of the office, and what these promised; each with where it comes from.

A visit has an owner and a last day, and ends once with a result. A promise is looked at once: kept or not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from server import clock
from server.accounts import Scope
from server.cases.casefile import Actor
from server.cases.ends import day_in, day_text
from server.rights import may
from server.store import audit, case_around
from server.store.education_models import Promise, Visit

LONGEST = 300
OWNERS = may("ledger_keep")
_AHEAD_DAYS = 366
_BACK_DAYS = 31


def _(words: str) -> str:
    return words


RESULTS: Mapping[str, str] = {
    "kept": _("all was in order"),
    "partly": _("partly put right"),
    "not": _("not put right"),
    "absent": _("nobody was met"),
    "given_up": _("not needed any more"),
}
KEPT: Mapping[str, str] = {"yes": _("kept as promised"), "no": _("not kept")}

NO_ROLE = _("Your role does not keep the ledger.")
NO_OWNER = _("Choose somebody of your agency who makes the visit.")
NO_DAY = _("The last day must be today or later, and at most a year ahead.")
NO_WHY = _("Say what the visit is for.")
NO_TEXT = _("Write down what was promised.")
NO_RESULT = _("Choose a result, the day on which it was, and write down what was found.")
WRONG_DAY = _("The day lies ahead, or more than 31 days back.")
LATE = _("Somebody was faster: this is settled already; look at the page again.")
NO_KEPT = _("Say whether it was kept, and how you know.")


class LedgerError(ValueError):
    """What cannot be written into the ledger; `faults` are words for the page."""

    def __init__(self, *faults: str) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class VisitDraft:
    """A visit as typed."""

    owner: str = ""
    until: str = ""
    why: str = ""
    source: str = ""


@dataclass(frozen=True)
class PromiseDraft:
    """A promise as typed."""

    text: str = ""
    by: str = ""
    source: str = ""


@dataclass(frozen=True)
class About:
    """Whom the ledger is about: `carrier:KEY` or `person:SIGN`, and how he is called (of a person nothing)."""

    id: str
    name: str


def owners(agency: str) -> list[str]:
    """Return the logins of an agency who may be sent."""
    return case_around.people(agency, OWNERS)


def give(actor: Actor, about: About, told: VisitDraft, sources: Sequence[str]) -> Visit:
    """Give somebody a visit. Raises LedgerError with all that is wrong; a source must be one of `sources`."""
    held = VisitDraft(**{name: _clean(value) for name, value in vars(told).items()})
    faults = [
        words
        for wrong, words in (
            (actor.role not in OWNERS, NO_ROLE),
            (held.owner not in owners(actor.agency), NO_OWNER),
            (not _ahead(held.until), NO_DAY),
            (not held.why, NO_WHY),
        )
        if wrong
    ]
    if faults:
        raise LedgerError(*faults)
    made = Visit.create(
        agency=actor.agency, about=about.id, name=about.name, owner=held.owner, until=held.until, why=held.why,
        source=held.source if held.source in sources else "", made_by=actor.login, made_at=clock.now(),
    )  # fmt: skip
    _note(actor, "visit.give", f"visit:{made.id}", about=about.id, owner=held.owner, until=held.until, why=held.why)
    return made


def done(actor: Actor, visit: Visit, result: str, on: str, found: str) -> None:
    """Note what came of a visit, once. Raises LedgerError."""
    found = _clean(found)
    faults = [] if actor.role in OWNERS else [NO_ROLE]
    faults += [] if result in RESULTS and found and day_in(on) else [NO_RESULT]
    faults += [WRONG_DAY] if day_in(on) and not _behind(on) else []
    if faults:
        raise LedgerError(*faults)
    changed = {"done_on": on, "done_by": actor.login, "done_at": clock.now(), "result": result, "found": found}
    if not Visit.update(**changed).where(Visit.id == visit.id, Visit.done_on == "").execute():
        raise LedgerError(LATE)
    _note(actor, "visit.done", f"visit:{visit.id}", result=result, on=on, found=found)


def promise(actor: Actor, about: About, told: PromiseDraft, sources: Sequence[str]) -> Promise:
    """Write down what was promised. Raises LedgerError with all that is wrong."""
    text, source = _clean(told.text), told.source if told.source in sources else ""
    faults = [] if actor.role in OWNERS else [NO_ROLE]
    faults += [] if text else [NO_TEXT]
    faults += [] if _ahead(told.by) else [NO_DAY]
    if faults:
        raise LedgerError(*faults)
    made = Promise.create(
        agency=actor.agency, about=about.id, name=about.name, text=text, until=told.by, source=source,
        made_by=actor.login, made_at=clock.now(),
    )  # fmt: skip
    _note(actor, "promise.write", f"promise:{made.id}", about=about.id, text=text, until=told.by)
    return made


def settle(actor: Actor, one: Promise, kept: str, why: str) -> None:
    """Note whether a promise was kept, once. Raises LedgerError."""
    why = _clean(why)
    faults = [] if actor.role in OWNERS else [NO_ROLE]
    faults += [] if kept in KEPT and why else [NO_KEPT]
    if faults:
        raise LedgerError(*faults)
    changed = {"kept": kept, "kept_on": day_text(clock.now()), "kept_by": actor.login, "kept_why": why}
    if not Promise.update(**changed).where(Promise.id == one.id, Promise.kept == "").execute():
        raise LedgerError(LATE)
    _note(actor, "promise.settle", f"promise:{one.id}", kept=kept, why=why)


def visit(scope: Scope, number: str) -> Visit | None:
    """Return a visit that a scope shows, or None."""
    held: Visit | None = _of(Visit, scope).where(Visit.id == _number(number)).first()
    return held


def promised(scope: Scope, number: str) -> Promise | None:
    """Return a promise that a scope shows, or None."""
    held: Promise | None = _of(Promise, scope).where(Promise.id == _number(number)).first()
    return held


def of_subject(scope: Scope, about: str, limit: int = 40) -> tuple[list[Visit], list[Promise]]:
    """Return the visits and promises of one: what is open first and by its day, then the latest."""
    seen = _of(Visit, scope).where(Visit.about == about)
    kept = _of(Promise, scope).where(Promise.about == about)
    visits = [
        *seen.where(Visit.done_on == "").order_by(Visit.until, Visit.id).limit(limit),
        *seen.where(Visit.done_on != "").order_by(Visit.done_on.desc(), Visit.id.desc()).limit(limit),
    ]
    promises = [
        *kept.where(Promise.kept == "").order_by(Promise.until, Promise.id).limit(limit),
        *kept.where(Promise.kept != "").order_by(Promise.kept_on.desc(), Promise.id.desc()).limit(limit),
    ]
    return visits, promises


Place = tuple[str, int]


def open_visits(scope: Scope, owner: str = "", after: Place | None = None, limit: int = 50) -> list[Visit]:
    """Return visits that nobody has made, what ends first first; those of one owner where he is named."""
    query = _of(Visit, scope).where(Visit.done_on == "")
    query = query.where(Visit.owner == owner) if owner else query
    return list(_behind_place(query, Visit.until, Visit.id, after).limit(limit))


def open_promises(scope: Scope, after: Place | None = None, limit: int = 50) -> list[Promise]:
    """Return promises at which nobody has looked, what ends first first."""
    query = _of(Promise, scope).where(Promise.kept == "")
    return list(_behind_place(query, Promise.until, Promise.id, after).limit(limit))


def mine(scope: Scope, owner: str, most: int = 1000) -> dict[str, int]:
    """Return how many visits somebody is to make, and how many of them are overdue; at most `most` + 1."""
    held = _of(Visit, scope).where(Visit.done_on == "", Visit.owner == owner)
    late = held.where(Visit.until < day_text(clock.now()))
    return {"mine": int(held.limit(most + 1).count()), "mine_overdue": int(late.limit(most + 1).count())}


def counts(scope: Scope, owner: str, most: int = 1000) -> dict[str, int]:
    """Return how many visits and promises are open and overdue, one's own visits too; at most `most` + 1."""
    today = day_text(clock.now())
    visits, promises = _of(Visit, scope).where(Visit.done_on == ""), _of(Promise, scope).where(Promise.kept == "")
    told: dict[str, Any] = {
        "visits": visits, "visits_overdue": visits.where(Visit.until < today), "promises": promises,
        "promises_overdue": promises.where(Promise.until < today),
    }  # fmt: skip
    return {name: int(query.limit(most + 1).count()) for name, query in told.items()} | mine(scope, owner, most)


def _behind_place(query: Any, until: Any, id_: Any, after: Place | None) -> Any:
    if after is not None:
        query = query.where((until > after[0]) | ((until == after[0]) & (id_ > after[1])))
    return query.order_by(until, id_)


def _of(table: Any, scope: Scope) -> Any:
    query = table.select()
    return query if scope.agencies is None else query.where(table.agency.in_(list(scope.agencies)))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def _today() -> date:
    return date.fromisoformat(day_text(clock.now()))


def _ahead(text: str) -> bool:
    day = day_in(text)
    return day is not None and _today() <= day <= _today() + timedelta(days=_AHEAD_DAYS)


def _behind(text: str) -> bool:
    day = day_in(text)
    return day is not None and _today() - timedelta(days=_BACK_DAYS) <= day <= _today()


def _clean(text: str) -> str:
    return "".join(one for one in text if one.isprintable()).strip()[:LONGEST]


def _note(actor: Actor, action: str, subject: str, **detail: Any) -> None:
    audit.note(who=actor.login, action=action, subject=subject, detail=detail)
