"""The thread behind the receipt. Nothing here is in the way of a receipt, and no record can stop it.

What fails for a record parks that record. What fails for the machine (no memory, no space, a lock) sets the record
aside for a while, and the others go on. A database that is away is waited for. What a dying process had in hand comes
after all others, and is parked when that happened too often.
"""

from __future__ import annotations

import logging
import threading
import time

from server import metrics
from server.background import Background
from server.office import Office
from server.processing import handling
from server.processing.in_hand import InHand
from server.processing.recompute import Versions
from server.store import outage, published, queue
from server.store.outage import DatabaseAway

_log = logging.getLogger(__name__)

_PATIENCE, _SOON_SECONDS = 0.25, 20.0
_VERSIONS = Versions(published.exact, published.latest, published.definitions, published.tables)
_AWAY_SECONDS = 0.5
_ASIDE_SECONDS, _LONGEST_ASIDE = 20.0, 300.0
_MOST_TRIES = 3


class Traffic:
    """How many batches are being taken in right now; entered and left on the event loop alone."""

    def __init__(self) -> None:
        self.batches = 0
        self.arrived = threading.Event()

    def __enter__(self) -> None:
        self.batches += 1

    def __exit__(self, *_told: object) -> None:
        self.batches -= 1
        self.arrived.set()


def patience(age_seconds: float) -> float:
    """Return for how many seconds a record steps back behind batches while the oldest one has waited so long.

    Ever less, and not at all any more long before it has waited for a minute: then both go on side by side.
    """
    return _PATIENCE * max(0.0, 1 - age_seconds / _SOON_SECONDS)


class Worker(Background):
    """The thread that processes what was received, oldest first, until it is stopped.

    Receipts go first: while batches come in it holds back, as long as its `patience` lasts.
    """

    def __init__(self, office: Office, every_seconds: float = 5.0) -> None:
        self._office, self._every = office, every_seconds
        self.traffic = Traffic()
        self._in_hand = InHand(office.config.data)
        self._aside: dict[int, tuple[int, float]] = {}
        super().__init__("worker")

    def stop(self) -> None:
        """Finish the record in hand, then end."""
        self._stopping.set()
        self.traffic.arrived.set()
        super().stop()

    def run(self) -> None:
        """Work until stopped; other processes may bring records too, so it looks without being woken."""
        suspects = list(self._in_hand.left())
        while True:
            self.traffic.arrived.clear()
            if self._stopping.is_set():  # after the clearing: who stops sets both, and is not slept over
                break
            try:
                while suspects:
                    self._doubt(suspects.pop())
                self.drain()
            except Exception as problem:
                self._rest(problem)
                continue
            self.traffic.arrived.wait(self._every)
        outage.drop(self._office.store.database)

    def _rest(self, problem: Exception) -> None:
        if not isinstance(problem, DatabaseAway):
            _log.error("processing was interrupted; it goes on", exc_info=problem)
        self._stopping.wait(_AWAY_SECONDS)

    def drain(self) -> int:
        """Process all that waits and return how many records that were. Raises DatabaseAway and MemoryError."""
        count = 0
        while True:
            self._hold_back()
            if self._stopping.is_set():
                return count
            began = time.perf_counter()
            try:
                done = handling.process(self._office, _VERSIONS, self._in_hand, self._left_aside())
            except handling.Waits as problem:
                self._set_aside(problem.record, problem.__cause__)
                continue
            if done is None:
                return count
            id_, state = done
            if not state:  # the rest of its inspection never came to rest
                self._aside[id_] = (0, time.monotonic() + 1)
                continue
            self._aside.pop(id_, None)
            metrics.processed(state, time.perf_counter() - began)
            count += 1

    def _set_aside(self, id_: int, problem: BaseException | None) -> None:
        """Try a record again later, or park it where the machine fails with it each time."""
        tries = self._aside.get(id_, (0, 0.0))[0] + 1
        _log.warning("set aside for a while", exc_info=problem, extra={"count": id_})
        self._aside[id_] = (tries, time.monotonic() + min(_ASIDE_SECONDS * tries, _LONGEST_ASIDE))
        if tries >= _MOST_TRIES and isinstance(problem, MemoryError):
            handling.park(self._office, id_, problem)
        if isinstance(problem, MemoryError):
            raise problem

    def _left_aside(self) -> list[int]:
        """Return what is not to be taken up yet; what was no trouble of the machine is forgotten after that."""
        now = time.monotonic()
        self._aside = {id_: held for id_, held in self._aside.items() if held[0] or held[1] > now}
        return [id_ for id_, (_tries, until) in self._aside.items() if until > now]

    def _doubt(self, id_: int) -> None:
        """Count that a process died with this record in hand; too often, and it waits for a person."""
        store = self._office.store
        if store.write_now(lambda: queue.suspect(id_)) >= _MOST_TRIES:
            said = "the process ended each time that it had this record in hand"
            store.write_now(lambda: queue.settle(id_, "parked", "processing_failed", said))

    def _hold_back(self) -> None:
        if not self.traffic.batches:
            return
        until = time.monotonic() + patience(self._office.store.read_now(queue.age_seconds))
        while self.traffic.batches and not self._stopping.is_set() and time.monotonic() < until:
            time.sleep(0.01)
