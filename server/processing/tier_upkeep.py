"""Works out the tiers of carriers of which something became known, or for which time has passed: behind the receipt."""

from __future__ import annotations

import logging
import time

from server.background import Background
from server.office import Office
from server.store import carrier_tiers
from server.store.shares import breath

_log = logging.getLogger(__name__)

_SOME = 20
"""Carriers whose results are written together: the writer, which takes records in, is soon free again."""


class TierUpkeep(Background):
    """The thread that looks after the tiers until it is stopped; what fails is tried again next time."""

    def __init__(self, office: Office, every_seconds: float = 3.0) -> None:
        self._store, self._every = office.store, every_seconds
        self._formula: str | None = None
        super().__init__("tier-upkeep")

    def run(self) -> None:
        """Look until stopped; what others do has twice the time that this takes."""
        while not self._stopping.is_set():
            began = time.monotonic()
            more = self.once()
            self._stopping.wait(breath(began) if more else self._every)

    def once(self) -> int:
        """Work out some of what is due and return how many; none where it failed."""
        try:
            self._heed_formula()
            return carrier_tiers.work(self._store, _SOME)
        except Exception:
            _log.exception("the tiers of carriers could not be looked after; it is tried again")
            return 0

    def _heed_formula(self) -> None:
        """Judge everybody anew where another formula is in force: it was published, or its day has come."""
        formula = self._store.read_now(carrier_tiers.current_formula)
        version = formula.version if formula is not None else ""
        if version != self._formula:
            many = self._store.write_now(lambda: carrier_tiers.judge_anew(version))
            self._formula = version
            if many:
                _log.info("another formula for carriers is in force", extra={"count": many})
