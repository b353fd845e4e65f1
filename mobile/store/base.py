"""The open store, its transactions, and SQLite's troubles as codes."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import peewee

from mobile.lock.vault import Vault
from mobile.refusals import Refusal
from mobile.store.models import Setting

_CODES = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_CORRUPT: "store_torn",
    sqlite3.SQLITE_NOTADB: "store_torn",
    sqlite3.SQLITE_IOERR: "disk_unwritable",
    sqlite3.SQLITE_READONLY: "disk_unwritable",
    sqlite3.SQLITE_CANTOPEN: "disk_unwritable",
    sqlite3.SQLITE_PERM: "disk_unwritable",
}


@dataclass(frozen=True)
class Store:
    """An open store: its folder, the vault that opens its columns, and its database."""

    folder: Path
    vault: Vault
    db: peewee.SqliteDatabase


def trouble(problem: BaseException) -> str | None:
    """Return the code for a database error that has one."""
    while True:
        original = problem.args[0] if problem.args and isinstance(problem.args[0], sqlite3.Error) else problem
        number = getattr(original, "sqlite_errorcode", None)
        # The low byte is the primary code; what stands above says where it arose.
        if isinstance(number, int) and number & 0xFF in _CODES:
            return _CODES[number & 0xFF]
        # SQLite rolls back by itself when the disk is full; peewee's own ROLLBACK then fails on top of the reason.
        if problem.__context__ is None:
            return None
        problem = problem.__context__


@contextlib.contextmanager
def coded() -> Iterator[None]:
    """Turn a full or unwritable disk and a torn file into a Refusal; everything else rises as it is."""
    try:
        yield
    except peewee.DatabaseError as problem:
        code = trouble(problem)
        if code is None:
            raise
        raise Refusal(code, str(problem)) from problem


@contextlib.contextmanager
def transaction(store: Store) -> Iterator[None]:
    """Make everything inside durable together, or nothing of it."""
    with coded(), store.db.atomic():
        yield


def run(store: Store, query: Any) -> Any:
    """Run a query that changes rows; alone it is its own transaction."""
    with coded():
        return query.execute(store.db)


def run_sql(store: Store, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run SQL text as it is and return its rows; for hot paths, where peewee's query was made once."""
    with coded():
        return list(cast(Any, store.db).execute_sql(sql, values).fetchall())


def many(store: Store, query: Any) -> list[Any]:
    """Return all rows of a query."""
    with coded():
        return list(query.execute(store.db))


def one(store: Store, query: Any) -> Any | None:
    """Return the first row of a query, or None."""
    with coded():
        return next(iter(query.limit(1).execute(store.db)), None)


def release(store: Store) -> None:
    """Close this thread's connection; a worker thread calls it when it ends."""
    store.db.close()


def keep_setting(store: Store, name: str, value: Any) -> None:
    """Keep a plain value under a name, encrypted, in place of what stood there."""
    hidden = store.vault.hide(json.dumps(value, ensure_ascii=False).encode(), "setting", name)
    run(store, Setting.insert(name=name, value=hidden).on_conflict_replace())


def drop_setting(store: Store, name: str) -> None:
    """Forget the value under a name."""
    run(store, Setting.delete().where(Setting.name == name))


def setting(store: Store, name: str, default: Any = None) -> Any:
    """Return the plain value under a name, or the default."""
    row = one(store, Setting.select().where(Setting.name == name))
    return default if row is None else json.loads(store.vault.reveal(row.value, "setting", name))
