"""Answers that are given again as long as nothing was written: not one commit of anybody, in this process or another.

Before an answer is given again the database itself says whether it is still the same: SQLite by the number that changes
for a connection with every commit of another, and by what it wrote itself; PostgreSQL by the transactions that a
question would see, and by when it was started, since what takes over from it may count on from an earlier one.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from peewee import PostgresqlDatabase

from server.store.models import database

T = TypeVar("T")

_KEPT = 6
"""Answers that a thread keeps."""
_SNAPSHOT = "SELECT pg_current_snapshot()::text, pg_postmaster_start_time()::text"

_here = threading.local()


def same(question: Callable[..., T], *args: Hashable) -> T:
    """Return what a question of the store answers; what it gave this thread, where nothing was written since.

    For questions whose answer depends on the database and their arguments alone, not on the hour, asked of the primary:
    the snapshot of a standby does not name what has not ended. Nobody may change what they are given.
    """
    now, kept = _mark(), _answers()
    named = (question, *args)
    held = kept.pop(named, None)
    if held is None or held[0] != now:
        held = (now, question(*args))
    kept[named] = held
    while len(kept) > _KEPT:
        kept.popitem(last=False)
    answer: T = held[1]
    return answer


def _answers() -> OrderedDict[tuple[Hashable, ...], tuple[Any, Any]]:
    if not hasattr(_here, "answers"):
        _here.answers = OrderedDict()
    answers: OrderedDict[tuple[Hashable, ...], tuple[Any, Any]] = _here.answers
    return answers


def _mark() -> tuple[Any, ...]:
    """Return what is equal only while everything is. Read before the answer: what comes between is asked for again."""
    engine: Any = database.obj
    if isinstance(engine, PostgresqlDatabase):
        return tuple(engine.execute_sql(_SNAPSHOT, ()).fetchone())  # type: ignore[no-untyped-call] # peewee's own
    link = engine.connection()
    return link, link.total_changes, engine.execute_sql("PRAGMA data_version", ()).fetchone()[0]
