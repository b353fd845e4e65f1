"""R14, its part on driving time: four hours for everybody, two at night with listed hazardous chemicals.

The limits are dated rows (`driving_time`). When night is, the Law does not say: the hours in the table are to be
verified, and they are shown with the finding. Only what is too long by the hours that are night by any reading accuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from checklists.facts.situation import clock_text, in_law_zone
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result
from checklists.rules.load_kind import hazchem

LONGEST_DRIVING_MIN = 240
"""Driving without a rest of 20 minutes. 道路交通安全法实施条例 art. 62(7)."""

ABSURD_MIN = 2 * 24 * 60
"""Nobody drives longer without a rest: it was misread or mistyped. Ours."""

Row = Mapping[str, str]


def driving(context: Context) -> Iterator[Result]:
    """Yield what the minutes since the last rest amount to; the shorter limit of the night only where it decides."""
    look = Look(context, "R14")
    driven = look.amount("journey.driving_min") or 0
    look.note("limit.driving_min", LONGEST_DRIVING_MIN)
    if driven > ABSURD_MIN:
        look.lack("journey.driving_min")
        yield look.says("driving_time", conflict=False)
        return
    too_long = driven > LONGEST_DRIVING_MIN
    yield look.says("driving_time", conflict=too_long)
    row = _night_limit(context)
    if row and not too_long and (at_night := _night_minutes(context.situation.at, driven, row)) > int(row["limit_min"]):
        sure = _night_minutes(context.situation.at, driven, _sure_hours(row)) > int(row["limit_min"])
        yield from _night(context, row, at_night, sure=sure)


def _night(context: Context, row: Row, at_night: int, *, sure: bool) -> Iterator[Result]:
    """Yield that the night's limit was passed: a conflict with a listed chemical aboard, else open where not known.

    Open, too, where it was passed only by hours that may not be night.
    """
    aboard = hazchem(context)
    if aboard is not None and "yes" not in aboard:
        return
    look = Look(context, "R14")
    look.number("journey.driving_min")
    look.note("journey.night_driving_min", at_night)
    look.note("limit.night_driving_min", row["limit_min"])
    look.note("limit.night_hours", f"{row['night_from']}–{row['night_to']}")
    look.note("at", clock_text(context.situation.at))
    if aboard is None:
        look.lack("seen.facts.hazchem")
    if not sure:
        look.lack("limit.night_hours")
    yield look.says("driving_time_night", conflict=not look.missing)


def _sure_hours(row: Row) -> Row:
    """The row with the hours that are night by any reading; the same hours in a package of before there were any."""
    hours = {f"night_{end}": row.get(f"sure_{end}") or row[f"night_{end}"] for end in ("from", "to")}
    return {**row, **hours}


def _night_limit(context: Context) -> Row | None:
    """Return the row of the night for conduct on that day; none in a package from before there were limits."""
    day = context.situation.day
    rows = (row for row in context.tables.driving_time if row["limit"] == "night")
    return next((row for row in rows if _from(row) <= day <= _until(row)), None)


def _from(row: Row) -> date:
    return date.fromisoformat(row["first_day"]) if row["first_day"] else date.min


def _until(row: Row) -> date:
    return date.fromisoformat(row["last_day"]) if row["last_day"] else date.max


def _night_minutes(at: datetime, driven: int, row: Row) -> int:
    """Return how many minutes driven before that time lie in Beijing's night; 0 at the ends of the calendar.

    What was driven before the row's first day does not count.
    """
    first, last = time.fromisoformat(row["night_from"]), time.fromisoformat(row["night_to"])
    try:
        end = in_law_zone(at)
        start = max(end - timedelta(minutes=driven), datetime.combine(_from(row), time(), end.tzinfo))
        found = timedelta()
        for days in range((end.date() - start.date()).days + 2):
            evening = datetime.combine(start.date() + timedelta(days=days - 1), first, end.tzinfo)
            morning = datetime.combine(evening.date() + timedelta(days=int(last <= first)), last, end.tzinfo)
            found += max(timedelta(), min(end, morning) - max(start, evening))
    except OverflowError:
        return 0
    return int(found.total_seconds()) // 60
