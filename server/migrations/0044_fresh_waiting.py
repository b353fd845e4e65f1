"""An index of what tablets brought and nobody processed yet: it comes before what is taken up again by the many."""

from __future__ import annotations

from typing import Any

INDEX = "record_fresh_waiting"


def up(_migrator: Any, db: Any) -> None:
    """Make it; `server.store.queue.FRESH_WAITING` asks in the same words."""
    db.execute_sql(f"CREATE INDEX {INDEX} ON record (id) WHERE COALESCE(state, '') = 'received' AND tries IS NULL")


def down(_migrator: Any, db: Any) -> None:
    """Drop it."""
    db.execute_sql(f"DROP INDEX {INDEX}")
