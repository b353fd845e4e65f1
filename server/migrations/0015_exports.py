# ruff: noqa: D103 - the runner wants the number in front and the two names
"""How often an export was begun: one that ends its process again and again is given up."""

from __future__ import annotations

from typing import Any

from peewee import IntegerField


def up(migrator: Any, _db: Any) -> None:
    migrator.migrate(migrator.add_column("export_job", "tries", IntegerField(null=True)))


def down(migrator: Any, _db: Any) -> None:
    migrator.migrate(migrator.drop_column("export_job", "tries"))
