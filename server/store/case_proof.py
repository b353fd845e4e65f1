"""Which evidence each violation of a case has and lacks: what the records hold, and what the office added.

The board of a case is violation × kind of evidence. A kind that cannot be had counts as answered once somebody has
written down why. An entry whose origin nobody proved (`checklists.records.origin`) is no evidence: a kind that rests on
such entries alone is lacking, and is shown as not proven.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checklists.facts.situation import Situation
from checklists.findings.item_state import Given
from checklists.findings.proof import Held, prove
from checklists.inspection.entries import Entry, merge, situation_of
from checklists.wire import WireError
from server.cases.grouping import Group
from server.parts import Part, conduct_at, entries_of, judge_parts
from server.store import case_law, meta, records, registry
from server.store.case_models import CaseEvidence
from server.store.models import CaseViolation
from server.store.rows import tuples

LACKING = ("missing", "not_proven")
"""States of a piece that is still to be had."""


@dataclass(frozen=True)
class Piece:
    """A kind of evidence of a violation; `rows` are those that the office added.

    `state`: record, office, not_obtainable, not_proven (there is some, of which nobody proved that he wrote it) or
    missing.
    """

    kind: str
    state: str
    rows: tuple[CaseEvidence, ...] = ()


@dataclass(frozen=True)
class _Stop:
    """What the records of a stop hold: proven, with what nobody proved, and the entries that do not count."""

    proven: Held
    told: Held
    left_out: frozenset[str]


def board(case: str, groups: Sequence[Group]) -> dict[str, tuple[Piece, ...]]:
    """Return for each violation of a case the evidence that it needs, with what there is of it."""
    added = list(CaseEvidence.select().where(CaseEvidence.case == case).order_by(CaseEvidence.id))
    stops = _stops(case)
    return {one.violation: tuple(_pieces(one, stops, added)) for one in groups}


def missing(case: str, groups: Sequence[Group]) -> Mapping[str, tuple[str, ...]]:
    """Return for each violation of a case the kinds of evidence that it lacks."""
    return {
        code: tuple(one.kind for one in pieces if one.state in LACKING) for code, pieces in board(case, groups).items()
    }


def _pieces(group: Group, stops: Sequence[_Stop], added: Sequence[CaseEvidence]) -> Iterable[Piece]:
    proven = _present(group, [one.proven for one in stops])
    told = _present(group, [one.told for one in stops])
    left_out = frozenset[str]().union(*(one.left_out for one in stops))
    for kind in group.evidence:
        rows = tuple(one for one in added if one.kind == kind and one.violation in ("", group.violation))
        state = "not_proven" if kind in told or any(one.entry in left_out for one in rows) else "missing"
        if any(one.not_obtainable for one in rows):
            state = "not_obtainable"
        if any(one.file or (one.entry and one.entry not in left_out) for one in rows):
            state = "office"
        yield Piece(kind, "record" if kind in proven else state, rows)


def _present(group: Group, held: Sequence[Held]) -> set[str]:
    """Return the kinds that the records hold; any fact of the violation may have them."""
    kinds = case_law.current().definitions.evidence
    return {
        kind
        for one in held
        for fact in group.facts
        for kind in prove(group.evidence, kinds, one, _items(fact.finding)).present
    }


def _items(finding: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the items that saw the fact of a finding, its own first."""
    return (str(finding.get("item") or ""), *(finding.get("joined") or ()))


def _stops(case: str) -> list[_Stop]:
    """Return what the records of each stop of a case hold as evidence."""
    query = CaseViolation.select(CaseViolation.inspection).where(CaseViolation.case == case).distinct()
    return [held for (inspection,) in tuples(query) if (held := _of_stop(inspection)) is not None]


def _of_stop(inspection: str) -> _Stop | None:
    parts = list(records.parts_of(inspection).values())
    sealed = next((one for one in parts if one.get("kind") == "inspection"), None)
    if sealed is None:
        return None
    judged = judge_parts(parts, registry.lookup, meta.office_key())
    everything = merge(*(entries_of(one) for one in parts)) if judged.doubts else judged.entries
    return _Stop(_held(judged.entries, sealed), _held(everything, sealed), judged.left_out)


def _held(entries: tuple[Entry, ...], sealed: Part) -> Held:
    return Held.of(_situation(entries, conduct_at(sealed)), entries, Given.of(entries).photos)


def _situation(entries: tuple[Entry, ...], at: str) -> Situation:
    """Return the facts; those that cannot be read prove nothing."""
    try:
        return situation_of(entries, at)
    except WireError:
        return situation_of((), at)
