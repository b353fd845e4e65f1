"""Whether a leader must approve before the vehicle is dealt with, and what the entries say about it.

An approval is a signature in the role `leader` that names the digest of exactly the decision it was given for; a note
`approval` says that no leader could be reached and by when the urgent measure is reported (行政强制法 18–19: 24 hours).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from checklists.definitions.definition import Definitions
from checklists.findings.finding import Assessment
from checklists.findings.outcome import HOLD, OUTCOMES
from checklists.goods.listing import Tables
from checklists.inspection.entries import Entry, standing
from checklists.law.clocks import calendar_of, due
from checklists.rules.crosscheck import Result
from checklists.values import frozen
from checklists.wire import canonical, digest

ROLE, NOTE = "leader", "approval"
TERM = "compulsion_report"

AGAINST_STOP = "against_stop"
"""What a leader approves besides measures: that a vehicle goes on against a stop order or an earlier hold."""

_STOPS = (("R17", "stop_order"), ("R17", "held"))


@frozen
class Approval:
    """How a decision stands: `needed` are the measures; `leader` approved it, or `urgent` is to be reported."""

    needed: tuple[str, ...] = ()
    leader: Entry | None = None
    urgent: Entry | None = None

    @property
    def lacking(self) -> bool:
        """Whether nothing may be carried out yet. Letting go against a stop is never so urgent that nobody is asked."""
        return bool(self.needed) and self.leader is None and (self.urgent is None or AGAINST_STOP in self.needed)

    @property
    def measures(self) -> tuple[str, ...]:
        """What of it is a measure of the law."""
        return tuple(one for one in self.needed if one != AGAINST_STOP)


def needed(definitions: Definitions, assessment: Assessment, regime: str, decided: str) -> tuple[str, ...]:
    """Return the measures that a decision carries out and a leader approves first, by code.

    Those asked for by the findings count unless the vehicle is let go; an outcome may amount to one by itself. A
    vehicle that is let go against a stop needs AGAINST_STOP, also where an officer set the stop aside: one reason of
    his own would be no stop at all.
    """
    goes = decided in OUTCOMES[:HOLD]
    asked = assessment.proposal.approval if not goes else (AGAINST_STOP,) if stops(assessment) else ()
    rows = [one for one in definitions.measures.values() if one.approval and one.regime == regime]
    return tuple(dict.fromkeys((*asked, *(one.code for one in rows if decided in one.done_by))))


def stops(assessment: Assessment) -> tuple[Result, ...]:
    """Return the stop orders and earlier holds that stand, also by an old list, and those that were set aside too."""
    told = (one for one in assessment.results if (one.rule, one.case) in _STOPS)
    return tuple(one for one in told if one.verdict == "conflict" or (one.verdict == "stale" and one.subject))


def decision(decided: Mapping[str, Any], measures: Iterable[str]) -> str:
    """Return the digest of a decision: the outcome with its reason and day, and the measures to be approved."""
    kept = {key: decided[key] for key in ("decided", "reason", "correct_by") if decided.get(key)}
    return digest(canonical({**kept, "measures": list(measures)}))


def approval(entries: Iterable[Entry], measures: tuple[str, ...], decided: Mapping[str, Any]) -> Approval:
    """Return how the decision stands; what was approved for another decision does not count."""
    held, named = tuple(entries), decision(decided, measures)
    given = [one for rivals in standing(held, "signature").values() for one in rivals]
    leaders = [one for one in given if one.value.get("role") == ROLE and one.value.get("decision") == named]
    notes = [one for one in standing(held, "note").get(NOTE, ()) if one.value.get("decision") == named]
    return Approval(measures, leaders[-1] if leaders else None, notes[-1] if notes else None)


def report_due(definitions: Definitions, tables: Tables, at: datetime) -> datetime | None:
    """Return until when an urgent measure begun at that time is reported; None where the data name no term."""
    term = definitions.terms.get(TERM)
    found = due(term, at, calendar_of(tables)).last if term else None
    return found if isinstance(found, datetime) else None
