# ruff: noqa: D101, D106 - a frozen copy of the tables as added; the runner wants the number in front
"""Tiers of carriers, signs of people's pages, and cases by the party."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from peewee import AutoField, IntegerField, Model, TextField

_SOME = 500


class CarrierTier(Model):
    key = TextField(primary_key=True)
    name = TextField(default="")
    level = TextField(default="unknown")
    found = TextField(default="unknown")
    points = IntegerField(default=0)
    checks = IntegerField(default=0)
    last_check = TextField(default="")
    reasons = TextField(default="[]")
    formula = TextField(default="")
    since = TextField(default="")
    computed_at = TextField(default="")
    due_at = TextField(default="")
    salt = TextField(default="")
    hand_level = TextField(default="")
    hand_reason = TextField(default="")
    hand_until = TextField(default="")
    hand_by = TextField(default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("level", "points", "key"), False), (("due_at", "key"), False))


class CarrierTierChange(Model):
    id = AutoField()
    key = TextField()
    at = TextField()
    who = TextField()
    was = TextField()
    level = TextField()
    reason = TextField(default="")
    until = TextField(default="")
    formula = TextField(default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("key", "id"), False),)


class PersonSign(Model):
    sign = TextField(primary_key=True)
    key = TextField(unique=True)

    class Meta:
        legacy_table_names = False


class CheckBrief(Model):
    inspection = TextField(primary_key=True)
    digest = TextField()
    at = TextField()
    agencies = TextField()
    site = TextField()
    plate = TextField()
    colour = TextField()
    carrier = TextField()
    un = TextField()
    outcome = TextField()
    severity = TextField()
    checklist = TextField()
    about = TextField()
    valid = IntegerField()

    class Meta:
        legacy_table_names = False


_TABLES = (CarrierTier, CarrierTierChange, PersonSign, CheckBrief)

_KNOWN = (
    "SELECT number FROM check_number WHERE role = 'carrier' UNION SELECT key FROM registry_row WHERE kind = 'carrier'"
)


def up(migrator: Any, db: Any) -> None:
    """Make the tables, and let every carrier that is known be worked out as soon as the office runs."""
    with db.bind_ctx(_TABLES):
        db.create_tables(_TABLES, safe=False)
        keys = [str(key) for (key,) in db.execute_sql(_KNOWN).fetchall() if key]
        for start in range(0, len(keys), _SOME):
            CarrierTier.insert_many([{"key": key} for key in keys[start : start + _SOME]]).execute()
        _brief(db)
        _sign(db)
    migrator.migrate(migrator.add_index("case", ("party_key", "id")))


_PLAIN = ("digest", "site", "plate", "colour", "carrier", "un", "outcome", "severity")
_ASKED = (
    "SELECT record.id, inspection, inspected_at, agencies, reason, about, body, digest, site, plate, colour, carrier,"
    " un, outcome, severity, device.agency"
    " FROM record LEFT JOIN device ON device.id = record.device"
    " WHERE record.id > {} AND record.kind = 'inspection' AND state = 'processed' ORDER BY record.id LIMIT {}"
)


def _brief(db: Any) -> None:
    last = 0
    while rows := list(db.execute_sql(_ASKED.format(last, _SOME)).fetchall()):
        last = int(rows[-1][0])
        CheckBrief.insert_many([_row(one) for one in rows]).on_conflict_ignore().execute()


def _row(row: Any) -> dict[str, Any]:
    _id, inspection, at, agencies, reason, about, body, *plain, sealed_by = row
    held = dict(zip(_PLAIN, plain, strict=True))
    part = sorted({*str(agencies or "").split("|"), sealed_by or ""} - {""})
    try:
        checklist = str(json.loads(bytes(body)).get("checklist") or "")
    except (ValueError, AttributeError):
        checklist = ""
    mistaken = reason == "mistaken" or held["outcome"] == "abandoned"
    told = {"inspection": inspection, "at": at or "", "agencies": f"|{'|'.join(part)}|", "checklist": checklist}
    told |= {"about": about or "{}", "valid": int(not mistaken)}
    return {**told, **{name: str(value or "") for name, value in held.items()}}


def _sign(db: Any) -> None:
    asked = "SELECT DISTINCT number FROM check_number WHERE role IN ('driver', 'escort')"
    keys = [str(key) for (key,) in db.execute_sql(asked).fetchall()]
    for start in range(0, len(keys), _SOME):
        PersonSign.insert_many([{"sign": uuid4().hex, "key": key} for key in keys[start : start + _SOME]]).execute()


def down(migrator: Any, db: Any) -> None:
    """Drop them."""
    migrator.migrate(migrator.drop_index("case", "case_party_key_id"))
    with db.bind_ctx(_TABLES):
        db.drop_tables(_TABLES)
