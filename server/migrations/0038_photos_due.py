# ruff: noqa: D101, D106 - a frozen copy of the tables as they are; the runner wants the number in front
"""Records whose photo rows are made behind the receipt. All that are here have theirs."""

from __future__ import annotations

from typing import Any

from peewee import IntegerField, Model, TextField


class PhotosDue(Model):
    record = IntegerField(primary_key=True)
    device = TextField(index=True)

    class Meta:
        legacy_table_names = False


_TABLES = (PhotosDue,)


def up(_migrator: Any, db: Any) -> None:
    """Make the table on either engine."""
    with db.bind_ctx(_TABLES):
        db.create_tables(_TABLES, safe=False)


def down(_migrator: Any, db: Any) -> None:
    """Drop it. The version before makes the rows at the receipt: those that are due would be missing."""
    due = db.execute_sql("SELECT COUNT(*) FROM photos_due").fetchone()[0]
    if due:
        raise ValueError(f"{due} records wait for the rows of their photos: let them be processed first")
    with db.bind_ctx(_TABLES):
        db.drop_tables(_TABLES)
