"""SQLite with a clock: for how long a statement has been running."""

from __future__ import annotations

import threading
import time
from typing import Any

from peewee import SqliteDatabase


class TimedSqlite(SqliteDatabase):
    """SQLite that knows since when this thread's last statement runs."""

    def __init__(self, *told: Any, **more: Any) -> None:
        self._begun = threading.local()
        super().__init__(*told, **more)

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        """Run a statement, and note when it began."""
        self._begun.at = time.monotonic()
        return super().execute_sql(sql, params)  # type: ignore[no-untyped-call] # peewee's own

    def running_for(self) -> float:
        """Return for how many seconds this thread's last statement runs."""
        return time.monotonic() - float(getattr(self._begun, "at", time.monotonic()))
