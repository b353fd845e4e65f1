# ruff: noqa: D101, D106 - a frozen copy of the table; the runner wants the number in front
"""Stop orders by who gave them and their number, however both are written: one order is given and lifted once."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, Model, TextField

from server.folding import fold, fold_number


class StopOrder(Model):
    id = AutoField()
    number = TextField()
    authority = TextField()
    folded = TextField(default="")

    class Meta:
        legacy_table_names = False


def up(migrator: Any, db: Any) -> None:
    """Add the column and fill it; orders that are one by now stay as they are, each with its own end."""
    migrator.migrate(migrator.add_column("stop_order", "folded", TextField(default="")))
    with db.bind_ctx((StopOrder,)):
        for one in list(StopOrder.select()):
            folded = f"{fold(one.authority)}\x1f{fold_number(one.number)}"
            StopOrder.update(folded=folded).where(StopOrder.id == one.id).execute()
    migrator.migrate(migrator.add_index("stop_order", ("folded",)))


def down(migrator: Any, _db: Any) -> None:
    """Drop it."""
    migrator.migrate(
        migrator.drop_index("stop_order", "stop_order_folded"), migrator.drop_column("stop_order", "folded")
    )
