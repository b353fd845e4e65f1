"""How much attention the vehicle in front of an officer asks for: a level, and at most three reasons for it.

Only what is worked out already is looked at. What counts how much is data (`definitions/tiers.yaml`); any conflict that
is added makes a level higher or leaves it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field

from checklists.definitions.definition import TIER_LEVELS, TierRow
from checklists.facts.identifiers.keys import number_key
from checklists.findings.finding import Alert, Assessment, Finding
from checklists.findings.outcome import SEVERITIES
from checklists.rules.order_keys import keys
from checklists.rules.repeats import MONTHS, months_before
from checklists.values import frozen

MOST = 3
"""So many reasons are read while a vehicle rolls up."""

_LISTS = ("R17", "R21")
"""What orders and history say has reasons of its own."""


@frozen
class Reason:
    """One reason: its code (words: `words.TIER_REASONS`), the level that it asks for, how many, which, and a text."""

    code: str
    level: str
    count: int = 1
    named: tuple[str, ...] = ()
    text: Mapping[str, str] = field(default_factory=dict)


@frozen
class Tier:
    """`level` is one of TIER_LEVELS; the gravest reasons come first."""

    level: str
    reasons: tuple[Reason, ...] = ()


def tier(assessment: Assessment) -> Tier:
    """Return the tier of an assessment by the rows that it was made with; low where none of them holds."""
    held = [reason for row in assessment.tiers if (reason := _reason(row, assessment))]
    held.sort(key=lambda one: -TIER_LEVELS.index(one.level))
    gravest = {one.code: one for one in reversed(held)}
    reasons = [one for one in held if gravest[one.code] is one]
    return Tier(reasons[0].level if reasons else TIER_LEVELS[0], tuple(reasons[:MOST]))


def _reason(row: TierRow, assessment: Assessment) -> Reason | None:
    look = _LOOKS.get(row.reason)
    found = look(row, assessment) if look else None
    return found if found and found.count >= row.least else None


def _orders(case: str) -> Callable[[TierRow, Assessment], Reason | None]:
    def look(row: TierRow, assessment: Assessment) -> Reason | None:
        held = [one.result.subject for one in assessment.alerts if (one.result.rule, one.result.case) == ("R17", case)]
        return _made(row, held)

    return look


def _conflicts(row: TierRow, assessment: Assessment) -> Reason | None:
    """Findings and alerts by their severity; what has none is the lightest."""
    alerts = (one for one in assessment.alerts if one.result.rule not in _LISTS)
    found: list[Finding | Alert] = [*assessment.findings, *alerts]
    held = [one for one in found if not row.when or one.severity in row.when]
    held.sort(key=lambda one: SEVERITIES.index(one.severity) if one.severity in SEVERITIES else len(SEVERITIES))
    return Reason(row.reason, row.level, len(held), text=held[0].text) if held else None


def _repeated(row: TierRow, assessment: Assessment) -> Reason | None:
    again = [one.result.subject for one in assessment.alerts if one.result.rule == "R21"]
    return _made(row, again)


def _past(row: TierRow, assessment: Assessment) -> Reason | None:
    """What was found within the time that counts as repeated; what the carrier's other vehicles did says R21 alone."""
    day = assessment.situation.day
    since, carrier = months_before(day, MONTHS), keys(assessment.situation)["carrier"]
    past = [one for one in assessment.situation.past or () if since <= one.on < day]
    own = [one for one in past if not one.keys or any(number_key(key) not in carrier for key in one.keys)]
    return _made(row, [one.violation for one in own])


def _labels(row: TierRow, assessment: Assessment) -> Reason | None:
    held = assessment.known.get("labels") or frozenset()
    named = tuple(one for one in row.when if one in held)
    return Reason(row.reason, row.level, len(named), named) if named else None


def _leaking(row: TierRow, assessment: Assessment) -> Reason | None:
    return Reason(row.reason, row.level) if "yes" in (assessment.known.get("leaking") or ()) else None


def _unknown_vehicle(row: TierRow, assessment: Assessment) -> Reason | None:
    """Neither the registry nor a paper says anything of the vehicle itself."""
    vehicle = assessment.situation.vehicle
    source = assessment.situation.sources.get("vehicle")
    told = vehicle.permit is not None or (source is not None and source.kind == "registry")
    return None if told else Reason(row.reason, row.level)


def _unknown_load(row: TierRow, assessment: Assessment) -> Reason | None:
    situation = assessment.situation
    told = situation.seen.loaded == "empty" or situation.seen.goods or (situation.waybill and situation.waybill.lines)
    return None if told else Reason(row.reason, row.level)


def _stale(row: TierRow, assessment: Assessment) -> Reason | None:
    return _made(row, sorted({path for one in assessment.results for path in one.stale}))


def _carrier(level: str) -> Callable[[TierRow, Assessment], Reason | None]:
    def look(row: TierRow, assessment: Assessment) -> Reason | None:
        held = assessment.situation.carrier_tier
        return Reason(row.reason, row.level) if held is not None and held.level == level else None

    return look


def _carrier_drawn(row: TierRow, assessment: Assessment) -> Reason | None:
    held = assessment.situation.carrier_tier
    return Reason(row.reason, row.level) if held is not None and held.drawn else None


def _made(row: TierRow, named: list[str]) -> Reason | None:
    return Reason(row.reason, row.level, len(named), tuple(dict.fromkeys(named))) if named else None


_LOOKS: Mapping[str, Callable[[TierRow, Assessment], Reason | None]] = {
    "stop_order": _orders("stop_order"),
    "held": _orders("held"),
    "order_overdue": _orders("correction_overdue"),
    "leaking": _leaking,
    "conflicts": _conflicts,
    "repeated": _repeated,
    "past": _past,
    "unknown_vehicle": _unknown_vehicle,
    "unknown_load": _unknown_load,
    "labels": _labels,
    "stale": _stale,
    "carrier_tightened": _carrier("tightened"),
    "carrier_unknown": _carrier("unknown"),
    "carrier_drawn": _carrier_drawn,
}
