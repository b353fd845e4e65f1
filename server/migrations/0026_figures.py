# ruff: noqa: D101, D106 - a frozen copy of the tables as added; the runner wants the number in front
"""What figures are made from: a row a check, what was found and looked at in it, the kept sums."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, BigIntegerField, CompositeKey, IntegerField, Model, SqliteDatabase, TextField


class CheckFact(Model):
    id = AutoField()
    inspection = TextField(unique=True)
    digest = TextField()
    at = TextField()
    day = TextField()
    cell = IntegerField()
    site = TextField()
    agencies = TextField()
    carrier = TextField()
    un = TextField()
    pair = TextField()
    late = TextField()
    violations = IntegerField()
    found = IntegerField()
    serious = IntegerField()
    ordered = IntegerField()
    cased = IntegerField()
    decided = IntegerField()
    corrected = IntegerField()
    controlled = IntegerField()
    pictured = IntegerField()
    overridden = IntegerField()
    timed = IntegerField()
    minutes = IntegerField()
    paced = IntegerField()
    pace = IntegerField()

    class Meta:
        legacy_table_names = False
        indexes = (
            (("day", "id"), False),
            (("site", "day", "id"), False),
            (("carrier", "day", "id"), False),
            (("un", "day", "id"), False),
            (("pair", "day", "id"), False),
        )


class CheckFound(Model):
    id = AutoField()
    inspection = TextField(index=True)
    what = TextField()
    code = TextField()
    day = TextField()

    class Meta:
        legacy_table_names = False
        indexes = ((("what", "code", "day", "id"), False), (("what", "day", "id"), False))


class CheckLooked(Model):
    inspection = TextField(primary_key=True)
    conform = TextField()
    failed = TextField()

    class Meta:
        legacy_table_names = False


class KeptSum(Model):
    by = TextField()
    period = TextField()
    key = TextField()
    agencies = TextField()
    checks = BigIntegerField()
    found = BigIntegerField()
    serious = BigIntegerField()
    ordered = BigIntegerField()
    cased = BigIntegerField()
    decided = BigIntegerField()
    corrected = BigIntegerField()
    controlled = BigIntegerField()
    pictured = BigIntegerField()
    overridden = BigIntegerField()
    timed = BigIntegerField()
    paced = BigIntegerField()
    violations = BigIntegerField()
    minutes = BigIntegerField()
    pace = BigIntegerField()

    class Meta:
        legacy_table_names = False
        primary_key = CompositeKey("by", "period", "key", "agencies")


_TABLES = (CheckFact, CheckFound, CheckLooked, KeptSum)


def up(migrator: Any, db: Any) -> None:
    """Make the tables; SQLite keeps the sums in the order in which they are read."""
    KeptSum._meta.without_rowid = isinstance(db, SqliteDatabase)
    with db.bind_ctx(_TABLES):
        db.create_tables(_TABLES, safe=False)


def down(migrator: Any, db: Any) -> None:
    """Drop them."""
    with db.bind_ctx(_TABLES):
        db.drop_tables(_TABLES)
