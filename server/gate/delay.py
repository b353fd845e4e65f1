"""How long a sealed part was on its way, as far as the device's clock can be believed. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from server import clock
from server.parts import PartHead

_DAY = timedelta(days=1)
_DAY_MS = 86_400_000
_MOST_AHEAD = timedelta(seconds=60)
"""A part that comes this long before it was sealed, by the corrected clock, was sealed by a clock that is wrong."""


def clock_off(
    received: datetime, enrolled: datetime, times: Iterable[datetime], *, offset_ms: int, late_days: int
) -> bool:
    """Whether a device's clock must have been wrong by more than a day at these times of a part.

    They lie in the future, before it was enrolled or longer ago than a tablet is out, or it knew that its clock was
    off.
    """
    earliest = max(enrolled - _DAY, received - timedelta(days=late_days))
    return any(not earliest <= at <= received + _DAY for at in times) or abs(offset_ms) > _DAY_MS


def seconds_of(head: PartHead, received_at: str, late_days: int) -> float | None:
    """Return how many seconds lay between seal and receipt; None where the clock is doubted. Never raises.

    The time of the seal is corrected by the offset that the part agreed with the office, where it had agreed one.
    """
    try:
        return _seconds(head, clock.read(received_at), late_days)
    except (AttributeError, OverflowError, TypeError, ValueError):  # a part of no known shape, or of a time to come
        return None


def _seconds(head: PartHead, received: datetime, late_days: int) -> float | None:
    sealed, offset_ms = clock.read(head.sealed_at), _offset_ms(head.clock)
    agreed_ms = offset_ms if head.clock and head.clock.get("agreed_at") else 0
    enrolled = clock.read(str(head.certificate.get("issued_at") or received.isoformat()))
    times = (sealed, clock.read(str(head.opened_at or head.sealed_at)))
    if clock_off(received, enrolled, times, offset_ms=offset_ms, late_days=late_days):
        return None
    spent = received - (sealed + timedelta(milliseconds=agreed_ms))
    return None if spent < -_MOST_AHEAD else max(0.0, spent.total_seconds())


def _offset_ms(told: Any) -> int:
    """Return the offset that a part tells. Raises ValueError where it is no number."""
    offset = (told or {}).get("offset_ms") or 0
    if not isinstance(offset, int) or isinstance(offset, bool):
        raise ValueError("offset_ms is no whole number")
    return offset
