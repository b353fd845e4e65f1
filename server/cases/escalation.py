"""Who is responsible for a clock now: the owner, then the team leader, then the supervisor. Ours, by tier.

Nothing stays unowned: without an owner the leader answers from the first moment on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from checklists.wire import instant
from server.cases.casefile import CaseFile, Clock
from server.cases.clock_rules import BY_NAME
from server.cases.clockwork import is_overdue, pending

OWNER, LEADER, SUPERVISOR = "owner", "leader", "supervisor"

AFTER: Mapping[str, tuple[timedelta, timedelta]] = {
    "high": (timedelta(0), timedelta(days=1)),
    "medium": (timedelta(days=1), timedelta(days=3)),
    "low": (timedelta(days=3), timedelta(days=7)),
}
"""Tier → how long after its end a clock goes to the leader, and to the supervisor."""


@dataclass(frozen=True)
class Responsible:
    """Who answers for a clock, and since when (UTC text); `overdue` says whether its end is past."""

    level: str
    since: str
    overdue: bool


def responsible(clock: Clock, tier: str, owner: str, now: datetime) -> Responsible:
    """Return who answers for a clock at that time; a tier that is not known counts as the middle one."""
    first = OWNER if owner else LEADER
    if not is_overdue(clock, instant(now)):
        return Responsible(first, "", overdue=False)
    ended = datetime.fromisoformat(clock.due_at)
    to_leader, to_supervisor = (ended + one for one in AFTER.get(tier, AFTER["medium"]))
    if now >= to_supervisor:
        return Responsible(SUPERVISOR, instant(to_supervisor), overdue=True)
    if now >= to_leader or first == LEADER:
        return Responsible(LEADER, instant(to_leader if owner else ended), overdue=True)
    return Responsible(OWNER, clock.due_at, overdue=True)


def level_of(case: CaseFile, now: datetime) -> Responsible:
    """Return who answers for the case as a whole: the highest of what the office must act on."""
    order = (OWNER, LEADER, SUPERVISOR)
    held = [
        responsible(one, case.tier, case.owner, now)
        for one in pending(case.clocks)
        if BY_NAME[one.rule].kind in ("duty", "party")
    ]
    nobody = Responsible(OWNER if case.owner else LEADER, "", overdue=False)
    return max(held, key=lambda one: (order.index(one.level), one.overdue), default=nobody)
