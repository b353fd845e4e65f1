# ruff: noqa: D103 - the runner wants the number in front and the two names
"""Who took part in an inspection, so that a clean joint check is seen by both agencies."""

from __future__ import annotations

from typing import Any

from peewee import TextField


def up(migrator: Any, _db: Any) -> None:
    migrator.migrate(migrator.add_column("record", "agencies", TextField(null=True)))


def down(migrator: Any, _db: Any) -> None:
    migrator.migrate(migrator.drop_column("record", "agencies"))
