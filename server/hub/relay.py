"""A hub's two threads: one passes on, one hears. Each goes on by itself when the link is back."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from functools import partial

from server.hub.follower import Follower
from server.hub.parent import Parent, ParentRefused
from server.hub.retries import LONGEST_DELAY_S, delay_s, ends
from server.hub.uplink import Uplink
from server.office import Office
from server.processing.worker import Traffic
from server.store import hub_identity, outage
from server.store.hub_identity import Joined

_log = logging.getLogger(__name__)

EVERY_SECONDS = 3.0
"""How soon what was brought otherwise than in a batch goes on."""
WAIT_SECONDS = 20
"""How long the parent holds an answer until there is something new; a tablet that enrols is known here after that."""


class Relay:
    """Runs while the server does; `traffic` tells it that something was brought."""

    def __init__(self, office: Office, joined: Joined) -> None:
        self._office = office
        self.traffic = Traffic()
        self._stop = threading.Event()
        self._said: dict[str, str] = {}
        self._links = [Parent.of(joined), Parent.of(joined)]
        up, down = Uplink(office, joined, self._links[0]), Follower(office, joined, self._links[1])
        self._threads = [
            threading.Thread(target=self._go_on, args=(work, rest, name), name=name, daemon=True)
            for work, rest, name in (
                (up.run, self._until_brought, hub_identity.UP),
                (partial(self._hear, down), self._rest, hub_identity.DOWN),
            )
        ]

    def start(self) -> None:
        """Begin."""
        for one in self._threads:
            one.start()

    def stop(self) -> None:
        """End both; what was on its way is sent again after the next start."""
        self._stop.set()
        self.traffic.arrived.set()
        for link in self._links:
            link.abort()
        for one in self._threads:
            if one.is_alive():
                one.join()

    def _hear(self, down: Follower) -> int:
        count = down.run(WAIT_SECONDS)
        self._note("")  # the parent lets us in
        return count

    def _go_on(self, work: Callable[[], int], rest: Callable[[], None], way: str) -> None:
        """Work and rest until stopped; after a failure wait, longer each time."""
        failures = 0
        while not self._stop.is_set():
            try:
                work()
                self._trouble_is("", way)
                failures = 0
            except Exception as problem:
                failures += 1
                self._stop.wait(self._trouble(problem, failures, way))
                continue
            rest()
        outage.drop(self._office.store.database)

    def _trouble(self, problem: Exception, failures: int, way: str) -> float:
        """Note what went wrong and return how long to wait."""
        if self._stop.is_set():
            return 0
        if not isinstance(problem, ParentRefused):
            _log.error("the hub was interrupted; it goes on", exc_info=problem)
            return delay_s(failures, random.random())  # noqa: S311 - spreads hubs apart, nothing more
        _log.warning("the parent is not reached", extra={"reason": problem.code, "count": failures})
        self._trouble_is(problem.code, way)
        if ends(problem.code):
            try:
                self._note(problem.code)
            except Exception as second:  # no room to write it down: the thread lives, and hears it again
                _log.error("it could not be noted", exc_info=second)
            return LONGEST_DELAY_S
        return delay_s(failures, random.random())  # noqa: S311

    def _note(self, code: str) -> None:
        if self._office.store.read_now(hub_identity.ended) != code:
            self._office.store.write_now(lambda: hub_identity.end(code))

    def _trouble_is(self, code: str, way: str) -> None:
        """Note for whoever looks at the hub how a way stands; without room for that the hub works all the same."""
        if code == self._said.get(way):
            return
        try:
            self._office.store.write_now(lambda: hub_identity.trouble(code, way))
            self._said[way] = code
        except Exception as problem:
            _log.error("it could not be noted", exc_info=problem)

    def _until_brought(self) -> None:
        self.traffic.arrived.wait(EVERY_SECONDS)
        self.traffic.arrived.clear()

    def _rest(self) -> None:
        """Ask again at once: the parent held the answer. One that does not is asked every second."""
        self._stop.wait(1.0)
