"""Passes after clean checks: which were given out, how each stands, and that one counts no more.

A pass says what was found when it was given. Whether it still counts is asked each time: its paper may be void, the
office may have withdrawn it, and the vehicle may have been held, or found bad, since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from peewee import fn

from checklists.facts.earlier import HOLDING
from checklists.facts.registry import row_key
from checklists.wire import canonical, instant
from server import clock
from server.accounts import Scope
from server.cases.casefile import Actor
from server.cases.ends import day_text
from server.parts import own_papers
from server.rights import may
from server.store import audit, bulk, case_search, counted, feed, feed_history, feed_voids, sight
from server.store.counted import Counted
from server.store.feed import Told
from server.store.feed_models import CheckNumber
from server.store.models import FAR, Record
from server.store.office_models import StopOrder, Task
from server.store.rows import tuples
from server.store.steering_models import ReleasePass

KIND = "pass"
STATES = ("stands", "expired", "void", "withdrawn", "order", "held", "alert")
"""How a pass may stand, besides `unknown`: the office has no record that names it."""
LONGEST = 300
LATER = 5
"""So many later checks of a vehicle are looked at, those decided last: the office may have lifted one since."""


class PassError(ValueError):
    """A pass that cannot be withdrawn; `code` is a refusal of the console."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Standing:
    """How a pass stands: one of STATES, and since when as UTC text where that is known."""

    state: str
    since: str = ""


def put(part: Mapping[str, Any], columns: Mapping[str, Any], digest: str, hours: int) -> None:
    """Keep the passes that a processed inspection names, of its own tablet's numbers; each once."""
    papers = [one for one in own_papers(part) if one.get("kind") == KIND]
    at = str(part["sealed_at"])
    until = instant(clock.read(at) + timedelta(hours=hours))
    names = ("plate", "colour", "un", "site", "agencies")
    for one in papers if part.get("kind") == "inspection" else ():
        row = {name: str(columns.get(name) or "") for name in names}
        named = {"number": str(one["number"]), "digest": digest, "inspection": str(part["inspection"])}
        ReleasePass.insert(
            **row, **named, device=str(part["device"]), at=at, until=until
        ).on_conflict_ignore().execute()


def standing(held: ReleasePass) -> Standing:
    """Return how a pass stands now."""
    return standings([held])[str(held.number)]


def standings(some: Sequence[ReleasePass]) -> dict[str, Standing]:
    """Return by number how passes stand now; what takes one away goes before what merely ended."""
    void = feed.standing_among(feed_voids.KIND, [str(one.number) for one in some])
    orders, held, found = _orders(some), _held(some), _found(some)
    now = clock.now()

    def of(one: ReleasePass) -> Standing:
        number = str(one.number)
        if one.withdrawn_at:
            return Standing("withdrawn", str(one.withdrawn_at))
        if number in void:
            return Standing("void")
        if number in orders:
            return Standing("order", orders[number])
        if number in held:
            return Standing("held", held[number])
        if number in found:
            return Standing("alert", found[number])
        return Standing("expired" if str(one.until) < now else "stands", str(one.until))

    return {str(one.number): of(one) for one in some}


def of_number(number: str) -> Standing:
    """Return how a pass of a number stands, `unknown` where no record names it."""
    held = ReleasePass.get_or_none(ReleasePass.number == number)
    return Standing("unknown") if held is None else standing(held)


def _vehicle(held: ReleasePass) -> str:
    """Return the number of a pass's vehicle as stores know it: its signs, and the colour where that is known."""
    plate = row_key("vehicle", str(held.plate))
    return f"{plate}|{held.colour}" if held.colour and "|" not in plate else plate


def _orders(some: Sequence[ReleasePass]) -> dict[str, str]:
    """Return by number since when the vehicle, or what was aboard at the check, is to be stopped."""
    aboard = _aboard(some)
    today = day_text(clock.now())
    orders = StopOrder.select(StopOrder.key, StopOrder.made_at, StopOrder.closed_on).where(
        StopOrder.key.in_(sorted(set().union(*aboard.values()))), StopOrder.lifted_at == "", StopOrder.kind == "stop"
    )
    since: dict[str, str] = {}
    for key, at, closed in tuples(orders):
        if not closed or str(closed) > today:
            since[str(key)] = min(str(at), since.get(str(key), FAR))
    against = {number: keys & since.keys() for number, keys in aboard.items()}
    return {number: min(since[key] for key in keys) for number, keys in against.items() if keys}


def _aboard(some: Sequence[ReleasePass]) -> dict[str, set[str]]:
    """Return by number the keys of what the pass's check was of; the vehicle's is its signs."""
    named = CheckNumber.select(CheckNumber.inspection, CheckNumber.number)
    found: dict[str, set[str]] = {}
    for inspection, key in tuples(named.where(CheckNumber.inspection.in_([str(one.inspection) for one in some]))):
        found.setdefault(str(inspection), set()).add(_signs(str(key)))
    return {str(one.number): found.get(str(one.inspection), set()) | {_signs(_vehicle(one))} for one in some}


def _signs(key: str) -> str:
    return key.partition("|")[0]


def _held(some: Sequence[ReleasePass]) -> dict[str, str]:
    """Return by number when the vehicle was held at a later check, where what was decided last is that."""
    later = {str(one.number): _decided_last(one) for one in some}
    rows = {row["inspection"]: row for row in feed_history.of({ref for refs in later.values() for ref in refs})}
    last = {
        number: max(known, key=_decided)
        for number, refs in later.items()
        if (known := [rows[ref] for ref in refs if ref in rows])
    }
    return {number: _decided(row) for number, row in last.items() if row["outcome"] in HOLDING}


def _decided_last(held: ReleasePass) -> list[str]:
    """Return the later checks of a pass's vehicle, those first that were decided last."""
    return [str(one) for (one,) in bulk.rows(_later, _vehicle(held), held.at, "vehicle", *_SEAL, LATER)]


_SEAL = ("", "inspection", "", "processed")


def _later() -> Any:
    query = CheckNumber.select(CheckNumber.inspection).join(Record, on=(Record.inspection == CheckNumber.inspection))
    seal = (fn.COALESCE(Record.kind, "") == "") & (fn.COALESCE(Record.state, "") == "")
    of_vehicle = (CheckNumber.number == "", CheckNumber.at > "", CheckNumber.role == "", seal)
    return query.where(*of_vehicle).order_by(fn.COALESCE(Record.outcome_at, CheckNumber.at).desc()).limit(LATER)


def _found(some: Sequence[ReleasePass]) -> dict[str, str]:
    """Return by number since when the office knows of something in the pass's own check."""
    checks, digests = [str(one.inspection) for one in some], [str(one.digest) for one in some]
    alerts = Task.select(Task.inspection, Task.created_at).where(
        Task.inspection.in_(checks), Task.id.startswith("alert-")
    )
    severe = Record.select(Record.digest, Record.processed_at).where(Record.digest.in_(digests), Record.severity != "")
    since: dict[str, str] = {}
    for about, at in (*tuples(alerts), *tuples(severe)):
        since[str(about)] = min(str(at or ""), since.get(str(about), FAR))
    both = ((str(one.number), (str(one.inspection), str(one.digest))) for one in some)
    return {number: min(since[one] for one in named if one in since) for number, named in both if since.keys() & named}


def _decided(row: Mapping[str, Any]) -> str:
    return str(row.get("outcome_at") or row["at"])


def withdraw(actor: Actor, scope: Scope, number: str, why: str) -> ReleasePass:
    """Say that a pass counts no more; every tablet hears of it as of a void number. Raises PassError."""
    held = seen(scope, number)
    if held is None or actor.role not in may("passes_withdraw"):
        raise PassError("not_found" if held is None else "role_may_not")
    if not why.strip():
        raise PassError("reason_missing")
    if held.withdrawn_at:
        raise PassError("act_too_late")
    changed = {"withdrawn_at": clock.now(), "withdrawn_by": actor.login, "withdrawn_why": why.strip()[:LONGEST]}
    ReleasePass.update(**changed).where(ReleasePass.number == number, ReleasePass.withdrawn_at == "").execute()
    audit.note(who=actor.login, action="pass.withdraw", subject=f"pass:{number}", detail={"why": why.strip()[:LONGEST]})
    now = ReleasePass.get(ReleasePass.number == number)
    tell([now])
    return now


def tell(rows: Iterable[ReleasePass]) -> None:
    """Tell tablets of passes that were withdrawn."""
    data = canonical({"kind": KIND, "replaced_by": ""}).decode()
    feed.tell(feed_voids.KIND, [Told(str(one.number), data, str(one.withdrawn_at)) for one in rows if one.withdrawn_at])


def withdrawn(after: int, limit: int) -> list[ReleasePass]:
    """Return withdrawn passes behind a row's number, for a feed that was told of none yet."""
    query = ReleasePass.select().where(ReleasePass.withdrawn_at != "", ReleasePass.id > after)
    return list(query.order_by(ReleasePass.id).limit(limit))


def page(scope: Scope, text: str, limit: int, before: int | None = None) -> tuple[list[ReleasePass], int | None, bool]:
    """Return passes of checks that a scope shows, the latest first, what leads on, and whether all were looked at.

    `before` is where the page before ended. Numbers that are few lead by themselves; else so many rows are looked at.
    """
    behind = [ReleasePass.id < before] if before is not None else []
    every: Any = ReleasePass.select().where(*behind) if behind else ReleasePass.select()
    few = _named(text)[1] or scope.nothing
    ends = [] if few else [ReleasePass.id >= fn.COALESCE(counted.floor(every, ReleasePass.id), 0)]
    query = _shown(scope, text)
    query = query.where(*behind, *ends) if behind or ends else query
    rows = list(query.order_by(ReleasePass.id.desc()).limit(limit + 1))
    if len(rows) > limit:
        return rows[:limit], int(rows[limit - 1].id), True
    last = None if few else counted.reached(every, ReleasePass.id)
    return rows, last, last is None


def count(scope: Scope, text: str) -> Counted:
    """Return how many there are, as far as a page counts."""
    if scope.nothing:
        return Counted(0)
    named, lists = _named(text)
    if named and lists:
        return counted.capped(_shown(scope, text))
    if not named and not sight.records(scope):
        return counted.capped(ReleasePass.select())
    latest = ReleasePass.select(ReleasePass.id).order_by(ReleasePass.id.desc())
    looked = ReleasePass.id.in_(latest.limit(counted.LOOKED + 1))
    held = counted.capped(_shown(scope, text).where(looked))
    return Counted(held, more=held.more or counted.beyond(latest, counted.LOOKED))


def seen(scope: Scope, number: str) -> ReleasePass | None:
    """Return a pass of a check that a scope shows, or None."""
    held: ReleasePass | None = _shown(scope, "").where(ReleasePass.number == number).first()
    return held


def _shown(scope: Scope, text: str) -> Any:
    query: Any = ReleasePass.select()
    if scope.nothing:
        return query.where(ReleasePass.number == "")
    if conditions := sight.records(scope):
        query = query.join(Record, on=(Record.digest == ReleasePass.digest)).where(*conditions)
    for condition in _named(text)[0]:
        query = query.where(condition)
    return query


def _named(text: str) -> tuple[list[Any], bool]:
    """Return the condition that a pass has a number or plate, and whether those are few that are named one by one."""
    if not text:
        return [], False
    terms = case_search.matching(text)
    few = case_search.few(case_search.places(terms, "record"))
    if few is not None:
        return [ReleasePass.inspection.in_(few)], True
    return [case_search.stands(terms, "record", ReleasePass.inspection)], False
