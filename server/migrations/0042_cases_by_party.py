"""Indexes of cases by their party's name, of open ones kept elsewhere, and of hand-overs without an answer."""

from __future__ import annotations

from typing import Any

PARTY, ELSEWHERE, UNANSWERED = "case_party_name_id", "case_kept_elsewhere", "handover_unanswered"


def up(_migrator: Any, db: Any) -> None:
    """Make them; whoever asks of the last two asks in their words."""
    db.execute_sql(f'CREATE INDEX {PARTY} ON "case" (party_name, id)')
    db.execute_sql(f'CREATE INDEX {ELSEWHERE} ON "case" (agency, active, keeper) WHERE active = 1 AND keeper <> agency')
    db.execute_sql(f"CREATE INDEX {UNANSWERED} ON handover (\"case\") WHERE state IN ('sent', 'received')")


def down(_migrator: Any, db: Any) -> None:
    """Drop them."""
    db.execute_sql(f"DROP INDEX {PARTY}")
    db.execute_sql(f"DROP INDEX {ELSEWHERE}")
    db.execute_sql(f"DROP INDEX {UNANSWERED}")
