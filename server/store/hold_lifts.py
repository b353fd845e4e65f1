"""A hold ends in the office: everything that held the vehicle was cleared or overturned.

The sealed record stays as it is. What stands now goes out as `history`, with the outcome of before and when that ended,
as where an amendment lets a vehicle go; so tablets of any version hear of it. Unknown is never clean: what opened no
case, or what was decided beyond the findings, holds until somebody lets the vehicle go at a post.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from checklists.facts.earlier import HOLDING
from checklists.findings.outcome import heavier
from checklists.wire import canonical
from server import clock
from server.cases.opening import opens_case
from server.store import audit, case_around, feed_history, records
from server.store.case_models import SideTrack
from server.store.lifted import covers
from server.store.models import Case, CaseViolation, Record, ServerFinding
from server.store.rows import aside, tuples
from server.store.way_back_models import HoldLift

LIFTABLE = tuple(one for one in HOLDING if one != "seize")
"""A seizure is a measure of its own (行政强制法), with its own lifting; clearing findings does not end it."""
CLEARING = ("rectification_cleared", "dispute_corrected")
"""Events after which it is asked whether anything still holds."""


@dataclass(frozen=True)
class Standing:
    """Whether a check holds its vehicle still, and what of it is left: violations, and codes of what no clerk lifts."""

    holds: bool
    outcome: str
    left: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    lifted_at: str = ""

    @property
    def clears(self) -> bool:
        """Whether nothing is left that holds."""
        return self.holds and not self.left and not self.beyond


def consider(row: Case, who: str) -> list[str]:
    """Lift the holds of a case's stops of which nothing is left; return the inspections. In the step's transaction.

    After the step was noted in the audit log: its lock lets two clerks who clear the last points of two cases at once
    come one after the other, so that the second one sees what the first has cleared.
    """
    lifted = [one for one in case_around.stops(row) if (now := standing(one)) is not None and now.clears]
    for inspection in lifted:
        outcome = str(_seal(inspection).outcome)  # type: ignore[union-attr] # it was read for its standing
        codes = sorted(_codes(inspection))
        HoldLift.create(
            inspection=inspection, outcome=outcome, violations=canonical(codes).decode(), case=str(row.id), who=who,
            at=clock.now(),
        )  # fmt: skip
        audit.note(
            who=who, action="hold.lift", subject=f"case:{row.id}", purpose="case", detail={"inspection": inspection}
        )
        feed_history.tell([inspection])
    return lifted


def standing(inspection: str) -> Standing | None:
    """Return how the hold of a check stands; None where it held nothing, or is not processed."""
    seal = _seal(inspection)
    if seal is None or seal.outcome not in HOLDING:
        return None
    (row,) = feed_history.of([inspection]) or ({},)
    outcome = str(seal.outcome)
    if row.get("outcome") not in HOLDING:
        return Standing(holds=False, outcome=outcome, lifted_at=str(row.get("outcome_at") or ""))
    return Standing(True, outcome, tuple(_left(inspection)), tuple(_beyond(inspection, seal)))


def _seal(inspection: str) -> Record | None:
    held = Record.select().where(
        Record.inspection == inspection, aside(Record.kind) == "inspection", aside(Record.state) == "processed"
    )
    found: Record | None = held.order_by(Record.id).first()
    return found


def _codes(inspection: str) -> set[str]:
    """Return every violation that a case of the inspection holds."""
    query = CaseViolation.select(CaseViolation.violation).where(CaseViolation.inspection == inspection).distinct()
    return {str(code) for (code,) in tuples(query)}


def _left(inspection: str) -> list[str]:
    """Return the violations that are neither corrected nor overturned in every case that holds them.

    A case that ended without a decision corrects nothing. One that was handed over is left to the case that came of it.
    """
    columns = (CaseViolation.violation, Case.id, Case.state, Case.origin)
    query = CaseViolation.select(*columns).join(Case, on=(Case.id == CaseViolation.case))
    held = [tuple(map(str, row)) for row in tuples(query.where(CaseViolation.inspection == inspection).distinct())]
    taken = {(code, origin) for code, _case, _state, origin in held}
    counted = [
        (code, case) for code, case, state, _origin in held if state != "handed_over" or (code, case) not in taken
    ]
    sides = _sides({case for _code, case in counted})
    return sorted({code for code, case in counted if not _settled(code, sides.get(case, ()))})


Tracks = Iterable[tuple[str, str, Mapping[str, Any]]]


def _sides(cases: Iterable[str]) -> dict[str, list[tuple[str, str, Mapping[str, Any]]]]:
    found: dict[str, list[tuple[str, str, Mapping[str, Any]]]] = {}
    for one in SideTrack.select().where(SideTrack.case.in_(list(cases))):
        told = (str(one.kind), str(one.state), json.loads(str(one.facts)))
        found.setdefault(str(one.case), []).append(told)
    return found


def _settled(code: str, sides: Tracks) -> bool:
    """Whether a finding was overturned, or every correction that was ordered of it was cleared, and one was."""
    held = [(kind, state) for kind, state, facts in sides if covers(facts, code)]
    if ("dispute", "corrected") in held:
        return True
    corrections = [state for kind, state in held if kind == "rectification" and state != "dropped"]
    return bool(corrections) and all(state == "cleared" for state in corrections)


def _beyond(inspection: str, seal: Record) -> Iterable[str]:
    """Yield why clearing the cases' violations is not enough: each is for somebody at a post, or another way."""
    if seal.outcome not in LIFTABLE:
        yield "seized"
    measures = SideTrack.select().join(Case, on=(Case.id == SideTrack.case)).where(
        Case.inspection == inspection, SideTrack.kind == "measure", SideTrack.state.not_in(("refused", "lifted"))
    )  # fmt: skip
    if measures.exists():
        yield "measure"
    if not _codes(inspection):
        yield "no_case"
    part = records.parts_of(inspection).get(str(seal.digest), {})
    outcome = part.get("outcome") or {}
    proposed, decided = str(outcome.get("proposed") or ""), str(outcome.get("decided") or "")
    if proposed not in HOLDING and heavier(decided or str(seal.outcome), proposed):
        yield "decided_beyond"
    if any(_grave_without_case(one) for one in (*(part.get("findings") or ()), *_fuller(inspection))):
        yield "without_case"


def _grave_without_case(finding: Mapping[str, Any]) -> bool:
    """Whether something was found that no case follows up and that is not merely to be corrected and taught."""
    return not opens_case(finding) and finding.get("severity") != "III"


def _fuller(inspection: str) -> list[dict[str, Any]]:
    query = ServerFinding.select(ServerFinding.finding).where(
        ServerFinding.inspection == inspection, ServerFinding.sense == "fuller", ServerFinding.difference != "gone"
    )
    return [json.loads(held) for (held,) in tuples(query)]
