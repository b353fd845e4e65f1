"""Each violation once: its facts, the evidence that it needs with what there is of it, and its law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from checklists.definitions.definition import Definitions
from checklists.law.model import rows_on
from checklists.wire import to_plain
from server.cases.casefile import CaseFile
from server.cases.grouping import Group
from server.console import findings, law
from server.console.findings import Case, Ordered, Shot, Shown, Text
from server.console.law import Cited, Fine
from server.documents.law import is_settled, settled
from server.store import case_files, case_scans
from server.store.case_law import Bench
from server.store.case_models import CaseEvidence
from server.store.case_proof import LACKING, Piece

Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True)
class Added:
    """A piece of evidence that the office added, or why one cannot be had; `shot` is a photo of the record."""

    file: str
    name: str
    shot: Shot | None
    text: str
    not_obtainable: str
    by: str
    at: str


@dataclass(frozen=True)
class Proof:
    """A kind of evidence. `state`: as `case_proof.Piece` has it."""

    kind: str
    text: Text
    state: str
    rows: Sequence[Added]


@dataclass(frozen=True)
class Board:
    """A violation as the page shows it; `ranges` are the amounts that a fine is held to."""

    number: int
    violation: str
    violation_title: Text
    severity: str
    facts: Sequence[Shown]
    proofs: Sequence[Proof]
    basis: Sequence[Cited]
    fines: Sequence[Fine]
    cases: Sequence[Case]
    measures: Sequence[Ordered]
    simple: str
    ranges: Sequence[tuple[int | None, int | None]]
    settled: bool = False

    @property
    def penalty_verified(self) -> bool:
        """Whether any penalty range may be relied on."""
        return any(one.verified for one in self.fines)

    @property
    def lacks(self) -> int:
        """How many kinds of evidence are missing."""
        return sum(one.state in LACKING for one in self.proofs)


def boards(
    bench: Bench,
    definitions: Definitions,
    file: CaseFile,
    groups: Sequence[Group],
    pieces: Mapping[str, Sequence[Piece]],
    shots: Mapping[str, Sequence[Shot]],
    day: date,
) -> list[Board]:
    """Return the violations of a case in the order of gravity. `shots` are those of each stop."""
    every = {one.entry: one for held in shots.values() for one in held}
    ranges = {one.code: one.ranges for one in file.violations}
    load = case_files.load_of(file.facts)
    made = []
    for number, group in enumerate(groups, start=1):
        shown = [
            findings.show(definitions, at, one.source, one.finding, day, shots.get(one.inspection, ()))
            for at, one in enumerate(group.facts, start=1)
        ]
        chosen, one_left = settled(group, load), is_settled(group, load)
        rows = (group.duty, group.penalty)
        if chosen is not None:
            rows = (_joined(group.duty, chosen.duty), _joined(group.penalty, chosen.penalty))
        duty, penalty = (_now(bench, group.violation, part, day) for part in rows)
        rules = [row for one in group.facts for row in one.finding.get("basis") or ()]
        made.append(
            Board(
                number=number,
                violation=group.violation,
                violation_title=group.title,
                severity=group.severity,
                facts=shown,
                proofs=[_proof(bench, one, every) for one in pieces.get(group.violation, ())],
                basis=law.citations(definitions, [*rules, *duty], day),
                fines=law.fines(definitions, penalty, day),
                cases=() if one_left else next((one.cases for one in shown if one.cases), ()),
                measures=list({f"{one.code}{one.to}": one for held in shown for one in held.measures}.values()),
                simple=group.simple,
                ranges=ranges.get(group.violation, ()),
                settled=one_left,
            )
        )
    return made


def _joined(frozen: Sequence[Mapping[str, Any]], chosen: Any) -> tuple[Mapping[str, Any], ...]:
    """Return the law of every load with that of the load as it is settled."""
    return (*frozen, *(row for row in to_plain(chosen) if row not in frozen))


def _now(bench: Bench, code: str, rows: Rows, day: date) -> list[Mapping[str, Any]]:
    """Return law rows with what was verified since: the case is decided by the law that is known now."""
    held = rows_on(bench.definitions.violations, code, day)
    cited = [one for row in held for one in (*row.duty, *(fine.basis for fine in row.penalty if fine.basis))]
    checked = {(one.law, one.version, one.clause): one for one in cited if one.verified}

    def fresh(row: Mapping[str, Any]) -> Mapping[str, Any]:
        if isinstance(row.get("basis"), Mapping):
            return {**row, "basis": fresh(row["basis"])}
        known = checked.get((str(row.get("law")), str(row.get("version")), str(row.get("clause"))))
        return {**row, "verified": True} if known is not None else row

    return [fresh(row) for row in rows]


def _proof(bench: Bench, piece: Piece, shots: Mapping[str, Shot]) -> Proof:
    held = bench.definitions.evidence.get(piece.kind)
    text = held.text if held else {"zh": piece.kind, "en": piece.kind}
    return Proof(piece.kind, text, piece.state, [_added(one, shots) for one in piece.rows])


def _added(row: CaseEvidence, shots: Mapping[str, Shot]) -> Added:
    held = case_scans.by_digest(str(row.file)) if row.file else None
    return Added(
        file=str(row.file),
        name=str(held.name) if held else "",
        shot=shots.get(str(row.entry)),
        text=str(row.text),
        not_obtainable=str(row.not_obtainable),
        by=str(row.obtained_by),
        at=str(row.at),
    )
