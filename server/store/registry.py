"""What the office knows: vehicles, tanks, carriers, people, officers and sites, and lists against their numbers.

Rows stand under the folded form of their key (`checklists.facts.registry.row_key`), and are asked for by it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from peewee import EXCLUDED, chunked

from checklists.facts.registry import LISTS, row_key
from checklists.facts.texts import tidied
from checklists.wire import canonical
from server.store.office_models import RegistryRow

KINDS = ("vehicle", "tank", "carrier", "person", "officer", "site", "feed", "tasks", *LISTS)


def put(rows: Iterable[Mapping[str, Any]]) -> int:
    """Add or replace rows `{kind, key, data, as_of}` and return how many. A row older than the held one is left.

    Of two rows that fold to one key the newer is put, of two of one time the later.
    """
    count = 0
    each: dict[tuple[str, str], dict[str, str]] = {}
    for row in map(_columns, rows):
        held = each.get((row["kind"], row["key"]))
        if held is None or row["as_of"] >= held["as_of"]:
            each[row["kind"], row["key"]] = row
    for some in chunked(each.values(), 200):
        RegistryRow.insert_many(some).on_conflict(
            conflict_target=[RegistryRow.kind, RegistryRow.key],
            update={RegistryRow.data: EXCLUDED.data, RegistryRow.as_of: EXCLUDED.as_of},
            where=(EXCLUDED.as_of >= RegistryRow.as_of),
        ).execute()
        count += len(some)
    return count


def _columns(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "kind": row["kind"],
        "key": row_key(row["kind"], row["key"]),
        "data": canonical(tidied(row["data"])).decode(),
        "as_of": row["as_of"],
    }


def lookup(kind: str, key: str) -> dict[str, Any] | None:
    """Return `{"data", "as_of"}` of a row, or None: the shape that `checklists.facts.registry` walks."""
    row = RegistryRow.get_or_none(RegistryRow.kind == kind, RegistryRow.key == row_key(kind, key))
    return None if row is None else {"data": json.loads(row.data), "as_of": row.as_of}


def everything() -> Iterator[dict[str, Any]]:
    """Every row in a fixed order, as the registry package holds them."""
    query = RegistryRow.select().order_by(RegistryRow.kind, RegistryRow.key)
    for row in query.iterator():
        yield {"kind": row.kind, "key": row.key, "data": json.loads(row.data), "as_of": row.as_of}


def officers() -> list[dict[str, Any]]:
    """Return the officers `{id, name, card, agency, …}` that a tablet offers for its PIN."""
    query = RegistryRow.select().where(RegistryRow.kind == "officer").order_by(RegistryRow.key)
    return [{**json.loads(row.data), "id": row.key} for row in query]


def is_officer(officer: str, agency: str) -> bool:
    """Whether the office knows this officer, of this agency."""
    held = lookup("officer", officer)
    return held is not None and held["data"].get("agency") == agency
