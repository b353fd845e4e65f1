"""Many rows at once, by peewee's own text for one: building it anew for each row would cost more than the insert."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from peewee import Model, PostgresqlDatabase

from server.store.models import database


def insert(model: type[Model], columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows; one whose key is taken already is left out.

    `columns` are names of fields in the order in which the model has them, because that is how peewee writes them.
    """
    if rows:
        cursor = database.connection().cursor()
        cursor.executemany(_sql(model, columns, type(database.obj).__name__), rows)
        cursor.close()


def insert_dicts(model: type[Model], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all name the same fields; a field that none names gets the model's default."""
    if not rows:
        return
    defaults = {name: field.default for name, field in model._meta.fields.items() if field.default is not None}
    told = [{**defaults, **row} for row in rows]
    columns = tuple(one.name for one in model._meta.sorted_fields if one.name in told[0])
    insert(model, columns, [tuple(row[name] for name in columns) for row in told])


@cache
def _sql(model: type[Model], columns: tuple[str, ...], _engine: str) -> str:
    query = model.insert(dict.fromkeys(columns, 0)).on_conflict_ignore()
    if isinstance(database.obj, PostgresqlDatabase):
        query = query.returning()  # without columns: nothing comes back, so that rows go in one pipeline
    return str(query.sql()[0])
