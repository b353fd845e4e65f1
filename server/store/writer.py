"""The one thread that writes: everything that waits is committed together, and nobody is answered before.

SQLite's own waiting is unfair (its p99 was a second and more), and a commit costs the same for one job as for thirty.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from peewee import Database, InterfaceError, OperationalError

from server.store import space

T = TypeVar("T")
Job = tuple[Callable[[], Any], "Future[Any]"]

_GROUP = 64
_log = logging.getLogger(__name__)


class Writer:
    """Runs jobs in order, a group in one transaction. A job may be run twice, so it may touch the store alone."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._closed = False
        self.last_commit = time.monotonic()
        self._thread.start()

    def submit(self, job: Callable[[], T]) -> Future[T]:
        """Queue a job; its future is done once its transaction is durable. Raises RuntimeError after `close`."""
        if self._closed:
            raise RuntimeError("the writer is closed")
        future: Future[T] = Future()
        self._jobs.put((job, future))
        return future

    def close(self) -> None:
        """Finish what is queued, then end."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            self._thread.join()

    def _run(self) -> None:
        while (first := self._jobs.get()) is not None:
            group, more = self._waiting(first)
            self._commit(group)
            if not more:
                break
        self._database.close()

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
        try:
            with self._database.atomic():
                results = [job() for job, _future in group]
        except Exception as problem:
            self._forget_dead_connection(problem)
            self._one_by_one(group)
            return
        self._answer(group, results)

    def _one_by_one(self, group: list[Job]) -> None:
        """Some job of the group failed: give each its own savepoint, so that it fails alone."""
        outcomes: list[Any] = []
        try:
            with self._database.atomic():
                for job, _future in group:
                    outcomes.append(self._in_savepoint(job))
        except Exception as problem:
            self._forget_dead_connection(problem)
            outcomes = [problem] * len(group)
        self._answer(group, outcomes)

    def _in_savepoint(self, job: Callable[[], Any]) -> Any:
        try:
            with self._database.atomic():
                return job()
        except Exception as problem:
            if self._database.is_closed() or space.is_out(problem):
                raise
            return problem

    def _answer(self, group: list[Job], outcomes: list[Any]) -> None:
        self.last_commit = time.monotonic()
        for (_job, future), outcome in zip(group, outcomes, strict=True):
            if not future.set_running_or_notify_cancel():
                continue
            if isinstance(outcome, Exception):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)

    def _forget_dead_connection(self, problem: Exception) -> None:
        """A database server that went away comes back with a new connection, not with the old one."""
        if isinstance(problem, OperationalError | InterfaceError):
            _log.warning("database connection dropped: %s", type(problem).__name__)
            with contextlib.suppress(Exception):
                self._database.close()
