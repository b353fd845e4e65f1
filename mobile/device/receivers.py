"""What tells where the tablet is, by a setting: gpsd, Android's own receiver, or what was written down for the post."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from checklists.inspection.capture import Position
from checklists.wire import instant
from mobile.device import gpsd, on_android
from mobile.device.location import NOWHERE, Receiver, Where, measured, recent
from mobile.refusals import Refusal

_POSITION = re.compile(r"\s*(-?\d{1,2}(?:\.\d{1,7})?)\s*[,，]\s*(-?\d{1,3}(?:\.\d{1,7})?)\s*", re.ASCII)


class Post:
    """A tablet without a receiver; with the position that was written down for its post, if any."""

    def __init__(self, now: Callable[[], datetime], written: tuple[str, str] | None = None) -> None:
        self._now, self._written = now, written

    @property
    def where(self) -> Where:
        """The position of the post; it is said to be that, because nothing measured it."""
        return Position(*self._written, instant(self._now()), "post") if self._written else NOWHERE

    def look(self) -> None:
        """Nothing comes."""

    def close(self) -> None:
        """Nothing is held."""


class OnAndroid:
    """Android's own receiver; its positions come on another thread, each as one value."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._follows = False
        self._last: Position | None = None
        self._why = "no_fix"

    @property
    def where(self) -> Where:
        """The last position, or that the officer has not allowed it, or that none has come of late."""
        return recent(self._last, self._now()) or self._why

    def look(self) -> None:
        """Begin to follow once it is allowed; the first look asks for that."""
        if self._follows:
            return
        try:
            on_android.follow_position(self._heard)
            self._follows, self._why = True, "no_fix"
        except Refusal:
            self._why = "denied"

    def close(self) -> None:
        """Follow no longer."""
        if self._follows:
            on_android.leave_position()
            self._follows = False

    def _heard(self, latitude: float, longitude: float, accuracy_m: float | None, age_s: float) -> None:
        as_of = self._now() - timedelta(seconds=max(0.0, age_s))
        self._last = measured(latitude, longitude, accuracy_m, as_of, "android") or self._last


def receiver(setting: str, now: Callable[[], datetime]) -> Receiver:
    """Return what a setting names: `none`, a position such as `40.842, 111.749`, `gpsd` or `gpsd:PORT`.

    On Android the system's own is asked unless a position is set. Raises Refusal `position_invalid`.
    """
    asked = setting.strip()
    name, _colon, port = asked.partition(":")
    if asked == "none":
        return Post(now)
    if name != "gpsd":
        return Post(now, fixed(asked))
    if on_android.here():
        return OnAndroid(now)
    if port and not (port.isascii() and port.isdecimal() and 0 < int(port) < 65536):
        raise Refusal("position_invalid", setting)
    return gpsd.Gpsd(now, int(port or gpsd.PORT))


def fixed(setting: str) -> tuple[str, str] | None:
    """Return the degrees that a setting such as `40.842, 111.749` names, or None where it is empty.

    Raises Refusal `position_invalid`.
    """
    if not setting.strip():
        return None
    found = _POSITION.fullmatch(setting)
    if found is None or abs(Decimal(found[1])) > 90 or abs(Decimal(found[2])) > 180:
        raise Refusal("position_invalid", setting)
    return found[1], found[2]
