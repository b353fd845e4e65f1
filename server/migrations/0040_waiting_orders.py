"""An index of the stop orders of posts that wait, which come first: a long queue is not read for each record."""

from __future__ import annotations

from typing import Any

INDEX = "record_orders_waiting"


def up(_migrator: Any, db: Any) -> None:
    """Make it; `server.store.queue.ORDERS_WAITING` asks in the same words."""
    db.execute_sql(f"CREATE INDEX {INDEX} ON record (id) WHERE kind = 'order' AND state = 'received'")


def down(_migrator: Any, db: Any) -> None:
    """Drop it."""
    db.execute_sql(f"DROP INDEX {INDEX}")
