"""Where the kernel's clocks are asked: the end of a term as text, with how sure it is. The only such place.

Of a range the safe end is taken: for a duty of the office the earliest, for what others have time for the latest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from checklists.facts.situation import LAW_ZONE
from checklists.law.clocks import due as end_of_term
from checklists.wire import instant
from server.cases.rules import CaseLaw

_SURE = {"due": "sure", "sure": "sure", "provisional": "provisional"}


@dataclass(frozen=True)
class End:
    """The end of a term: `due` as the law says it (day or UTC text), `due_at` the instant after which it is over."""

    due: str = ""
    due_at: str = ""
    sure: str = "manual"
    why: str = ""


def end_of(law: CaseLaw, term: str, start: str, kind: str, more_days: int = 0) -> End:
    """Return the end of a term that began at a day or time; `more_days` are those for which it stood still."""
    held = law.term(term)
    if held is None:
        return End(why="term_unknown")
    try:
        begins = later(moment(start), more_days)
    except OverflowError:
        return End(why="uncovered")
    if held.unit == "hours" and not isinstance(begins, datetime):
        return End(why="time_unknown")
    try:
        found = end_of_term(held, begins, law.calendar)
    except (OverflowError, ValueError):
        return End(why="uncovered")
    if found.status not in _SURE or found.last is None:
        return End(why=str(getattr(found, "why", "") or found.status))
    last = _safe(found, kind)
    why = str(getattr(found, "why", "")) or ("rest_day" if found.rest_day else "")
    return End(text_of(last), over_at(last), _SURE[found.status], why)


def end_on(day: str) -> End:
    """Return the end that a document names."""
    return End(day, over_at(moment(day)), "sure", "by_document")


def moment(text: str) -> date | datetime:
    """Return a day or an aware time from its text. Raises ValueError."""
    if len(text) == len("2026-11-28"):
        return date.fromisoformat(text)
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{text!r} has no zone")
    return at


def day_in(text: str) -> date | None:
    """Return the day that text names as `2026-12-10`, None for any other form: days are compared as text."""
    try:
        held = date.fromisoformat(text)
    except ValueError:
        return None
    return held if held.isoformat() == text else None


def day_text(text: str) -> str:
    """Return the day of the law of a day or a time."""
    held = moment(text)
    return (held.astimezone(LAW_ZONE).date() if isinstance(held, datetime) else held).isoformat()


def begins_at(text: str) -> str:
    """Return the instant at which a day or time begins, as UTC text: what orders days and times among each other."""
    held = moment(text)
    return instant(held if isinstance(held, datetime) else datetime.combine(held, datetime.min.time(), LAW_ZONE))


def text_of(last: date | datetime) -> str:
    """Return a day or a time as text."""
    return instant(last) if isinstance(last, datetime) else last.isoformat()


def over_at(last: date | datetime) -> str:
    """Return the instant after which a last day or time is over, as UTC text."""
    if isinstance(last, datetime):
        return instant(last.astimezone(UTC))
    return instant(datetime.combine(last + timedelta(days=1), datetime.min.time(), LAW_ZONE))


def later(at: date | datetime, days: int) -> date | datetime:
    """Return a day or time moved by days."""
    return at + timedelta(days=days) if days else at


def days_between(first: str, last: str) -> int:
    """Return the days from one day to another."""
    return (date.fromisoformat(day_text(last)) - date.fromisoformat(day_text(first))).days


def _safe(found: Any, kind: str) -> date | datetime:
    """Return the safe end of a range."""
    name = "earliest" if kind == "duty" else "latest"
    held: date | datetime = getattr(found, name, None) or found.last
    return held
