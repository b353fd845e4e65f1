"""One run with the office or with a hub at the post: what it does it with, and what came of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mobile.link import agreed_clock, retries
from mobile.link.enrolment import Enrolment
from mobile.link.office import Office
from mobile.refusals import Refusal
from mobile.store.store import Store


@dataclass
class SyncReport:
    """What one run did. `code` is empty where it went through; `stopped` says that trying again will not help.

    `damaged` is how many runs in a row, this one too, met what a flipped bit looks like (`retries`); `retry_s` is how
    long to wait before the next run; counts are of this run, `unsent` of records and files now. `heard` are the kinds
    of things of which there is news, `news` is how many pages of it were laid down. `bytes_per_s` is how fast files
    went, 0 where too little was sent to say. `by_hub` names the hub with which was spoken because the office was out of
    reach, `hub_trouble` is what went wrong there.
    """

    code: str = ""
    detail: str = ""
    stopped: bool = False
    damaged: int = 0
    retry_s: float = 0
    delivered: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    photos: list[str] = field(default_factory=list)
    photos_refused: list[str] = field(default_factory=list)
    packages: list[str] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)
    heard: set[str] = field(default_factory=set)
    news: int = 0
    bytes_per_s: float = 0
    by_hub: str = ""
    hub_trouble: str = ""
    unsent: tuple[int, int] = (0, 0)


@dataclass
class Pace:
    """How many bytes of files went, over all connections together, and in how many seconds."""

    sent: int = 0
    seconds: float = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, sent: int) -> None:
        """Count bytes that went, from any thread."""
        with self._lock:
            self.sent += sent

    def bytes_per_s(self) -> float:
        """Return how fast, or 0 where too little went to say."""
        return self.sent / self.seconds if self.sent >= _TELLING_BYTES and self.seconds > 0 else 0


_TELLING_BYTES = 64 * 1024


@dataclass(frozen=True)
class Run:
    """A run. `hub` is which hub it goes by, empty for the office itself; there no refusal is final."""

    store: Store
    office: Office
    enrolment: Enrolment
    now: Callable[[], datetime]
    report: SyncReport
    tell: Callable[[SyncReport], None]
    last_try: bool
    damage: list[Refusal] = field(default_factory=list)
    pace: Pace = field(default_factory=Pace)
    hub: str = ""

    def defers(self, refusal: Refusal) -> bool:
        """Whether one thing was refused as a flipped bit would be: it waits for the next run, and the rest goes on."""
        if retries.retry(refusal.code) is not retries.Retry.FEW or self.last_try:
            return False
        self.damage.append(refusal)
        return True

    def finds_no_room(self, refusal: Refusal) -> bool:
        """Whether this tablet's own disk is in the way: it is told at the end, and the rest goes on."""
        if refusal.code not in retries.NO_ROOM:
            return False
        self.damage.append(refusal)
        return True

    def timed(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        """Return the answer, and learn from its `at` how far this device's clock is off; a hub's is no office's."""
        sent = self.now()
        told = self.office.ask_json(method, path, **more)
        if not self.hub:
            try:
                agreed_clock.learn(self.store, told.get("at"), sent, self.now())
            except Refusal as refusal:
                if not self.finds_no_room(refusal):
                    raise
        return told
