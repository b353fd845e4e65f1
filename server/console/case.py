"""The case page: the party, the violations with their facts and law, what may be one act, and what must happen next."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from checklists.definitions.definition import Definitions
from checklists.facts.situation import LAW_ZONE
from checklists.inspection.entries import merge
from checklists.records.origin import Doubt, Judged
from server import clock
from server.accounts import Scope
from server.console import findings, law, pieces
from server.console.apart import Pieces
from server.console.findings import Shown, Text
from server.console.knowledge import Knowledge
from server.console.law import Cited
from server.console.pieces import Load, Officer, Ticket
from server.parts import conduct_at, judge_parts
from server.store import case_proof, cases, reading, records, registry
from server.store.case_proof import Piece
from server.store.models import Case, CaseViolation, Device, Record


def _(words: str) -> str:
    return words


@dataclass(frozen=True)
class Step:
    """Something that must happen next. `done` steps are shown as such; `law` says where the procedure says so."""

    words: str
    done: bool
    amount: int = 0
    text: Text | None = None
    law: Cited | None = None


@dataclass(frozen=True)
class Link:
    """A violation of another case (or this one) that may be the same act as one here: a person decides."""

    violation: str
    title: Text
    other: str
    other_title: Text
    ticket: Ticket | None


@dataclass(frozen=True)
class CasePage:
    """All that the template draws."""

    case: Case
    broken: set[str]
    agency: Text
    record: Record
    part: Mapping[str, Any]
    tree: Mapping[str, Any]
    loads: Sequence[Load]
    at: str
    site: str
    officers: Sequence[Officer]
    violations: Sequence[tuple[Shown, str]]
    links: Sequence[Link]
    no_double_fine: tuple[Text, Cited] | None
    tally: tuple[int, int]
    tickets: Sequence[Ticket]
    steps: Sequence[Step]
    measures: Sequence[findings.Ordered]
    evidence: Mapping[str, Sequence[Piece]]
    kinds: Mapping[str, Text]
    doubts: Sequence[Doubt]
    devices: Mapping[str, Device]

    fault: None = None

    @property
    def severity(self) -> str:
        """The gravest severity in the case."""
        return min((one.severity for one, _source in self.violations if one.severity), default="")


def case_page(office_key: str, knowledge: Knowledge, scope: Scope, held: Case) -> CasePage:
    """Return what the page of a case shows, each piece made apart. Reads the store."""
    inspection = str(held.inspection)
    parts = records.of_inspection(inspection)
    sealed = next((one for one in parts if one.kind == "inspection" and one.state == "processed"), parts[0])
    pieces_ = Pieces(str(sealed.digest))
    make = pieces_.make
    union = records.parts_of(inspection)
    part = union.get(str(sealed.digest), {})
    entries = merge(*(make("entries", pieces.known_entries, one, otherwise=()) for one in union.values()))
    judged = make("origin", judge_parts, union.values(), registry.lookup, office_key, otherwise=Judged(entries))
    tree = make("facts", pieces.fact_tree, judged.entries, otherwise=pieces.fact_tree(()))
    definitions = knowledge.definitions(part)
    at = conduct_at(part) if part else str(sealed.sealed_at)
    day = clock.read(at).astimezone(LAW_ZONE).date()
    shots = make("shots", pieces.shots_of, union, entries, otherwise=[])
    shots = [one for one in shots if one.entry not in judged.left_out]
    rows = cases.violations(str(held.id))
    shown = make("violations", _violations, definitions, rows, day, shots, otherwise=[])
    beside = pieces.tickets(definitions, scope, inspection)
    links = make("links", _links, definitions, rows, shown, beside, inspection, otherwise=[])
    tally = (sum(one.whole for one in shots), len(shots))
    plain = [one for one, _source in shown]
    return CasePage(
        case=held,
        broken=pieces_.broken,
        agency=findings.agency_text(definitions, str(held.agency)),
        record=sealed,
        part=part,
        tree=tree,
        loads=make("loads", pieces.loads_of, knowledge, tree, otherwise=[]),
        at=at,
        site=make("facts", pieces.site_of, judged.entries, part, otherwise=""),
        officers=make("officers", pieces.officers, judged.entries, otherwise=[]),
        violations=shown,
        links=links,
        no_double_fine=law.general(definitions, "no_double_fine", day),
        tally=tally,
        tickets=[one for one in beside if one.number != held.number],
        steps=make("steps", _steps, definitions, held, plain, links, tally, day, otherwise=[]),
        measures=list({one.code + str(one.to): one for shown_ in plain for one in shown_.measures}.values()),
        evidence=make("evidence", _evidence, str(held.id), otherwise={}),
        kinds={code: one.text for code, one in definitions.evidence.items()},
        doubts=judged.doubts,
        devices=reading.devices({str(one.device) for one in parts}),
    )


def _evidence(case: str) -> Mapping[str, Sequence[Piece]]:
    return case_proof.board(case, cases.grouped(case))


def _violations(
    definitions: Definitions, rows: Sequence[CaseViolation], day: date, shots: Sequence[findings.Shot]
) -> list[tuple[Shown, str]]:
    return [
        (findings.show(definitions, number, str(row.source), json.loads(row.finding), day, shots), str(row.source))
        for number, row in enumerate(rows, start=1)
    ]


def _links(
    definitions: Definitions,
    rows: Sequence[CaseViolation],
    shown: Sequence[tuple[Shown, str]],
    tickets: Sequence[Ticket],
    inspection: str,
) -> list[Link]:
    """Return which violations here may be one act with which, wherever the other stands."""
    by_case = reading.violations(str(one.id) for one in reading.cases([inspection]).get(inspection, ()))
    numbers = {str(one.id): str(one.number) for one in reading.cases([inspection]).get(inspection, ())}
    where = {code: numbers[case_id] for case_id, codes in by_case.items() for code in codes}
    by_number = {one.number: one for one in tickets}
    pairs = dict.fromkeys((one.violation, other) for one, _source in shown for other in one.acts if other in where)
    once = dict.fromkeys(tuple(sorted(pair)) if pair[::-1] in pairs else pair for pair in pairs)
    titles = findings.violation_titles(definitions, {code for pair in once for code in pair})
    here = {str(row.violation) for row in rows}
    beside = {code: None if code in here else by_number.get(where[code]) for _one, code in once}
    return [Link(one, titles.get(one, {}), other, titles.get(other, {}), beside[other]) for one, other in once]


def _steps(
    definitions: Definitions,
    held: Case,
    shown: Sequence[Shown],
    links: Sequence[Link],
    tally: tuple[int, int],
    day: date,
) -> list[Step]:
    """Return what an opened case needs, worked out from what it holds, then what the procedure asks for."""
    unverified = sum(not one.penalty_verified for one in shown)
    bare = sum(not one.photos for one in shown)
    late = tally[1] - tally[0]
    return [
        _step(unverified, _("Check the law that is not verified yet (violations)"), _("All law is verified")),
        _step(len(links), _("Decide whether linked violations are one act (links)"), _("No linked violations")),
        _step(late, _("Wait for photos that have not arrived"), _("All photos are here")),
        _step(bare, _("Violations without a photo: take other evidence"), _("A photo beside every violation")),
        _step(int(not held.party_name), _("Name the party"), _("The party is named")),
        *_procedure(definitions, held, day),
    ]


def _step(left: int, todo: str, done: str) -> Step:
    return Step(todo if left else done, done=not left, amount=left)


def _procedure(definitions: Definitions, held: Case, day: date) -> list[Step]:
    """Return the clauses that govern the next steps of an opened case; a clause that the data lack is left out."""
    uses = {
        ("police_open_case" if held.agency == "P" else "open_case"): _("The head of the office approves the opening"),
        "statement_and_defence": _("Tell the party before the decision"),
        "decision_deadline": _("Decide in time"),
    }
    steps = []
    for use, words in uses.items():
        found = law.general(definitions, use, day)
        own_track = use != "open_case" or held.agency == "T"  # each track has rules of its own
        if found and own_track:
            steps.append(Step(words, done=False, text=found[0], law=found[1]))
    return steps
