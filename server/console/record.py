"""The record page: one inspection as it was sealed, what was found then, and what the office found since."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from checklists.crypto import verify_mapping
from checklists.definition import Definitions
from checklists.goods import Goods
from checklists.inspection import Conflict, Entry, all_of, conflicts, facts_tree, merge, standing
from checklists.record import broken, receipt_holds
from checklists.transport import LAW_ZONE
from checklists.wire import WireError
from server import clock
from server.accounts import Scope
from server.console import findings, timeline
from server.console.findings import Shot, Shown
from server.console.knowledge import Knowledge, goods_of
from server.console.timeline import Line
from server.recompute import conduct_at, entries_of
from server.store import cases, photos, reading, records, registry
from server.store.models import Case, Device, Record

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
class Load:
    """A line of goods as declared, with its entry of the list (None where the list has none)."""

    un: str
    name: str
    net_mass_kg: int | None
    goods: Goods | None


@dataclass(frozen=True)
class Officer:
    """An officer who wrote in the inspection."""

    id: str
    name: str
    card: str
    agency: str


@dataclass(frozen=True)
class Ticket:
    """A case of the inspection: its link is given only where the reader may open it."""

    number: str
    agency: str
    agency_text: Mapping[str, str]
    party: str
    state: str
    id: str


@dataclass(frozen=True)
class RecordPage:
    """All that the template draws."""

    record: Record
    part: Plain
    day: date
    at: str
    tree: Plain
    loads: Sequence[Load]
    placards: Sequence[str]
    officers: Sequence[Officer]
    site: str
    device: Device | None
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

    @property
    def new(self) -> Sequence[Shown]:
        """What the office found after sync, beyond what the officer was shown."""
        return [one for one in self.findings if one.origin == "new"]


def record_page(office_key: str, knowledge: Knowledge, scope: Scope, held: Record) -> RecordPage:
    """Return what the page of a record shows. Reads the store."""
    part, parts = records.body_of(held), records.of_inspection(str(held.inspection))
    union = _union(held, part, parts)
    entries = merge(*(known_entries(one) for one in union.values()))
    tree = fact_tree(entries)
    definitions = knowledge.definitions(part)
    at = conduct_at(part)
    day = clock.read(at).astimezone(LAW_ZONE).date()
    shots = shots_of(union, entries)
    device = reading.devices([str(held.device)]).get(str(held.device))
    loads = loads_of(knowledge, tree)
    crew = officers(entries)
    return RecordPage(
        record=held,
        part=part,
        day=day,
        at=at,
        tree=tree,
        loads=loads,
        placards=list(dict.fromkeys(one for load in loads if load.goods for one in load.goods.placards)),
        officers=crew,
        site=site_of(entries, part),
        device=device,
        seal=_seal(office_key, held, part, device),
        receipt=json.loads(held.receipt),
        findings=_findings(definitions, held, union, day, shots),
        results=_by_verdict(part.get("results") or ()),
        shots=shots,
        tally=_tally(shots),
        alarms=cases.findings_of(str(held.inspection), "frozen") if held.alarm else [],
        disputes=conflicts(entries),
        signatures=all_of(entries, "signature"),
        statements=all_of(entries, "statement"),
        overrides=[one for rivals in standing(entries, "override").values() for one in rivals],
        outcome=part.get("outcome") or {},
        tickets=tickets(definitions, scope, str(held.inspection)),
        lines=_lines(entries, {one.id: one.name for one in crew}, held, parts),
        parts=[one for one in parts if one.digest != held.digest],
        rivals=reading.rivals(held) if held.state == "conflict" or _contested(held, parts) else [],
        definitions=definitions,
    )


def _union(held: Record, part: Plain, parts: Iterable[Record]) -> dict[str, Plain]:
    """Return the parts that make the inspection, by digest; a part in conflict, or one that waits, stands alone."""
    if held.state != "processed":
        return {str(held.digest): part}
    return {str(one.digest): records.body_of(one) for one in parts if one.state == "processed"}


def _contested(held: Record, parts: Iterable[Record]) -> bool:
    return any(one.state == "conflict" and one.digest != held.digest for one in parts)


def known_entries(part: Plain) -> tuple[Entry, ...]:
    """Return the entries of a part; one of a later format, which is parked, may have none that can be read."""
    try:
        return entries_of(part)
    except (WireError, AttributeError, TypeError):
        return ()


def fact_tree(entries: Iterable[Entry]) -> dict[str, Any]:
    """Return the facts as one tree with every branch there, so that a page asks for any of them."""
    tree = facts_tree(entries)
    branches = ("vehicle", "trailer", "tank", "carrier", "driver", "escort", "waybill", "seen")
    return {**tree, **{name: tree.get(name) or {} for name in branches}}


def brief(part: Plain) -> dict[str, str]:
    """Return plate, colour, carrier, first UN number and site of a part that was not processed: its row shows them."""
    tree = fact_tree(known_entries(part))
    lines = tree["waybill"].get("lines") or ()
    return {
        "plate": tree["vehicle"].get("plate") or "",
        "colour": tree["vehicle"].get("colour") or "",
        "carrier": tree["carrier"].get("name") or tree["vehicle"].get("carrier") or "",
        "site": str(part.get("site") or ""),
        "un": next((str(one["un"]) for one in lines if one.get("un")), ""),
    }


def loads_of(knowledge: Knowledge, tree: Plain) -> list[Load]:
    """Return the goods lines of the waybill, each with its entry of the list."""
    tables = knowledge.tables()
    return [
        Load(
            un=str(line.get("un") or ""),
            name=str(line.get("name") or ""),
            net_mass_kg=_whole(line.get("net_mass_kg")),
            goods=goods_of(tables, line.get("un"), line.get("packing_group")),
        )
        for line in tree["waybill"].get("lines") or ()
    ]


def _whole(value: Any) -> int | None:
    """Masses are whole numbers or their text on the wire; what is neither is not known."""
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def officers(entries: Iterable[Entry]) -> list[Officer]:
    """Return who wrote in the inspection, by name and card as the registry has them, else by id."""
    found = {one.officer: one.agency for one in entries if one.officer}
    rows = {officer: (registry.lookup("officer", officer) or {}).get("data") or {} for officer in found}
    return [
        Officer(officer, str(rows[officer].get("name") or officer), str(rows[officer].get("card") or ""), agency)
        for officer, agency in found.items()
    ]


def site_of(entries: Iterable[Entry], part: Plain) -> str:
    """Return where the inspection was: what was noted last, else what the part says."""
    said = [one.value.get("text") for one in all_of(entries, "note") if one.item == "site"]
    return str((said and said[-1]) or part.get("site") or "")


def _seal(office_key: str, held: Record, part: Plain, device: Device | None) -> Seal:
    wrong = broken(bytes(held.body), str(held.digest), str(held.signature), str(device.public_key)) if device else None
    return Seal(
        holds=device is not None and wrong is None,
        reason=wrong.code if wrong else "",
        certificate=verify_mapping(office_key, part.get("certificate") or {}),
        receipt=receipt_holds(json.loads(held.receipt), digest_=str(held.digest), server_key=office_key),
        previous_here=held.previous is None or records.by_digest(str(held.previous)) is not None,
    )


def shots_of(union: Mapping[str, Plain], entries: Iterable[Entry]) -> list[Shot]:
    """Return every photo that the parts name, in the order taken, with the files that are here."""
    written = {one.id: one for one in entries if one.kind in ("photo", "control_photo")}
    files: dict[str, dict[str, str]] = defaultdict(dict)
    for digest in union:
        for wanted, here in photos.of_record(digest):
            files[str(wanted.entry)].update({str(wanted.role): str(wanted.sha256)} if here else {})
    order = sorted(files, key=lambda entry: written[entry].order if entry in written else (0, entry))
    return [
        Shot(
            entry=entry,
            item=(written[entry].item or "") if entry in written else "",
            files=files[entry],
            whole="original" in files[entry],
            at=written[entry].at if entry in written else "",
            officer=written[entry].officer if entry in written else "",
        )
        for entry in order
    ]


def _tally(shots: Sequence[Shot]) -> tuple[int, int]:
    return sum(one.whole for one in shots), len(shots)


def _findings(
    definitions: Definitions, held: Record, union: Mapping[str, Plain], day: date, shots: Sequence[Shot]
) -> list[Shown]:
    shown = [finding for part in union.values() for finding in part.get("findings") or ()]
    found = reading.found([str(held.inspection)]).get(str(held.inspection), []) if held.state == "processed" else []
    return [
        findings.show(definitions, number, origin, finding, day, shots)
        for number, (origin, finding) in enumerate(findings.told(shown, found), start=1)
    ]


def _by_verdict(results: Iterable[Plain]) -> dict[str, list[Plain]]:
    held: dict[str, list[Plain]] = {verdict: [] for verdict in ("conflict", "cannot_tell", "stale", "consistent")}
    for one in results:
        held.setdefault(str(one.get("verdict")), []).append(one)
    return held


def tickets(definitions: Definitions, scope: Scope, inspection: str) -> list[Ticket]:
    """Return the cases of an inspection; those of other authorities by number alone."""
    return tickets_of(definitions, scope, reading.cases([inspection]).get(inspection, ()))


def tickets_of(definitions: Definitions, scope: Scope, held: Iterable[Case]) -> list[Ticket]:
    """Return cases as they are shown to that scope."""
    return [_ticket(definitions, scope, one) for one in held]


def _ticket(definitions: Definitions, scope: Scope, case: Case) -> Ticket:
    agency, mine = str(case.agency), scope.holds(str(case.agency))
    text = findings.agency_text(definitions, agency)
    party = str(case.party_name) if mine else ""
    return Ticket(str(case.number), agency, text, party, str(case.state), str(case.id) if mine else "")


def _lines(entries: Iterable[Entry], names: Mapping[str, str], held: Record, parts: Iterable[Record]) -> list[Line]:
    told = timeline.lines(entries, names)
    for one in parts:
        if one.state == "processed" or one.digest == held.digest:
            told.append(Line(str(one.sealed_at), "sealed", about=str(one.digest)[:12], values=(str(one.kind),)))
            told.append(Line(str(one.received_at), "received", about=str(one.digest)[:12]))
            if one.processed_at:
                told.append(Line(str(one.processed_at), str(one.state), about=str(one.digest)[:12]))
    opened = reading.cases([str(held.inspection)]).get(str(held.inspection), ())
    return told + [Line(str(one.opened_at), "case", about=str(one.number), agency=str(one.agency)) for one in opened]
