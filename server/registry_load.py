"""Many registry rows of a program, written in parts so that no record waits long; all of them, or none."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from time import monotonic, sleep
from typing import Any

from checklists.facts.texts import tidied
from checklists.wire import canonical, uuid7
from server.store import registry_parts
from server.store.engine import Store
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
    for number, some in enumerate(parts, 1):
        _unhurried(store, partial(registry_parts.stage, name, some, by, last=number == len(parts)))
    finish(store)
    return store.write_now(lambda: registry_parts.end(name))


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
