"""A span of days as the fewest kept periods: whole months, and single days at its ends. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

LONGEST_DAYS = 3 * 366
"""A page looks over so many days at most."""


def periods(since: date, until: date) -> list[str]:
    """Return the periods of all days from `since` to `until`, both included; none where they are the wrong way round.

    A month stands for its days where all of them are within.
    """
    return list(_periods(since, until))


def _periods(since: date, until: date) -> Iterator[str]:
    day = since
    while day <= until:
        last = month_end(day)
        if day.day == 1 and last <= until:
            yield f"M{day:%Y-%m}"
            day = last + timedelta(days=1)
        else:
            yield f"D{day.isoformat()}"
            day += timedelta(days=1)


def month_end(day: date) -> date:
    """Return the last day of a day's month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def months_back(day: date, months: int) -> date:
    """Return the first day of the month so many months before a day's own."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
