"""A made-up case as rows of the real tables, and many of them written at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from checklists.facts.situation import LAW_ZONE
from checklists.records.chain import FIRST
from checklists.wire import canonical
from server.cases.casefile import CaseFile, Paper
from server.cases.clockwork import next_due
from server.cases.documents import DOCUMENTS, number_of
from server.cases.machine import Step
from server.cases.opening import Finding, identity
from server.cases.states import ENDED, finished
from server.figures.sums import Looked
from server.parts import pack
from server.store import bodies, bulk, case_effects, case_files, case_history, case_search, figures
from server.store.case_models import (
    ActLink,
    CaseClock,
    CaseDocument,
    CaseEvent,
    CaseEvidence,
    CaseInvestigator,
    CaseParty,
    DocumentNumber,
    Handover,
    Payment,
    Service,
    SideTrack,
)
from server.store.models import Case, CaseViolation, Claim, Counter, Record, ServerFinding
from server.store.steering_models import CampaignCheck

Row = dict[str, Any]
ORDER = (
    *(Record, CampaignCheck, ServerFinding, Claim, Case, CaseViolation, CaseParty, CaseEvent, CaseClock, CaseDocument),
    *(DocumentNumber, CaseInvestigator, SideTrack, Service, Payment, ActLink, Handover, CaseEvidence),
)


@dataclass
class Told:
    """A case that was told to today: what it is besides its file."""

    number: str
    inspection: str
    party_key: str
    part: int
    opened_at: str
    steps: list[Step]
    findings: tuple[tuple[Finding, str], ...]
    origin: str = ""
    incoming: str = ""


@dataclass
class Sheets:
    """Rows by table until they are written, and the numbers that were given so far."""

    rows: dict[Any, list[Row]] = field(default_factory=lambda: defaultdict(list))
    counters: dict[str, int] = field(default_factory=dict)
    places: list[case_search.Place] = field(default_factory=list)
    sealed: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    looked: dict[str, Looked] = field(default_factory=dict)

    def count(self, name: str) -> int:
        """Return the next number of a counter, going on from where the office is."""
        if name not in self.counters:
            held = Counter.get_or_none(Counter.name == name)
            self.counters[name] = int(held.value) if held is not None else 0
        self.counters[name] += 1
        return self.counters[name]

    def record(self, row: Row, place: case_search.Place, looked: Looked) -> None:
        """Add a record, which claims its part and its inspection, what may be looked for in it, and the items."""
        self.looked[str(row["inspection"])] = looked
        body = row.pop("body")
        self.sealed[row["digest"]] = pack(body), len(body)
        self.rows[Record].append(row)
        names = (f"part:{row['part']}", f"seal:{row['inspection']}")
        self.rows[Claim] += [{"name": name, "digest": row["digest"]} for name in names]
        self.places.append(place)

    def found(self, record: Row, findings: Iterable[Finding]) -> None:
        """Add what the office found by computing a record again: here, the same as the tablet."""
        told = {"inspection": record["inspection"], "record": record["digest"], "sense": "fuller", "difference": "same"}
        for one in findings:
            plain = canonical(dict(one)).decode()
            self.rows[ServerFinding].append({**told, "finding": plain, "found_at": record["processed_at"]})

    def put(self, told: Told) -> None:
        """Add the rows of a case."""
        numbers = self._numbers(told)
        after = _with_numbers(_ended(told.steps), numbers)
        self._case(told, after)
        self._history(told)
        self._papers(told, after, numbers)
        self._details(told, after)
        said = [number for number in numbers.values() if number]
        row = Case(id=after.id, number=told.number, party_name=after.party.name, opened_at=told.opened_at)
        party = CaseParty(**case_files.party_columns(after.party))
        self.places.append(case_search.place_of(row, party, said))

    def write(self) -> None:
        """Write what was collected, in one transaction of the caller."""
        for model in ORDER:
            bulk.insert_dicts(model, self.rows.pop(model, []))
        bodies.keep(self.sealed)
        self.sealed.clear()
        case_search.index(self.places)
        self.places.clear()
        for inspection, looked in self.looked.items():
            figures.touch(inspection, looked)
        self.looked.clear()
        for name, value in self.counters.items():
            Counter.insert(name=name, value=value).on_conflict(
                conflict_target=[Counter.name], update={Counter.value: value}
            ).execute()

    def _case(self, told: Told, after: CaseFile) -> None:
        columns = case_files.columns(after)
        self.rows[Case].append({
            "id": after.id,
            "number": told.number,
            "inspection": told.inspection,
            "agency": after.agency,
            "party_key": told.party_key,
            "part": told.part,
            "opened_at": told.opened_at,
            "origin": told.origin,
            **columns,
        })  # fmt: skip
        self.rows[CaseParty].append({"case": after.id, **case_files.party_columns(after.party)})
        self.rows[CaseClock] += [{"case": after.id, **case_files.clock_columns(one)} for one in after.clocks]
        for finding, source in told.findings:
            self.rows[CaseViolation].append({
                "case": after.id,
                "violation": finding["violation"],
                "item": finding["item"],
                "key": identity(finding).key,
                "finding": canonical(dict(finding)).decode(),
                "source": source,
                "inspection": told.inspection,
            })  # fmt: skip

    def _history(self, told: Told) -> None:
        previous = FIRST
        for seq, step in enumerate(told.steps, start=1):
            states = (step.before.state, step.after.state)
            row = case_history.row_of(
                step.after.id, seq, step.event, states, step.actor, step.at, step.data, step.side, previous
            )
            previous = row["hash"]
            self.rows[CaseEvent].append(row)

    def _numbers(self, told: Told) -> dict[str, str]:
        """Return the number of each document that was issued, by its id; empty for one that gets none."""
        numbers: dict[str, str] = {}
        for step in told.steps:
            for paper in step.issued:
                numbers[paper.id] = self._number(step, paper) if DOCUMENTS[paper.kind].mark else ""
        return numbers

    def _number(self, step: Step, paper: Paper) -> str:
        agency, year = step.after.agency, datetime.fromisoformat(step.at).astimezone(LAW_ZONE).year
        serial = self.count(f"document:{agency}:{paper.kind}:{year}")
        number = number_of(agency, paper.kind, year, serial)
        told = {"agency": agency, "kind": paper.kind, "year": year, "serial": serial, "number": number}
        self.rows[DocumentNumber].append(
            {**told, "document": paper.id, "case": step.after.id, "given_at": step.at, "void_reason": ""}
        )
        return number

    def _papers(self, told: Told, after: CaseFile, numbers: Mapping[str, str]) -> None:
        issued = {paper.id: step for step in told.steps for paper in step.issued}
        for paper in after.papers:
            step = issued.get(paper.id)
            who = {"issued_by": step.actor.login, "issued_at": step.at} if step else {"issued_by": "", "issued_at": ""}
            self.rows[CaseDocument].append({"case": after.id, **case_files.paper_columns(paper), **who, "law": "[]"})

    def _details(self, told: Told, after: CaseFile) -> None:
        for step in told.steps:
            if step.event in case_effects.SERVICES:
                self.rows[Service].append(case_effects.service_row(step))
            if step.event == "payment_received":
                self.rows[Payment].append(case_effects.payment_row(step))
            if step.event == "evidence_added":
                self.rows[CaseEvidence] += case_effects.evidence_rows(step)
            if step.event == "link_decided":
                self.rows[ActLink].append(_link(step, told.inspection))
        self.rows[SideTrack] += _sides(told.steps, after)
        since = {one: step.at for step in reversed(told.steps) for one in step.after.investigators}
        for one in after.investigators:
            told_ = {"case": after.id, "login": one.login, "name": one.name, "card": one.card}
            self.rows[CaseInvestigator].append({**told_, "since": since[one], "until": ""})
        if handed := _handover(told.steps, told.incoming):
            self.rows[Handover].append(handed)


def _ended(steps: Iterable[Step]) -> CaseFile:
    """Return the case as its last step left it, with the moment when it ended."""
    held = list(steps)
    over = next((one.at for one in held if one.after.state in ENDED), "")
    after = held[-1].after
    return case_files.with_facts(after, ended_at=over) if over and after.state in ENDED else after


def _with_numbers(after: CaseFile, numbers: Mapping[str, str]) -> CaseFile:
    papers = (replace(one, number=numbers.get(one.id, one.number)) if one.id else one for one in after.papers)
    return replace(after, papers=tuple(papers))


def _sides(steps: Iterable[Step], after: CaseFile) -> list[Row]:
    held = list(steps)
    rows = []
    for side in after.sides:
        acts = [one for one in held if one.side == side.id]
        over = finished(side.kind, side.state)
        due = next_due([clock for clock in after.clocks if clock.side == side.id])[0]
        rows.append({
            "id": side.id, "case": after.id, "kind": side.kind, "state": side.state,
            "facts": canonical(dict(side.facts)).decode(), "begun_at": acts[0].at, "begun_by": acts[0].actor.login,
            "ended_at": acts[-1].at if over else "", "due_at": due,
        })  # fmt: skip
    return rows


def _link(step: Step, inspection: str) -> Row:
    one, other = sorted(str(code) for code in step.data["violations"])
    told = {"one": one, "other": other, "verdict": step.data["verdict"], "reason": step.data["reason"]}
    return {"inspection": inspection, **told, "case": step.after.id, "who": step.actor.login, "at": step.at}


def _handover(steps: Iterable[Step], incoming: str) -> Row | None:
    by_event = {one.event: one for one in steps}
    sent = by_event.get("hand_over")
    if sent is None:
        return None
    receipt, result = by_event.get("receipt_in"), by_event.get("result_in")
    return {
        "case": sent.after.id,
        "sender": sent.before.keeper,
        "receiver": str(sent.data["to"]),
        "sent_at": str(sent.data["sent_at"]),
        "what": str(sent.data.get("what") or ""),
        "incoming": incoming,
        "state": "done" if result else "received" if receipt else "sent",
        "receipt_at": str(receipt.data["received_at"]) if receipt else "",
        "result": str(result.data["result"]) if result else "",
        "ended_at": result.at if result else "",
    }
