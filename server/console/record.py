"""The record page: one inspection as it was sealed, what was found then, and what the office found since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from checklists.crypto import verify_mapping
from checklists.definitions.definition import Definitions
from checklists.facts.situation import LAW_ZONE
from checklists.inspection import entries as kernel
from checklists.inspection.entries import Conflict, Entry, all_of, merge, standing
from checklists.records.origin import Doubt, Judged
from checklists.records.record import broken, receipt_holds
from server import clock
from server.accounts import Scope
from server.console import findings, pieces, timeline
from server.console.apart import Pieces
from server.console.findings import Shot, Shown
from server.console.knowledge import Knowledge
from server.console.pieces import Load, Officer, Ticket
from server.console.timeline import Line
from server.gate.fault import Fault
from server.parts import conduct_at, judge_parts
from server.store import cases, conflicts, reading, records, registry, tasks, unsealed, waiting_acts
from server.store.models import Device, Record, Unsealed

Plain = Mapping[str, Any]


@dataclass(frozen=True)
class Seal:
    """What was checked while the page was made: bytes and signature, the device's certificate, the office's receipt."""

    holds: bool
    reason: str
    certificate: bool
    receipt: bool
    previous_here: bool


@dataclass(frozen=True)
class Taught:
    """How one of the crew answered: who, how much was right, and each question with its words as far as known."""

    person: str
    role: str
    at: str
    score: int
    of: int
    questions: Sequence[tuple[Plain, bool]]


@dataclass(frozen=True)
class RecordPage:
    """All that the template draws."""

    record: Record
    part: Plain
    fault: Fault | None
    broken: set[str]
    day: date
    at: str
    tree: Plain
    loads: Sequence[Load]
    placards: Sequence[str]
    officers: Sequence[Officer]
    site: str
    device: Device | None
    devices: Mapping[str, Device]
    seal: Seal
    receipt: Plain
    findings: Sequence[Shown]
    results: Mapping[str, Sequence[Plain]]
    shots: Sequence[Shot]
    tally: tuple[int, int]
    alarms: Sequence[tuple[str, Plain]]
    disputes: Sequence[Conflict]
    signatures: Sequence[Entry]
    statements: Sequence[Entry]
    overrides: Sequence[Entry]
    outcome: Plain
    tickets: Sequence[Ticket]
    lines: Sequence[Line]
    parts: Sequence[Record]
    rivals: Sequence[Record]
    definitions: Definitions
    doubts: Sequence[Doubt] = ()
    lessons: Sequence[Taught] = ()
    tasks: Sequence[tuple[Any, Plain, Sequence[Any]]] = ()
    acts: Mapping[str, waiting_acts.Act] = field(default_factory=dict)
    aside: Sequence[Unsealed] = ()

    @property
    def new(self) -> Sequence[Shown]:
        """What the office found after sync, beyond what the officer was shown."""
        return [one for one in self.findings if one.origin == "new"]

    @property
    def agencies(self) -> Mapping[str, Mapping[str, str]]:
        """The short names of the officers' agencies, by code."""
        return {one.agency: findings.agency_text(self.definitions, one.agency) for one in self.officers}


def record_page(office_key: str, knowledge: Knowledge, scope: Scope, held: Record) -> RecordPage:
    """Return what the page of a record shows, each piece made apart. Reads the store."""
    pieces_ = Pieces(str(held.digest))
    make = pieces_.make
    part, fault = records.opened(held)
    inspection = str(held.inspection)
    whole = reading.whole(scope, inspection)
    parts = records.of_inspection(inspection) if whole or scope.agencies is None else [held]
    union = _union(held, part) if whole else _alone(held, part)
    entries = merge(*(make("entries", pieces.known_entries, one, otherwise=()) for one in union.values()))
    judged = make("origin", judge_parts, union.values(), registry.lookup, office_key, otherwise=Judged(entries))
    tree = make("facts", pieces.fact_tree, judged.entries, otherwise=pieces.fact_tree(()))
    definitions = knowledge.definitions(part)
    at = conduct_at(part) if part else str(held.sealed_at)
    day = clock.read(at).astimezone(LAW_ZONE).date()
    shots = make("shots", pieces.shots_of, union, entries, otherwise=[])
    devices = reading.devices({str(one.device) for one in parts})
    device = devices.get(str(held.device))
    loads = make("loads", pieces.loads_of, knowledge, tree, otherwise=[])
    crew = make("officers", pieces.officers, entries, otherwise=[])
    names = {one.id: one.name for one in crew}
    contested = held.state == "conflict" or _contested(held, parts)
    return RecordPage(
        record=held,
        part=part,
        fault=fault,
        broken=pieces_.broken,
        day=day,
        at=at,
        tree=tree,
        loads=loads,
        placards=list(dict.fromkeys(one for load in loads if load.goods for one in load.goods.placards)),
        officers=crew,
        doubts=judged.doubts,
        site=make("facts", pieces.site_of, judged.entries, part, otherwise=""),
        device=device,
        devices=devices,
        seal=_seal(office_key, held, part, device),
        receipt=json.loads(held.receipt),
        findings=make("findings", _findings, definitions, held, union, day, shots, whole=whole, otherwise=[]),
        results=make("results", _by_verdict, part.get("results") or (), otherwise={}),
        shots=shots,
        tally=_tally(shots),
        alarms=cases.findings_of(inspection, "frozen") if held.alarm else [],
        disputes=make("disputes", kernel.conflicts, judged.entries, otherwise=()),
        signatures=make("signatures", all_of, entries, "signature", otherwise=()),
        statements=make("signatures", all_of, entries, "statement", otherwise=()),
        overrides=make("overrides", _overrides, judged.entries, otherwise=[]),
        outcome=part.get("outcome") or {},
        tickets=pieces.tickets(definitions, scope, inspection) if whole else [],
        lines=make("lines", _lines, entries, names, held, parts, whole=whole, otherwise=[]),
        parts=[one for one in parts if one.digest != held.digest],
        rivals=conflicts.rivals(held) if contested else [],
        definitions=definitions,
        lessons=make("lessons", _taught, definitions, entries, otherwise=[]),
        acts=waiting_acts.possible(held),
        tasks=make("tasks", tasks.of_inspection, inspection, otherwise=[]) if whole else [],
        aside=unsealed.of_inspection(scope, inspection),
    )


def _overrides(entries: Iterable[Entry]) -> list[Entry]:
    return [one for rivals in standing(entries, "override").values() for one in rivals]


def _taught(definitions: Definitions, entries: Iterable[Entry]) -> list[Taught]:
    """Return the lessons of an inspection; the words of a question that the definitions lack are its id."""
    asked = {one.id: one.text for lesson in definitions.lessons.values() for one in lesson.questions}
    told = []
    for entry in all_of(entries, "note"):
        if entry.item == "lesson":
            given = [one for one in entry.value.get("questions") or () if isinstance(one, Mapping)]
            words = [
                (asked.get(str(one.get("id"))) or {"zh": str(one.get("id"))}, bool(one.get("right"))) for one in given
            ]
            said = entry.value
            score, of = int(said.get("score") or 0), int(said.get("of") or 0)
            told.append(Taught(str(said.get("person") or ""), str(said.get("role") or ""), entry.at, score, of, words))
    return told


def _union(held: Record, part: Plain) -> dict[str, Plain]:
    """Return the parts that make the inspection, by digest; a part in conflict, or one that waits, stands alone."""
    if held.state != "processed":
        return _alone(held, part)
    return {**records.parts_of(str(held.inspection))}


def _alone(held: Record, part: Plain) -> dict[str, Plain]:
    """Return a part by itself; nothing where it cannot be opened."""
    return {str(held.digest): part} if part else {}


def _contested(held: Record, parts: Iterable[Record]) -> bool:
    return any(one.state == "conflict" and one.digest != held.digest for one in parts)


def _seal(office_key: str, held: Record, part: Plain, device: Device | None) -> Seal:
    wrong = broken(bytes(held.body), str(held.digest), str(held.signature), str(device.public_key)) if device else None
    return Seal(
        holds=device is not None and wrong is None,
        reason=wrong.code if wrong else "",
        certificate=verify_mapping(office_key, part.get("certificate") or {}),
        receipt=receipt_holds(json.loads(held.receipt), digest_=str(held.digest), server_key=office_key),
        previous_here=held.previous is None or records.by_digest(str(held.previous)) is not None,
    )


def _tally(shots: Sequence[Shot]) -> tuple[int, int]:
    return sum(one.whole for one in shots), len(shots)


def _findings(
    definitions: Definitions,
    held: Record,
    union: Mapping[str, Plain],
    day: date,
    shots: Sequence[Shot],
    *,
    whole: bool,
) -> list[Shown]:
    shown = [finding for part in union.values() for finding in part.get("findings") or ()]
    found = (
        reading.found([str(held.inspection)]).get(str(held.inspection), [])
        if whole and held.state == "processed"
        else []
    )
    return [
        findings.show(definitions, number, origin, finding, day, shots)
        for number, (origin, finding) in enumerate(findings.told(shown, found), start=1)
    ]


def _by_verdict(results: Iterable[Plain]) -> dict[str, list[Plain]]:
    held: dict[str, list[Plain]] = {verdict: [] for verdict in ("conflict", "cannot_tell", "stale", "consistent")}
    for one in results:
        held.setdefault(str(one.get("verdict")), []).append(one)
    return held


def _lines(
    entries: Iterable[Entry], names: Mapping[str, str], held: Record, parts: Iterable[Record], *, whole: bool
) -> list[Line]:
    told = timeline.lines(entries, names)
    for one in parts:
        if one.state == "processed" or one.digest == held.digest:
            told.append(Line(str(one.sealed_at), "sealed", about=str(one.digest)[:12], values=(str(one.kind),)))
            told.append(Line(str(one.received_at), "received", about=str(one.digest)[:12]))
            if one.processed_at:
                told.append(Line(str(one.processed_at), str(one.state), about=str(one.digest)[:12]))
    opened = reading.cases([str(held.inspection)]).get(str(held.inspection), ()) if whole else ()
    return told + [Line(str(one.opened_at), "case", about=str(one.number), agency=str(one.agency)) for one in opened]
