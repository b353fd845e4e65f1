"""Statutory terms counted in days of the law (Beijing time) and working days by the published holiday calendar.

The day of the event is not counted, and a last day on which nobody works stays where it is and is marked (`rest_day`).
No clause for either was read (行政处罚法 85 only says which terms are working days): the first is usage, the second is
left to a person.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from checklists.facts.situation import LAW_ZONE
from checklists.goods.listing import Tables
from checklists.law.model import Term
from checklists.values import frozen

SETTLED = (12, 24)
"""Month and day up to which the last year of a calendar is settled: the next year's notice may move days after it."""


@frozen
class Calendar:
    """Public holidays and make-up workdays from the first to the last covered day, both included."""

    first: date
    last: date
    rest: frozenset[date]
    work: frozenset[date]

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, str]]) -> Calendar:
        """Return the calendar of the table `holidays`; without rows no day is covered. Raises ValueError."""
        days = {date.fromisoformat(row["day"]): row["kind"] for row in rows}
        years = {one.year for one in days} or {date.min.year}
        first, last = date(min(years), 1, 1), date(max(years), *SETTLED)
        rest = frozenset(day for day, kind in days.items() if kind == "rest")
        return cls(first, last if days else date.min, rest, frozenset(days) - rest)

    def covers(self, day: date) -> bool:
        """Whether the holidays of that day are known."""
        return self.first <= day <= self.last


@frozen
class Due:
    """The end of a term. `status` is due, uncovered (a day outside the calendar) or no_fixed_term.

    `last` is the last day to act, the last day to act before an event, or the last day of waiting, by the term's sense;
    a time for terms of hours. `rest_day` says whether it is no working day, None where the calendar does not tell.
    """

    status: str
    last: date | datetime | None = None
    rest_day: bool | None = None


def due(term: Term, start: date | datetime, calendar: Calendar) -> Due:
    """Return the end of a term that the event of `start` began.

    Raises ValueError for hours without a time, a time without a zone, and a unit that is not known.
    """
    if term.amount is None:
        return Due("no_fixed_term")
    if term.unit == "hours":
        return _hours(term, start, calendar)
    step = -1 if term.sense == "before" else 1
    if term.unit == "working_days":
        last = _workdays(day_of(start), term.amount, step, calendar)
        return Due("uncovered") if last is None else Due("due", last, rest_day=False)
    last = _later(day_of(start), term.amount * step, term.unit)
    return Due("due", last, _is_rest(last, calendar))


def day_of(at: date | datetime) -> date:
    """Return the day of the law. Raises ValueError for a time without a zone."""
    if not isinstance(at, datetime):
        return at
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no zone")
    return at.astimezone(LAW_ZONE).date()


def is_workday(day: date, calendar: Calendar) -> bool | None:
    """Return whether people work on that day, or None where the calendar does not cover it."""
    if not calendar.covers(day):
        return None
    return day in calendar.work or (day.weekday() < 5 and day not in calendar.rest)


def working_days_between(first: date, last: date, calendar: Calendar) -> int | None:
    """Return the working days after the first day up to the last, included; None where one day is not covered.

    Negative where the last day lies before the first.
    """
    if last < first:
        back = working_days_between(last, first, calendar)
        return None if back is None else -back
    days = [is_workday(first + timedelta(days=count), calendar) for count in range(1, (last - first).days + 1)]
    return None if None in days else sum(map(bool, days))


def _hours(term: Term, start: date | datetime, calendar: Calendar) -> Due:
    if not isinstance(start, datetime):
        raise ValueError(f"{term.id} is counted in hours: give the time, not only the day")
    day_of(start)
    hours = timedelta(hours=term.amount or 0)
    last = start - hours if term.sense == "before" else start + hours
    return Due("due", last, _is_rest(day_of(last), calendar))


def _workdays(day: date, amount: int, step: int, calendar: Calendar) -> date | None:
    while amount:
        day += timedelta(days=step)
        works = is_workday(day, calendar)
        if works is None:
            return None
        amount -= works
    return day


def _later(day: date, amount: int, unit: str) -> date:
    if unit == "days":
        return day + timedelta(days=amount)
    if unit not in ("months", "years"):
        raise ValueError(f"unknown unit {unit!r}")
    months = day.year * 12 + day.month - 1 + amount * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _is_rest(day: date, calendar: Calendar) -> bool | None:
    works = is_workday(day, calendar)
    return None if works is None else not works


@lru_cache(maxsize=4)
def calendar_of(tables: Tables) -> Calendar:
    """Return the holiday calendar of the reference tables, made once."""
    return Calendar.of(tables.holidays)
