# ruff: noqa: D101, D106 - a frozen copy of the tables as added; the runner wants the number in front
"""Drafts of checklists and law, their steps, and their trials on past inspections."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, IntegerField, Model, TextField


class DefinitionDraft(Model):
    id = AutoField()
    title = TextField()
    day = TextField()
    content = TextField()
    digest = TextField()
    changes = IntegerField(default=0)
    version = IntegerField(default=1)
    faults = TextField(default="[]")
    state = TextField(default="writing")
    over = TextField(default="")
    created_by = TextField()
    created_name = TextField()
    created_at = TextField()
    changed_at = TextField()
    approved_digest = TextField(default="")
    published_at = TextField(default="")
    package = TextField(default="")
    put_at = TextField(default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("state", "id"), False), (("put_at", "state", "day"), False))


class DraftStep(Model):
    id = AutoField()
    draft = IntegerField()
    at = TextField()
    who = TextField()
    name = TextField()
    role = TextField()
    act = TextField()
    digest = TextField()
    why = TextField(default="")
    content = TextField(default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("draft", "id"), False),)


class TrialRun(Model):
    id = AutoField()
    draft = IntegerField()
    digest = TextField()
    login = TextField()
    asked = IntegerField()
    state = TextField(default="waiting")
    done = IntegerField(default=0)
    total = IntegerField(default=0)
    made_at = TextField()
    seen_at = TextField(default="")
    ended_at = TextField(default="")
    process = TextField(default="")
    tries = IntegerField(default=0)
    found = TextField(default="{}")

    class Meta:
        legacy_table_names = False
        indexes = ((("draft", "id"), False), (("state", "id"), False))


_TABLES = (DefinitionDraft, DraftStep, TrialRun)


def up(_migrator: Any, db: Any) -> None:
    """Add them."""
    with db.bind_ctx(_TABLES):
        db.create_tables(_TABLES, safe=False)


def down(_migrator: Any, db: Any) -> None:
    """Drop them."""
    with db.bind_ctx(_TABLES):
        db.drop_tables(_TABLES)
