"""Rows as plain values: the stubs know only whole models, so this is where their types end."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from peewee import SQL, fn

from server.folding import forms
from server.store.models import database


def aside(column: Any, empty: str = "''") -> Any:
    """Return a column that something else leads to: its rows are looked at, and no index of it offers itself.

    SQLite does not know that nearly all rows are alike in it, and would go through them (ADR 0053). `empty` is what
    stands for nothing, in SQL.
    """
    return fn.COALESCE(column, SQL(empty))


_APART = " ·•.-–〔〕[]（）()/"


def finds(text: str, *columns: Any) -> Any:
    """Return the condition that a text stands in a column as it is, or once what only parts signs is left out of both.

    For short lists: every row is looked at. `server.store.case_search` is for the others.
    """
    bare = [reduce(lambda held, sign: fn.REPLACE(held, sign, ""), _APART, column) for column in columns]
    folded = [each.contains(one) for each in bare for one in forms(text)]
    return reduce(or_, [*(one.contains(text) for one in columns), *folded])


def tuples(query: Any) -> list[tuple[Any, ...]]:
    """Return what a query selects as tuples."""
    return list(query.tuples())


def raw(query: Any) -> list[tuple[Any, ...]]:
    """Return what a query selects as the driver gives it, for many rows: right for texts and whole numbers."""
    return [tuple(row) for row in database.obj.execute(query).fetchall()]


def dicts(query: Any) -> list[dict[str, Any]]:
    """Return what a query selects as mappings by column."""
    return list(query.dicts())
