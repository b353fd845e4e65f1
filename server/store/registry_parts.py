"""Registry rows of programs and long files: at once where they are few, else in parts between which records come in.

A load of parts is taken whole or not at all: its parts are laid beside the registry first, and once the last one is
there every part is written, by whoever loads or, where that ended, by the office itself.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from server import clock
from server.store import audit, imports, stop_orders, tasks
from server.store.administration_models import RegistryPart
from server.store.imports import Loaded
from server.store.rows import tuples

Rows = Sequence[dict[str, Any]]

LISTS = ("tasks", "orders")
_KEPT_DAYS = 1


def put(rows: Rows, by: str) -> Loaded:
    """Put rows here and now; tasks and orders go to tables of their own: an act closes the one and lifts the other."""
    given = [row for row in rows if row["kind"] == "tasks"]
    orders = [row for row in rows if row["kind"] == "orders"]
    done = imports.load((row for row in rows if row["kind"] not in LISTS), by)
    tasks.adopt(given)
    new = stop_orders.adopt(orders)
    if given or new:
        told = {"tasks": len(given), "orders": new}
        audit.note(who=by, action="registry.lists", subject="import:rows", detail=told)
    return replace(done, added=done.added + len(given) + len(orders))


def stage(load: str, rows: str, who: str, *, last: bool = False) -> None:
    """Lay a part, as JSON, beside the registry; from the last one on all of the load is written."""
    RegistryPart.insert(load=load, who=who, at=clock.now(), last=int(last), rows=rows).execute()


def agree(load: str, rows: str, who: str) -> None:
    """Lay the last part of what a program gives."""
    stage(load, rows, who, last=True)
    parts = int(RegistryPart.select().where(RegistryPart.load == load).count())
    audit.note(who=who, action="registry.load", subject=f"load:{load}", detail={"parts": parts})


def waiting() -> list[int]:
    """Return the parts of loads that were agreed to and that are not written yet, in their order."""
    agreed = RegistryPart.select(RegistryPart.load).where(RegistryPart.last == 1)
    query = RegistryPart.select(RegistryPart.id).where(RegistryPart.done == "", RegistryPart.load.in_(agreed))
    return [int(id_) for (id_,) in tuples(query.order_by(RegistryPart.id))]


def is_written(draft: str) -> bool:
    """Whether no part of this file, which was agreed to, waits to be written."""
    mine = RegistryPart.rows.startswith(f'{{"draft": "{draft}"')  # as `registry_load.apply` begins each
    return not RegistryPart.select().where(RegistryPart.id.in_(waiting()), mine).exists()


def write(part: int) -> None:
    """Write a part, rows of a program or a part of a file, unless somebody has done so meanwhile."""
    mine = RegistryPart.update(done="{}").where(RegistryPart.id == part, RegistryPart.done == "")
    if not mine.execute():
        return
    held = RegistryPart.get_by_id(part)
    told, who = json.loads(str(held.rows)), str(held.who)
    done = imports.write_part(told, who) if isinstance(told, dict) else put(told, who)
    RegistryPart.update(rows="", done=json.dumps(vars(done))).where(RegistryPart.id == part).execute()


def end(load: str) -> Loaded:
    """Return what became of the rows of a load, and forget its parts."""
    counts: Counter[str] = Counter()
    for (done,) in tuples(RegistryPart.select(RegistryPart.done).where(RegistryPart.load == load)):
        counts.update(json.loads(done))
    RegistryPart.delete().where(RegistryPart.load == load).execute()
    return Loaded(**counts)


def forget() -> int:
    """Drop parts of past days that are written, or whose load was never agreed to, and return how many."""
    agreed = RegistryPart.select(RegistryPart.load).where(RegistryPart.last == 1)
    unneeded = (RegistryPart.done != "") | RegistryPart.load.not_in(agreed)
    query = RegistryPart.delete().where(RegistryPart.at < clock.later(days=-_KEPT_DAYS), unneeded)
    return int(query.execute())
