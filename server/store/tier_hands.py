"""A carrier's level set by a person: with a reason, until a day, and never so that it hides what stands against it."""

from __future__ import annotations

import json
from datetime import timedelta

from checklists.definitions.carrier_formula import CarrierFormula
from checklists.zone import in_law_zone
from server import clock
from server.cases.ends import day_in
from server.store import audit, carrier_tiers, tier_queue
from server.store.tier_models import CarrierTier as Row

LEVELS = ("tightened", "normal", "reduced")
"""What a person may set: nobody can make a carrier unknown, or known."""

LEAST_REASON, LONGEST_REASON = 2, 300


def _(words: str) -> str:
    return words


FAULTS = {
    "hand_level": _("Choose the level."),
    "hand_reason": _("Give the reason: 2 to 300 characters."),
    "hand_until": _("Give the last day: today or later, and not beyond the longest time of the formula."),
    "hand_unknown": _("Of this carrier too little is known: it cannot be checked less closely."),
    "hand_standing": _("Something stands against this carrier that has it checked closely; end that first."),
    "hand_none": _("No level is set by a person here."),
    "hand_formula": _("No formula is in force: publish one first."),
}
"""Why a level is not set by hand."""


class HandError(ValueError):
    """Why a level cannot be set or ended by hand: a code of FAULTS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def set_by_hand(key: str, who: str, level: str, reason: str, until: str) -> Row:
    """Set a carrier's level with a reason until a day, that day included. Raises HandError, KeyError for no carrier."""
    row = Row.get_or_none(Row.key == key)
    if row is None:
        raise KeyError(key)
    formula = carrier_tiers.current_formula()
    fault = _hand_fault(row, level, reason, until, formula)
    if fault:
        raise HandError(fault)
    was = str(row.level)
    row.hand_level, row.hand_reason = level, reason.strip()[:LONGEST_REASON]
    row.hand_until, row.hand_by = until, who
    carrier_tiers.note(row, who, was, level, str(row.hand_reason), until)
    carrier_tiers.settle(row, who)
    tier_queue.touch_known([key])
    detail = {"level": [was, level], "until": until, "reason": str(row.hand_reason)}
    audit.note(who=who, action="carrier_tier.set", subject=f"carrier:{key}", detail=detail)
    return row


def _hand_fault(row: Row, level: str, reason: str, until: str, formula: CarrierFormula | None) -> str:
    if formula is None:
        return "hand_formula"
    if level not in LEVELS:
        return "hand_level"
    if len(reason.strip()) < LEAST_REASON:
        return "hand_reason"
    today = in_law_zone(clock.read(clock.now())).date()
    last = day_in(until)
    if last is None or not today <= last <= today + timedelta(days=formula.hand_days):
        return "hand_until"
    codes = {one["code"] for one in json.loads(str(row.reasons))}
    tightens = {one.counted for one in formula.weights if one.tightens}
    if level != "tightened" and codes & tightens:
        return "hand_standing"
    return "hand_unknown" if level == "reduced" and row.found == "unknown" else ""


def end_by_hand(key: str, who: str, reason: str) -> Row:
    """End a level that a person set before its day. Raises HandError, KeyError for no carrier."""
    row = Row.get_or_none(Row.key == key)
    if row is None:
        raise KeyError(key)
    if not row.hand_level:
        raise HandError("hand_none")
    if len(reason.strip()) < LEAST_REASON:
        raise HandError("hand_reason")
    was = str(row.hand_level)
    row.hand_level = row.hand_until = row.hand_reason = row.hand_by = ""
    carrier_tiers.note(row, who, was, str(row.found), reason.strip()[:LONGEST_REASON])
    carrier_tiers.settle(row, who)
    detail = {"level": [was, str(row.level)], "reason": reason.strip()[:LONGEST_REASON]}
    audit.note(who=who, action="carrier_tier.end", subject=f"carrier:{key}", detail=detail)
    return row
