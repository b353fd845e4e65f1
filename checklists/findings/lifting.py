"""What a sealed record still asks for once it was looked at again, and what a leader approves to lift it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from checklists.definitions.definition import Definitions
from checklists.findings.approval import AGAINST_STOP, stops
from checklists.findings.fault import fault
from checklists.findings.finding import Assessment, Finding
from checklists.findings.outcome import HOLD, OUTCOMES, propose
from checklists.inspection.recheck import LookedAgain

AGAINST_FINDING = "against_finding"
"""What a leader approves: that a vehicle goes on although what held it was not put right."""


def unmended(assessment: Assessment, again: LookedAgain) -> tuple[Finding, ...]:
    """Return the findings that nobody saw to be put right; of several faults of one item each is seen for itself."""
    return tuple(one for one in assessment.findings if again.corrected(fault(one)) is None)


def still_holds(definitions: Definitions, findings: Iterable[Finding]) -> bool:
    """Whether these findings alone would hold a vehicle."""
    left = propose(((one.severity, one.measures) for one in findings), {}, definitions.measures)
    return OUTCOMES.index(left.outcome) >= HOLD


def ways(found: Collection[Finding], left: Collection[Finding], *, deadline: bool) -> tuple[str, ...]:
    """Return the outcomes by which a vehicle may go on, the likeliest first; `deadline`: the record set a last day.

    Put right is what was found and seen to be: with anything left over it is a release, or the rest is due by that day.
    """
    if found and not left:
        return ("release_after_correction",)
    return ("correct_by_deadline", "release") if deadline else ("release",)


def approvals(
    definitions: Definitions, now: Assessment, left: Iterable[Finding], approved: Iterable[str]
) -> tuple[str, ...]:
    """Return what a leader approves before the vehicle goes on, by code; empty: the officers alone lift the hold.

    `now` is the assessment with what the tablet has heard by now: a stop that somebody else ordered stays his. What a
    leader approved when the vehicle was held (`approved`, codes of measures) he ends as well.
    """
    found = [one for one in approved if one != AGAINST_STOP]
    found += [AGAINST_STOP] if stops(now) else []
    found += [AGAINST_FINDING] if still_holds(definitions, left) else []
    return tuple(dict.fromkeys(found))
