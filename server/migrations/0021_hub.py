# ruff: noqa: D101, D106 - a frozen copy of the tables as added; the runner wants the number in front
"""Hubs: devices of another kind, the codes that enrol them, and what a hub holds for its parent."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, BlobField, IntegerField, Model, TextField


class HubPhoto(Model):
    sha256 = TextField(primary_key=True)
    state = TextField()
    code = TextField(default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("state",), False),)


class HubPost(Model):
    id = AutoField()
    kind = TextField()
    key = TextField()
    device = TextField()
    path = TextField()
    body = BlobField()
    state = TextField()
    code = TextField(default="")
    answer = TextField(default="")
    received_at = TextField()

    class Meta:
        legacy_table_names = False
        indexes = ((("kind", "key"), True), (("state", "id"), False), (("device", "state"), False))


class HubRevocation(Model):
    device = TextField(primary_key=True)
    paper = TextField()

    class Meta:
        legacy_table_names = False


_TABLES = (HubPhoto, HubPost, HubRevocation)


def up(migrator: Any, db: Any) -> None:
    """Make the tables and the columns."""
    with db.bind_ctx(_TABLES):
        db.create_tables(_TABLES, safe=False)
    migrator.migrate(
        migrator.add_column("device", "kind", TextField(default="tablet")),
        migrator.add_column("device", "until", TextField(default="")),
        migrator.add_column("enrolment_code", "kind", TextField(default="tablet")),
        migrator.add_column("enrolment_code", "area", TextField(default="")),
        migrator.add_column("enrolment_code", "days", IntegerField(default=0)),
    )


def down(migrator: Any, db: Any) -> None:
    """Drop them."""
    for table, columns in (("enrolment_code", ("days", "area", "kind")), ("device", ("until", "kind"))):
        migrator.migrate(*(migrator.drop_column(table, one) for one in columns))
    with db.bind_ctx(_TABLES):
        db.drop_tables(_TABLES)
