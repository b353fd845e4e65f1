"""The store as pages see it: threads of their own, and statements that end. Tablets wait for no page.

A page that asks too much is told so after a while, instead of keeping a thread, a connection and a core for as long as
it takes. On SQLite the thread itself looks at the clock every so many steps; PostgreSQL does it by a setting of the
transaction, in which all queries of a read see one moment.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import psycopg
from peewee import PostgresqlDatabase

from server.refusals import Refused
from server.store import outage
from server.store.engine import Store
from server.store.moment import in_a_snapshot
from server.store.timed import TimedSqlite

T = TypeVar("T")

READERS = 3
_STEPS = 20_000
"""Of SQLite's machine between two looks at the clock: a millisecond or two."""
_CANCELLED = "57014"


class PageStore(Store):
    """The same store, read by threads of its own in which no statement runs longer than so many seconds."""

    def __init__(self, store: Store, seconds: float, readers: ThreadPoolExecutor | None = None) -> None:
        self.database, self.writer = store.database, store.writer
        self._readers = readers or ThreadPoolExecutor(READERS, thread_name_prefix="page")
        self.seconds, self._here = seconds, threading.local()
        store.before_closing(self.close)

    def read_now(self, query: Callable[..., T], *args: Any) -> T:
        """As of any store. Raises Refused page_too_slow as well."""
        try:
            held: T = super().read_now(self._bounded, query, *args)
            return held
        except Exception as problem:
            if any(_was_stopped(one) for one in outage.reasons(problem)):
                raise Refused("page_too_slow") from problem
            raise

    def close(self) -> None:
        """Let its threads end; the writer and the connections are the store's."""
        self._readers.shutdown(wait=True)

    def _bounded(self, query: Callable[..., T], *args: Any) -> T:
        database = self.database
        if isinstance(database, PostgresqlDatabase):
            return in_a_snapshot(database, partial(query, *args), self.seconds)
        link = database.connection()  # type: ignore[no-untyped-call] # peewee's own
        if isinstance(database, TimedSqlite) and getattr(self._here, "link", None) is not link:
            link.set_progress_handler(lambda: database.running_for() > self.seconds, _STEPS)
            self._here.link = link
        return query(*args)


def _was_stopped(one: BaseException) -> bool:
    if isinstance(one, psycopg.Error):
        return one.sqlstate == _CANCELLED
    return getattr(one, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT
