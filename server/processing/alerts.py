"""What the teams ahead are told when a vehicle was let go with something grave that the office found since. Pure."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from checklists import words
from checklists.findings.outcome import heavier
from checklists.inspection.tasks import due_of
from checklists.wire import instant
from server.cases.opening import Finding, identity
from server.processing.recompute import Recomputed

RELEASED = frozenset({"release", "release_after_correction", "correct_by_deadline"})
"""Decisions after which the vehicle went on."""

GRAVE = ("I", "II")


def alert_for(inspection: str, done: Recomputed, at: datetime) -> dict[str, Any] | None:
    """Return the alert: what the office found besides, where it asks for more than what was decided; else None.

    It is for every team that can act, whosever the violation is, so there is one. The same findings give the same id:
    computing again raises no second alert. What was sealed counts; that it was amended since lets nobody go.
    """
    decided = str(done.columns.get("outcome_before") or done.columns.get("outcome") or "")
    if decided not in RELEASED or not heavier(done.proposed, decided):
        return None
    found = [one for difference, one in done.fuller or () if difference == "new"]
    new = [one for one in (*found, *done.warned) if one.get("severity") in GRAVE]
    return _task(inspection, done, new, at) if new else None


def _task(inspection: str, done: Recomputed, found: list[Finding], at: datetime) -> dict[str, Any]:
    tier = "high" if any(one["severity"] == "I" for one in found) else "medium"
    keys = sorted(identity(one).key for one in found)
    due = due_of(tier, at)
    return {
        "id": "alert-" + sha256("\n".join((inspection, *keys)).encode()).hexdigest()[:32],
        "kind": "alert",
        "tier": tier,
        "title": {
            "zh": "已放行车辆补查发现问题",
            "en": "A vehicle that was let go turned out to have a deviation",
        },
        "text": {
            lang[:2]: words.parted((_words(one, lang) for one in found), words.say(lang)) for lang in words.LANGUAGES
        },
        "due": instant(due) if due else "",
        "plate": str(done.columns.get("plate") or ""),
        "colour": str(done.columns.get("colour") or ""),
        "site": str(done.columns.get("site") or ""),
        "inspected_at": str(done.columns.get("inspected_at") or ""),
        "case": "",
        "inspection": inspection,
        "created_at": instant(at),
    }


def _words(finding: Finding, lang: str) -> str:
    text = finding.get("text") or finding.get("violation_title") or {}
    return words.pick(text, lang) or str(finding.get("item") or "")
