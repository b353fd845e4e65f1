"""What is proposed for the vehicle: the worst finding decides, and one more finding never lightens it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checklists.law import Measure

OUTCOMES = (
    "release",
    "release_after_correction",
    "correct_by_deadline",
    "hold",
    "transfer_load",
    "escort_to_safe_place",
    "seize",
)
"""From the lightest to the heaviest."""


@dataclass(frozen=True)
class Proposal:
    """The proposed outcome with its worst severity, all measures asked for, and the items that still lack evidence."""

    outcome: str
    severity: str = ""
    measures: tuple[str, ...] = ()
    missing_evidence: tuple[str, ...] = ()


def propose(
    findings: Iterable[tuple[str, tuple[str, ...]]],
    known: Mapping[str, frozenset[str] | None],
    rows: Mapping[str, Measure],
    missing_evidence: tuple[str, ...] = (),
) -> Proposal:
    """Return the proposal for findings given as (severity, measures); `rows` are the regime's measures.

    A leak is never released. A seizure needs its own basis and approval: the data propose none.
    """
    held = list(findings)
    rank = max((_rank(severity, [_asked(one, rows) for one in measures]) for severity, measures in held), default=0)
    if "yes" in (known.get("leaking") or ()):
        rank = max(rank, OUTCOMES.index("hold"))
    worst = min((severity for severity, _ in held), key=len, default="")
    measures = tuple(dict.fromkeys(measure for _, asked in held for measure in asked))
    return Proposal(OUTCOMES[rank], worst, measures, missing_evidence)


def heavier(one: str, other: str) -> bool:
    """Whether the first outcome is heavier than the second."""
    return OUTCOMES.index(one) > OUTCOMES.index(other)


def _asked(measure: str, rows: Mapping[str, Measure]) -> int:
    row = rows.get(measure.partition(":")[0])
    return OUTCOMES.index(row.outcome) if row and row.outcome else 0


def _rank(severity: str, asked: list[int]) -> int:
    hold, by_deadline = OUTCOMES.index("hold"), OUTCOMES.index("correct_by_deadline")
    if severity == "I":
        return max(hold, *asked) if asked and hold not in asked else hold
    if severity == "II":
        return max(1, *(min(one, hold) for one in asked)) if asked else 1
    if severity == "III":
        return by_deadline if by_deadline in asked else 1
    return max(asked, default=0)
