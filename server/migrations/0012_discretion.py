# ruff: noqa: D103 - the runner wants the number in front and the two names
"""Local tables of discretion, and like cases found by their violation."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, IntegerField, Model, TextField


def up(migrator: Any, db: Any) -> None:
    class DiscretionRow(Model):
        id = AutoField()
        agency = TextField()
        title = TextField()
        violation = TextField()
        grade = TextField()
        circumstances = TextField()
        min_cny = IntegerField()
        max_cny = IntegerField()
        basis = TextField()
        in_force_from = TextField()
        in_force_to = TextField(default="")
        published_by = TextField()
        published_at = TextField()
        replaced_at = TextField(default="")

        class Meta:
            database = db
            table_name = "discretion_row"
            indexes = ((("agency", "violation", "replaced_at"), False),)

    db.create_tables([DiscretionRow])
    migrator.migrate(migrator.add_index("case_violation", ("violation", "case"), False))


def down(migrator: Any, db: Any) -> None:
    migrator.migrate(migrator.drop_index("case_violation", "case_violation_violation_case"))
    db.execute_sql("DROP TABLE discretion_row")
