"""On which days people work: by the State Council's yearly notices, and before a notice by what the law itself names.

A year is covered once its notice is in the table. Of another year the statutory rest days are known and that nobody
works on weekends; which days a notice will move is not, so a day near a holiday may be either. How far notices move
days is ours, by those of 2014 to 2026, not law.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date, timedelta
from functools import lru_cache

from checklists.goods.kept import kept
from checklists.goods.listing import Tables
from checklists.values import frozen

SETTLED = (12, 24)
"""Month and day up to which a year is settled by its own notice: the next year's may move days after it."""

_LONG = frozenset({"春节", "劳动节", "国庆节"})
"""Holidays that notices lengthen: weekdays around them become rest days, weekends are worked for those."""

_LONG_WORKED, _LONG_REST = 14, (-3, 7)
"""Days from a long holiday in which a weekend was ever worked (at most 11), and a weekday was ever free (-2 to 6)."""

_SHORT_WORKED, _SHORT_REST = 7, (-1, 1)
"""The same for a holiday of one day on a Tuesday or Thursday (3, and the day between it and the weekend)."""

_MOVED_BY = 2
"""A statutory day on a weekend is made good on a workday (art. 6): so far the first after it."""


@frozen
class Calendar:
    """Rest days and worked weekends of the covered years, and the statutory rest days of these and later years.

    `maybe_worked` and `maybe_rest` are days that a notice yet to come may turn into a workday or a rest day.
    """

    years: frozenset[int] = frozenset()
    rest: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    statutory: frozenset[date] = frozenset()
    maybe_worked: frozenset[date] = field(default=frozenset(), repr=False)
    maybe_rest: frozenset[date] = field(default=frozenset(), repr=False)

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, str]], statutory: Iterable[Mapping[str, str]] = ()) -> Calendar:
        """Return the calendar of the tables `holidays` and `statutory_days`; no rows, no day. Raises ValueError."""
        days = {date.fromisoformat(row["day"]): row["kind"] for row in rows}
        rest = frozenset(day for day, kind in days.items() if kind == "rest")
        named = [(date.fromisoformat(row["day"]), row["holiday"]) for row in statutory]
        years = frozenset(day.year for day in days if (day.month, day.day) <= SETTLED)
        moved = [frozenset(day for one in named for day in each(*one)) for each in (_maybe_worked, _maybe_rest)]
        return cls(years, rest, frozenset(days) - rest, frozenset(day for day, _ in named), *moved)

    def covers(self, day: date) -> bool:
        """Whether the holidays of that day are known by notice."""
        return day.year in self.years and ((day.month, day.day) <= SETTLED or day.year + 1 in self.years)

    def named(self, day: date) -> bool:
        """Whether the statutory rest days around that day are known."""
        beside = day.year + (day.month == 12) - (day.month == 1)
        return {day.year, beside} <= _years(self.statutory)


def is_workday(day: date, calendar: Calendar) -> bool | None:
    """Return whether people work on that day, or None where no notice covers it and the law names no rest day."""
    if not calendar.covers(day):
        return False if day in calendar.statutory else None
    return day in calendar.work or (day.weekday() < 5 and day not in calendar.rest)


def may_work(day: date, calendar: Calendar) -> bool | None:
    """Return whether that day may turn out a workday; None where not even the law's own rest days are known."""
    return _by_law(day, calendar, day.weekday() < 5 or day in calendar.maybe_worked)


def must_work(day: date, calendar: Calendar) -> bool | None:
    """Return whether that day is a workday whatever a notice moves; None as for `may_work`."""
    return _by_law(day, calendar, day.weekday() < 5 and day not in calendar.maybe_rest)


@kept
def calendar_of(tables: Tables) -> Calendar:
    """Return the calendar of the reference tables, made once."""
    return Calendar.of(tables.holidays, tables.statutory_days)


def _by_law(day: date, calendar: Calendar, works: bool) -> bool | None:
    if calendar.covers(day):
        return is_workday(day, calendar)
    return works and day not in calendar.statutory if calendar.named(day) else None


def _maybe_worked(day: date, holiday: str) -> Iterator[date]:
    """Yield the weekends that may be worked because of a statutory rest day."""
    far = _LONG_WORKED if holiday in _LONG else _SHORT_WORKED if day.weekday() in (1, 3) else 0
    near = (day + timedelta(days=count) for count in range(-far, far + 1))
    return (one for one in near if one.weekday() >= 5)


def _maybe_rest(day: date, holiday: str) -> Iterator[date]:
    """Yield the days that may be free because of a statutory rest day."""
    before, after = _LONG_REST if holiday in _LONG else _SHORT_REST if day.weekday() in (1, 3) else (0, 0)
    after = max(after, _MOVED_BY if day.weekday() >= 5 else 0)
    return (day + timedelta(days=count) for count in range(before, after + 1))


@lru_cache(maxsize=8)
def _years(days: frozenset[date]) -> frozenset[int]:
    return frozenset(day.year for day in days)
