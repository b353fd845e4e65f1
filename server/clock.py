"""The office's clock: the one place where the time comes in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from checklists.wire import instant
from checklists.zone import LAW_ZONE

_ahead = timedelta()


def move(days: int) -> None:
    """Let the office live so many days ahead: for trying out terms, never where records are taken."""
    global _ahead  # noqa: PLW0603 - a clock is one for all
    _ahead = timedelta(days=days)


def now() -> str:
    """Return the present as UTC text."""
    return instant(datetime.now(UTC) + _ahead)


def later(**span: int) -> str:
    """Return the present plus a span (`hours=24`) as UTC text."""
    return instant(datetime.now(UTC) + _ahead + timedelta(**span))


def start_of(day: date | None, after: int = 0) -> str:
    """Return when a day begins here, or one so many days after it, as UTC text; empty for none and beyond all years."""
    try:
        return instant(datetime.combine(day + timedelta(days=after), time(), LAW_ZONE)) if day else ""
    except OverflowError:
        return ""


def read(text: str) -> datetime:
    """Return UTC text as an aware time. Raises ValueError for anything else."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{text!r} has no zone")
    try:
        return at.astimezone(UTC)
    except OverflowError as problem:
        raise ValueError(f"{text!r} lies outside of all years") from problem
