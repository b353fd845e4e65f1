# ruff: noqa: D101, D106 - a frozen copy of the tables as added; the runner wants the number in front
"""What a device brought in a day, unsealed checks that were laid aside, and the signature on what was done. Frozen."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, BigIntegerField, CompositeKey, Model, TextField


class Table(Model):
    class Meta:
        legacy_table_names = False


class DayUse(Table):
    device = TextField()
    day = TextField()
    records = BigIntegerField(default=0)
    record_bytes = BigIntegerField(default=0)
    photos = BigIntegerField(default=0)
    photo_bytes = BigIntegerField(default=0)

    class Meta:
        primary_key = CompositeKey("device", "day")


class Unsealed(Table):
    id = AutoField()
    device = TextField()
    inspection = TextField()
    name = TextField()
    digest = TextField()
    bytes = BigIntegerField()
    received_at = TextField()
    brought_by = TextField()

    class Meta:
        indexes = ((("device", "inspection", "name"), True),)


TABLES = (DayUse, Unsealed)


def up(migrator: Any, db: Any) -> None:
    """Make the tables on either engine, and a column that is empty for what was done before."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES, safe=False)
    migrator.migrate(migrator.add_column("task_act", "signature", TextField(null=True)))


def down(migrator: Any, db: Any) -> None:
    """Drop them."""
    migrator.migrate(migrator.drop_column("task_act", "signature"))
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
