"""The formula by which carriers stand in a tier: versions with days in force, every number in it the office's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date

from checklists.values import frozen

CARRIER_LEVELS = ("tightened", "unknown", "normal", "reduced")
"""How closely a carrier's vehicles are checked, the closest first. Unknown is a level of its own: nobody knows yet."""

CARRIER_COUNTED = ("finding", "case_decided", "correction_overdue", "stop_order", "order", "watch")
"""What brings points: a finding of a check, a case that was decided against it, and what stands against it today."""


@frozen
class Weight:
    """So many `points` for each of what is counted; `when` narrows a finding to severities, empty: all others.

    `tightens`: while it stands the carrier is checked closely, whatever its checks say.
    """

    counted: str
    points: int
    when: tuple[str, ...] = ()
    tightens: bool = False


@frozen
class Decay:
    """Up to `until_days` old, the last day included, something counts by so many per cent; older, not at all."""

    until_days: int
    percent: int


@frozen
class CarrierFormula:
    """One version; both days included, an unknown end is open. `verified` says that its `source` was checked.

    `holders` is by the role of who answers for a finding the per cent by which it counts against the carrier; a role
    that is not named counts nothing. A check with a finding of a severity of `rejects` is not accepted. `least`: with
    fewer checks that count in the last of the days of `decay` nothing is known of a carrier.

    The switching rules: `tighten_count` not accepted of the last `tighten_of` or fewer tighten, `relax` accepted ones
    in a row end that, `reduce` in a row with fewer than `reduce_below` points reduce, one that is not accepted ends
    that; `tighten_from` points tighten. Points of checks and cases are those of `per_checks` checks where there were
    more: who is checked a hundred times is not worse than who is checked ten times. `full_percent` of the vehicles of
    a reduced carrier are checked in full all the same. A level that a person sets lasts `hand_days` at most.
    """

    version: str
    title: Mapping[str, str]
    in_force_from: date
    weights: tuple[Weight, ...]
    decay: tuple[Decay, ...]
    holders: Mapping[str, int]
    rejects: tuple[str, ...]
    least: int
    tighten_count: int
    tighten_of: int
    tighten_from: int
    per_checks: int
    relax: int
    reduce: int
    reduce_below: int
    full_percent: int
    hand_days: int
    in_force_to: date | None = None
    source: str = ""
    verified: bool = False
    note: Mapping[str, str] = field(default_factory=dict)

    @property
    def window_days(self) -> int:
        """What is older counts nothing."""
        return max((one.until_days for one in self.decay), default=0)

    def in_force(self, day: date) -> bool:
        """Whether carriers are judged by this version on that day."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def percent(self, days: int) -> int:
        """Return by how many per cent counts what is so many days old."""
        steps = sorted(self.decay, key=lambda one: one.until_days)
        return next((one.percent for one in steps if days <= one.until_days), 0)

    def weight(self, counted: str, severity: str = "") -> Weight | None:
        """Return the weight of what is counted, the row that names the severity before one that names none."""
        rows = [one for one in self.weights if one.counted == counted]
        named = next((one for one in rows if severity and severity in one.when), None)
        return named or next((one for one in rows if not one.when), None)


def formula_on(formulas: Iterable[CarrierFormula], day: date) -> CarrierFormula | None:
    """Return the version that is in force on a day, of several the one that began last; None where there is none."""
    held = [one for one in formulas if one.in_force(day)]
    return max(held, key=lambda one: one.in_force_from, default=None)
