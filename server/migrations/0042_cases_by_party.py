"""Indexes of cases by the name of their party, and of open ones that another agency keeps than the competent one."""

from __future__ import annotations

from typing import Any

PARTY, ELSEWHERE = "case_party_name_id", "case_kept_elsewhere"


def up(_migrator: Any, db: Any) -> None:
    """Make them; `server.store.reading` asks in the words of the second."""
    db.execute_sql(f'CREATE INDEX {PARTY} ON "case" (party_name, id)')
    db.execute_sql(f'CREATE INDEX {ELSEWHERE} ON "case" (agency, active, keeper) WHERE active = 1 AND keeper <> agency')


def down(_migrator: Any, db: Any) -> None:
    """Drop them."""
    db.execute_sql(f"DROP INDEX {PARTY}")
    db.execute_sql(f"DROP INDEX {ELSEWHERE}")
