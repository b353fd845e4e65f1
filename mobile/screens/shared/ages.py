"""How long ago, how large, what time: in the officer's words and his local time. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from checklists.zone import LAW_ZONE
from mobile.words import _, n_

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def age_words(at: str, now: datetime) -> str:
    """Return how old a UTC text is: just now, minutes, hours or days; nothing where there is no time.

    One that lies ahead tells nothing of its age, and that a clock is wrong.
    """
    if not at:
        return ""
    age = now - datetime.fromisoformat(at)
    if is_ahead(age):
        return _("later than this clock")
    if age < timedelta(minutes=1):
        return _("just now")
    if age < _HOUR:
        return n_("{n} minute old", "{n} minutes old", age // timedelta(minutes=1))
    if age < _DAY:
        return n_("{n} hour old", "{n} hours old", age // _HOUR)
    return n_("{n} day old", "{n} days old", age // _DAY)


def is_ahead(age: timedelta) -> bool:
    """Whether something is of so much later than now that a clock was set; two clocks may differ a little."""
    return age < -_HOUR


def clock_words(at: datetime | str | None) -> str:
    """Return hour and minute in Beijing time, the time of the law and of every paper; empty for no time."""
    if not at:
        return ""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return moment.astimezone(LAW_ZONE).strftime("%H:%M")


def day_words(at: str, now: datetime) -> str:
    """Return the clock for today, else month and day before it."""
    moment = datetime.fromisoformat(at).astimezone(LAW_ZONE)
    today = moment.date() == now.astimezone(LAW_ZONE).date()
    return clock_words(at) if today else moment.strftime("%m-%d %H:%M")


def size_words(count: int) -> str:
    """Return a number of bytes in GB, below one in MB, below one in KB."""
    if count >= 1e9:
        return f"{count / 1e9:.1f} GB"
    return f"{count / 1e6:.0f} MB" if count >= 1e6 else f"{count / 1e3:.0f} KB"
