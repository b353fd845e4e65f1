# ruff: noqa: D101, D106 - a frozen copy of the tables as they are; the runner wants the number in front
"""Sums by violation: added up once from the violations that were found, by day and by month."""

from __future__ import annotations

from typing import Any

from peewee import SQL, BigIntegerField, CompositeKey, IntegerField, Model, TextField, Value, fn

_FLAGS = (
    *("found", "serious", "ordered", "cased", "decided", "corrected"),
    *("controlled", "pictured", "overridden", "timed", "paced", "violations", "minutes", "pace"),
)


class CheckFact(Model):
    inspection = TextField(unique=True)
    day = TextField()
    agencies = TextField()
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
    paced = IntegerField()
    violations = IntegerField()
    minutes = IntegerField()
    pace = IntegerField()

    class Meta:
        legacy_table_names = False


class CheckFound(Model):
    inspection = TextField()
    what = TextField()
    code = TextField()

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


def up(_migrator: Any, db: Any) -> None:
    """Add them up."""
    with db.bind_ctx((CheckFact, CheckFound, KeptSum)):
        _add("D", CheckFact.day)
        _add("M", fn.SUBSTR(CheckFact.day, 1, 7))


def _add(letter: str, period: Any) -> None:
    sums = [fn.SUM(getattr(CheckFact, name)) for name in _FLAGS]
    named = (Value("violation"), Value(letter).concat(period), CheckFound.code, CheckFact.agencies)
    query = CheckFact.select(*named, fn.COUNT(CheckFact.inspection), *sums).join(
        CheckFound, on=(CheckFound.inspection == CheckFact.inspection)
    )
    query = query.where(CheckFound.what == "violation").group_by(SQL("2"), CheckFound.code, CheckFact.agencies)
    columns = ("by", "period", "key", "agencies", "checks", *_FLAGS)
    KeptSum.insert_from(query, [getattr(KeptSum, name) for name in columns]).execute()


def down(_migrator: Any, db: Any) -> None:
    """Let them go."""
    with db.bind_ctx((KeptSum,)):
        KeptSum.delete().where(KeptSum.by == "violation").execute()
