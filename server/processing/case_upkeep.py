"""What happens to cases without anybody's click: terms that have run, a new calendar, cases of before. Now and then."""

from __future__ import annotations

import logging
import time

from server.background import Background
from server.office import Office
from server.store import case_clocks, case_search, figures
from server.store.shares import breath

_log = logging.getLogger(__name__)


class CaseUpkeep(Background):
    """The thread that keeps cases up to date until it is stopped; what fails is tried again next time."""

    def __init__(self, office: Office, every_seconds: float = 60.0) -> None:
        self._office, self._every = office, every_seconds
        self._next = 0
        super().__init__("case-upkeep")

    def run(self) -> None:
        """Keep up until stopped; what others do has twice the time that this takes."""
        while not self._stopping.is_set():
            began = time.monotonic()
            more = self.once()
            self._stopping.wait(breath(began) if more else self._every)

    def once(self) -> bool:
        """Do some of what is due and return whether more is waiting; not now where it failed."""
        try:
            done = self._office.store.write_now(lambda: case_clocks.keep_up(None, self._next))
        except Exception:
            _log.exception("cases could not be kept up to date; it is tried again")
            return False
        self._next = done.next
        if many := done.adopted + done.recounted + done.lapsed:
            _log.info("cases kept up to date", extra={"count": many})
        return self._indexed() or self._counted() or bool(done.adopted or done.recounted or done.next)

    def _indexed(self) -> bool:
        """Whether some records had to be put into the index of the search, which kept less of them before."""
        try:
            return bool(self._office.store.write_now(case_search.catch_up))
        except Exception:
            _log.exception("records could not be indexed; it is tried again")
            return False

    def _counted(self) -> bool:
        """Whether some checks had to be counted that came before figures were kept."""
        try:
            return bool(self._office.store.write_now(figures.catch_up))
        except Exception:
            _log.exception("checks could not be counted; it is tried again")
            return False
