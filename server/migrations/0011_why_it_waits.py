# ruff: noqa: D103 - the runner wants the number in front and the two names
"""What exactly is wrong with a record that waits, and how often a process died with it in hand."""

from __future__ import annotations

from typing import Any

from peewee import IntegerField, TextField


def up(migrator: Any, _db: Any) -> None:
    migrator.migrate(
        migrator.add_column("record", "detail", TextField(null=True)),
        migrator.add_column("record", "tries", IntegerField(null=True)),
    )


def down(migrator: Any, _db: Any) -> None:
    migrator.migrate(migrator.drop_column("record", "detail"), migrator.drop_column("record", "tries"))
