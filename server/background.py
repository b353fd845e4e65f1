"""Work that goes on beside the requests while the server runs."""

from __future__ import annotations

import threading


class Background:
    """A thread that works from `start` to `stop`; `run` looks at `_stopping`, and begins anew what a stop left."""

    def __init__(self, name: str) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self.run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End as soon as what is in hand allows it."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def run(self) -> None:
        """Work until stopped."""
        raise NotImplementedError
