"""Many registry rows of a program or of a file, written in parts so that no record waits long; all of them, or none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial
from time import monotonic, sleep
from typing import Any

from checklists.facts.texts import tidied
from checklists.wire import canonical, uuid7
from server.store import import_plans, imports, registry_parts
from server.store.administration_models import ImportDraft
from server.store.engine import Store
from server.store.import_plans import Plan
from server.store.imports import Loaded

SOME = 100
"""So many rows are written in one transaction."""

_LONGEST_PAUSE = 0.25


def load(store: Store, rows: list[dict[str, Any]], by: str) -> Loaded:
    """Write rows without faults and return what became of them; what was begun before and not finished goes first."""
    finish(store)
    if len(rows) <= SOME:
        return store.write_now(lambda: registry_parts.put(rows, by))
    name, parts = uuid7(), _parts(rows)
    return _in_parts(store, name, parts, by, lambda last: registry_parts.agree(name, last, by))


def apply(store: Store, draft: ImportDraft, plan: Plan, who: str, shown: str = "") -> None:
    """Write all that a file changes, or nothing; `shown` as for `imports.apply`, and so what is raised."""
    finish(store)
    if len(plan.rows) <= SOME:
        store.write_now(lambda: imports.apply(str(draft.id), plan, who, shown))
        return
    name, of_file = uuid7(), {"draft": str(draft.id), "file": str(draft.digest), "name": str(draft.name)}
    parts = ({**of_file, "number": number, **one} for number, one in enumerate(import_plans.parts(plan, SOME)))

    def agree(last: str) -> None:
        imports.agree(str(draft.id), plan, who, shown)
        registry_parts.stage(name, last, who, last=True)

    _in_parts(store, name, (json.dumps(one, ensure_ascii=False) for one in parts), who, agree)


def _in_parts(store: Store, load: str, parts: Iterable[str], who: str, agree: Callable[[str], None]) -> Loaded:
    """Lay parts beside the registry, agree to them with the last one, and write them."""
    held = iter(parts)
    last = next(held)
    for one in held:
        _unhurried(store, partial(registry_parts.stage, load, last, who))
        last = one
    store.write_now(lambda: agree(last))
    finish(store)
    return store.write_now(lambda: registry_parts.end(load))


def _parts(rows: list[dict[str, Any]]) -> list[str]:
    """Return the rows in parts, as JSON. Raises WireError where one could not be written.

    All orders and tasks are one part, the first: the office says with it that it gives orders. That it gives another
    list goes last, once the rows of the list are here.
    """
    for row in rows:
        canonical(tidied(row["data"]))
    first = [row for row in rows if row["kind"] in registry_parts.LISTS]
    rest = [row for row in rows if row["kind"] not in registry_parts.LISTS]
    rest.sort(key=lambda row: row["kind"] == "feed")
    parts = [*([first] if first else []), *(rest[start : start + SOME] for start in range(0, len(rest), SOME))]
    return [json.dumps(some, ensure_ascii=False) for some in parts]


def finish(store: Store) -> int:
    """Write the parts of loads that were agreed to and return how many; records are taken in between."""
    parts = store.read_now(registry_parts.waiting)
    for part in parts:
        _unhurried(store, partial(registry_parts.write, part))
    return len(parts)


def _unhurried(store: Store, job: Callable[[], Any]) -> None:
    """Write, and let others write as long: who waits for SQLite's lock asks for it only now and then."""
    began = monotonic()
    store.write_now(job)
    sleep(min(monotonic() - began, _LONGEST_PAUSE))
