"""Work over several connections side by side, as many as the line wants (`mobile.link.lanes`)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Generic, TypeVar

from mobile.link.run import Run
from mobile.refusals import Refusal
from mobile.store.base import release

T = TypeVar("T")


def each(run: Run, take: Callable[[], T | None], work: Callable[[Run, T], None]) -> None:
    """Do the work for each thing that `take` gives until it gives None, over as many connections as the line wants.

    `take` is called by one lane at a time. Raises the first refusal that the lanes do not forgive; what others have in
    hand is ended before.
    """
    crew = _Crew(take, work)
    lanes = run.office.lanes
    lanes.widen = lambda: crew.widen(run)
    try:
        crew.widen(run)
        crew.go(run)
        crew.end()
    finally:
        lanes.widen = lambda: None


class _Crew(Generic[T]):
    def __init__(self, take: Callable[[], T | None], work: Callable[[Run, T], None]) -> None:
        self._take, self._work = take, work
        self._lock, self._opened = threading.Lock(), 1
        self._threads: list[threading.Thread] = []
        self._problems: list[BaseException] = []

    def go(self, run: Run) -> None:
        """Work until nothing is left, or something failed in any lane."""
        try:
            while (one := self._next()) is not None:
                self._do(run, one)
        except Exception as problem:
            self._problems.append(problem)

    def widen(self, run: Run) -> None:
        """Open the lanes that the line wants and that are not open yet."""
        with self._lock:
            while self._opened < run.office.lanes.count:
                self._opened += 1
                self._threads.append(
                    threading.Thread(target=self._beside, args=(run,), name="lujian-lane", daemon=True)
                )
                self._threads[-1].start()

    def end(self) -> None:
        """Wait for every lane. Raises what went wrong in the first that failed."""
        while self._threads:
            self._threads.pop().join()
        if self._problems:
            raise self._problems[0]

    def _next(self) -> T | None:
        with self._lock:
            return None if self._problems else self._take()

    def _do(self, run: Run, one: T) -> None:
        while True:
            try:
                return self._work(run, one)
            except Refusal as refusal:
                if self._problems or not run.office.lanes.forgives(refusal):
                    raise

    def _beside(self, run: Run) -> None:
        try:
            with run.office.another() as office:
                self.go(replace(run, office=office))
        finally:
            release(run.store)
