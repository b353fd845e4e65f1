"""Tasks for the teams of an agency, and what was done about them; tablets hear of each by the feed.

An alert is for the teams of every agency within an area: its `agency` is empty. What becomes of it besides is in
`alerts`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from checklists.inspection import tasks as kernel
from checklists.wire import canonical
from server import clock
from server.refusals import Refused
from server.store import bulk, feed
from server.store.feed import Told
from server.store.office_models import Task, TaskAct
from server.store.rows import aside

OPEN, CLOSED = "open", "closed"


def add(agency: str, row: Mapping[str, Any], inspection: str = "", area: str = "") -> bool:
    """Give a task to the teams of an agency (empty: of all); again changes nothing. Returns whether it is new."""
    made = Task.insert(
        id=row["id"],
        agency=agency,
        inspection=inspection,
        tier=row["tier"],
        row=canonical(dict(row)).decode(),
        created_at=row["created_at"],
        state=OPEN,
        area=area,
    )
    before = Task.get_or_none(Task.id == row["id"])
    made.on_conflict_ignore().execute()
    if before is None:
        tell([Task.get_by_id(row["id"])])
    return before is None


def settle(inspection: str, prefix: str, rows: Mapping[str, Mapping[str, Any]]) -> None:
    """Give each agency its task of an inspection; an open one of that prefix that says something else is over."""
    wanted = {row["id"] for row in rows.values()}
    for one in open_of(inspection, prefix):
        if one.id not in wanted:
            close(one)
    for agency, row in rows.items():
        add(agency, row, inspection)


def open_of(inspection: str, prefix: str) -> list[Task]:
    """Return the open tasks of an inspection whose ids begin so."""
    held = bulk.models(Task, _open, inspection, OPEN)
    return [one for one in held if str(one.id).startswith(prefix)]


def _open() -> Any:
    return Task.select().where(Task.inspection == "", aside(Task.state) == "").order_by(aside(Task.id))


def adopt(rows: Iterable[Mapping[str, Any]]) -> None:
    """Take over tasks that were loaded as registry rows, so that they too are closed by what is done."""
    for held in rows:
        given = held["data"].get("rows") or ()
        for one in given:
            filled = {"tier": "low", "created_at": held["as_of"], **one}
            add(str(held["key"]), {**filled, "id": str(one["id"])})


def by_id(task: str) -> Task | None:
    """Return a task, or None where the office knows none of that id."""
    return Task.get_or_none(Task.id == task)


def act(task: str, *, id_: str, device: str, officer: str, did: str, note: str, at: str, signature: str = "") -> bool:
    """Keep what was done about a task, once, and return whether the task is closed by now.

    A task that the office does not know is one that the tablet made itself: what was done is kept all the same.
    Raises Refused malformed where another act has this id.
    """
    told = {"id": id_, "task": task, "device": device, "officer": officer, "did": did, "note": note, "at": at}
    TaskAct.insert(**told, received_at=clock.now(), signature=signature).on_conflict_ignore().execute()
    kept = TaskAct.get_by_id(id_)
    if any(getattr(kept, name) != value for name, value in told.items()):
        raise Refused("malformed", "another act has this id")
    held = Task.get_or_none(Task.id == task)
    if held is None or held.state == CLOSED:
        return held is not None
    # Two teams may do the last two things at once: who comes second waits here, and then sees what the first one did.
    Task.update(state=Task.state).where(Task.id == task).execute()
    if kernel.left(str(held.tier), {str(one.did) for one in acts(task)}):
        return False
    close(held)
    return True


def taken(device: str, ids: Collection[str]) -> set[str]:
    """Return which of these acts of a device are here."""
    return {key for (key,) in bulk.among(TaskAct, ("id",), "id", list(ids), device=device)}


def close(held: Task) -> bool:
    """Close a task that nobody waits for any more, take it from the tablets' lists, and say whether it was open."""
    closed = Task.update(state=CLOSED, closed_at=clock.now()).where(Task.id == held.id, Task.state == OPEN).execute()
    _gone(held)
    return bool(closed)


def change(held: Task, row: Mapping[str, Any], **columns: Any) -> None:
    """Give a task that is open another content, and tell it."""
    Task.update(row=canonical(dict(row)).decode(), **columns).where(Task.id == held.id).execute()
    tell([Task.get_by_id(held.id)])


def acts(task: str) -> list[TaskAct]:
    """Return what was done about a task, in the order in which the office heard of it."""
    return acts_of([task]).get(task, [])


def acts_of(tasks: Collection[str]) -> dict[str, list[TaskAct]]:
    """Return by task what was done about each, in the order in which the office heard of it."""
    found: dict[str, list[TaskAct]] = {}
    query = TaskAct.select().where(TaskAct.task.in_(list(tasks)))
    for one in query.order_by(TaskAct.received_at, TaskAct.id):
        found.setdefault(str(one.task), []).append(one)
    return found


def of_inspection(inspection: str) -> list[tuple[Task, dict[str, Any], list[TaskAct]]]:
    """Return the tasks that arose from an inspection, each with its row and what was done."""
    query = Task.select().where(Task.inspection == inspection).order_by(Task.created_at, Task.id)
    return [(one, json.loads(one.row), acts(str(one.id))) for one in query]


def tell(given: Iterable[Task]) -> None:
    """Tell the tablets of their agencies and areas of open tasks, of each by itself."""
    for one in given:
        told = Told(str(one.id), str(one.row), str(one.created_at), str(one.agency), str(one.area))
        feed.tell(_kind(one), [told])


def _gone(held: Task) -> None:
    feed.gone(_kind(held), [str(held.id)])


def _kind(held: Task) -> str:
    return "alert" if json.loads(str(held.row)).get("kind") == "alert" else "task"
