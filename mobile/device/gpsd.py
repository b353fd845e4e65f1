"""A GPS receiver on a Linux tablet, through gpsd's JSON on the loopback (gpsd_json(5)); nothing waits here.

Only reports `TPV` are used. Each comes every second or so while there is a fix; what the operating system had kept
while the tablet slept would look new, so after a pause the connection is made anew.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from math import hypot
from typing import Any

from checklists.inspection.capture import Position
from mobile.device.location import Where, measured, recent

HOST, PORT = "127.0.0.1", 2947
_WATCH = b'?WATCH={"enable":true,"json":true};\n'
_MOST = 1 << 16
"""Bytes of one look, and of a line that does not end. A report has some hundred, a sky of satellites some thousand."""
_PAUSE, _AGAIN = timedelta(seconds=5), timedelta(seconds=5)
"""Without a look for so long, what waits is old; and how long after a failure it is tried again."""


class Gpsd:
    """The receiver that a gpsd on this tablet reads; without one, there is none."""

    def __init__(self, now: Callable[[], datetime], port: int = PORT) -> None:
        self._now, self._port = now, port
        self._socket: socket.socket | None = None
        self._rest = b""
        self._last: tuple[str, Position] | None = None
        self._looked: datetime | None = None
        self._failed: datetime | None = None

    @property
    def where(self) -> Where:
        """The last position, or that there is no receiver, or that it has had no fix of late."""
        known = recent(self._last[1] if self._last else None, self._now())
        return known or ("no_receiver" if self._socket is None else "no_fix")

    def look(self) -> None:
        """Connect where it is time, and take what has come."""
        now = self._now()
        if self._looked is not None and not timedelta(0) <= now - self._looked < _PAUSE:
            self.close()
        self._looked = now
        try:
            if self._connected(now):
                for line in self._lines():
                    self._hear(line, now)
        except OSError:
            self.close()
            self._failed = now

    def close(self) -> None:
        """Let go of the connection; the last position stays with its time."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.close()
        self._socket, self._rest = None, b""

    def _connected(self, now: datetime) -> bool:
        if self._socket is None and (self._failed is None or not timedelta(0) <= now - self._failed < _AGAIN):
            # On the loopback somebody listens, or it is refused at once.
            self._socket = socket.create_connection((HOST, self._port), timeout=0.2)
            self._socket.sendall(_WATCH)
            self._socket.setblocking(False)
        return self._socket is not None

    def _lines(self) -> Iterator[bytes]:
        """Yield the whole lines that have come. Raises ConnectionError where gpsd has gone, or a line does not end."""
        assert self._socket is not None  # noqa: S101 - asked only while connected
        came = b""
        with suppress(BlockingIOError):
            while len(came) < _MOST:
                some = self._socket.recv(_MOST)
                if not some:
                    raise ConnectionError("gpsd has gone")
                came += some
        *whole, self._rest = (self._rest + came).split(b"\n")
        if len(self._rest) > _MOST:
            raise ConnectionError("a line without an end")
        yield from whole

    def _hear(self, line: bytes, now: datetime) -> None:
        if b'"TPV"' not in line:
            return
        try:
            told: Any = json.loads(line)
        except (ValueError, RecursionError):
            return
        if not isinstance(told, dict) or told.get("class") != "TPV":
            return
        device, mode = str(told.get("device") or ""), told.get("mode")
        # Mode 0 and 1 are no fix; a fix that another receiver has stays.
        if isinstance(mode, int) and mode >= 2:
            found = measured(told.get("lat"), told.get("lon"), _accuracy_m(told), now, "gpsd")
            self._last = (device, found) if found else self._last


def _accuracy_m(told: dict[str, Any]) -> float | None:
    """Return the radius in metres that gpsd estimates; None where it does not."""
    if isinstance(told.get("eph"), int | float):
        return float(told["eph"])
    both = [float(told[name]) for name in ("epx", "epy") if isinstance(told.get(name), int | float)]
    return hypot(*both) if len(both) == 2 else None
