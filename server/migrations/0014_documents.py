# ruff: noqa: D101, D103, D106 - the runner wants the number in front and the two names
"""What a clerk has begun to fill in, and what two people confirmed of the law."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, IntegerField, Model, TextField


class Table(Model):
    class Meta:
        legacy_table_names = False


class DocumentDraft(Table):
    id = AutoField()
    case = TextField()
    kind = TextField()
    side = TextField(default="")
    filled = TextField()
    who = TextField()
    at = TextField()

    class Meta:
        indexes = ((("case", "kind", "side"), True),)


class LawConfirmation(Table):
    id = AutoField()
    code = TextField()
    part = TextField()
    law = TextField()
    version = TextField()
    clause = TextField()
    as_clause = TextField(default="")
    subject = TextField(default="")
    min_cny = IntegerField(null=True)
    max_cny = IntegerField(null=True)
    text = TextField()
    text_digest = TextField()
    text_source = TextField()
    scan = TextField(default="")
    note = TextField(default="")
    proposed_by = TextField()
    proposed_name = TextField()
    proposed_role = TextField()
    proposed_at = TextField()
    confirmed_by = TextField(default="")
    confirmed_name = TextField(default="")
    confirmed_role = TextField(default="")
    confirmed_at = TextField(default="")
    ended_by = TextField(default="")
    ended_name = TextField(default="")
    ended_at = TextField(default="")
    ended_why = TextField(default="")

    class Meta:
        indexes = ((("code", "part", "law", "clause"), False),)


TABLES = (DocumentDraft, LawConfirmation)


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES, safe=False)


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
