"""Tells alerts further up while no team answers: a leader, then a supervisor. Looks twice a minute."""

from __future__ import annotations

import logging
from functools import partial

from server.background import Background
from server.office import Office
from server.store import alerts

_log = logging.getLogger(__name__)


class AlertUpkeep(Background):
    """The thread that looks after alerts until it is stopped; what fails is tried again next time."""

    def __init__(self, office: Office, every_seconds: float = 30.0) -> None:
        self._office, self._every = office, every_seconds
        super().__init__("alert-upkeep")

    def run(self) -> None:
        """Look until stopped."""
        while not self._stopping.is_set():
            self.once()
            self._stopping.wait(self._every)

    def once(self) -> int:
        """Tell further up what is due, some in each write, and return how many alerts went up until one failed."""
        many, after = 0, ""
        try:
            while not self._stopping.is_set():
                went, after = self._office.store.write_now(partial(alerts.escalate, after))
                many += went
                if not after:
                    break
        except Exception:
            _log.exception("alerts could not be looked after; it is tried again")
        if many:
            _log.info("alerts told further up", extra={"count": many})
        return many
