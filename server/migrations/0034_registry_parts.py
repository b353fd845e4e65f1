# ruff: noqa: D101, D106 - a frozen copy of the tables as they are; the runner wants the number in front
"""Loads of registry rows in parts, so that records come in between."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, IntegerField, Model, TextField


class RegistryPart(Model):
    id = AutoField()
    load = TextField(index=True)
    who = TextField()
    at = TextField()
    last = IntegerField(default=0)
    rows = TextField()
    done = TextField(default="")

    class Meta:
        legacy_table_names = False


_TABLES = (RegistryPart,)


def up(_migrator: Any, db: Any) -> None:
    """Make the table on either engine."""
    with db.bind_ctx(_TABLES):
        db.create_tables(_TABLES, safe=False)


def down(_migrator: Any, db: Any) -> None:
    """Drop it; a load that was not finished is given up."""
    with db.bind_ctx(_TABLES):
        db.drop_tables(_TABLES)
