# ruff: noqa: D101, D106 - a frozen copy of the tables as added; the runner wants the number in front
"""The watch list, passes, the basis of a stop order, and by which checklist a check was made."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, Model, TextField


class WatchEntry(Model):
    id = TextField(primary_key=True)
    on = TextField()
    key = TextField(index=True)
    shown = TextField()
    unit = TextField()
    officer = TextField()
    contact = TextField(default="")
    why = TextField()
    do = TextField()
    text = TextField(default="")
    since = TextField()
    until = TextField(index=True)
    agency = TextField(default="")
    area = TextField(default="")
    made_by = TextField()
    made_agency = TextField()
    made_at = TextField()
    lifted_at = TextField(default="", index=True)
    lifted_by = TextField(default="")
    lifted_why = TextField(default="")

    class Meta:
        legacy_table_names = False


class WatchAct(Model):
    id = TextField(primary_key=True)
    watch = TextField(index=True)
    did = TextField()
    at = TextField()
    officer = TextField()
    agency = TextField()
    device = TextField()
    inspection = TextField()

    class Meta:
        legacy_table_names = False


class ReleasePass(Model):
    id = AutoField()
    number = TextField(unique=True)
    digest = TextField()
    inspection = TextField(index=True)
    device = TextField()
    plate = TextField()
    colour = TextField(default="")
    un = TextField(default="")
    site = TextField(default="")
    agencies = TextField(default="")
    at = TextField(index=True)
    until = TextField()
    withdrawn_at = TextField(default="")
    withdrawn_by = TextField(default="")
    withdrawn_why = TextField(default="")

    class Meta:
        legacy_table_names = False


_TABLES = (WatchEntry, WatchAct, ReleasePass)


def up(migrator: Any, db: Any) -> None:
    """Make the tables and the columns."""
    with db.bind_ctx(_TABLES):
        db.create_tables(_TABLES, safe=False)
    migrator.migrate(
        migrator.add_column("stop_order", "basis", TextField(default="")),
        migrator.add_column("record", "checklist", TextField(null=True)),
    )


def down(migrator: Any, db: Any) -> None:
    """Drop them."""
    migrator.migrate(migrator.drop_column("record", "checklist"), migrator.drop_column("stop_order", "basis"))
    with db.bind_ctx(_TABLES):
        db.drop_tables(_TABLES)
