"""The queue behind the receipt: which record is next, held by one worker of all processes, and how it ended."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from peewee import Database, PostgresqlDatabase, fn

from checklists.inspection.stop_order import KIND
from server import clock
from server.store import feed
from server.store.models import Record, database

WAITS = "received"
_INSPECTION = 0x494E5350  # "INSP": two processes never join parts to one inspection at once


def waiting(limit: int = 50, without: Collection[int] = ()) -> list[int]:
    """Return the records that are to be processed: stop orders, then as they came; suspects after all others."""
    query = Record.select(Record.id).where(Record.state == WAITS).order_by(Record.id).limit(limit)
    if without:
        query = query.where(Record.id.not_in(list(without)))
    fresh = query.where(Record.tries.is_null())
    for some in (fresh.where(Record.kind == KIND), fresh, query):
        if found := [int(one.id) for one in some]:
            return found
    return []


@contextlib.contextmanager
def hold(engine: Database, id_: int) -> Iterator[Record | None]:
    """Hold a record while it is processed; None where it does not wait any more, or another process has it.

    On PostgreSQL everything within is one transaction, ended also by the death of the process. SQLite has one worker.
    """
    asked = Record.select().where(Record.id == id_, Record.state == WAITS)
    if not isinstance(engine, PostgresqlDatabase):
        yield asked.first()
        return
    run: Callable[..., Any] = engine.execute_sql
    with feed.transaction(engine):
        record = asked.for_update("FOR UPDATE SKIP LOCKED").first()  # type: ignore[arg-type] # text too
        if record is not None:
            held = (_INSPECTION, str(record.inspection))
            run("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", held)
        yield record


def again(inspections: Collection[str]) -> int:
    """Let the seals of inspections that were processed be processed once more; return how many."""
    if not inspections:
        return 0
    seal = (Record.inspection.in_(list(inspections)), Record.kind == "inspection", Record.state == "processed")
    return int(Record.update(state=WAITS, reason="", tries=None).where(*seal).execute())


def settle(id_: int, state: str, reason: str = "", detail: str = "", columns: Mapping[str, Any] | None = None) -> bool:
    """Move a received record on, once; False where another process was faster. `detail` never holds a value of it."""
    told = {"state": state, "reason": reason, "detail": detail[:300] or None, "processed_at": clock.now()}
    return bool(Record.update(**told, **(columns or {})).where(Record.id == id_, Record.state == WAITS).execute())


def note(id_: int, reason: str, detail: str) -> None:
    """Say of a record that was processed why nothing followed from it."""
    Record.update(reason=reason, detail=detail[:300]).where(Record.id == id_).execute()


def suspect(id_: int) -> int:
    """Count that a process died with this record in hand, and return how often that was."""
    tries = fn.COALESCE(Record.tries, 0) + 1
    Record.update(tries=tries).where(Record.id == id_, Record.state == WAITS).execute()
    record = Record.select(Record.tries).where(Record.id == id_).first()
    return int(record.tries or 0) if record is not None else 0


def age_seconds() -> float:
    """Return how long the oldest record has waited to be processed; 0 where none waits."""
    first = Record.select(Record.received_at).where(Record.state == WAITS).order_by(Record.id).limit(1).first()
    if first is None:
        return 0.0
    return max(0.0, (datetime.now(UTC) - clock.read(str(first.received_at))).total_seconds())


def in_own_transaction() -> bool:
    """Whether this thread is inside a transaction of its own, so that what it writes belongs there."""
    return bool(database.obj.in_transaction())
