# ruff: noqa: D101, D106 - a frozen copy of the tables as added; the runner wants the number in front
"""How fast records came by device and day, what tablets say of themselves, and an index on violations of a case."""

from __future__ import annotations

from typing import Any

from peewee import BigIntegerField, CompositeKey, IntegerField, Model, TextField


class DeviceStatus(Model):
    device = TextField(primary_key=True)
    at = TextField()
    said_at = TextField()
    app = TextField()
    packages = TextField()
    offset_ms = BigIntegerField(null=True)
    agreed_at = TextField(null=True)
    feed_place = BigIntegerField(null=True)
    feed_at = TextField(null=True)
    records = IntegerField()
    files = IntegerField()
    refused = IntegerField()
    oldest_at = TextField(null=True)
    free_bytes = BigIntegerField(null=True)

    class Meta:
        legacy_table_names = False


class DeviceDay(Model):
    device = TextField()
    day = TextField()
    free_bytes = BigIntegerField(null=True)
    records = IntegerField()
    files = IntegerField()

    class Meta:
        legacy_table_names = False
        primary_key = CompositeKey("device", "day")


_TABLES = (DeviceStatus, DeviceDay)
_COUNTS = ("timed", "within_5m", "within_1h", "within_24h", "doubted")


def up(migrator: Any, db: Any) -> None:
    """Make the tables and the columns; of what came before nobody knows how fast it was."""
    with db.bind_ctx(_TABLES):
        db.create_tables(_TABLES, safe=False)
    migrator.migrate(
        *(migrator.add_column("day_use", name, BigIntegerField(default=0)) for name in _COUNTS),
        migrator.add_index("case_violation", ("case", "violation")),
    )


def down(migrator: Any, db: Any) -> None:
    """Drop them."""
    migrator.migrate(
        migrator.drop_index("case_violation", "case_violation_case_violation"),
        *(migrator.drop_column("day_use", name) for name in _COUNTS),
    )
    with db.bind_ctx(_TABLES):
        db.drop_tables(_TABLES)
