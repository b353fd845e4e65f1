"""Many reads that see the store as it stood at one moment: what is added up in several places agrees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from peewee import PostgresqlDatabase

from server.store.models import database

T = TypeVar("T")


def at_once(query: Callable[[], T]) -> T:
    """Run reading queries in one transaction that sees nothing which others commit meanwhile.

    A page's queries on PostgreSQL are in one already.
    """
    engine = database.obj
    if not isinstance(engine, PostgresqlDatabase):
        with engine.atomic("DEFERRED"):  # a reader takes no place of a writer
            return query()
    return query() if engine.in_transaction() else in_a_snapshot(engine, query)


def in_a_snapshot(engine: PostgresqlDatabase, query: Callable[[], T], seconds: float = 0) -> T:
    """Run reading queries in a transaction of their own, in which a statement ends after so many seconds (0: never)."""
    run: Callable[..., Any] = engine.execute_sql
    with engine.atomic():
        run(f"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL statement_timeout = {_ms(seconds)}")
        return query()


def _ms(seconds: float) -> int:
    return int(seconds * 1000)
