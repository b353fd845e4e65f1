# ruff: noqa: D101, D106 - a frozen copy of the tables as added; the runner wants the number in front
"""The party's way back: links, what came by them, and the holds that the office lifted."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, BigIntegerField, IntegerField, Model, TextField


class WayBackLink(Model):
    digest = TextField(primary_key=True)
    inspection = TextField(index=True)
    record = TextField(default="")
    made_at = TextField()
    made_by = TextField(default="")
    until = TextField()
    revoked_at = TextField(default="")
    revoked_by = TextField(default="")
    revoked_why = TextField(default="")

    class Meta:
        legacy_table_names = False


class WayBackSent(Model):
    id = AutoField()
    inspection = TextField(index=True)
    case = TextField(index=True)
    side = TextField(index=True)
    kind = TextField()
    violation = TextField()
    text = TextField(default="")
    at = TextField()

    class Meta:
        legacy_table_names = False


class WayBackFile(Model):
    id = AutoField()
    sent = IntegerField(index=True)
    side = TextField()
    sha256 = TextField(index=True)
    type = TextField()
    bytes = BigIntegerField()
    name = TextField(default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("side", "sha256"), True),)


class HoldLift(Model):
    id = AutoField()
    inspection = TextField(index=True)
    outcome = TextField()
    violations = TextField()
    case = TextField()
    who = TextField()
    at = TextField()

    class Meta:
        legacy_table_names = False


_TABLES = (WayBackLink, WayBackSent, WayBackFile, HoldLift)


def up(migrator: Any, db: Any) -> None:
    """Make the tables."""
    with db.bind_ctx(_TABLES):
        db.create_tables(_TABLES, safe=False)


def down(migrator: Any, db: Any) -> None:
    """Drop them."""
    with db.bind_ctx(_TABLES):
        db.drop_tables(_TABLES)
