"""The tasks and alerts that the office gives to the teams of this tablet."""

from __future__ import annotations

from checklists.inspection.tasks import Task
from mobile.store import store as stores
from mobile.store.store import Store

KINDS = ("alert", "task")


def given(store: Store) -> list[Task]:
    """Return what is to be done, the oldest first; the office takes back what is done or not asked any more."""
    rows = [row["data"] for kind in KINDS for row in stores.of_kind(store, kind)]
    return [Task.of(one) for one in sorted(rows, key=lambda one: (str(one.get("created_at", "")), str(one.get("id"))))]
