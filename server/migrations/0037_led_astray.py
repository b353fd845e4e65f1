"""Two indexes that led astray: SQLite took them for questions about one check or case, and went through all there are.

What was found by computing again is asked for by its inspection and sense, and side tracks by their case and kind. In
sense and kind nearly all rows are alike. Nobody asks for side tracks otherwise.
"""

from __future__ import annotations

from typing import Any

BEFORE = {
    "server_finding_sense_difference_inspection": "server_finding (sense, difference, inspection)",
    "side_track_kind_state_due_at": "side_track (kind, state, due_at)",
}
NOW = {"server_finding_difference_sense_inspection": "server_finding (difference, sense, inspection)"}


def up(_migrator: Any, db: Any) -> None:
    """Drop them; what is found newly is listed by another order of the first."""
    _change(db, BEFORE, NOW)


def down(_migrator: Any, db: Any) -> None:
    """Make them again."""
    _change(db, NOW, BEFORE)


def _change(db: Any, old: dict[str, str], new: dict[str, str]) -> None:
    for name in old:
        db.execute_sql(f"DROP INDEX {name}")
    for name, on in new.items():
        db.execute_sql(f"CREATE INDEX {name} ON {on}")
