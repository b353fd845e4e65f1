"""A database that is away (restarted, failed over, cut off, locked), told apart from a fault in what was asked."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

import psycopg
from peewee import Database, PeeweeException

from server.refusals import Refused

RETRY_SECONDS = 3
"""After so long a sender may try again: PostgreSQL is back within seconds of a restart."""

_GONE = ("08", "57P", "25P03", "25P04", "53300", "25006")
"""SQLSTATE: connection failures; shut down, crashed, starting up, or ended by a timeout of sessions or transactions; no
place left, and a server that became a standby.
"""
_PASSING = ("40", "55P03", "57014", "53")
"""SQLSTATE: deadlocks and the like, locks not had, statements ended, no memory or space."""
_LITE_GONE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
_LITE_CLOSED = "closed database"
_MASKS = ("cannot rollback", "no such savepoint", "can only be used in transaction blocks")


class DatabaseAway(Refused):
    """Raised where the database cannot be reached now."""

    def __init__(self) -> None:
        super().__init__("database_away", "", {"Retry-After": str(RETRY_SECONDS)})


def away(problem: BaseException) -> bool:
    """Whether the database is not there, rather than that it disliked a statement."""
    return any(_gone(one) for one in reasons(problem))


def passing(problem: BaseException) -> bool:
    """Whether it is the machine's trouble and no record's: no memory, no space, a lock that another had."""
    return isinstance(problem, MemoryError | OSError) or strained(problem)


def strained(problem: BaseException) -> bool:
    """Whether the database ended a statement that may well pass a moment later."""
    return any(_passes(one) for one in reasons(problem))


def true_reason(problem: BaseException) -> BaseException:
    """Return what really went wrong: SQLite ends a transaction by itself, and the second ROLLBACK hides why."""
    while problem.__context__ is not None and _masks(problem):
        problem = problem.__context__
    return problem


def _masks(problem: BaseException) -> bool:
    ours = isinstance(problem, PeeweeException | psycopg.Error | sqlite3.Error)
    return ours and any(words in str(problem) for words in _MASKS)


def drop(database: Database) -> None:
    """Forget this thread's connection, whatever its state; the next query makes a new one."""
    held = database._state.conn  # type: ignore[attr-defined] # of this thread, also where it is broken
    with contextlib.suppress(Exception):
        if held is not None:
            held.close()
    database.dispose()


def reasons(problem: BaseException) -> Iterator[BaseException]:
    """Yield the error, and those behind it: peewee wraps that of the driver, sometimes twice."""
    at: BaseException | None = true_reason(problem)
    while at is not None:
        yield at
        at = getattr(at, "orig", None)


def _gone(one: BaseException) -> bool:
    if isinstance(one, psycopg.Error):
        if one.sqlstate:
            return one.sqlstate.startswith(_GONE)
        return isinstance(one, psycopg.OperationalError | psycopg.InterfaceError)
    return _primary(one) in _LITE_GONE or (isinstance(one, sqlite3.ProgrammingError) and _LITE_CLOSED in str(one))


def _passes(one: BaseException) -> bool:
    if isinstance(one, psycopg.Error):
        return (one.sqlstate or "").startswith(_PASSING)
    return _primary(one) in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_NOMEM)


def _primary(one: BaseException) -> int:
    """The code of SQLite's error, without its finer part; 0 for any other."""
    return int(getattr(one, "sqlite_errorcode", 0) or 0) & 0xFF
