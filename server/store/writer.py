"""The one thread that writes: everything that waits is committed together, and nobody is answered before.

SQLite's own waiting is unfair (its p99 was a second and more), and a commit costs the same for one job as for thirty.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any, NamedTuple, TypeVar

from peewee import Database

from server.store import feed, outage, space
from server.store.outage import DatabaseAway

T = TypeVar("T")
Item = TypeVar("Item")

_GROUP = 64
_log = logging.getLogger(__name__)


class Job(NamedTuple):
    """What is to be written; `apart` are the parts of it that may fail each alone, where it has any."""

    work: Callable[[], Any]
    future: Future[Any]
    apart: Sequence[Callable[[], Any]] | None = None


class Writer:
    """Runs jobs in order, a group in one transaction. A job may be run twice, so it may touch the store alone."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._closed, self._closing = False, threading.Lock()
        self.failing = False
        self._thread.start()

    def submit(self, job: Callable[[], T]) -> Future[T]:
        """Queue a job; its future is done once its transaction is durable. Raises RuntimeError after `close`."""
        return self._queue(Job(job, Future()))

    def submit_each(
        self, work: Callable[[Sequence[Item]], Sequence[T]], items: Sequence[Item]
    ) -> Future[Sequence[T | Exception]]:
        """Queue a work that is done for all the items in one go, and gives an outcome for each in their order.

        Where it fails it is done for each apart, and what then fails for one stands in its place.
        """
        return self._queue(Job(partial(work, items), Future(), [partial(_of_one, work, item) for item in items]))

    def _queue(self, job: Job) -> Future[Any]:
        with self._closing:  # nothing is queued behind the end: nobody would ever do it
            if self._closed:
                raise RuntimeError("the writer is closed")
            self._jobs.put(job)
        return job.future

    def close(self) -> None:
        """Finish what is queued, then end."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
            self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._jobs.get()) is not None:
            group, more = self._waiting(first)
            self._commit(group)
            if not more:
                break
        outage.drop(self._database)

    def _waiting(self, first: Job) -> tuple[list[Job], bool]:
        group = [first]
        while len(group) < _GROUP:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                return group, False
            group.append(job)
        return group, True

    def _commit(self, group: list[Job]) -> None:
        """Commit the group as one; where some job of it fails, again with a savepoint for each."""
        outcomes, problem = self._attempt(lambda: [job.work() for job in group])
        if problem is not None:
            outcomes, problem = self._attempt(lambda: [self._apart(job) for job in group])
        self.failing = problem is not None
        self._answer(group, outcomes if problem is None else [_told(problem)] * len(group))

    def _attempt(self, work: Callable[[], list[Any]]) -> tuple[list[Any], Exception | None]:
        try:
            with feed.transaction(self._database):
                outcomes = work()
        except Exception as problem:
            self._forget_dead_connection(problem)
            return [], problem
        return outcomes, None

    def _apart(self, job: Job) -> Any:
        if job.apart is None:
            return self._in_savepoint(job.work)
        return [self._in_savepoint(one) for one in job.apart]

    def _in_savepoint(self, work: Callable[[], Any]) -> Any:
        try:
            with self._database.atomic():
                return work()
        except Exception as problem:
            if outage.away(problem) or self._broken(problem) or space.is_out(problem):
                raise
            return problem

    def _broken(self, problem: Exception) -> bool:
        """Whether the savepoint could not be undone, so that nothing of the transaction stands any more."""
        return outage.true_reason(problem) is not problem

    def _answer(self, group: list[Job], outcomes: list[Any]) -> None:
        for job, outcome in zip(group, outcomes, strict=True):
            if not job.future.set_running_or_notify_cancel():
                continue
            if isinstance(outcome, BaseException):
                job.future.set_exception(outcome)
            else:
                job.future.set_result(outcome)

    def _forget_dead_connection(self, problem: Exception) -> None:
        """A database that went away comes back with a new connection, not with the old one."""
        if outage.away(problem):
            _log.warning("database connection dropped", extra={"reason": type(problem).__name__})
            outage.drop(self._database)


def _of_one(work: Callable[[Sequence[Item]], Sequence[T]], item: Item) -> T:
    return work([item])[0]


def _told(problem: Exception) -> BaseException:
    return DatabaseAway() if outage.away(problem) else outage.true_reason(problem)
