"""Checks that were made before, and which of them hold the vehicle that stands here. Pure.

A check is told by the office's feed, or sealed on this tablet and not delivered yet; it holds what it was about when it
was decided that the vehicle does not go on, until somebody who may lets it go.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime, timedelta

from checklists.values import frozen

HOLDING = ("hold", "transfer_load", "escort_to_safe_place", "seize")
RELEASING = ("release", "release_after_correction", "correct_by_deadline")
"""Outcomes after which a vehicle stays, and after which it goes on; one that is not known here does neither."""

HOLD_DAYS = 30
"""A hold that is older stops nobody any more: it is shown as what was found then. Ours, not law."""

CLOCKS_DIFFER = timedelta(minutes=10)
"""So much two tablets may differ: what seems to be a release right after a hold may have come before it. Ours."""

UNITS = ("vehicle", "trailer", "tank")
"""What of a check is held; people and carrier go where they like."""


@frozen
class Earlier:
    """A check that was made before. `outcome` is what stands, `outcome_before` what stood until it was amended then.

    `about` are its numbers by role, folded as a registry folds them and only those that are asked for here;
    `agencies` took part in it, `label` is the tablet's that sealed it. `dismissed` are the violations that a case has
    dropped since, `checklist` is the name of the list by which it was made. Empty is not known. `unverified` are the
    items that nobody could verify on the spot and that were not found otherwise; None says nothing of them, as rows of
    before.
    """

    inspection: str
    at: datetime
    plate: str = ""
    colour: str = ""
    site: str = ""
    label: str = ""
    agencies: tuple[str, ...] = ()
    outcome: str = ""
    severity: str = ""
    violations: tuple[str, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    outcome_before: str = ""
    outcome_at: datetime | None = None
    dismissed: tuple[str, ...] = ()
    unverified: tuple[str, ...] | None = None
    checklist: str = ""

    @property
    def counted(self) -> tuple[str, ...]:
        """The violations that no case has dropped."""
        return tuple(one for one in self.violations if one not in self.dismissed)

    @property
    def decided_at(self) -> datetime:
        """When what stands was decided, as far as it is known."""
        return self.outcome_at or self.at

    @property
    def units(self) -> frozenset[str]:
        """The numbers of what goes on wheels."""
        return frozenset(self.about[role] for role in UNITS if self.about.get(role))


def same(one: str, other: str) -> bool:
    """Whether two folded numbers name one thing: of a vehicle the plate, and the colour where both say it."""
    signs, _bar, colour = one.partition("|")
    signs_, _bar, colour_ = other.partition("|")
    return signs == signs_ and (not colour or not colour_ or colour == colour_)


def named(check: Earlier, number: str) -> bool:
    """Whether a check was about a vehicle, trailer or tank of this number."""
    return any(same(number, one) for one in check.units)


def holds(checks: Iterable[Earlier], numbers: Iterable[str], at: datetime) -> tuple[Earlier, ...]:
    """Return the checks that still hold one of the numbers at a time, the newest first.

    Each number is looked at by itself: who was let go with another trailer takes nothing from the one that stays. Of
    several holds of one agency the newest stands for all.
    """
    held = sorted(checks, key=lambda one: (one.decided_at, one.inspection), reverse=True)
    standing = {
        one.inspection for number in numbers for one in _standing([one for one in held if named(one, number)], at)
    }
    return tuple(one for one in held if one.inspection in standing)


def lifted_by(hold: Earlier, checks: Iterable[Earlier], numbers: Iterable[str]) -> Earlier | None:
    """Return the check that let go first what a hold held of these numbers, or None where none is known."""
    shared = [one for one in numbers if named(hold, one)]
    later = [one for one in checks if _releases(one, hold) and any(named(one, number) for number in shared)]
    return min(later, key=lambda one: one.decided_at, default=None)


def _standing(checks: list[Earlier], at: datetime) -> list[Earlier]:
    """Return the holds among checks of one number, the newest first, that nothing lifted."""
    kept: list[Earlier] = []
    for one in checks:
        if one.outcome not in HOLDING or at - one.decided_at > timedelta(days=HOLD_DAYS):
            continue
        if not any(_releases(other, one) for other in checks) and not any(_may_lift(other, one) for other in kept):
            kept.append(one)
    return kept


def _releases(later: Earlier, hold: Earlier) -> bool:
    """Whether a check let go what another one held: after it by more than clocks differ, and by who may."""
    slack = timedelta() if later.label and later.label == hold.label else CLOCKS_DIFFER
    return later.outcome in RELEASING and later.decided_at - hold.decided_at > slack and _may_lift(later, hold)


def _may_lift(later: Earlier, hold: Earlier) -> bool:
    """Whether an agency of the hold took part in the later check: what one agency ordered no other one lifts."""
    known = set(later.agencies) & set(hold.agencies)
    return bool(known) or bool(later.label and later.label == hold.label)
