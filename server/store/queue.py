"""The queue behind the receipt: which record is next, taken by one worker of all processes, and how it ended."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from peewee import SQL, Database, PostgresqlDatabase, fn

from checklists.inspection.stop_order import KIND
from server import clock
from server.store import bulk, feed
from server.store.models import Record, database

WAITS = "received"
ORDERS_WAITING = f"kind = '{KIND}' AND state = '{WAITS}'"
# As a plain column SQLite passes its index over (findings/sqlite-passes-over-the-index-of-the-question.sh).
FRESH_WAITING = f"COALESCE(state, '') = '{WAITS}' AND tries IS NULL"
BEHIND = 0
"""The `tries` of many records that are taken up once more: they come after all that tablets bring."""
_INSPECTION = 0x494E5350  # "INSP": two processes never join parts to one inspection at once
_VEHICLE = 0x56454849  # "VEHI": nor look for earlier checks of a vehicle of which one is just being written


@contextlib.contextmanager
def take(engine: Database, without: Collection[int] = ()) -> Iterator[Record | None]:
    """Hold the record that is next while it is processed; None where none waits that nobody else holds.

    Stop orders come first, then what has waited longest; after all others come what is taken up again by the many, and
    what a process died with. On PostgreSQL everything within is one transaction, ended also by the death of the
    process, and no other process has a part of that inspection meanwhile. SQLite has one worker.
    """
    if not isinstance(engine, PostgresqlDatabase):
        yield _first(without)
        return
    run: Callable[..., Any] = engine.execute_sql
    with feed.transaction(engine):
        record = _first(without)
        if record is not None:
            held = (_INSPECTION, str(record.inspection))
            run("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", held)
        yield record


def alone_with(vehicles: Collection[str]) -> None:
    """Wait until no other process has a check of one of these vehicles (folded keys) in hand; none gets one meanwhile.

    What the other writes, a hold as it may be, is then there to be found. All take them in one order, behind the
    inspection, so that none waits for one that waits for it.
    """
    if vehicles and isinstance(database.obj, PostgresqlDatabase):
        database.execute_sql(_ALONE, (_VEHICLE, sorted(vehicles)))


_ALONE = """
    SELECT pg_advisory_xact_lock(%s, number)
    FROM (SELECT DISTINCT hashtext(key) AS number FROM unnest(%s::text[]) AS key ORDER BY number) AS vehicles
"""


def _first(without: Collection[int]) -> Record | None:
    values, many = (*without, 1), len(without)
    found: list[Record] = []
    for asked in (_orders, _fresh, _any):
        found = found or bulk.models(Record, asked, *values, many=many)
    return found[0] if found else None


def _orders(many: int) -> Any:
    return _waiting(many, ORDERS_WAITING).where(Record.tries.is_null())


def _fresh(many: int) -> Any:
    return _waiting(many, FRESH_WAITING)


def _any(many: int) -> Any:
    return _waiting(many, f"state = '{WAITS}'")


def _waiting(many: int, which: str) -> Any:
    # Word for word as the index has it, so that a long queue is not read for each record.
    query = Record.select().where(SQL(which), *([Record.id.not_in([0] * many)] if many else []))
    held = query.order_by(Record.id).limit(1)
    shared = isinstance(database.obj, PostgresqlDatabase)
    return held.for_update("FOR UPDATE SKIP LOCKED") if shared else held  # type: ignore[arg-type] # text too


def again(inspections: Collection[str]) -> int:
    """Let the seals of inspections that were processed be processed once more; return how many."""
    if not inspections:
        return 0
    seal = (Record.inspection.in_(list(inspections)), Record.kind == "inspection", Record.state == "processed")
    return int(Record.update(state=WAITS, reason="", tries=None).where(*seal).execute())


def settle(id_: int, state: str, reason: str = "", detail: str = "", columns: Mapping[str, Any] | None = None) -> bool:
    """Move a received record on, once; False where another process was faster. `detail` never holds a value of it."""
    told = {"state": state, "reason": reason, "detail": detail[:300] or None, "processed_at": clock.now()}
    return bool(bulk.update(Record, {**told, **(columns or {})}, id=id_, state=WAITS))


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
    """Return how long the oldest record that tablets brought has waited to be processed; 0 where none waits.

    What is taken up again waits for nobody, however many that are.
    """
    for (received_at,) in bulk.rows(_oldest, 1):
        return max(0.0, (datetime.now(UTC) - clock.read(str(received_at))).total_seconds())
    return 0.0


def _oldest() -> Any:
    return Record.select(Record.received_at).where(SQL(FRESH_WAITING)).order_by(Record.id).limit(1)


def in_own_transaction() -> bool:
    """Whether this thread is inside a transaction of its own, so that what it writes belongs there."""
    return bool(database.obj.in_transaction())
