"""Which evidence each violation of a case has and lacks: what the records hold, and what the office added.

The board of a case is violation × kind of evidence. A kind that cannot be had counts as answered once somebody has
written down why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checklists.facts.situation import Situation
from checklists.findings.item_state import Given
from checklists.findings.proof import Held, prove
from checklists.inspection.entries import Entry, merge, situation_of
from checklists.wire import WireError
from server.cases.grouping import Group
from server.parts import conduct_at, entries_of
from server.store import case_law, records
from server.store.case_models import CaseEvidence
from server.store.models import CaseViolation
from server.store.rows import tuples


@dataclass(frozen=True)
class Piece:
    """A kind of evidence of a violation. `state`: record, office, not_obtainable or missing; `rows`: the office's."""

    kind: str
    state: str
    rows: tuple[CaseEvidence, ...] = ()


def board(case: str, groups: Sequence[Group]) -> dict[str, tuple[Piece, ...]]:
    """Return for each violation of a case the evidence that it needs, with what there is of it."""
    added = list(CaseEvidence.select().where(CaseEvidence.case == case).order_by(CaseEvidence.id))
    held = _held(case)
    return {one.violation: tuple(_pieces(one, held, added)) for one in groups}


def missing(case: str, groups: Sequence[Group]) -> Mapping[str, tuple[str, ...]]:
    """Return for each violation of a case the kinds of evidence that it lacks."""
    return {
        code: tuple(one.kind for one in pieces if one.state == "missing")
        for code, pieces in board(case, groups).items()
    }


def _pieces(group: Group, held: Sequence[Held], added: Sequence[CaseEvidence]) -> Iterable[Piece]:
    present = _present(group, held)
    for kind in group.evidence:
        rows = tuple(one for one in added if one.kind == kind and one.violation in ("", group.violation))
        state = "missing"
        if any(one.not_obtainable for one in rows):
            state = "not_obtainable"
        if any(one.file or one.entry for one in rows):
            state = "office"
        yield Piece(kind, "record" if kind in present else state, rows)


def _present(group: Group, held: Sequence[Held]) -> set[str]:
    """Return the kinds that the records hold; any fact of the violation may have them."""
    kinds = case_law.current().definitions.evidence
    return {
        kind
        for one in held
        for fact in group.facts
        for kind in prove(group.evidence, kinds, one, str(fact.finding.get("item") or "")).present
    }


def _held(case: str) -> list[Held]:
    """Return what the records of each stop of a case hold as evidence."""
    query = CaseViolation.select(CaseViolation.inspection).where(CaseViolation.case == case).distinct()
    return [held for (inspection,) in tuples(query) if (held := _of_stop(inspection)) is not None]


def _of_stop(inspection: str) -> Held | None:
    parts = list(records.parts_of(inspection).values())
    sealed = next((one for one in parts if one.get("kind") == "inspection"), None)
    if sealed is None:
        return None
    entries = merge(*(entries_of(one) for one in parts))
    return Held.of(_situation(entries, conduct_at(sealed)), entries, Given.of(entries).photos)


def _situation(entries: tuple[Entry, ...], at: str) -> Situation:
    """Return the facts; those that cannot be read prove nothing."""
    try:
        return situation_of(entries, at)
    except WireError:
        return situation_of((), at)
