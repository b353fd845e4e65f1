"""What was proposed for an inspection and what was decided. Pure."""

from __future__ import annotations

from typing import Any

from checklists.inspection.entries import standing
from mobile.inspecting.inspection import Held


def outcome(held: Held) -> dict[str, Any]:
    """Return what was proposed and what was decided, from the entries; nothing decided stays visible as empty."""
    stand = standing(held.entries, "outcome")
    said: dict[str, Any] = {"proposed": held.assessment.proposal.outcome, "decided": None, "reason": None}
    for item in ("proposal", "decision"):
        if item in stand:
            said.update(stand[item][-1].value)
    return said
