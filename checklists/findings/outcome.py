"""What is proposed for the vehicle: the worst finding decides, and one more finding never lightens it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checklists.law.model import Measure
from checklists.values import frozen

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

ABANDONED = "abandoned"
"""What a check that was begun by mistake is sealed with; it is no outcome that anybody chooses, and lifts no hold."""


SEVERITIES = ("I", "II", "III")

HOLD = OUTCOMES.index("hold")
CORRECTED = OUTCOMES.index("release_after_correction")
BY_DEADLINE = OUTCOMES.index("correct_by_deadline")


@frozen
class Proposal:
    """The proposed outcome with its worst severity, all measures asked for, and the items that still lack evidence.

    `approval` are those of the measures that a leader approves before they are carried out.
    """

    outcome: str
    severity: str = ""
    measures: tuple[str, ...] = ()
    missing_evidence: tuple[str, ...] = ()
    approval: tuple[str, ...] = ()


def propose(
    findings: Iterable[tuple[str, tuple[str, ...]]],
    known: Mapping[str, frozenset[str] | None],
    rows: Mapping[str, Measure],
    missing_evidence: tuple[str, ...] = (),
) -> Proposal:
    """Return the proposal for findings given as (severity, measures); `rows` are the regime's measures.

    A leak is never released. A seizure needs its own basis and approval: the data propose none. A severity that this
    version does not know is no reason to let go: it asks for a correction at least, and for what its measures ask.
    """
    held = list(findings)
    rank = max((_rank(severity, [_asked(one, rows) for one in measures]) for severity, measures in held), default=0)
    if "yes" in (known.get("leaking") or ()):
        rank = max(rank, HOLD)
    worst = next((severity for severity in SEVERITIES if any(severity == one for one, _ in held)), "")
    measures = tuple(dict.fromkeys(measure for _, asked in held for measure in asked))
    approval = tuple(one for one in measures if (row := _row(one, rows)) and row.approval)
    return Proposal(OUTCOMES[rank], worst, measures, missing_evidence, approval)


def carried_out(measures: Iterable[str], decided: str, rows: Mapping[str, Measure]) -> tuple[str, ...]:
    """Return those of the measures asked for that a decision carries out: who is let go is not held, nor seized."""
    goes = decided in OUTCOMES[:HOLD]
    return tuple(one for one in measures if not goes or _asked(one, rows) < HOLD)


def heavier(one: str, other: str) -> bool:
    """Whether the first outcome is heavier than the second; one that this version does not know counts as heaviest."""
    return _place(one) > _place(other)


def _place(outcome: str) -> int:
    return OUTCOMES.index(outcome) if outcome in OUTCOMES else len(OUTCOMES)


def _row(measure: str, rows: Mapping[str, Measure]) -> Measure | None:
    return rows.get(measure.partition(":")[0])


def _asked(measure: str, rows: Mapping[str, Measure]) -> int:
    """What a measure alone asks for; an outcome of a later version asks to hold."""
    row = _row(measure, rows)
    if row is None or not row.outcome:
        return 0
    return OUTCOMES.index(row.outcome) if row.outcome in OUTCOMES else HOLD


def _rank(severity: str, asked: list[int]) -> int:
    """I: held, and then it is settled there whether to unload; II: put right first; III: corrected, now or by a day."""
    if severity == "I":
        return max(HOLD, *asked) if asked and HOLD not in asked else HOLD
    if severity == "II":
        return max(CORRECTED, *(min(one, HOLD) for one in asked)) if asked else CORRECTED
    if severity == "III":
        return BY_DEADLINE if BY_DEADLINE in asked else CORRECTED
    return max([CORRECTED, *asked] if severity else asked, default=0)
