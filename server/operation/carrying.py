"""Every row of an office's SQLite file into a PostgreSQL, so that an office that grew goes on there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, LiteralString, NamedTuple

import psycopg
from peewee import SqliteDatabase
from psycopg import sql

from server.operation import postgres
from server.store import sample
from server.store.engine import beside, migrate, steps

_KEPT = "schema_migration"
_SOME = 1000

_TABLES: LiteralString = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY c.relname, a.attnum
"""
_BEFORE: LiteralString = """
    SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
    WHERE contype = 'f' AND conrelid <> confrelid
"""


class Column(NamedTuple):
    """A column of a table, and PostgreSQL's name of its type."""

    name: str
    type: str


def carry(address: str, source: Path) -> None:
    """Fill a PostgreSQL without tables from a SQLite file: all of it, or nothing is left there.

    Raises ValueError where the file is of another version, where a value fits no column, or where what was written
    does not hold.
    """
    lacking, unknown = steps(SqliteDatabase(_unchanged(source), uri=True))
    if unknown:
        raise ValueError(f"it was made by a newer version ({unknown[-1]}); install that one first")
    if lacking:
        raise ValueError(f"it was made by an older version (before {lacking[0]}): upgrade that office, then back it up")
    try:
        with beside(address) as engine:
            migrate(engine)
        with closing(sqlite3.connect(_unchanged(source), uri=True)) as lite, psycopg.connect(address) as link:
            _all_tables(lite, link)
        with beside(address):
            _seals, wrong = sample.unsound()
        if wrong:
            raise ValueError(f"what was written is not what was there: {'; '.join(wrong)}")
    except Exception:
        postgres.empty(address)
        raise


def _unchanged(source: Path) -> str:
    """Return the address under which a file is read, and nothing laid beside it: its digest stays what it was."""
    return f"{source.absolute().as_uri()}?mode=ro&immutable=1"


def _all_tables(lite: sqlite3.Connection, link: psycopg.Connection) -> None:
    tables: dict[str, list[Column]] = {}
    for table, column, type_ in link.execute(_TABLES).fetchall():
        tables.setdefault(str(table), []).append(Column(str(column), str(type_)))
    tables.pop(_KEPT)
    names = lite.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    here = {str(name) for (name,) in names} - {_KEPT}
    if here != set(tables):
        raise ValueError(f"the tables differ: {', '.join(sorted(here ^ set(tables)))}")
    before = [(str(one), str(other)) for one, other in link.execute(_BEFORE).fetchall()]
    everything = sql.SQL(", ").join(map(sql.Identifier, tables))
    link.execute(sql.SQL("TRUNCATE {}").format(everything))  # what the migrations themselves have written
    for table in _in_order(list(tables), before):
        _one_table(lite, link, table, tables[table])
        _count_on(link, table, tables[table])


def _in_order(tables: Sequence[str], before: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield tables so that each comes after those that its rows point to."""
    waiting = list(tables)
    while waiting:
        free = [one for one in waiting if not any(at == one and to in waiting for at, to in before)]
        if not free:
            raise ValueError(f"these tables point to each other: {', '.join(waiting)}")
        yield from free
        waiting = [one for one in waiting if one not in free]


def _one_table(lite: sqlite3.Connection, link: psycopg.Connection, table: str, columns: Sequence[Column]) -> None:
    names = sql.SQL(", ").join(sql.Identifier(one.name) for one in columns)
    wanted = ", ".join(f'"{one.name}"' for one in columns)
    rows = lite.execute(f'SELECT {wanted} FROM "{table}"')  # noqa: S608 - names of our own tables
    made = [_value(one.type) for one in columns]
    with link.cursor() as cursor:
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)) as copy:
            copy.set_types([one.type for one in columns])
            while some := rows.fetchmany(_SOME):
                for row in some:
                    values = [None if one is None else of(one) for of, one in zip(made, row, strict=True)]
                    _write(copy, table, columns, values)
        told = cursor.rowcount
    (count,) = lite.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608
    if told != count:
        raise ValueError(f"{table}: {told} of {count} rows were written")


def _write(copy: psycopg.Copy, table: str, columns: Sequence[Column], row: Sequence[Any]) -> None:
    try:
        copy.write_row(row)
    except (psycopg.Error, TypeError, ValueError) as problem:
        names = ", ".join(one.name for one in columns)
        raise ValueError(f"a row of {table} ({names}) cannot be written: {problem}") from problem


def _value(type_: str) -> Callable[[Any], Any]:
    """Return what makes of SQLite's value what PostgreSQL's column takes."""
    return {"boolean": bool, "bytea": bytes, "text": str, "double precision": float, "real": float}.get(type_, int)


def _count_on(link: psycopg.Connection, table: str, columns: Sequence[Column]) -> None:
    """Let the next number of a table be one that no row has."""
    for column in columns:
        name, key = sql.Identifier(table), sql.Identifier(column.name)
        asked = sql.SQL("SELECT pg_get_serial_sequence({}, {})").format(sql.Literal(f'"{table}"'), column.name)
        (sequence,) = link.execute(asked).fetchone() or (None,)
        if sequence is not None:
            last = sql.SQL("SELECT setval({}, (SELECT COALESCE(max({}), 0) + 1 FROM {}), false)")
            link.execute(last.format(sequence, key, name))
