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
from checklists.inspection.correction import corrections
from checklists.inspection.entries import Conflict, Entry, all_of, merge, standing
from checklists.papers.addendum import correction_words
from checklists.records.check_history import Decided, decided
from checklists.records.origin import Doubt, Judged
from checklists.records.record import broken, receipt_holds
from server import clock
from server.accounts import Scope
from server.console import findings, pieces, timeline
from server.console.apart import Pieces
from server.console.findings import Shot, Shown, Text
from server.console.knowledge import Knowledge
from server.console.pieces import Load, Officer, Ticket
from server.console.place import Place, opened_at
from server.console.shift import Shift, shift_of
from server.console.timeline import Line
from server.gate.fault import Fault
from server.parts import conduct_at, judge_parts
from server.store import bodies, campaigns, cases, conflicts, reading, records, registry, tasks, unsealed, waiting_acts
from server.store.models import Device, Record, Unsealed
from server.store.steering_models import Campaign, CampaignCheck

Plain = Mapping[str, Any]


UNCHANGED = Decided("")
"""No amendment changed the decision."""


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
class Corrected:
    """Something of the record that an amendment corrected: what, from what to what, and why."""

    what: str
    old: str
    new: str
    reason: str
    who: str
    at: str


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
    place: Place
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
    unverified: Sequence[tuple[Entry, Text]]
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
    corrected: Sequence[Corrected] = ()
    since: Decided = UNCHANGED
    late: frozenset[str] = frozenset()
    second: Sequence[Entry] = ()
    shift: Shift | None = None
    campaigns: Sequence[tuple[CampaignCheck, Campaign | None]] = ()

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
    late = records.late_amendments(inspection)
    counted = [one for digest, one in union.items() if digest not in late]
    judged = make("origin", judge_parts, counted, registry.lookup, office_key, otherwise=Judged(entries))
    tree = make("facts", pieces.fact_tree, judged.entries, otherwise=pieces.fact_tree(()))
    definitions = knowledge.definitions(part)
    at = conduct_at(part) if part else str(held.sealed_at)
    day = clock.read(at).astimezone(LAW_ZONE).date()
    shots = make("shots", pieces.shots_of, union, entries, judged.entries, otherwise=[])
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
        place=make("facts", opened_at, judged.entries, otherwise=Place()),
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
        unverified=make("unverified", _unverified, definitions, judged.entries, otherwise=[]),
        outcome=part.get("outcome") or {},
        since=make("outcome", _since, part, counted, judged, otherwise=UNCHANGED),
        corrected=make("corrections", _corrected, definitions, judged.entries, names, otherwise=()),
        late=late,
        second=make("officers", _second, judged.entries, otherwise=()),
        tickets=pieces.tickets(definitions, scope, inspection) if whole else [],
        lines=make("lines", _lines, entries, names, held, parts, whole=whole, otherwise=[]),
        parts=[one for one in parts if one.digest != held.digest],
        rivals=conflicts.rivals(held) if contested else [],
        definitions=definitions,
        lessons=make("lessons", _taught, definitions, entries, otherwise=[]),
        acts=waiting_acts.possible(held, whole=whole or scope.agencies is None),
        tasks=make("tasks", tasks.of_inspection, inspection, otherwise=[]) if whole else [],
        campaigns=_campaigns(inspection),
        aside=unsealed.of_inspection(scope, inspection),
        shift=make("shift", shift_of, held, otherwise=None),
    )


def _since(part: Plain, counted: Iterable[Plain], judged: Judged) -> Decided:
    """Return what stands of an inspection's decision where an amendment changed it; empty where none did."""
    if part.get("kind") != "inspection":
        return UNCHANGED
    stands = decided(part, counted, frozenset(one.id for one in judged.entries))
    return stands if stands.at else UNCHANGED


def _corrected(definitions: Definitions, entries: Iterable[Entry], names: Mapping[str, str]) -> list[Corrected]:
    """Return what was corrected, in the words of the page that the tablet printed of it."""
    return [
        Corrected(*row, one.reason, names.get(one.officer, one.officer), one.at)
        for one in corrections(entries)
        for row in correction_words(definitions, one, "zh_CN")
    ]


def _campaigns(inspection: str) -> list[tuple[CampaignCheck, Campaign | None]]:
    """Return what the record says of campaigns, each with the office's own row where it has one."""
    said = campaigns.under(inspection)
    known = campaigns.by_id(str(one.campaign) for one in said)
    return [(one, known.get(str(one.campaign))) for one in said]


def _second(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return who was named as the second officer of a quick check; he is no writer of the record."""
    return standing(entries, "party").get(timeline.SECOND, ())


def _overrides(entries: Iterable[Entry]) -> list[Entry]:
    return [one for rivals in standing(entries, "override").values() for one in rivals]


def _unverified(definitions: Definitions, entries: Iterable[Entry]) -> list[tuple[Entry, Text]]:
    """Return the answers that say that something could not be verified, each with the words of its item."""
    held = (one for one in kernel.answers(entries).values() if one.value.get("result") == kernel.NOT_VERIFIED)
    return [(one, findings.item_text(definitions, one.item or "")) for one in held]


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
    """Return the parts that make the inspection, by digest; what is in conflict or waits, or a shift, stands alone."""
    if held.state != "processed" or held.kind == "shift":
        return _alone(held, part)
    return {**records.parts_of(str(held.inspection))}


def _alone(held: Record, part: Plain) -> dict[str, Plain]:
    """Return a part by itself; nothing where it cannot be opened."""
    return {str(held.digest): part} if part else {}


def _contested(held: Record, parts: Iterable[Record]) -> bool:
    return any(one.state == "conflict" and one.digest != held.digest for one in parts)


def _seal(office_key: str, held: Record, part: Plain, device: Device | None) -> Seal:
    wrong = broken(bodies.of(held), str(held.digest), str(held.signature), str(device.public_key)) if device else None
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
