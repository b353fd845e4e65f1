"""Where the team stands. Desktop form: the fixed position of the post, or none; Android form: as last known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from mobile.device import on_android
from mobile.refusals import Refusal

_POSITION = re.compile(r"\s*(-?\d{1,2}(?:\.\d{1,7})?)\s*[,，]\s*(-?\d{1,3}(?:\.\d{1,7})?)\s*", re.ASCII)


@dataclass(frozen=True)
class Position:
    """WGS 84 degrees as decimal text, because records hold no floats."""

    latitude: str
    longitude: str


def current(setting: str = "") -> Position | None:
    """Return the fixed position where one is set, else what the device knows, else None.

    Raises Refusal `position_invalid`, or `position_denied` where the officer has not allowed it yet.
    """
    found = fixed(setting)
    if found is None and on_android.here() and (known := on_android.position()):
        return Position(*known)
    return found


def fixed(setting: str) -> Position | None:
    """Return the position that a setting such as `40.842, 111.749` names, or None where it is empty.

    Raises Refusal `position_invalid`.
    """
    if not setting.strip():
        return None
    found = _POSITION.fullmatch(setting)
    if found is None or abs(Decimal(found[1])) > 90 or abs(Decimal(found[2])) > 180:
        raise Refusal("position_invalid", setting)
    return Position(found[1], found[2])
