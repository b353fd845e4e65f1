"""Where the team stands, as a receiver tells it: see `mobile.device.receivers` for which there are.

A receiver is looked at every second and keeps the last position with the time of the tablet at which it came; how old
and how exact that is goes with it wherever it is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from math import ceil, isfinite
from typing import Any, Protocol

from checklists.inspection.capture import Position
from checklists.wire import instant, to_plain

Where = Position | str
"""A position, or why there is none: a code of `checklists.inspection.capture.NO_POSITION`."""
NOWHERE = "no_receiver"

FORGOTTEN = timedelta(minutes=10)
"""A position that nothing has renewed for so long tells nothing of where the tablet is. Ours."""

_PLACES = Decimal("0.000001")
"""A millionth of a degree is a tenth of a metre."""


class Receiver(Protocol):
    """What tells where the tablet is."""

    @property
    def where(self) -> Where:
        """The last position with its time, or why there is none."""

    def look(self) -> None:
        """Take what has come since the last look; it never waits."""

    def close(self) -> None:
        """Let go of the receiver."""


def measured(latitude: Any, longitude: Any, accuracy_m: Any, as_of: datetime, source: str) -> Position | None:
    """Return a position as a receiver told it; None where its numbers cannot be true."""
    if not (_number(latitude, 90) and _number(longitude, 180)):
        return None
    radius_m = ceil(accuracy_m) if _number(accuracy_m, 1e7) and accuracy_m > 0 else None
    return Position(_degrees(latitude), _degrees(longitude), instant(as_of), source, radius_m)


def recent(last: Position | None, now: datetime) -> Position | None:
    """Return a position that is not forgotten yet."""
    return last if last and abs(now - datetime.fromisoformat(last.as_of)) < FORGOTTEN else None


def as_value(where: Where) -> Mapping[str, Any]:
    """Return where the tablet is, as entries hold it."""
    return {"no_position": where} if isinstance(where, str) else {"position": to_plain(where)}


def _number(value: Any, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) and abs(value) <= most


def _degrees(value: float) -> str:
    return str(Decimal(str(value)).quantize(_PLACES, ROUND_HALF_EVEN))
