"""Beijing time: the days of the law, of papers and of penalties are counted in it, and every clock is read in it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from checklists.patterns import pattern

LAW_ZONE = timezone(timedelta(hours=8))

_STAMP = pattern(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)")


def in_law_zone(at: datetime) -> datetime:
    """Return a time in Beijing's zone, where one without a zone is read; at the ends of the calendar it stays."""
    if at.tzinfo is None:
        return at.replace(tzinfo=LAW_ZONE)
    try:
        return at.astimezone(LAW_ZONE)
    except OverflowError:
        return at


def clock_text(at: datetime) -> str:
    """Return a time as it is read on a wall in Beijing: `2026-11-21 09:30`."""
    return f"{in_law_zone(at):%Y-%m-%d %H:%M}"


def read_clock(text: str) -> str:
    """Return a text that is a time with its zone as it is read on a wall in Beijing; any other text as it is.

    Old sealed records keep times as they came (`2026-11-28 13:33:22.684000+00:00`); nobody is shown those.
    """
    if not _STAMP.fullmatch(text):
        return text
    try:
        return clock_text(datetime.fromisoformat(text))
    except ValueError:
        return text
