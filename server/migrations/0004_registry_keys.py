# ruff: noqa: D101, D106 - a frozen copy of the table; the runner wants the number in front
"""Registry rows from before keys were folded are brought under their folded keys; the newest of two stays."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, Model, TextField

from checklists.facts.registry import row_key


class RegistryRow(Model):
    id = AutoField()
    kind = TextField()
    key = TextField()
    as_of = TextField()

    class Meta:
        legacy_table_names = False


def up(_migrator: Any, db: Any) -> None:
    """Bring each row under the key by which it is asked for from now on."""
    with db.bind_ctx((RegistryRow,)):
        for row in list(RegistryRow.select()):
            folded = row_key(row.kind, row.key)
            if folded and folded != row.key:
                _move(row, folded)


def _move(row: Any, folded: str) -> None:
    other = RegistryRow.get_or_none(RegistryRow.kind == row.kind, RegistryRow.key == folded)
    if other is not None and other.as_of > row.as_of:
        row.delete_instance()
        return
    if other is not None:
        other.delete_instance()
    RegistryRow.update(key=folded).where(RegistryRow.id == row.id).execute()
