# ruff: noqa: D101, D106 - a frozen copy of the tables as added; the runner wants the number in front
"""One-time passwords, purposes as they were stated, packages that tablets took, indexes to narrow the audit log."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, Model, TextField


class StatedPurpose(Model):
    id = AutoField()
    login = TextField()
    inspection = TextField()
    purpose = TextField()
    number = TextField()
    at = TextField()

    class Meta:
        legacy_table_names = False
        indexes = ((("login", "inspection", "at"), False), (("login", "id"), False))


class DevicePackage(Model):
    id = AutoField()
    device = TextField()
    name = TextField()
    version = TextField()
    at = TextField()

    class Meta:
        legacy_table_names = False
        indexes = ((("device", "name"), True),)


_TABLES = (StatedPurpose, DevicePackage)
_INDEXES = tuple(("audit", (column, "id")) for column in ("who", "action", "subject", "at"))


def up(migrator: Any, db: Any) -> None:
    """Make the tables on either engine, the column, and the indexes."""
    with db.bind_ctx(_TABLES):
        db.create_tables(_TABLES, safe=False)
    migrator.migrate(
        migrator.add_column("user", "once_until", TextField(null=True)),
        *(migrator.add_index(table, columns) for table, columns in _INDEXES),
    )


def down(migrator: Any, db: Any) -> None:
    """Drop them."""
    migrator.migrate(
        *(migrator.drop_index(table, f"{table}_{'_'.join(columns)}") for table, columns in _INDEXES),
        migrator.drop_column("user", "once_until"),
    )
    with db.bind_ctx(_TABLES):
        db.drop_tables(_TABLES)
