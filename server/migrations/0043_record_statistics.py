"""PostgreSQL learns how alike rows are in what is looked at without an index: it took them for rare, and sorted all.

The expressions are those of `server.store.rows.aside`. SQLite keeps to the order of its indexes by itself.
"""

from __future__ import annotations

from typing import Any

from peewee import PostgresqlDatabase

ALIKE = {"record": ("kind", "state", "plate", "outcome"), "case": ("keeper", "agency", "state")}


def up(_migrator: Any, db: Any) -> None:
    """Make the statistics; ANALYZE fills them, which PostgreSQL does by itself after a while."""
    for table, columns in ALIKE.items() if isinstance(db, PostgresqlDatabase) else ():
        told = ", ".join(f"(COALESCE({one}, ''))" for one in columns)
        db.execute_sql(f'CREATE STATISTICS {table}_alike ON {told} FROM "{table}"')
        db.execute_sql(f'ANALYZE "{table}"')


def down(_migrator: Any, db: Any) -> None:
    """Drop them."""
    for table in ALIKE if isinstance(db, PostgresqlDatabase) else ():
        db.execute_sql(f"DROP STATISTICS {table}_alike")
