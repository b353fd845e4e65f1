"""When a statutory term ends, in days of the law (Beijing time). How it is counted is data of the term.

Three answers: `sure`; `provisional` where a notice of holidays yet to come decides, as a range; `manual` where the law
names no number or not even its own rest days are known. The day of the event is never counted (公安程序规定 35,
民事诉讼法 85; elsewhere usage). A last day on which nobody works ends the term on the next workday where a clause says
so (`Term.rolls_to`); where none does, it stays and is marked.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from checklists.facts.situation import LAW_ZONE
from checklists.law.model import Term
from checklists.law.workdays import Calendar, calendar_of, is_workday, may_work, must_work
from checklists.values import frozen

__all__ = ["Calendar", "Due", "calendar_of", "day_of", "due", "is_workday"]

STATUSES = ("sure", "provisional", "manual")

ROLLS = "next_workday"
"""The `rolls_to` of a term that ends on the first workday after a last day on which nobody works."""

_Works = Callable[[date, Calendar], bool | None]


@frozen
class Due:
    """The end of a term. `status` is one of STATUSES; `why` says what makes it provisional or manual.

    `last` is the last day to act, the last day to act before an event, or the last day of waiting, by the term's sense;
    a time for terms of hours. Of a provisional end it is the earliest day for who has to act, the latest for who has to
    wait: safe either way. `rest_day` says whether it is no working day, None where that is not known.
    """

    status: str
    last: date | datetime | None = None
    rest_day: bool | None = None
    earliest: date | None = None
    latest: date | None = None
    why: str = ""


def due(term: Term, start: date | datetime, calendar: Calendar) -> Due:
    """Return the end of a term that the event of `start` began.

    Raises ValueError for hours without a time, a time without a zone, and a unit that is not known.
    """
    if term.amount is None:
        return Due("manual", why="no_fixed_term")
    if term.unit == "hours":
        return _hours(term, start, calendar)
    try:
        day = day_of(start)
        ends = [_end(term, day, calendar, works) for works in (may_work, must_work)]
    except OverflowError:
        return Due("manual", why="uncovered")
    known = sorted(one for one in ends if one is not None)
    if len(known) < len(ends):
        return Due("manual", why="uncovered")
    return _marked(term, day, (known[0], known[-1]), calendar)


def day_of(at: date | datetime) -> date:
    """Return the day of the law. Raises ValueError for a time without a zone."""
    if not isinstance(at, datetime):
        return at
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no zone")
    return at.astimezone(LAW_ZONE).date()


def _hours(term: Term, start: date | datetime, calendar: Calendar) -> Due:
    if not isinstance(start, datetime):
        raise ValueError(f"{term.id} is counted in hours: give the time, not only the day")
    day_of(start)
    hours = timedelta(hours=term.amount or 0)
    last = start - hours if term.sense == "before" else start + hours
    return Due("sure", last, _is_rest(day_of(last), calendar))


def _end(term: Term, day: date, calendar: Calendar, works: _Works) -> date | None:
    """Return the last day where those days are worked; None where that is not known of one of them."""
    step, amount = -1 if term.sense == "before" else 1, term.amount or 0
    if term.unit == "working_days":
        return _workdays(day, amount, step, calendar, works)
    last = _later(day, amount * step, term.unit)
    if term.rolls_to != ROLLS or term.sense == "before" or works(last, calendar):
        return last
    return _workdays(last, 1, step, calendar, works)


def _marked(term: Term, day: date, ends: tuple[date, date], calendar: Calendar) -> Due:
    """Return the end with what its days rest on: it is sure where a notice covers every day that decided it."""
    safe = ends[1] if term.sense == "after" else ends[0]
    found = Due("sure", safe, _is_rest(safe, calendar), *ends)
    if all(calendar.covers(one) for one in _deciding(term, day, ends)):
        return found
    return replace(found, status="provisional", why="notice_not_out")


def _deciding(term: Term, day: date, ends: tuple[date, date]) -> Iterator[date]:
    """Yield the days of which it matters whether people work on them."""
    if term.unit == "working_days":
        first, last = min(day, ends[0]), max(day, ends[1])
        yield from (one for one in _days(first, last) if one != day)
    elif term.rolls_to == ROLLS and term.sense != "before":
        yield from _days(_later(day, term.amount or 0, term.unit), ends[1])


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=count) for count in range((last - first).days + 1))


def _workdays(day: date, amount: int, step: int, calendar: Calendar, works: _Works) -> date | None:
    while amount:
        day += timedelta(days=step)
        worked = works(day, calendar)
        if worked is None:
            return None
        amount -= worked
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
