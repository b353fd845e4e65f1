"""What nobody could verify on the spot, on the record; null until a record is computed again."""

from __future__ import annotations

from typing import Any

from peewee import TextField


def up(migrator: Any, db: Any) -> None:
    """Make the column."""
    migrator.migrate(migrator.add_column("record", "unverified", TextField(null=True)))


def down(migrator: Any, db: Any) -> None:
    """Drop it."""
    migrator.migrate(migrator.drop_column("record", "unverified"))
