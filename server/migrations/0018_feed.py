# ruff: noqa: D101, D106 - a frozen copy of the tables as added; the runner wants the number in front
"""The outbox of the feed, where a tablet works, where a row belongs, and against whom a check was."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, BigIntegerField, IntegerField, Model, TextField


class FeedRow(Model):
    id = AutoField()
    kind = TextField()
    key = TextField()
    agency = TextField(default="")
    area = TextField(default="")
    lane = IntegerField()
    place = BigIntegerField(null=True)
    gone = IntegerField(default=0)
    body = TextField()
    until = TextField(default="")
    told_at = TextField()

    class Meta:
        legacy_table_names = False
        indexes = (
            (("kind", "key", "agency", "area"), True),
            (("lane", "place"), False),
            (("place",), False),
            (("gone", "told_at"), False),
            (("until",), False),
        )


def up(migrator: Any, db: Any) -> None:
    """Make the table and the columns; the office fills it at its next start."""
    with db.bind_ctx([FeedRow]):
        db.create_tables([FeedRow], safe=False)
    migrator.migrate(
        migrator.add_column("device", "area", TextField(default="")),
        migrator.add_column("registry_row", "area", TextField(default="")),
        migrator.add_column("record", "about", TextField(null=True)),
    )


def down(migrator: Any, db: Any) -> None:
    """Drop them."""
    migrator.migrate(
        migrator.drop_column("record", "about"),
        migrator.drop_column("registry_row", "area"),
        migrator.drop_column("device", "area"),
    )
    with db.bind_ctx([FeedRow]):
        db.drop_tables([FeedRow])
