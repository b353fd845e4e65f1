"""A day in two or three touches: a month of the next year, or a year and its month, and then the day. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mobile.words import _

MONTHS = 13
"""So many months are offered at once: most papers hold for a year."""

AHEAD, BACK = 7, 6
"""Years offered ahead and back."""

PAST = "past"
"""Leads to days that are over."""


@dataclass(frozen=True)
class DayKey:
    """What may be touched next; `key` is what is then picked, a whole day where it is `2027-03-15`."""

    key: str
    text: str


def day_keys(today: date, picked: str = "", likely: str = "") -> tuple[DayKey, ...]:
    """Return what to touch next after what was picked: nothing, PAST, a year (`2027`) or a month (`2027-03`).

    `likely` is a day that is offered whole, before anything was picked.
    """
    offered = (DayKey(likely, likely),) if likely and not picked else ()
    return (*offered, *_keys(today, picked))


def is_day(key: str) -> bool:
    """Whether a key is a whole day."""
    return len(key) == len("2027-03-15")


def _keys(today: date, picked: str) -> Iterator[DayKey]:
    if picked == PAST:
        yield from (DayKey(str(year), str(year)) for year in range(today.year, today.year - BACK, -1))
    elif len(picked) == len("2027-03"):
        year, month = map(int, picked.split("-"))
        yield from (DayKey(f"{picked}-{day:02}", str(day)) for day in range(1, monthrange(year, month)[1] + 1))
    elif picked:
        yield from (_month(int(picked), month) for month in range(1, 13))
    else:
        ahead = [divmod(today.year * 12 + today.month - 1 + number, 12) for number in range(MONTHS)]
        yield from (_month(year, month + 1) for year, month in ahead)
        yield from (DayKey(str(year), str(year)) for year in range(ahead[-1][0], today.year + AHEAD + 1))
        yield DayKey(PAST, _("Over"))


def _month(year: int, month: int) -> DayKey:
    key = f"{year}-{month:02}"
    return DayKey(key, key)
