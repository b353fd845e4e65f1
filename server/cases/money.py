"""What is owed: what is confiscated, the fine, and three per cent of it a day, never more than it (行政处罚法 72).

Nothing is added to a sum that is confiscated: 72 speaks of fines alone.

Days of an administrative review or a suit are not counted (73), nor those for which later payment was granted (66). All
in fen; days are text of the law's zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

SURCHARGE_PERCENT = 3


@dataclass(frozen=True)
class Owed:
    """What a party owes on a day, in fen; `left` is what is still to be paid."""

    fine_fen: int
    surcharge_fen: int
    paid_fen: int
    confiscated_fen: int = 0

    @property
    def left(self) -> int:
        """What is still to be paid, never below nothing."""
        return max(0, self.fine_fen + self.surcharge_fen + self.confiscated_fen - self.paid_fen)

    @property
    def too_much(self) -> int:
        """What was paid beyond what is owed and must be given back, never below nothing."""
        return max(0, self.paid_fen - self.fine_fen - self.surcharge_fen - self.confiscated_fen)


def owed(
    fine_cny: int,
    last_day: str,
    today: str,
    payments: Iterable[tuple[str, int]],
    idle: Iterable[tuple[str, str]] = (),
    confiscated_cny: int = 0,
) -> Owed:
    """Return what is owed on a day.

    `last_day` is the last day to pay (empty: the term has no end yet). `payments` are (day, fen). `idle` are spans of
    days that are not counted, both ends included, the end empty where the span still runs. A payment goes to the fine
    first, so that a surcharge is never charged on a surcharge, nor grows while something else is paid.
    """
    fine, taken, paid = fine_cny * 100, confiscated_cny * 100, sorted(payments)
    total = sum(fen for _day, fen in paid)
    if not last_day:
        return Owed(fine, 0, total, taken)
    spans = [(date.fromisoformat(a), date.fromisoformat(b or today)) for a, b in idle]
    surcharge, rest, day, end = 0, fine, date.fromisoformat(last_day) + timedelta(days=1), date.fromisoformat(today)
    queue = [(date.fromisoformat(when), fen) for when, fen in paid]
    while day <= end and surcharge < fine:
        rest -= sum(fen for when, fen in queue if when < day)
        queue = [(when, fen) for when, fen in queue if when >= day]
        if rest <= 0:
            break
        if not any(first <= day <= last for first, last in spans):
            surcharge += rest * SURCHARGE_PERCENT // 100
        day += timedelta(days=1)
    return Owed(fine, min(surcharge, fine), total, taken)


def fine_of(penalties: Iterable[Mapping[str, Any]]) -> int:
    """Return the sum of the fines in yuan."""
    return _sum_of(penalties, "fine")


def confiscated_of(penalties: Iterable[Mapping[str, Any]]) -> int:
    """Return the sum of money that is confiscated, in yuan; goods that are taken have none."""
    return _sum_of(penalties, "confiscation")


def sum_of(penalties: Iterable[Mapping[str, Any]]) -> int:
    """Return all that is to be paid, in yuan."""
    held = tuple(penalties)
    return fine_of(held) + confiscated_of(held)


def _sum_of(penalties: Iterable[Mapping[str, Any]], kind: str) -> int:
    return sum(int(one.get("amount_cny") or 0) for one in penalties if one.get("kind") == kind)
