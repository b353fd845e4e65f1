"""What is proposed for the vehicle: the worst finding decides, and one more finding never lightens it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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

_BY_MEASURE = {"R": 1, "EDU": 0, "L": 2, "N": 3, "H": 3, "U": 4, "D": 3}
"""The outcome that a measure alone asks for. A seizure (D) needs its own basis and approval: it is never proposed."""


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
    missing_evidence: tuple[str, ...] = (),
) -> Proposal:
    """Return the proposal for findings given as (severity, measures). A leak is never released."""
    held = list(findings)
    rank = max((_rank(severity, measures) for severity, measures in held), default=0)
    if "yes" in (known.get("leaking") or ()):
        rank = max(rank, OUTCOMES.index("hold"))
    worst = min((severity for severity, _ in held), key=len, default="")
    measures = tuple(dict.fromkeys(measure for _, asked in held for measure in asked))
    return Proposal(OUTCOMES[rank], worst, measures, missing_evidence)


def heavier(one: str, other: str) -> bool:
    """Whether the first outcome is heavier than the second."""
    return OUTCOMES.index(one) > OUTCOMES.index(other)


def _rank(severity: str, measures: tuple[str, ...]) -> int:
    asked = [_BY_MEASURE.get(measure.partition(":")[0], 0) for measure in measures]
    if severity == "I":
        return max(OUTCOMES.index("hold"), 4 if "U" in measures and "H" not in measures else 0)
    if severity == "II":
        return max(1, *(min(one, 3) for one in asked)) if asked else 1
    return 2 if "L" in measures else 1
