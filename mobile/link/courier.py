"""When the office is tried, and how the link stands: runs one at a time in a worker thread, an ear between them.

It never decides what is sent (that is `mobile.link.sync`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from mobile.link import retries
from mobile.link.background import Later, apart
from mobile.link.link_state import LinkState
from mobile.link.listener import Listener
from mobile.refusals import Refusal

if TYPE_CHECKING:
    from mobile.link.run import SyncReport
    from mobile.store.feed import Laid
    from mobile.store.store import Store

EVERY = timedelta(seconds=60)
"""How often the office is asked for news while everything goes well. Ours."""


class Courier:
    """Runs with the office, one at a time; `tell` is called on the app's thread whenever something changed."""

    def __init__(self, now: Callable[[], datetime], later: Later, tell: Callable[[SyncReport | None], None]) -> None:
        self.state = LinkState()
        self._now, self._later, self._tell = now, later, tell
        self._again = False
        self._store: Store | None = None
        self._ear = Listener(now, later, self._heard)

    def start(self, store: Store) -> bool:
        """Begin a run; while one goes on, another follows it at once. Returns whether one began now."""
        self._store = store
        if self.state.running:
            self._again = True
            return False
        self._ear.pause()
        self._set(running=True)
        before = self.state
        apart(lambda: self._run(store, before), lambda found: self._finish(store, found), self._later)
        self._tell(None)
        return True

    def stop(self) -> None:
        """Listen no more and begin nothing by itself; a run ends by itself. How the line stands is not known then."""
        self._store = None
        self._ear.stop()
        self._set(online=False)

    def due(self) -> bool:
        """Whether it is time for an automatic run; a clock that was set back to before the last one says nothing."""
        state, now = self.state, self._now()
        waits = state.next_try is not None and (state.finished_at or now) <= now < state.next_try
        return not state.running and not state.stopped and not waits

    def _run(self, store: Store, before: LinkState) -> SyncReport:
        from mobile.link import sync
        from mobile.store.store import release

        try:
            return sync.run_once(
                store,
                failures=before.failures,
                damaged=before.damaged,
                now=self._now,
                tell=lambda report: self._later(lambda: self._tell(report)),
            )
        finally:
            release(store)

    def _finish(self, store: Store, found: SyncReport | Refusal) -> None:
        report = None if isinstance(found, Refusal) else found
        wait_s = report.retry_s if report and report.code else EVERY.total_seconds()
        stopped = bool(report and report.stopped)
        # The tablet may have been locked meanwhile, and unlocked again: its store is another one then.
        ours = self._store is store
        self._set(
            running=False,
            online=ours and not found.code,
            code=found.code,
            detail=found.detail,
            stopped=stopped,
            failures=self.state.failures + 1 if found.code else 0,
            damaged=report.damaged if report else self.state.damaged,
            bytes_per_s=(report and report.bytes_per_s) or self.state.bytes_per_s,
            by_hub=report.by_hub if report else "",
            hub_trouble=report.hub_trouble if report else "",
            finished_at=self._now(),
            next_try=None if stopped else self._now() + timedelta(seconds=wait_s),
        )
        again, self._again = self._again, False
        # What is told may end it all: a tablet that wipes itself listens no more.
        self._tell(report)
        if self._store is store and not self.state.running:
            self._ear.start(store)
        if self._store is not None and (not ours or (again and not found.code)):
            self.start(self._store)

    def _heard(self, found: Laid | Refusal) -> None:
        """Take in what the ear brought; a run that is on is followed by another where something is left to fetch."""
        store, running = self._store, self.state.running
        if store is None:
            return
        if isinstance(found, Refusal):
            if not running:
                self._lost(found)
            return
        if not running and not self.state.code:
            self._set(finished_at=self._now())
        if found.kinds:
            from mobile.link.run import SyncReport

            self._tell(SyncReport(heard=set(found.kinds)))
        back = not running and self.state.code in retries.LOST | retries.SHUT_OUT
        if back or found.more or "package" in found.kinds:
            self.start(store)

    def _lost(self, refusal: Refusal) -> None:
        """Show that the line is gone, or that the office will have nothing of this tablet; runs deal with the rest."""
        stopped = retries.retry(refusal.code) is retries.Retry.NEVER
        if refusal.code == "token_invalid" != self.state.code and self._store is not None:
            self.start(self._store)  # an office that was brought back may lack this tablet: a run shows itself to it
            return
        if not stopped and (refusal.code not in retries.LOST or not self.state.online):
            return
        next_try = None if stopped else self.state.next_try or self._now() + EVERY
        self._set(online=False, code=refusal.code, detail=refusal.detail, stopped=stopped, next_try=next_try)
        self._tell(None)

    def _set(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)
