"""How often somebody may do something: a count per minute, held in memory because it need not survive."""

from __future__ import annotations

import time
from collections.abc import Callable

from server.refusals import Refused

_MINUTE = 60.0


class Window:
    """Counts by key in fixed minutes; one more than `limit` is refused with the code."""

    def __init__(self, limit: int, code: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit, self._code, self._clock = limit, code, clock
        self._minute = -1
        self._counts: dict[str, int] = {}

    def count(self, key: str) -> None:
        """Count once more. Raises Refused with Retry-After."""
        self.check(key)
        self._counts[key] = self._counts.get(key, 0) + 1

    def check(self, key: str) -> None:
        """Raise Refused where the key has used up this minute."""
        minute, into = divmod(self._clock(), _MINUTE)
        if int(minute) != self._minute:
            self._minute, self._counts = int(minute), {}
        if self._counts.get(key, 0) >= self._limit:
            raise Refused(self._code, "", {"Retry-After": str(max(1, int(_MINUTE - into)))})
