# ruff: noqa: D101, D106 - a frozen copy of the tables as added; the runner wants the number in front
"""Administration: what changed from what to what, codes for officers, the sites' areas, imports, exports that go on."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, IntegerField, Model, TextField


class Table(Model):
    class Meta:
        legacy_table_names = False


class OfficerCode(Table):
    id = AutoField()
    officer = TextField(index=True)
    agency = TextField()
    device = TextField(default="")
    code_hash = TextField()
    made_by = TextField()
    made_at = TextField()
    expires_at = TextField()
    ended_at = TextField(default="")
    ended_by = TextField(default="")


class SiteArea(Table):
    site = TextField(primary_key=True)
    division = TextField(index=True)


class ImportDraft(Table):
    id = TextField(primary_key=True)
    digest = TextField(index=True)
    kind = TextField()
    name = TextField()
    bytes = IntegerField()
    as_of = TextField()
    who = TextField()
    agency = TextField()
    made_at = TextField()
    preview = TextField()
    counts = TextField()
    state = TextField()
    ended_at = TextField(default="")
    ended_by = TextField(default="")

    class Meta:
        indexes = ((("made_at",), False),)


class RegistryChange(Table):
    id = AutoField()
    batch = TextField(index=True)
    kind = TextField()
    key = TextField()
    old = TextField(default="")
    new = TextField()
    old_as_of = TextField(default="")
    as_of = TextField()
    who = TextField()
    at = TextField()

    class Meta:
        indexes = ((("kind", "key", "id"), False),)


TABLES = (OfficerCode, SiteArea, ImportDraft, RegistryChange)

COLUMNS = (
    ("audit", "detail", TextField(null=True)),
    ("user", "password_by", TextField(null=True)),
    ("user", "password_at", TextField(null=True)),
    ("export_job", "total", IntegerField(null=True)),
    ("export_job", "purpose", TextField(null=True)),
    ("export_job", "process", TextField(null=True)),
    ("export_job", "seen_at", TextField(null=True)),
    ("export_job", "removed_at", TextField(null=True)),
    ("export_job", "sha256", TextField(null=True)),
)
"""Empty for everything of before: an old row of the audit log is verified as it was written."""


def up(migrator: Any, db: Any) -> None:
    """Make the tables on either engine, and the columns."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES, safe=False)
    migrator.migrate(*(migrator.add_column(table, name, field) for table, name, field in COLUMNS))


def down(migrator: Any, db: Any) -> None:
    """Drop them."""
    migrator.migrate(*(migrator.drop_column(table, name) for table, name, _field in reversed(COLUMNS)))
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
