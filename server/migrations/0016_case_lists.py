# ruff: noqa: D101, D106 - a frozen copy of the tables as added; the runner wants the number in front
"""When the first duty of a case runs out, which is what makes it overdue; indexes for lists, rows and the search."""

from __future__ import annotations

from typing import Any

from peewee import IntegerField, Model, TextField

_FAR = "9999"
_WAITS = ("hearing_request", "statement", "public_notice", "demand_wait")


class Table(Model):
    class Meta:
        legacy_table_names = False


class Case(Table):
    id = TextField(primary_key=True)
    active = IntegerField()
    next_due = TextField()
    next_due_rule = TextField()
    duty_due = TextField()


class CaseClock(Table):
    case = TextField()
    term_version = TextField()
    ended_at = TextField()


_INDEXES = (
    ("case", ("keeper", "active", "rank", "duty_due", "id")),
    ("case", ("active", "rank", "duty_due", "id")),
    ("case", ("keeper", "closed_at", "id")),
    ("case", ("closed_at", "id")),
    ("case", ("owner", "active", "duty_due")),
    ("case", ("agency", "active", "rank", "next_due", "id")),
    ("case", ("origin",)),
    ("case_document", ("status", "case")),
    ("case_clock", ("case", "ended_at", "id")),
    ("record", ("inspection", "state", "id")),
    ("record", ("inspection", "kind", "state", "plate", "colour", "site")),
    ("record", ("state", "device", "agencies", "inspection", "kind", "alarm", "reason")),
    ("server_finding", ("sense", "difference", "inspection")),
    ("search_hit", ("term", "at", "id")),
)


def up(migrator: Any, db: Any) -> None:
    """Add column and indexes; open clocks are marked so that the office counts them again and fills the column."""
    migrator.migrate(
        migrator.add_column("case", "duty_due", TextField(default=_FAR)),
        *(migrator.add_index(table, columns) for table, columns in _INDEXES),
        migrator.drop_index("record", "record_inspection"),
    )
    with db.bind_ctx((Case, CaseClock)):
        Case.update(duty_due=Case.next_due).where(Case.active == 1, Case.next_due_rule.not_in(_WAITS)).execute()
        open_ = Case.select(Case.id).where(Case.active == 1)
        CaseClock.update(term_version="").where(CaseClock.ended_at == "", CaseClock.case.in_(open_)).execute()


def down(migrator: Any, _db: Any) -> None:
    """Drop them."""
    migrator.migrate(
        migrator.add_index("record", ("inspection",)),
        *(migrator.drop_index(table, f"{table}_{'_'.join(columns)}") for table, columns in _INDEXES),
        migrator.drop_column("case", "duty_due"),
    )
