"""What the console reads: lists, counts and single rows, each held to what the reader may see."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from peewee import Expression, fn

from server.accounts import Scope
from server.store import case_search, sight
from server.store.models import Case, CaseViolation, Device, Package, PhotoWanted, Record, ServerFinding
from server.store.office_models import User
from server.store.rows import dicts, tuples

NEEDS = ("alarm", "new", "case")
"""What a list can be narrowed to beside a state: a kernel alarm, findings new after sync, an opened case."""

_BODIES = ("body", "receipt", "signature")
_LISTED = [one for one in Record._meta.sorted_fields if one.name not in _BODIES]


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

    states: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    oldest: str = ""
    alarms: int = 0
    new: int = 0
    cases: int = 0


def page(scope: Scope, wanted: Wanted, *, before: int | None = None, limit: int = 50) -> list[Record]:
    """Return records without their bodies, the latest first; `before` is the last `id` of the page before.

    Contributions and amendments stand with their inspection; they are listed alone only while somebody must look.
    """
    query = Record.select(*_LISTED).where(_alone())
    for condition in (*sight.records(scope), *_narrowed(wanted)):
        query = query.where(condition)
    if before is not None:
        query = query.where(Record.id < before)
    return list(query.order_by(Record.id.desc()).limit(limit))


def count(scope: Scope, wanted: Wanted) -> int:
    """Return how many records the list of the same conditions has."""
    query = Record.select(Record.id).where((Record.kind == "inspection") | (Record.state.in_(("parked", "conflict"))))
    for condition in (*sight.records(scope), *_narrowed(wanted)):
        query = query.where(condition)
    return int(query.count())


def _alone() -> Any:
    """Return what stands in the list by itself. No index shall offer itself for it: the list goes by the latest."""
    kind, state = fn.COALESCE(Record.kind, ""), fn.COALESCE(Record.state, "")
    return (kind == "inspection") | state.in_(("parked", "conflict"))


def counts(scope: Scope) -> Counts:
    """Return what waits. Someone who sees no records still sees how long the queue is."""
    seen = [] if scope.nothing else sight.records(scope)
    states = _count_by(Record.state, seen)
    new = (_new(), Record.kind == "inspection")
    opened = Case.select().where(Case.active == 1, *sight.cases(scope))
    if scope.agencies is not None:
        opened = opened.where(Case.agency.in_(scope.agencies) | Case.keeper.in_(scope.agencies))
    return Counts(
        states=states,
        reasons=_count_by(Record.reason, [*seen, Record.state == "parked"]),
        oldest=str(Record.select(fn.MIN(Record.received_at)).where(Record.state == "received", *seen).scalar() or ""),
        alarms=Record.select().where(Record.alarm == True, *seen).count(),  # noqa: E712 - SQL's own truth
        new=Record.select().where(*new, *seen).count(),
        cases=opened.count(),
    )


def record(scope: Scope, digest: str) -> Record | None:
    """Return a record with its body, or None where there is none to see."""
    held: Record | None = Record.select().where(Record.digest == digest, *sight.records(scope)).first()
    return held


def whole(scope: Scope, inspection: str) -> bool:
    """Whether the whole inspection may be seen, and not only what a device of one's own sealed in it.

    Who only put something beside it, which proves nothing of his own, sees that and no more.
    """
    query = Record.select(Record.id).where(
        Record.inspection == inspection, Record.kind.in_(("inspection", "shift")), Record.state == "processed"
    )
    return bool(query.where(*sight.records(scope)).exists())


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
    query = ServerFinding.select(ServerFinding.inspection, ServerFinding.difference, ServerFinding.finding).where(
        ServerFinding.inspection.in_(list(inspections)), ServerFinding.sense == "fuller"
    )
    told: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for inspection, difference, finding in tuples(query.order_by(ServerFinding.id)):
        told[inspection].append((difference, json.loads(finding)))
    return told


def cases(inspections: Iterable[str]) -> dict[str, list[Case]]:
    """Return the cases of each inspection; the caller shows those of other authorities by number alone."""
    held: dict[str, list[Case]] = defaultdict(list)
    for one in Case.select().where(Case.inspection.in_(list(inspections))).order_by(Case.agency, Case.party_key):
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


def sealed(scope: Scope, inspections: Iterable[str]) -> dict[str, Record]:
    """Return the record of each inspection that may be seen, without its body; of several the processed one."""
    query = Record.select(*_LISTED).where(Record.inspection.in_(list(inspections)), *sight.records(scope))
    held = sorted(query, key=lambda one: (one.kind == "inspection", one.state == "processed", -int(one.id)))
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


def latest_version(name: str) -> str | None:
    """Return the version of the package published last, without its bytes."""
    newest = Package.select(Package.version).where(Package.name == name).order_by(Package.id.desc()).limit(1)
    return next((row["version"] for row in dicts(newest)), None)


def _narrowed(wanted: Wanted) -> list[Expression]:
    conditions: list[Any] = []
    if wanted.state:
        conditions.append(Record.state == wanted.state)
    if wanted.severity:
        conditions.append(Record.severity == ("" if wanted.severity == "none" else wanted.severity))
    if wanted.agency:
        conditions += sight.records(Scope(frozenset({wanted.agency})))
    if wanted.text:
        conditions.append(_named(wanted.text))
    when = fn.COALESCE(Record.inspected_at, Record.sealed_at)
    if wanted.since:
        conditions.append(when >= wanted.since)
    if wanted.until:
        conditions.append(when < wanted.until)
    needs: dict[str, Callable[[], Any]] = {
        "alarm": lambda: Record.alarm == True,  # noqa: E712 - SQL's own truth
        "new": _new,
        "case": lambda: (
            (fn.COALESCE(Record.state, "") == "processed")  # a rival of its inspection opened none
            & fn.EXISTS(Case.select(Case.id).where(Case.inspection == Record.inspection))
        ),
    }
    return conditions + ([needs[wanted.need]()] if wanted.need in needs else [])


def _named(text: str) -> Any:
    """Return the condition that a number or a name, or a part of it, stands in a record, however it is written."""
    hits = case_search.places(case_search.matching(text), "record")
    few = [ref for (ref,) in tuples(hits.limit(case_search.FEW + 1))]
    if len(few) <= case_search.FEW:
        return Record.inspection.in_(few)
    return fn.COALESCE(Record.inspection, "").in_(hits)  # of what stands everywhere the latest are soon found


def _new() -> Any:
    added = ServerFinding.select(ServerFinding.inspection).where(
        ServerFinding.sense == "fuller", ServerFinding.difference == "new"
    )
    return Record.inspection.in_(added)


def _count_by(column: Any, conditions: list[Any]) -> dict[str, int]:
    query = Record.select(column, fn.COUNT(Record.id)).group_by(column)
    return dict(tuples(query.where(*conditions) if conditions else query))
