"""Opening the store: integrity first, then the schema, then the proof that this vault belongs to it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import peewee

from checklists.crypto import SealError
from mobile.device import private
from mobile.device.disk import room
from mobile.lock.vault import Vault
from mobile.refusals import Refusal
from mobile.store import salvage
from mobile.store.base import Store, coded, keep_setting, setting, transaction, trouble
from mobile.store.models import MODELS, SCHEMA

_PRAGMAS = {"journal_mode": "wal", "synchronous": "full", "fullfsync": 1}
_PROOF = "belongs to this vault"

_WITH_REGISTRY = 2
"""The schema whose registry came as a package; its rows are asked from the feed anew."""


def open_store(folder: Path, vault: Vault) -> Store:
    """Return the store of this folder, made where there was none.

    A torn file is put aside, never deleted, and what can be read of it is in the new one: see `salvage.notice`.
    Raises Refusal `store_key_differs`, `store_newer` and `disk_full`.
    """
    private.make_folder(folder)
    salvage.finish(folder)
    path = salvage.data_file(folder)
    private.make_folder(path.parent)
    if path.exists() and _torn(path):
        salvage.rescue(folder, lambda fresh: _prepared(Store(folder, vault, _database(fresh))))
    return _prepared(Store(folder, vault, _database(path)))


def open_locked(folder: Path) -> Store:
    """Return the store of a folder without its key: rows can be listed and moved, and nothing in them can be read.

    Raises Refusal `store_torn`; nothing is salvaged, because rows could not prove themselves.
    """
    salvage.finish(folder)
    path = salvage.data_file(folder)
    if _torn(path):
        raise Refusal("store_torn", str(path))
    return Store(folder, Vault(b""), _database(path))


def _database(path: Path) -> peewee.SqliteDatabase:
    # An empty file is a database yet to be made; those that SQLite lays beside it take over its rights.
    with room(path):
        private.touch(path)
    # IMMEDIATE: a writer waits for the lock at its first step and never fails in the middle.
    return peewee.SqliteDatabase(str(path), pragmas=_PRAGMAS, lock_type="IMMEDIATE", timeout=10)


def _prepared(store: Store) -> Store:
    with coded():
        version = store.db.pragma("user_version")
    if version > SCHEMA:
        raise Refusal("store_newer", str(version))
    if version < SCHEMA:
        with transaction(store):
            if version == _WITH_REGISTRY:
                _drop_registry(store)
            for model in MODELS:
                peewee.SchemaManager(model, store.db).create_all(safe=True)
                _add_columns(store, model)
            keep_setting(store, "proof", _PROOF)
            store.db.pragma("user_version", SCHEMA)
    _check_key(store)
    return store


def _add_columns(store: Store, model: type[peewee.Model]) -> None:
    """Give a table of an older store the columns that came since; they may be null, so that rows need no change."""
    held = {column.name for column in store.db.get_columns(model._meta.table_name)}
    for field in model._meta.sorted_fields:
        if field.column_name not in held:
            change = f'ALTER TABLE "{model._meta.table_name}" ADD COLUMN "{field.column_name}" {field.field_type}'
            store.db.execute_sql(change)  # type: ignore[no-untyped-call]


def _drop_registry(store: Store) -> None:
    for change in (
        "DROP TABLE IF EXISTS registry_row",
        "DELETE FROM package_row WHERE name = 'registry'",
        "ALTER TABLE package_row DROP COLUMN generation",
    ):
        store.db.execute_sql(change)  # type: ignore[no-untyped-call]


def _check_key(store: Store) -> None:
    try:
        proof = setting(store, "proof")
    except SealError as problem:
        store.db.close()
        raise Refusal("store_key_differs", str(store.folder)) from problem
    if proof is None:
        # Salvaged without it: every row that was taken over has proved the key by itself.
        keep_setting(store, "proof", _PROOF)


def _torn(path: Path) -> bool:
    connection = sqlite3.connect(path)
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok")
    except sqlite3.DatabaseError as problem:
        code = trouble(problem)
        if code is not None and code != "store_torn":
            # Without room SQLite cannot even read: its log wants a file beside it.
            raise Refusal(code, str(problem)) from problem
        if code is None:
            raise
        return True
    finally:
        connection.close()
