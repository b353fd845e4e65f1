"""What is to be done on this tablet: the tasks and alerts of the office, and what its own inspections owe."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from checklists.inspection.tasks import Task
from checklists.law.model import Term
from mobile.screens.tasks.state import own_tasks
from mobile.sealing import duties
from mobile.store import answers
from mobile.store import store as stores
from mobile.store.store import Store

KINDS = ("alert", "task")


def given(store: Store) -> list[Task]:
    """Return what is to be done, the oldest first; the office takes back what is done or not asked any more."""
    rows = [row["data"] for kind in KINDS for row in stores.of_kind(store, kind)]
    return [Task.of(one) for one in sorted(rows, key=lambda one: (str(one.get("created_at", "")), str(one.get("id"))))]


def own(store: Store, now: datetime, terms: Mapping[str, Term]) -> list[Task]:
    """Return what this tablet's own inspections owe, and what was done about it as long as the office has not heard."""
    waiting = {one.task for one in answers.unsent(store)}
    held = (one for one in duties.duties(store) if not one.done_at or one.id in waiting)
    return list(own_tasks(held, now, terms))


def count(store: Store, now: datetime) -> int:
    """Return how many tasks there are, of the office and of this tablet's own."""
    return sum(len(stores.of_kind(store, kind)) for kind in KINDS) + len(
        list(own_tasks(duties.open_duties(store), now, {}))
    )
