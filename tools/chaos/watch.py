"""Somebody who asks the health page all the time, and writes down how long each answer took while the server was up."""

from __future__ import annotations

import threading
import time

import requests

from tools.chaos.office import Server

LONGEST_SECONDS = 1.0


class Watch(threading.Thread):
    """Asks ten times a second on a new connection. What a kill cut off does not count."""

    def __init__(self, server: Server) -> None:
        super().__init__(daemon=True)
        self._server, self.stopping = server, threading.Event()
        self.times: list[float] = []
        self.late = 0

    def run(self) -> None:
        """Ask until it is told to stop."""
        while not self.stopping.wait(0.1):
            if self._server.up:
                self._ask()

    def _ask(self) -> None:
        began = time.monotonic()
        try:
            good = requests.get(f"{self._server.url}/healthz", timeout=5).status_code == 200
        except requests.RequestException:
            good = False
        lasted = time.monotonic() - began
        if not good and not self._server.up:
            return
        self.times.append(lasted)
        self.late += not good or lasted > LONGEST_SECONDS
