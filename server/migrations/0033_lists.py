"""Indexes by which lists and counts are asked: no page goes through all records or cases."""

from __future__ import annotations

from typing import Any

INDEXES = {
    "record_severity_id_kind_state": "record (severity, id, kind, state)",
    "record_inspected_at_plate_colour": "record (inspected_at, plate, colour)",
    "record_outcome_inspected_at_id": "record (outcome, inspected_at, id)",
    "record_site": "record (site)",
    "record_when_id": "record (COALESCE(inspected_at, sealed_at), id)",
    "case_state_keeper_rank_next_due_id": '"case" (state, keeper, rank, next_due, id)',
    "case_state_keeper_rank_duty_due_id": '"case" (state, keeper, rank, duty_due, id)',
    "case_state_rank_next_due_id": '"case" (state, rank, next_due, id)',
    "case_state_rank_duty_due_id": '"case" (state, rank, duty_due, id)',
    "case_keeper_active_owner": '"case" (keeper, active, owner)',
    "task_state_level_created_at": "task (state, level, created_at)",
    "task_state_closed_at_id": "task (state, closed_at, id)",
    "record_alarm_id": "record (id) WHERE alarm = TRUE",
}


def up(_migrator: Any, db: Any) -> None:
    """Make them; over a million records that takes some seconds each."""
    for name, on in INDEXES.items():
        db.execute_sql(f"CREATE INDEX {name} ON {on}")
    db.execute_sql("DROP INDEX case_state_id")


def down(_migrator: Any, db: Any) -> None:
    """Drop them."""
    for name in INDEXES:
        db.execute_sql(f"DROP INDEX {name}")
    db.execute_sql('CREATE INDEX case_state_id ON "case" (state, id)')
