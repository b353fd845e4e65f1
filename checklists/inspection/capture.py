"""When and where a photo was taken, and where the tablet stood, as entries say it. Pure.

A photo's entry and an entry `position` hold `position`, or `no_position` with the reason; a photo's also `taken`. Parts
of before hold neither: then nothing is known, and that is said too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, TypeVar

from checklists.values import frozen
from checklists.wire import WireError, from_plain

APART = timedelta(minutes=1)
"""A position of longer before or after a photo may be another place. Ours."""
COARSE_M = 50
"""One that is less accurate, or of unknown accuracy, does not tell one bay of a checkpoint from the road. Ours."""
DISAGREE = timedelta(minutes=2)
"""By how much two clocks may differ before that is said. Ours."""
NO_POSITION = ("no_receiver", "no_fix", "denied")
"""Why there is no position: no receiver answers, it sees too few satellites, or the officer has not allowed it."""

_Held = TypeVar("_Held")


@frozen
class Position:
    """WGS 84 degrees as decimal text, because records hold no floats; `as_of` is UTC text by the tablet's clock.

    `accuracy_m` is the radius that the receiver states, rounded up; None where it states none. `source` is gpsd,
    android or post (written down for the post, not measured).
    """

    latitude: str
    longitude: str
    as_of: str
    source: str
    accuracy_m: int | None = None


@frozen
class Taken:
    """When a picture was taken, in UTC: by the camera's own clock (`camera`) or by when its file was written (`file`).

    Where both are ahead of the tablet's clock it is when the tablet took it in (`tablet`). `other` is what the other
    clock says where the two disagree.
    """

    at: str
    by: str
    other: str | None = None


def position_of(value: Mapping[str, Any]) -> Position | None:
    """Return the position that an entry names; None where there is none that can be read."""
    return _read(Position, value.get("position"))


def taken_of(value: Mapping[str, Any]) -> Taken | None:
    """Return when a photo was taken, as its entry says it; None where that cannot be read."""
    return _read(Taken, value.get("taken"))


def is_apart(position: Position, at: str) -> bool:
    """Whether a measured position is of another time than `at` (UTC text), before or after; its own is said then."""
    try:
        apart = abs(datetime.fromisoformat(at) - datetime.fromisoformat(position.as_of))
    except (ValueError, TypeError):
        return True
    return position.source != "post" and apart > APART


def is_coarse(position: Position) -> bool:
    """Whether a measured position says less than which side of the road; one of unknown accuracy does too."""
    return position.source != "post" and (position.accuracy_m is None or position.accuracy_m > COARSE_M)


def _read(kind: type[_Held], plain: Any) -> _Held | None:
    if not isinstance(plain, Mapping):
        return None
    known = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    try:
        return from_plain(kind, {key: one for key, one in plain.items() if key in known})
    except (WireError, TypeError, ValueError):
        return None
