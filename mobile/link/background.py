"""Work apart from the screen: a job in a thread of its own, its result told on the app's thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from mobile.refusals import Refusal

T = TypeVar("T")
Later = Callable[[Callable[[], None]], None]
"""`later(act)` runs the act soon on the app's own thread."""


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
            # Its words may repeat what was being read; a refusal is shown and kept.
            found = Refusal("job_failed", type(bug).__name__)
        later(lambda: done(found))

    thread = threading.Thread(target=work, name="lujian-work", daemon=True)
    thread.start()
    return thread
