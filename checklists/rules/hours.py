"""Whether a ban holds at this hour of Beijing: its hours, days and dates."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from checklists.facts.site import Ban
from checklists.facts.situation import LAW_ZONE
from checklists.law.clocks import calendar_of, is_workday
from checklists.patterns import pattern
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look

_SPAN = pattern(r"([0-9]{1,2}):([0-9]{2})-(?:次日)?([0-9]{1,2}):([0-9]{2})")
_DAY = timedelta(days=1)


def now(look: Look, ban: Ban) -> bool | None:
    """Whether the ban holds at the time of the check; None where its hours or its days cannot be told.

    A span over midnight belongs to the day on which it began, so that the night after a holiday's last evening still
    counts and the early morning of its first day does not.
    """
    at = look.context.situation.at.astimezone(LAW_ZONE)
    if not any(_is_valid(ban, day) for day in (at.date(), at.date() - _DAY)):
        return False
    begun = [_began(one, at) for one in ban.hours] if ban.hours else [at.date()]
    answers = [_on(look, ban, day) for day in begun if isinstance(day, date)]
    if True in answers:
        look.note("at", f"{at:%Y-%m-%d %H:%M}")
        return True
    if "unreadable" in begun:
        look.lack("place.bans.hours")
        return None
    return None if None in answers else False


def _began(span: str, at: datetime) -> date | str | None:
    """Return the day on which the span began that holds at this time; None where it does not hold."""
    plain = re.sub("[–—~至]", "-", "".join(unicodedata.normalize("NFKC", span).split()))
    found = _SPAN.fullmatch(plain)
    if found is None:
        return "unreadable"
    hours = [int(one) for one in found.groups()]
    start, end, moment = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3], at.hour * 60 + at.minute
    if start < end:
        return at.date() if start <= moment < end else None
    if moment >= start:
        return at.date()
    return at.date() - _DAY if moment < end else None


def _on(look: Look, ban: Ban, day: date) -> bool | None:
    """Whether the ban holds on that day."""
    if not _is_valid(ban, day):
        return False
    if ban.dates:
        spans = [_span(one) for one in ban.dates]
        if any(first <= day <= last for first, last in filter(None, spans)):
            return True
        if None in spans:
            look.lack("place.bans.dates")
        return None if None in spans else False
    if ban.days == "all":
        return True
    held = {"workdays": workday, "holidays": holiday}.get(ban.days, _unknown)(look.context, day)
    if held is None:
        look.lack("calendar")
    return held


def _is_valid(ban: Ban, day: date) -> bool:
    return (ban.valid_from is None or ban.valid_from <= day) and (ban.valid_until is None or day <= ban.valid_until)


def _span(text: str) -> tuple[date, date] | None:
    first, _, last = text.partition("/")
    try:
        return date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    except ValueError:
        return None


def workday(context: Context, day: date) -> bool | None:
    """Whether people work on that day, or None where the holiday calendar does not cover it."""
    return is_workday(day, calendar_of(context.tables))


def holiday(context: Context, day: date) -> bool | None:
    """Whether it is a public holiday; None outside the calendar, and on a plain weekend: local rules mean it or not."""
    calendar = calendar_of(context.tables)
    if not calendar.covers(day):
        return None
    return True if day in calendar.rest else False if is_workday(day, calendar) else None


def _unknown(_context: Context, _day: date) -> None:
    """A word for days that this version does not know."""
