# ruff: noqa: D101, D106 - a frozen copy of the tables as added; the runner wants the number in front
"""Campaigns, and which checks were made under them."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, Model, TextField


class Campaign(Model):
    id = TextField(primary_key=True)
    name = TextField()
    why = TextField()
    unit = TextField()
    since = TextField(index=True)
    until = TextField(index=True)
    roads = TextField(default="[]")
    sites = TextField(default="[]")
    agencies = TextField(default="[]")
    items = TextField(default="[]")
    violations = TextField(default="[]")
    targets = TextField(default="[]")
    area = TextField(default="")
    made_by = TextField()
    made_agency = TextField()
    made_at = TextField()
    changed_by = TextField(default="")
    changed_at = TextField(default="")
    ended_on = TextField(default="")
    ended_at = TextField(default="")
    ended_by = TextField(default="")
    ended_why = TextField(default="")

    class Meta:
        legacy_table_names = False


class CampaignCheck(Model):
    id = AutoField()
    inspection = TextField()
    campaign = TextField()
    name = TextField(default="")
    targets = TextField(default="[]")

    class Meta:
        legacy_table_names = False
        indexes = ((("inspection", "campaign"), True),)


_TABLES = (Campaign, CampaignCheck)


def up(migrator: Any, db: Any) -> None:
    """Make the tables."""
    with db.bind_ctx(_TABLES):
        db.create_tables(_TABLES, safe=False)


def down(migrator: Any, db: Any) -> None:
    """Drop them."""
    with db.bind_ctx(_TABLES):
        db.drop_tables(_TABLES)
