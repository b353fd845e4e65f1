# ruff: noqa: D103 - the runner wants the number in front and the two names
"""Where a file that was handed over and kept aside is not what its name says."""

from __future__ import annotations

from typing import Any

from peewee import TextField


def up(migrator: Any, _db: Any) -> None:
    migrator.migrate(migrator.add_column("unsealed", "fault", TextField(null=True)))


def down(migrator: Any, _db: Any) -> None:
    migrator.migrate(migrator.drop_column("unsealed", "fault"))
