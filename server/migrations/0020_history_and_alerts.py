# ruff: noqa: D101, D106 - a frozen copy of the tables as added; the runner wants the number in front
"""By which numbers a check is found, what was decided before it was amended, and how far up an alert was told."""

from __future__ import annotations

import json
from typing import Any

from peewee import AutoField, IntegerField, Model, TextField

_SOME = 500


class CheckNumber(Model):
    id = AutoField()
    number = TextField()
    role = TextField()
    inspection = TextField(index=True)
    at = TextField()

    class Meta:
        legacy_table_names = False
        indexes = ((("number", "inspection", "role"), True), (("number", "at"), False))


class TaskStep(Model):
    id = AutoField()
    task = TextField()
    step = TextField()
    at = TextField()
    told = TextField(default="[]")
    why = TextField(default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("task", "step"), True),)


_TABLES = (CheckNumber, TaskStep)


def up(migrator: Any, db: Any) -> None:
    """Make the tables and columns, and let the checks that are here be found by their numbers."""
    with db.bind_ctx(_TABLES):
        db.create_tables(_TABLES, safe=False)
    migrator.migrate(
        migrator.add_column("record", "outcome_before", TextField(null=True)),
        migrator.add_column("record", "outcome_at", TextField(null=True)),
        migrator.add_column("task", "area", TextField(default="")),
        migrator.add_column("task", "level", IntegerField(default=0)),
    )
    with db.bind_ctx(_TABLES):
        _find(db)


def _find(db: Any) -> None:
    asked = "SELECT id, inspection, inspected_at, about FROM record WHERE id > {} AND kind = 'inspection'"
    asked += " AND state = 'processed' AND about IS NOT NULL ORDER BY id LIMIT {}"
    last = 0
    while rows := list(db.execute_sql(asked.format(last, _SOME)).fetchall()):
        last = int(rows[-1][0])
        found = [
            {"number": number, "role": role, "inspection": inspection, "at": at or ""}
            for _id, inspection, at, about in rows
            for role, number in json.loads(about).items()
        ]
        for start in range(0, len(found), _SOME):
            CheckNumber.insert_many(found[start : start + _SOME]).on_conflict_ignore().execute()


def down(migrator: Any, db: Any) -> None:
    """Drop them."""
    migrator.migrate(
        migrator.drop_column("task", "level"),
        migrator.drop_column("task", "area"),
        migrator.drop_column("record", "outcome_at"),
        migrator.drop_column("record", "outcome_before"),
    )
    with db.bind_ctx(_TABLES):
        db.drop_tables(_TABLES)
