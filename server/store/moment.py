"""Many reads that see the store as it stood at one moment: what is added up in several places agrees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from peewee import PostgresqlDatabase

from server.store.models import database

T = TypeVar("T")


def at_once(query: Callable[[], T]) -> T:
    """Run reading queries in one transaction that sees nothing which others commit meanwhile."""
    engine = database.obj
    if not isinstance(engine, PostgresqlDatabase):
        with engine.atomic("DEFERRED"):  # a reader takes no place of a writer
            return query()
    run: Callable[..., Any] = engine.execute_sql
    with engine.atomic():
        run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return query()
