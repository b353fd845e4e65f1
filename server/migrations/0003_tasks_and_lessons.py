# ruff: noqa: D101, D106 - a frozen copy of the tables as added; the runner wants the number in front
"""Tasks for the teams with what was done about them, and the ledger of lessons. Frozen."""

from __future__ import annotations

from typing import Any

from peewee import IntegerField, Model, TextField


class Table(Model):
    class Meta:
        legacy_table_names = False


class Task(Table):
    id = TextField(primary_key=True)
    agency = TextField()
    inspection = TextField(default="", index=True)
    tier = TextField()
    row = TextField()
    created_at = TextField()
    state = TextField()
    closed_at = TextField(null=True)

    class Meta:
        indexes = ((("agency", "state", "created_at"), False),)


class TaskAct(Table):
    id = TextField(primary_key=True)
    task = TextField(index=True)
    device = TextField()
    officer = TextField()
    did = TextField()
    note = TextField()
    at = TextField()
    received_at = TextField()


class LessonResult(Table):
    entry = TextField(primary_key=True)
    inspection = TextField(index=True)
    carrier = TextField()
    plate = TextField()
    person = TextField(index=True)
    role = TextField()
    at = TextField()
    pack = TextField()
    version = TextField()
    score = IntegerField()
    asked = IntegerField()

    class Meta:
        indexes = ((("carrier", "at"), False),)


TABLES = (Task, TaskAct, LessonResult)


def up(_migrator: Any, db: Any) -> None:
    """Make the tables on either engine."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES, safe=False)
