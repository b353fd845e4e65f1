"""Whether what went wrong is a full disk, however the database says so."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator

_FULL = (errno.ENOSPC, errno.EDQUOT)
_SQLSTATE = "53100"
_WORDS = ("database or disk is full", "No space left on device")


def is_out(problem: BaseException) -> bool:
    """Whether a disk has no space left.

    SQLite ends a transaction by itself when its disk is full; the ROLLBACK that follows then fails for a reason of its
    own, and the true one stands only in what led to it.
    """
    return any(_is_full(one) for one in _led_to(problem))


def _led_to(problem: BaseException) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    one: BaseException | None = problem
    while one is not None and one not in seen:
        seen.append(one)
        yield one
        one = one.__cause__ or one.__context__


def _is_full(one: BaseException) -> bool:
    if isinstance(one, OSError) and one.errno in _FULL:
        return True
    if isinstance(one, sqlite3.Error):
        return getattr(one, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return getattr(one, "sqlstate", None) == _SQLSTATE or any(words in str(one) for words in _WORDS)
