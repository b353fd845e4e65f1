"""Rows as plain values: the stubs know only whole models, so this is where their types end."""

from __future__ import annotations

from typing import Any

from peewee import SQL, fn

from server.store.models import database


def aside(column: Any, empty: str = "''") -> Any:
    """Return a column that something else leads to: its rows are looked at, and no index of it offers itself.

    SQLite does not know that nearly all rows are alike in it, and would go through them (ADR 0053). `empty` is what
    stands for nothing, in SQL.
    """
    return fn.COALESCE(column, SQL(empty))


def tuples(query: Any) -> list[tuple[Any, ...]]:
    """Return what a query selects as tuples."""
    return list(query.tuples())


def raw(query: Any) -> list[tuple[Any, ...]]:
    """Return what a query selects as the driver gives it, for many rows: right for texts and whole numbers."""
    return [tuple(row) for row in database.obj.execute(query).fetchall()]


def dicts(query: Any) -> list[dict[str, Any]]:
    """Return what a query selects as mappings by column."""
    return list(query.dicts())
