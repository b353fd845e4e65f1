"""What is around a case: the stops it comes from, its sister cases, and which violations may be one act."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checklists.definitions.definition import Definitions
from checklists.inspection.entries import merge
from server.accounts import Scope
from server.cases.casefile import CaseFile
from server.cases.states import MAIN, SIDES, finished
from server.console import findings, pieces
from server.console.cases.saying import Line, lines, load_words
from server.console.cases.telling import Teller
from server.console.cases.words import TRACKS
from server.console.findings import Shot, Text
from server.store import case_around, case_files, records, tasks
from server.store.case_law import Bench
from server.store.case_models import ActLink, CaseEvidence
from server.store.models import Case, CaseViolation, Device, Record
from server.store.office_models import Task
from server.store.rows import aside, tuples


@dataclass(frozen=True)
class Stop:
    """An inspection that the case comes from, with its sealed record."""

    inspection: str
    digest: str
    plate: str
    at: str
    later: Sequence[Later] = ()


@dataclass(frozen=True)
class Later:
    """What was added to a sealed record afterwards: an amendment or a contribution."""

    digest: str
    kind: str
    at: str


@dataclass(frozen=True)
class Asked:
    """What the case asked of a team. `heard` is whether the tablet was in touch since; None where none is known."""

    kind: str
    text: str
    since: str
    due: str
    open: bool
    tablet: str
    heard: bool | None


@dataclass(frozen=True)
class Sister:
    """Another case of the same stops. Its party and its address are given only to who may open it."""

    id: str
    number: str
    agency: str
    agency_text: Text
    party: str
    state: str
    ended: bool
    origin: str


@dataclass(frozen=True)
class There:
    """What the agency that handed a case over still has of it: things it took, evidence it added, the load it settled.

    `taken` are measures and registrations that go on, each with its state and what it is about; `evidence` names each
    piece by its violation and its kind.
    """

    number: str
    agency: Text
    taken: Sequence[tuple[str, str, Sequence[Line]]]
    evidence: Sequence[tuple[Text, Text]]
    load: Text


@dataclass(frozen=True)
class Link:
    """Two violations that may be one act: `verdict` empty until somebody decided. `others` are the other cases."""

    one: str
    other: str
    one_title: Text
    other_title: Text
    others: Sequence[Sister]
    verdict: str = ""
    reason: str = ""
    who: str = ""
    at: str = ""


def stops(row: Case) -> list[Stop]:
    """Return the stops of a case; after a merge there are several."""
    found = []
    for inspection in case_around.stops(row):
        held = records.of_inspection(inspection)
        sealed = next((one for one in held if one.kind == "inspection"), None)
        if sealed is not None:
            found.append(_stop(inspection, sealed, held))
    return found


def _stop(inspection: str, sealed: Record, held: Sequence[Record]) -> Stop:
    later = [
        Later(str(one.digest), str(one.kind), str(one.sealed_at))
        for one in held
        if one.kind in ("amendment", "contribution") and one.state == "processed"
    ]
    at = str(sealed.inspected_at or sealed.sealed_at)
    return Stop(inspection, str(sealed.digest), str(sealed.plate or ""), at, later)


def asked(row: Case) -> list[Asked]:
    """Return what the case asked of the teams, the latest first."""
    query = Task.select().where(Task.inspection.in_(case_around.stops(row))).order_by(Task.created_at.desc(), Task.id)
    told = ((one, json.loads(str(one.row))) for one in query)
    return [_asked(one, data) for one, data in told if data.get("case") == row.number]


def _asked(task: Task, data: Mapping[str, Any]) -> Asked:
    sealed = Record.get_or_none(Record.inspection == task.inspection, aside(Record.kind) == "inspection")
    device = Device.get_or_none(Device.id == sealed.device) if sealed is not None else None
    since = str(task.created_at)
    return Asked(
        kind=str(data.get("kind") or ""),
        text=str(data.get("text") or ""),
        since=since,
        due=str(data.get("due") or ""),
        open=task.state == tasks.OPEN,
        tablet=str(device.name) if device is not None else "",
        heard=None if device is None else str(device.seen_at or "") > since,
    )


def shots(held: Sequence[Stop], known: Mapping[str, Mapping[str, Any]]) -> dict[str, list[Shot]]:
    """Return the photos of each stop; `known` are the parts of inspections that were read already."""
    found = {}
    for one in held:
        union = known.get(one.inspection) or records.parts_of(one.inspection)
        entries = merge(*(pieces.known_entries(part) for part in union.values()))
        found[one.inspection] = pieces.shots_of(union, entries, entries)
    return found


def sisters(row: Case, scope: Scope, definitions: Definitions) -> list[Sister]:
    """Return every other case of the same stops, and those that it came from or went to."""
    shown = CaseViolation.select(CaseViolation.case).where(CaseViolation.inspection.in_(case_around.stops(row)))
    beside = [one for (one,) in tuples(shown.distinct())]  # by their ids an index leads to them, on either engine
    near = Case.inspection.in_(case_around.stops(row)) | (Case.origin == row.id) | (Case.id == str(row.origin or ""))
    query = Case.select().where((Case.id.in_(beside)) | near, Case.id != row.id)
    return [_sister(one, row, scope, definitions) for one in sorted(query, key=lambda one: str(one.id))]


def _sister(one: Case, row: Case, scope: Scope, definitions: Definitions) -> Sister:
    mine = scope.holds(str(one.agency)) or scope.holds(str(one.keeper))
    origin = "from" if str(row.origin or "") == str(one.id) else "to" if str(one.origin or "") == str(row.id) else ""
    return Sister(
        id=str(one.id) if mine else "",
        number=str(one.number),
        agency=str(one.agency),
        agency_text=findings.agency_text(definitions, str(one.agency)),
        party=str(one.party_name) if mine else "",
        state=MAIN.get(str(one.state), str(one.state)),
        ended=not one.active,
        origin=origin,
    )


_SHOWN = ("object", "what", "at", "place")
_TAKEN = {"measure": "measure_asked", "registration": "evidence_registered"}
"""Side track by which something is taken → the event whose words it is told in."""


def left_there(row: Case, bench: Bench, definitions: Definitions, teller: Teller) -> There | None:
    """Return what the sender of a case still has of it; None where the case was not handed over or he has nothing."""
    origin = Case.get_or_none(Case.id == str(row.origin or "")) if row.source == "handover" else None
    if origin is None:
        return None
    file = case_files.load(origin, bench).file
    taken = [
        (TRACKS[one.kind], SIDES[one.kind].get(one.state, one.state), _about(_TAKEN[one.kind], one.facts, teller))
        for one in file.sides
        if one.kind in _TAKEN and one.state != "asked" and not finished(one.kind, one.state)
    ]
    rows = CaseEvidence.select().where(CaseEvidence.case == origin.id, CaseEvidence.not_obtainable == "")
    evidence = [
        (teller.title(str(one.violation)), teller.evidence(str(one.kind))) for one in rows.order_by(CaseEvidence.id)
    ]
    load = load_words(dict(file.facts.get("load") or {}))
    if not (taken or evidence or load):
        return None
    agency = findings.agency_text(definitions, str(origin.keeper or origin.agency))
    return There(str(origin.number), agency, taken, evidence, load)


def _about(event: str, facts: Mapping[str, Any], teller: Teller) -> list[Line]:
    return lines(event, {name: facts[name] for name in _SHOWN if name in facts}, teller)


def links(row: Case, file: CaseFile, scope: Scope, definitions: Definitions, teller: Teller) -> list[Link]:
    """Return the pairs that are not decided, then those that are."""
    holders = _holders(row, scope, definitions)

    def link(one: str, other: str, **told: str) -> Link:
        own = {held.code for held in file.violations}
        away = [held for code in (one, other) if code not in own for held in holders.get(code, ())]
        return Link(one, other, teller.title(one), teller.title(other), away, **told)

    open_ = [link(one, other) for one, other in file.links]
    latest = {(str(held.one), str(held.other)): held for held in _decided(row)}
    latest = {pair: held for pair, held in latest.items() if pair not in file.links}
    done = [
        link(one, other, verdict=str(held.verdict), reason=str(held.reason), who=teller.name(str(held.who)),
             at=str(held.at))
        for (one, other), held in latest.items()
    ]  # fmt: skip
    return open_ + done


def _decided(row: Case) -> list[ActLink]:
    return list(ActLink.select().where(ActLink.inspection.in_(case_around.stops(row))).order_by(ActLink.id))


def _holders(row: Case, scope: Scope, definitions: Definitions) -> Mapping[str, list[Sister]]:
    """Return which other cases hold which violation."""
    others = {str(one.id): _sister(one, row, scope, definitions) for one in case_around.sisters(row)}
    query = CaseViolation.select(CaseViolation.case, CaseViolation.violation).distinct()
    found: dict[str, list[Sister]] = {}
    for case, code in tuples(query.where(CaseViolation.case.in_(list(others)))) if others else ():
        found.setdefault(str(code), []).append(others[str(case)])
    return found
