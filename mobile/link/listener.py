"""An ear at the office between two runs: news come at once, and a line that is lost is seen within seconds.

The office holds the question for a few seconds and answers as soon as something changes. One question after the other
goes over one connection, so that a silent line shows as a question that nobody answered.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from mobile.link.background import Later
from mobile.refusals import Refusal

if TYPE_CHECKING:
    from mobile.store.feed import Laid
    from mobile.store.store import Store

WAIT_S = 3
"""How long the office holds a question. With the slack of `hearing` a lost line is seen in 5 s at the latest."""

_AGAIN_S = 4
"""After a line was lost, so long until it is tried again."""

_SHUT_OUT_S = 300
"""After an office that lets this tablet in no more, or that cannot be trusted: a person has to look, or it heals."""

_LEAST_S = 1
"""Two questions are never closer than this, whatever the office answers."""


class Listener:
    """Listens while it is started; `tell` hears on the app's thread what each question brought, or why it failed."""

    def __init__(self, now: Callable[[], datetime], later: Later, tell: Callable[[Laid | Refusal], None]) -> None:
        self._now, self._later, self._tell = now, later, tell
        self._ended, self._awake = threading.Event(), threading.Event()
        self._store: Store | None = None
        self._pauses = 0

    def start(self, store: Store) -> None:
        """Listen for this store, or go on after a pause."""
        if self._store is not store:
            self.stop()
            self._store, self._ended, self._awake = store, threading.Event(), threading.Event()
            events = self._ended, self._awake
            threading.Thread(target=self._listen, args=(store, *events), name="lujian-ear", daemon=True).start()
        self._awake.set()

    def pause(self) -> None:
        """Ask nothing until it is started again; a question that is out is not waited for."""
        self._pauses += 1
        self._awake.clear()

    def stop(self) -> None:
        """Listen no more; what a question that is out brings is kept and not told."""
        self._ended.set()
        self._awake.set()
        self._store = None

    def _listen(self, store: Store, ended: threading.Event, awake: threading.Event) -> None:
        from mobile.link import retries
        from mobile.store.store import release

        try:
            while awake.wait() and not ended.is_set():
                try:
                    self._ask(store, ended, awake)
                except Refusal as refusal:
                    self._say(refusal, ended)
                    shut_out = retries.retry(refusal.code) is retries.Retry.NEVER
                    self._rest(_SHUT_OUT_S if shut_out else _AGAIN_S, ended)
        finally:
            release(store)

    def _rest(self, seconds: float, ended: threading.Event) -> None:
        """Wait; a run between, which may have changed how things stand, ends a long wait."""
        until, pauses = time.monotonic() + seconds, self._pauses
        while (left := until - time.monotonic()) > 0 and self._pauses == pauses:
            if ended.wait(min(left, _AGAIN_S)):
                break

    def _ask(self, store: Store, ended: threading.Event, awake: threading.Event) -> None:
        """Ask over one connection until that fails, or it is time to pause or end."""
        from mobile.link import hearing
        from mobile.link.enrolment import enrolment
        from mobile.link.office import Office

        made = enrolment(store)
        if made is None:
            raise Refusal("not_enrolled")
        with Office(made.link) as office:
            while awake.is_set() and not ended.is_set():
                begun = time.monotonic()
                self._say(hearing.page(store, office, self._now, wait_s=WAIT_S), ended)
                ended.wait(max(0.0, _LEAST_S - (time.monotonic() - begun)))

    def _say(self, found: Laid | Refusal, ended: threading.Event) -> None:
        self._later(lambda: None if ended.is_set() else self._tell(found))
