"""What the console reads: lists, counts and single rows, each held to what the reader may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, TypeVar

import msgspec
from peewee import SQL, fn

from server.accounts import Scope
from server.store import case_search, counted, sight
from server.store.counted import Counted
from server.store.models import KEPT_ELSEWHERE, Case, CaseViolation, Device, PhotoWanted, Record, ServerFinding
from server.store.office_models import User
from server.store.rows import aside, raw, tuples

T = TypeVar("T")

NEEDS = ("alarm", "new", "case")
"""What a list can be narrowed to beside a state: a kernel alarm, findings new after sync, an opened case."""

_LISTED = [one for one in Record._meta.sorted_fields if one.name not in ("receipt", "signature")]


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; empty is everything. `since` and `until` are UTC text, the end not included."""

    state: str = ""
    need: str = ""
    severity: str = ""
    agency: str = ""
    text: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True)
class Counts:
    """What waits for somebody, within a scope; `oldest` is when the first of the queue was received."""

    states: dict[str, Counted] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    oldest: str = ""
    alarms: Counted = counted.NONE
    new: Counted = counted.NONE
    cases: Counted = counted.NONE


@dataclass(frozen=True)
class Page:
    """Records without their bodies. `more` leads on; not `ended`: those before it were not looked at at all."""

    rows: list[Record]
    more: int | None = None
    ended: bool = True


def page(scope: Scope, wanted: Wanted, *, before: int | None = None, limit: int = 50) -> Page:
    """Return records, the latest first; `before` is the `more` of the page before.

    Contributions and amendments stand with their inspection; they are listed alone while they wait, or somebody must
    look. The list goes by one index. What else it is narrowed to is looked at row by row, so many of them a page: a
    list never goes through a million rows to find that nothing fits.
    """
    index, others = _narrowed(scope, wanted)
    others += sight.records(scope)
    by_day = bool(wanted.since or wanted.until)  # one of days would else be looked for among all others
    lasts = [Record.id.desc()]
    if before is not None:
        index.append(_behind(before) if by_day else Record.id < before)
    if by_day:
        index.append(_when < wanted.until if wanted.until else _when < _EVER)
        lasts = [_when.desc(), Record.id.desc()]
    listed = Record.select(*_LISTED).where(_alone(), *index).order_by(*lasts)
    looked = (listed.where(_when >= wanted.since) if by_day else listed).offset(counted.LOOKED - 1).limit(1)
    # One lower end alone: of two an index takes either.
    last_day = fn.COALESCE(looked.select(_when), wanted.since) if others else wanted.since
    query = listed.where(_when >= last_day) if by_day else listed
    if others:
        query = query.where(*others, *([] if by_day else [Record.id >= fn.COALESCE(looked.select(Record.id), 0)]))
    rows = list(query.limit(limit + 1))
    if len(rows) > limit:
        return Page(rows[:limit], int(rows[limit - 1].id))
    last = next((int(one) for (one,) in tuples(looked.select(Record.id))), None) if others else None
    return Page(rows, last, ended=last is None)


def count(scope: Scope, wanted: Wanted) -> int:
    """Return how many records the list of the same conditions has, all of them: for an export behind the page."""
    index, others = _narrowed(scope, wanted)
    days = [_when >= wanted.since, _when < (wanted.until or _EVER)] if wanted.since or wanted.until else []
    return int(Record.select(Record.id).where(_alone(), *index, *others, *days, *sight.records(scope)).count())


_LAST, _EVER = 2**62, "9999"
_when = fn.COALESCE(Record.inspected_at, Record.sealed_at)


def _behind(record: int) -> Any:
    at = _at(record)
    return (at >= _when) & ((at > _when) | (Record.id < record))


def _at(record: int) -> str:
    """Return the time of a record's check; of one that is not there any more none, which is before all others."""
    return next((str(at) for (at,) in tuples(Record.select(_when).where(Record.id == record))), "")


def _alone() -> Any:
    """Return what stands in the list by itself. No index shall offer itself for it: the list goes by the latest."""
    return (aside(Record.kind) == "inspection") | aside(Record.state).in_(WAITING) | _alarmed


_alarmed = fn.COALESCE(Record.alarm, False) == True  # noqa: E712 - SQL's own truth
WAITING = ("received", "parked", "conflict")
"""States in which a record waits for somebody or something."""


def counts(scope: Scope) -> Counts:
    """Return what waits, each as its list has it. Someone who sees no records still sees how long the queue is."""
    seen = [] if scope.nothing else sight.records(scope)
    alarmed = Record.select(Record.id).where(_ALARM)
    return Counts(
        states={state: counted.among(_in_state(state), Record.id, seen) for state in WAITING},
        reasons=_reasons(seen),
        oldest=_oldest(seen),
        alarms=counted.among(alarmed, Record.id, seen),
        new=_count_new(seen),
        cases=_count_cased(scope, seen),
    )


def _in_state(state: str) -> Any:
    return Record.select(Record.id).where(Record.state == state)


def _reasons(seen: list[Any]) -> dict[str, int]:
    """Return why records are parked, of as many as are counted, the most frequent first."""
    parked = _in_state("parked").select(Record.reason, Record.id).order_by(Record.id.desc())
    if seen:
        parked = parked.where(Record.id >= fn.COALESCE(counted.floor(_in_state("parked"), Record.id), 0), *seen)
    latest = parked.limit(counted.MOST)
    many = fn.COUNT(latest.c.id)
    told = latest.select_from(latest.c.reason, many).group_by(latest.c.reason).order_by(many.desc(), latest.c.reason)
    return {str(reason): int(held) for reason, held in tuples(told)}


def _oldest(seen: list[Any]) -> str:
    """Return when the first record of the queue came, of the first that are looked at."""
    queue = Record.select(Record.received_at).where(Record.state == "received").order_by(Record.id)
    if seen:
        last = queue.select(Record.id).offset(counted.LOOKED - 1).limit(1)
        queue = queue.where(Record.id <= fn.COALESCE(last, _LAST), *seen)
    return next((str(at) for (at,) in tuples(queue.limit(1))), "")


def _count_new(seen: list[Any]) -> Counted:
    """Return in how many checks the office found more than the officer was shown."""
    fresh = ServerFinding.select(ServerFinding.inspection).where(*_NEW).distinct()
    return _among_these(fresh.order_by(ServerFinding.inspection.desc()).limit(counted.LOOKED), seen, bool(seen))


def _count_cased(scope: Scope, seen: list[Any]) -> Counted:
    """Return in how many checks cases are open: those that the agencies keep, and those that others keep for them."""
    opened = Case.select(Case.inspection).where(Case.active == SQL("1"))
    some = [opened]
    if scope.agencies is not None:
        mine = sorted(scope.agencies)
        elsewhere = Case.select(Case.inspection).where(KEPT_ELSEWHERE, Case.agency.in_(mine), Case.keeper.not_in(mine))
        some = [opened.where(Case.keeper.in_(mine)), elsewhere]
    looked = [one.limit(counted.LOOKED) for one in some]
    each = [one.select_from(one.c.inspection) for one in looked]
    full = any(counted.beyond(one, counted.LOOKED - 1) for one in some)
    return _among_these(reduce(or_, each[1:], each[0].distinct()), [_opening(), *seen], full)


def _among_these(inspections: Any, conditions: list[Any], full: bool) -> Counted:
    """Return how many records of some inspections, each named once, a list has; where `full`, there may be more."""
    shown = Record.select(Record.id).join(inspections, on=(inspections.c.inspection == Record.inspection))
    held = counted.capped(shown.where(_alone(), *conditions))
    return Counted(held, more=held.more or full)


def record(scope: Scope, digest: str) -> Record | None:
    """Return a record with its body, or None where there is none to see."""
    held: Record | None = Record.select().where(Record.digest == digest, *sight.records(scope)).first()
    return held


def whole(scope: Scope, inspection: str) -> bool:
    """Whether the whole inspection may be seen, and not only what a device of one's own sealed in it.

    Who only put something beside it, which proves nothing of his own, sees that and no more; a shift is whole by
    itself where there is no inspection of that name.
    """
    parts = Record.select(Record.id).where(Record.inspection == inspection, aside(Record.state) == "processed")
    seal, shift = (parts.where(aside(Record.kind) == kind) for kind in ("inspection", "shift"))
    return bool((seal if seal.exists() else shift).where(*sight.records(scope)).exists())


def case(scope: Scope, case_id: str) -> Case | None:
    """Return a case, or None where there is none to see."""
    held = Case.get_or_none(Case.id == case_id)
    return held if held is not None and sight.sees_case(scope, held) else None


def photo(scope: Scope, sha256: str) -> PhotoWanted | None:
    """Return a mention of the photo in a record that may be seen, or None."""
    query = PhotoWanted.select().join(Record, on=(Record.digest == PhotoWanted.record))
    held: PhotoWanted | None = query.where(PhotoWanted.sha256 == sha256, *sight.records(scope)).first()
    return held


def found(inspections: Iterable[str]) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Return for each inspection what the office found with fuller data, as `(new|same|gone, finding)`."""
    return _found(inspections, msgspec.json.decode)


def severities(inspections: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """Return for each inspection how grave that is, as `(new|same|gone, severity)`: nothing else of it is read."""
    return _found(inspections, lambda finding: str(_graded.decode(finding).severity or ""))


class _Graded(msgspec.Struct):
    severity: Any = None


_graded = msgspec.json.Decoder(_Graded)


def _found(inspections: Iterable[str], read: Callable[[str], T]) -> dict[str, list[tuple[str, T]]]:
    query = ServerFinding.select(ServerFinding.inspection, ServerFinding.difference, ServerFinding.finding).where(
        ServerFinding.inspection.in_(list(inspections)), ServerFinding.sense == "fuller"
    )
    told: dict[str, list[tuple[str, T]]] = defaultdict(list)
    for inspection, difference, finding in raw(query.order_by(ServerFinding.id)):
        told[inspection].append((difference, read(finding)))
    return told


_TICKET = (Case.id, Case.number, Case.inspection, Case.agency, Case.keeper, Case.party_name, Case.state, Case.opened_at)


def cases(inspections: Iterable[str]) -> dict[str, list[Case]]:
    """Return the cases of each inspection, as far as lists show them; those of other authorities by number alone."""
    held: dict[str, list[Case]] = defaultdict(list)
    query = Case.select(*_TICKET).where(Case.inspection.in_(list(inspections)))
    for one in query.order_by(Case.agency, Case.party_key):
        held[str(one.inspection)].append(one)
    return held


def violations(case_ids: Iterable[str]) -> dict[str, list[str]]:
    """Return the violation codes of each case."""
    query = CaseViolation.select(CaseViolation.case, CaseViolation.violation).where(
        CaseViolation.case.in_(list(case_ids))
    )
    held: dict[str, list[str]] = defaultdict(list)
    for case_id, violation in tuples(query.order_by(CaseViolation.id)):
        held[case_id].append(violation)
    return held


def sealed(scope: Scope, inspections: Iterable[str], digests: Collection[str] = ()) -> dict[str, Record]:
    """Return the record of each inspection that may be seen, without its body: one of `digests`, else the processed."""
    query = Record.select(*_LISTED).where(Record.inspection.in_(list(inspections)), *sight.records(scope))
    held = sorted(
        query, key=lambda one: (one.digest in digests, one.kind == "inspection", one.state == "processed", -int(one.id))
    )
    return {str(one.inspection): one for one in held}


def inspection_of(digest: str) -> str:
    """Return the inspection to which a record belongs, empty where there is no such record."""
    return next((str(one) for (one,) in tuples(Record.select(Record.inspection).where(Record.digest == digest))), "")


def devices(ids: Iterable[str]) -> dict[str, Device]:
    """Return devices by id."""
    return {str(one.id): one for one in Device.select().where(Device.id.in_(list(ids)))}


def parts(inspections: Iterable[str]) -> dict[str, list[Record]]:
    """Return the contributions and amendments of each inspection that were processed, oldest first."""
    processed = fn.COALESCE(Record.state, "") == "processed"  # their inspection leads to them, not their state
    query = Record.select(*_LISTED).where(
        Record.inspection.in_(list(inspections)), Record.kind != "inspection", processed
    )
    held: dict[str, list[Record]] = defaultdict(list)
    for one in query.order_by(Record.id):
        held[str(one.inspection)].append(one)
    return held


def known_login(login: str) -> bool:
    """Whether somebody has this login. Any other name is not logged: it may be a password in the wrong field."""
    return bool(User.select(User.id).where(User.login == login).exists())


def _narrowed(scope: Scope, wanted: Wanted) -> tuple[list[Any], list[Any]]:
    """Return what narrows a list by an index in its order, and what by looking."""
    index: list[Any] = []
    others: list[Any] = []
    if wanted.text:
        found, few = _by_text(wanted.text)
        (index if few else others).append(found)
    by_day = bool(wanted.since or wanted.until)
    severity = "" if wanted.severity == "none" else wanted.severity
    # What leads, and the same where something else does: then no index offers itself for it.
    leads = [
        (bool(wanted.state), Record.state == wanted.state, fn.COALESCE(Record.state, "") == wanted.state),
        (wanted.need == "alarm", _ALARM, _alarmed),
        (bool(wanted.severity), Record.severity == severity, fn.COALESCE(Record.severity, "-") == severity),
    ]
    for asked, leading, looked in leads:
        if asked and not index and not by_day:
            index.append(leading)
        elif asked:
            others.append(looked)
    if wanted.agency:
        others += sight.records(Scope(frozenset({wanted.agency})))
    if wanted.need == "new":
        others.append(_new())
    if wanted.need == "case":
        others.append(_cased(scope))
    return index, others


def _cased(scope: Scope) -> Any:
    """Return the condition that a case of the agencies is open; a rival of its inspection, or a part, opened none."""
    held = Case.select(Case.id).where(Case.inspection == Record.inspection, aside(Case.active, "0") == 1)
    if scope.agencies is not None:
        mine = sorted(scope.agencies)
        held = held.where(aside(Case.keeper).in_(mine) | aside(Case.agency).in_(mine))
    return _opening() & fn.EXISTS(held)


def _opening() -> Any:
    return (aside(Record.kind) == "inspection") & (aside(Record.state) == "processed")


def _by_text(text: str) -> tuple[Any, bool]:
    """Return the condition that a number or a name, or a part of it, stands in a record, however it is written.

    Where those are few they are named one by one, which is told, and lead the list; else each record is asked.
    """
    terms = case_search.matching(text)
    few = case_search.few(case_search.places(terms, "record"))
    if few is not None:
        return Record.inspection.in_(few), True
    return case_search.stands(terms, "record", Record.inspection), False


def _new() -> Any:
    added = ServerFinding.select(ServerFinding.id).where(*_NEW, ServerFinding.inspection == Record.inspection)
    return fn.EXISTS(added)


_NEW = (ServerFinding.sense == "fuller", ServerFinding.difference == "new")
_ALARM = Record.alarm == SQL("TRUE")
"""Written out, so that the index of those alone answers for it."""
