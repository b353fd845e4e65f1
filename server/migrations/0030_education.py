# ruff: noqa: D101, D106 - a frozen copy of the tables as added; the runner wants the number in front
"""Education sessions with their quiz, visits, promises, and lesson packs that are written in the office."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, IntegerField, Model, TextField


class Table(Model):
    class Meta:
        legacy_table_names = False


class EducationSession(Table):
    id = TextField(primary_key=True)
    agency = TextField()
    carrier = TextField(index=True)
    name = TextField()
    starts = TextField()
    place = TextField()
    held_by = TextField()
    pack = TextField()
    lesson = TextField()
    asked = IntegerField()
    state = TextField()
    token = TextField(unique=True)
    expires_at = TextField(default="")
    made_by = TextField()
    made_at = TextField()
    ended_at = TextField(default="")
    ended_by = TextField(default="")
    why = TextField(default="")

    class Meta:
        indexes = ((("agency", "starts", "id"), False), (("starts", "id"), False))


class Seat(Table):
    id = AutoField()
    session = TextField()
    number = IntegerField()
    name = TextField()
    role = TextField(default="")
    code = TextField()
    own_code = IntegerField(default=0)
    sign = TextField(default="", index=True)
    came = TextField(default="")
    came_by = TextField(default="")

    class Meta:
        indexes = ((("session", "number"), True),)


class SeatAnswer(Table):
    id = AutoField()
    session = TextField()
    number = IntegerField()
    phase = TextField()
    answers = TextField()
    score = IntegerField()
    asked = IntegerField()
    at = TextField()

    class Meta:
        indexes = ((("session", "number", "phase"), True),)


class Visit(Table):
    id = AutoField()
    agency = TextField()
    about = TextField(index=True)
    name = TextField()
    owner = TextField()
    until = TextField()
    why = TextField()
    source = TextField(default="")
    made_by = TextField()
    made_at = TextField()
    done_on = TextField(default="")
    done_by = TextField(default="")
    done_at = TextField(default="")
    result = TextField(default="")
    found = TextField(default="")

    class Meta:
        indexes = (
            (("agency", "done_on", "until", "id"), False),
            (("owner", "done_on", "until", "id"), False),
            (("done_on", "until", "id"), False),
        )


class Promise(Table):
    id = AutoField()
    agency = TextField()
    about = TextField(index=True)
    name = TextField()
    text = TextField()
    until = TextField()
    source = TextField(default="")
    made_by = TextField()
    made_at = TextField()
    kept = TextField(default="")
    kept_on = TextField(default="")
    kept_by = TextField(default="")
    kept_why = TextField(default="")

    class Meta:
        indexes = ((("agency", "kept", "until", "id"), False), (("kept", "until", "id"), False))


class LessonDraft(Table):
    id = AutoField()
    lesson = TextField(index=True)
    version = TextField()
    body = TextField()
    state = TextField(index=True)
    edited = IntegerField(default=0)
    made_by = TextField()
    made_at = TextField()
    proposed_by = TextField(default="")
    proposed_at = TextField(default="")
    decided_by = TextField(default="")
    decided_at = TextField(default="")
    why = TextField(default="")


_TABLES = (EducationSession, Seat, SeatAnswer, Visit, Promise, LessonDraft)


def up(_migrator: Any, db: Any) -> None:
    """Make the tables on either engine."""
    with db.bind_ctx(_TABLES):
        db.create_tables(_TABLES, safe=False)


def down(_migrator: Any, db: Any) -> None:
    """Drop them."""
    with db.bind_ctx(_TABLES):
        db.drop_tables(_TABLES)
