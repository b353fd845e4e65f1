"""How the database itself stands: its version, whether it is whole, what it promises, and what its clock says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from peewee import Database, PostgresqlDatabase, fn

from server import clock
from server.store.models import Record, database


def version(engine: Database) -> str:
    """Return engine and version, for people."""
    if isinstance(engine, PostgresqlDatabase):
        return f"PostgreSQL {_one('SHOW server_version')}"
    return f"SQLite {_one('SELECT sqlite_version()')}"


def size_bytes(engine: Database) -> int:
    """Return how much room the database takes at most, copied or dumped."""
    if isinstance(engine, PostgresqlDatabase):
        return int(_one("SELECT pg_database_size(current_database())"))
    return int(_one("PRAGMA page_count")) * int(_one("PRAGMA page_size"))


def fault(engine: Database) -> str:
    """Return what a quick look at a SQLite file finds damaged; empty for nothing. PostgreSQL looks at its own pages."""
    if isinstance(engine, PostgresqlDatabase):
        return ""
    told = str(_one("PRAGMA quick_check(1)"))
    return "" if told == "ok" else told


def loose(engine: Database) -> list[str]:
    """Return the settings under which a power cut takes records that were receipted already."""
    if isinstance(engine, PostgresqlDatabase):
        names = ("fsync", "full_page_writes", "synchronous_commit")
        return [name for name in names if _one(f"SHOW {name}") == "off"]
    return []  # each of our connections sets its own


def apart_seconds(engine: Database) -> float:
    """Return by how much the clock of the database's machine is ahead of this one; 0 for a file."""
    if not isinstance(engine, PostgresqlDatabase):
        return 0.0
    before = datetime.now(UTC)
    said: datetime = _one("SELECT clock_timestamp()")
    return (said - before).total_seconds()


def newest() -> datetime | None:
    """Return when the last record came, by the clock of then; None where none came yet."""
    last = Record.select(fn.MAX(Record.id)).scalar()
    return clock.read(str(Record.get_by_id(last).received_at)) if last is not None else None


def _one(sql: str) -> Any:
    return database.execute_sql(sql).fetchone()[0]
