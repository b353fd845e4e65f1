"""What the officers owe after an inspection: to report an urgent measure, to file a fine, to look again. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from checklists.law.clocks import calendar_of, due
from mobile.inspecting import conclusion, decision
from mobile.inspecting.inspection import Held

REPORT, FILE, RECHECK = "report_measure", "file_fine", "recheck_order"
"""To report an urgent measure, to file a fine, to look whether an order was obeyed by its last day."""


@dataclass(frozen=True)
class Duty:
    """One thing owed. `what` are the codes of measures, or the numbers of papers."""

    kind: str
    inspection: str
    plate: str
    what: tuple[str, ...]
    due: str
    done_at: str = ""

    @property
    def id(self) -> str:
        """The name by which what was done about it is told to the office."""
        return f"{self.kind}-{self.inspection}"


def owed(held: Held, numbers: tuple[str, ...]) -> tuple[Duty, ...]:
    """Return what the decision of an inspection makes its officers owe; `numbers` are those of its fines."""
    plate = str(held.fact("vehicle.plate") or "")
    found = []
    approval = conclusion.approval_of(held)
    urgent = approval.urgent
    # Whom a leader's approval has reached after all is owed no report.
    if urgent is not None and approval.leader is None:
        measures = tuple(map(str, urgent.value.get("measures", ())))
        found.append(Duty(REPORT, held.inspection, plate, measures, str(urgent.value.get("report_by", ""))))
    term = held.kit.definitions.terms.get("simple_report")
    last = due(term, held.assessment.situation.at, calendar_of(held.kit.tables)).last if term and numbers else None
    day = str(decision.outcome(held).get("correct_by") or "")
    if day:
        found.append(Duty(RECHECK, held.inspection, plate, (), day))
    if last is not None:
        found.append(Duty(FILE, held.inspection, plate, numbers, last.isoformat()))
    return tuple(found)
