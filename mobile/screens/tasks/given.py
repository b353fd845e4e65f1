"""The tasks that the office gives to this tablet's agency and officer, as its registry has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from checklists.inspection.tasks import Task
from mobile.desk import Desk
from mobile.refusals import Refusal


def given(desk: Desk) -> Iterator[Task]:
    """Yield the tasks of the agency, then those of the officer."""
    me = desk.access.me
    for key in dict.fromkeys((me.agency, me.id)):
        row = looked_up(desk, "tasks", key)
        for one in (row or {"data": {}})["data"].get("rows") or ():
            yield Task.of(one)


def looked_up(desk: Desk, kind: str, key: str) -> Mapping[str, Any] | None:
    """Return a row of the registry; None also before there is a package."""
    try:
        return desk.kit.lookup(kind, key)
    except Refusal:
        return None
