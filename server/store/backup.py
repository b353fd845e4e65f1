"""A copy of a live SQLite file: whole, checked, and readable by nobody else, since the office's keys are in it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from peewee import Database, SqliteDatabase

from server.folders import tighten
from server.store.feed_pages import EPOCH, new_epoch


def copy_to(database: Database, path: Path) -> None:
    """Write the copy durably. Raises ValueError where there is one already, or where PostgreSQL has its own tools."""
    if not isinstance(database, SqliteDatabase):
        raise ValueError("on PostgreSQL use pg_dump")
    if path.exists():
        raise ValueError(f"{path} is there already; a backup never overwrites another")
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # VACUUM INTO takes an empty file
    try:
        run: Callable[..., Any] = database.execute_sql
        run("VACUUM INTO ?", (str(part),))
        check(part)
        _begin_anew(part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    tighten(path)


def _begin_anew(path: Path) -> None:
    """Let the copy's feed be another one: who goes on with it gives places anew that tablets have seen."""
    link = sqlite3.connect(path)
    try:
        with link:
            link.execute("UPDATE meta SET value = ? WHERE name = ?", (new_epoch(), EPOCH))
    finally:
        link.close()


def check(path: Path) -> None:
    """Raise ValueError where a file is damaged."""
    link = sqlite3.connect(path)
    try:
        told = link.execute("PRAGMA quick_check").fetchone()[0]
    finally:
        link.close()
    if told != "ok":
        raise ValueError(f"the copy is damaged: {told}")
