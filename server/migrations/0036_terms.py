"""An index by which the terms of a kind are found that ran out: the ledger's list and its count."""

from __future__ import annotations

from typing import Any

INDEX = "caseclock_ended_at_rule_due_at"


def up(_migrator: Any, db: Any) -> None:
    """Make it."""
    db.execute_sql(f"CREATE INDEX {INDEX} ON case_clock (ended_at, rule, due_at)")


def down(_migrator: Any, db: Any) -> None:
    """Drop it."""
    db.execute_sql(f"DROP INDEX {INDEX}")
