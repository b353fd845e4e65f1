"""Work apart from the screen: one job at a time in a worker thread, its result told on the app's own thread.

`Courier` knows when the office is to be tried again; it never decides what is sent (that is `mobile.link.sync`).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from mobile.link.link_state import LinkState
from mobile.refusals import Refusal

if TYPE_CHECKING:
    from mobile.link.sync import SyncReport
    from mobile.store.store import Store

T = TypeVar("T")
Later = Callable[[Callable[[], None]], None]
"""`later(act)` runs the act soon on the app's own thread."""

EVERY = timedelta(seconds=60)
"""How often the office is asked for news while everything goes well. Ours."""


def at_once(act: Callable[[], None]) -> None:
    """Run the act now, where there is only one thread."""
    act()


def apart(job: Callable[[], T], done: Callable[[T | Refusal], None], later: Later) -> threading.Thread:
    """Run a job in a worker thread; `done` hears on the app's thread what it gave or why it refused.

    A bug in the job is logged and told as the refusal `job_failed`, because a thread has no caller to raise to.
    """

    def work() -> None:
        found: T | Refusal
        try:
            found = job()
        except Refusal as refusal:
            found = refusal
        except Exception as bug:
            logging.getLogger(__name__).exception("a job in the background failed")
            found = Refusal("job_failed", f"{type(bug).__name__}: {bug}")
        later(lambda: done(found))

    thread = threading.Thread(target=work, name="lujian-work", daemon=True)
    thread.start()
    return thread


class Courier:
    """Runs with the office, one at a time; `tell` is called on the app's thread whenever something changed."""

    def __init__(self, now: Callable[[], datetime], later: Later, tell: Callable[[SyncReport | None], None]) -> None:
        self.state = LinkState()
        self._now, self._later, self._tell = now, later, tell
        self._again = False

    def start(self, store: Store) -> bool:
        """Begin a run; while one goes on, another follows it at once. Returns whether one began now."""
        if self.state.running:
            self._again = True
            return False
        self._set(running=True)
        failures = self.state.failures
        apart(lambda: self._run(store, failures), lambda found: self._finish(store, found), self._later)
        self._tell(None)
        return True

    def due(self) -> bool:
        """Whether it is time for an automatic run."""
        state = self.state
        return not state.running and not state.stopped and (state.next_try is None or self._now() >= state.next_try)

    def _run(self, store: Store, failures: int) -> SyncReport:
        from mobile.link import sync
        from mobile.store.store import release

        try:
            return sync.run_once(
                store, failures=failures, now=self._now, tell=lambda report: self._later(lambda: self._tell(report))
            )
        finally:
            release(store)

    def _finish(self, store: Store, found: SyncReport | Refusal) -> None:
        report = None if isinstance(found, Refusal) else found
        wait_s = report.retry_s if report and report.code else EVERY.total_seconds()
        stopped = bool(report and report.stopped)
        self._set(
            running=False,
            online=not found.code,
            code=found.code,
            detail=found.detail,
            stopped=stopped,
            failures=self.state.failures + 1 if found.code else 0,
            finished_at=self._now(),
            next_try=None if stopped else self._now() + timedelta(seconds=wait_s),
        )
        again, self._again = self._again, False
        self._tell(report)
        if again and not found.code:
            self.start(store)

    def _set(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)
