"""R21: the same violation again, by the same carrier, vehicle or person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from checklists.facts.identifiers.keys import number_key
from checklists.facts.site import Past
from checklists.facts.situation import Situation
from checklists.rules.crosscheck import Result, Value
from checklists.rules.order_keys import keys

MONTHS = 12
"""How far back a violation counts as repeated. Ours, not law: each authority may set its own."""


def repeated(situation: Situation, violations: Iterable[str]) -> Iterator[Result]:
    """Yield a conflict for each violation found now that was found before within MONTHS under one of the same keys.

    Keys are plate, number, credit code and identity number. What was found on the same day is not "before": it may be
    the same act. Nothing is said where no history was given.
    """
    own = frozenset[str]().union(*keys(situation).values())
    since = months_before(situation.day, MONTHS)
    for code in sorted(set(violations) - {""}):
        found = [one for one in situation.past or () if one.violation == code and since <= one.on < situation.day]
        same = sorted((one for one in found if _common(one, own)), key=lambda one: (one.on, one.number))
        if same:
            values = tuple(Value("past", _words(one, own), "registry") for one in same)
            yield Result("R21", "repeated", "conflict", code, values)


def _common(one: Past, own: frozenset[str]) -> list[str]:
    return sorted(key for key in one.keys if number_key(key) in own)


def _words(one: Past, own: frozenset[str]) -> str:
    return " ".join(filter(None, (one.on.isoformat(), one.number, *_common(one, own))))


def months_before(day: date, months: int) -> date:
    """Return the same day of the month that many months before, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(f"no day {months} months before {day}")
