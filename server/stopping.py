"""Whether this process was asked to end: requests that only wait then end first, since a server ends after the last."""

from __future__ import annotations

import faulthandler
import signal
import threading
from types import FrameType
from typing import Any

END_SECONDS = 10
"""Whoever has not ended by then is killed."""
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stopping:
    """Hears the signals beside the server that runs the app, from its start to its end."""

    def __init__(self) -> None:
        self.asked = False
        self._before: dict[int, Any] = {}

    async def process_startup(self, _scope: Any, _event: Any) -> None:
        """Listen; only the main thread may. The server's own handler is called as before.

        A loop's handlers hear of a signal on their own way, as long as some handler of Python's stands.
        """
        if threading.current_thread() is threading.main_thread():
            self._before = {one: signal.signal(one, self._hear) for one in _SIGNALS}

    async def process_shutdown(self, _scope: Any, _event: Any) -> None:
        """Listen no more."""
        for one, handler in self._before.items():
            signal.signal(one, handler)
        self._before = {}

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
        faulthandler.dump_traceback_later(END_SECONDS - 2)  # the log then tells what it could not end
        before = self._before.get(number)
        if callable(before):
            before(number, frame)
