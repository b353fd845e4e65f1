"""Hot statements and many rows at once by peewee's own text, kept: to build it anew costs more than what it does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import Any, TypeVar

from peewee import Model, PostgresqlDatabase

from server.store.models import database

T = TypeVar("T")

_MOST = 4096
"""Values that one statement names; SQLite takes some 32,000."""


def run(make: Callable[..., Any], *values: Any, many: int | None = None) -> Any:
    """Run the statement that `make` builds, with these values in the places of those that it was built with.

    `make` is called once for each engine, without values: it names its own, in the order in which they are given here.
    `many` is how many a list in the statement has; then `make` is given that number, and is called for each of them.
    Returns the cursor, whose rows are as the driver gives them: right for texts and whole numbers.
    """
    text = _text(make, _engine()) if many is None else _text_of(make, many, _engine())
    return database.execute_sql(text, values)


def rows(make: Callable[..., Any], *values: Any, many: int | None = None) -> list[tuple[Any, ...]]:
    """Return the rows of what `run` runs."""
    found: list[tuple[Any, ...]] = run(make, *values, many=many).fetchall()
    return found


def each(make: Callable[..., Any], rows: Sequence[tuple[Any, ...]]) -> None:
    """Run the statement that `make` builds once for each of the rows of values; nothing comes back."""
    if rows:
        cursor = database.connection().cursor()
        cursor.executemany(_text(make, _engine()), rows)
        cursor.close()


def first(model: type[Model], make: Callable[..., Any], *values: Any) -> Any:
    """Return the first row of the query that `make` builds, as the model, or None."""
    return next(iter(models(model, make, *values)), None)


def by_key(model: type[Model], key: Any) -> Any:
    """Return the row with that primary key as the model, or None."""
    return next(iter(model.raw(_keyed(model, _engine()), key)), None)


def models(model: type[Model], make: Callable[..., Any], *values: Any, many: int | None = None) -> list[Any]:
    """Return the rows of the query that `make` builds, as the model; `many` as for `run`."""
    text = _text(make, _engine()) if many is None else _text_of(make, many, _engine())
    return list(model.raw(text, *values))


def among(
    model: type[Model], columns: tuple[str, ...], by: str, values: Collection[Any], **equal: Any
) -> list[tuple[Any, ...]]:
    """Return fields of the rows whose field `by` is one of the values, as the driver gives them.

    `equal` names further fields with the one value that each has.
    """
    rows: list[tuple[Any, ...]] = []
    told = list(values)
    for start in range(0, len(told), _MOST):
        asked = padded(told[start : start + _MOST])
        text = _among(model, columns, by, len(asked), tuple(equal), _engine())
        rows += database.execute_sql(text, [*equal.values(), *asked]).fetchall()
    return rows


def chunks(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield things in lists of so many, the last one shorter."""
    # Peewee's own goes by the size that is asked for (findings/peewee-chunked-fills-up.sh).
    left = iter(things)
    while some := list(islice(left, size)):
        yield some


def padded(values: Collection[Any]) -> list[Any]:
    """Return values up to the next power of two, the last of them again: so few texts serve any number."""
    told = list(values)
    return told + told[-1:] * ((1 << (len(told) - 1).bit_length()) - len(told))


def insert(model: type[Model], columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> int:
    """Insert rows and return how many that were; one whose key is taken already is left out.

    `columns` are names of fields in the order in which the model has them, because that is how peewee writes them.
    """
    if not rows:
        return 0
    cursor = database.connection().cursor()
    cursor.executemany(_inserting(model, columns, _engine()), rows)
    many = int(cursor.rowcount)
    cursor.close()
    return many


def add(model: type[Model], **values: Any) -> Any:
    """Insert a row and return it as the model, but for a number that the database gives it; else as `create`."""
    held = model(**values)
    told = held.__data__
    columns = tuple(one.name for one in model._meta.sorted_fields if one.name in told)
    database.execute_sql(_adding(model, columns, _engine()), [told[name] for name in columns])
    return held


def update(model: type[Model], told: Mapping[str, Any], **equal: Any) -> int:
    """Give fields of the rows whose fields have these values the values that are told, and return how many rows."""
    columns = tuple(one.name for one in model._meta.sorted_fields if one.name in told)
    values = [*(told[name] for name in columns), *equal.values()]
    return int(database.execute_sql(_updating(model, columns, tuple(equal), _engine()), values).rowcount)


def put(model: type[Model], by: tuple[str, ...], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same fields; of one whose fields `by` stand already the others become these."""
    if not rows:
        return
    columns = tuple(one.name for one in model._meta.sorted_fields if one.name in rows[0])
    cursor = database.connection().cursor()
    cursor.executemany(_putting(model, columns, by, _engine()), [tuple(row[name] for name in columns) for row in rows])
    cursor.close()


def insert_dicts(model: type[Model], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all name the same fields; a field that none names gets the model's default."""
    if not rows:
        return
    defaults = {name: field.default for name, field in model._meta.fields.items() if field.default is not None}
    told = [{**defaults, **row} for row in rows]
    columns = tuple(one.name for one in model._meta.sorted_fields if one.name in told[0])
    insert(model, columns, [tuple(row[name] for name in columns) for row in told])


def _engine() -> str:
    """Return what texts are kept by: each engine writes its own."""
    return type(database.obj).__name__


@cache
def _text(make: Callable[..., Any], _engine: str) -> str:
    return str(make().sql()[0])


@cache
def _keyed(model: type[Model], _engine: str) -> str:
    return str(model.select().where(model._meta.primary_key == "").sql()[0])


@lru_cache(maxsize=1024)
def _text_of(make: Callable[..., Any], many: int, _engine: str) -> str:
    return str(make(many).sql()[0])


@lru_cache(maxsize=1024)
def _among(
    model: type[Model], columns: tuple[str, ...], by: str, count: int, equal: tuple[str, ...], _engine: str
) -> str:
    fields = model._meta.fields
    conditions = [*(fields[one] == "" for one in equal), fields[by].in_([""] * count)]
    return str(model.select(*(fields[one] for one in columns)).where(*conditions).sql()[0])


@cache
def _inserting(model: type[Model], columns: tuple[str, ...], _engine: str) -> str:
    return str(silent(model.insert(dict.fromkeys(columns, 0)).on_conflict_ignore()).sql()[0])


@cache
def _adding(model: type[Model], columns: tuple[str, ...], _engine: str) -> str:
    return str(silent(model.insert(dict.fromkeys(columns, 0))).sql()[0])


@cache
def _putting(model: type[Model], columns: tuple[str, ...], by: tuple[str, ...], _engine: str) -> str:
    fields = model._meta.fields
    others = [fields[one] for one in columns if one not in by]
    query = model.insert(dict.fromkeys(columns, 0))
    return str(silent(query.on_conflict(conflict_target=[fields[one] for one in by], preserve=others)).sql()[0])


@cache
def _updating(model: type[Model], columns: tuple[str, ...], equal: tuple[str, ...], _engine: str) -> str:
    fields = model._meta.fields
    return str(model.update(dict.fromkeys(columns, 0)).where(*(fields[one] == 0 for one in equal)).sql()[0])


def silent(query: Any) -> Any:
    """Return an insertion from which nothing comes back, so that many go in one pipeline."""
    return query.returning() if isinstance(database.obj, PostgresqlDatabase) else query
