"""What the office knows: vehicles, tanks, carriers, people, officers and sites, and lists against their numbers.

Rows stand under the folded form of their key (`checklists.facts.registry.row_key`), and are asked for by it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any

from peewee import EXCLUDED, fn

from checklists.facts.registry import LISTS, Lookup, row_key
from checklists.facts.texts import tidied
from checklists.wire import canonical
from server.folding import forms, plain
from server.store import bulk, feed, tier_queue
from server.store.feed import Told
from server.store.office_models import RegistryRow
from server.store.rows import tuples

_EMPTY = '{"rows":[]}'
_COLUMNS = ("kind", "key", "data", "as_of", "area")
_EVERYWHERE: Mapping[tuple[str, str], str] = {}


Areas = Mapping[tuple[str, str], str]
"""Which division's tablets get a row, by kind and folded key; empty is all of them."""


def put(rows: Iterable[Mapping[str, Any]], areas: Areas = _EVERYWHERE) -> int:
    """Add or replace rows `{kind, key, data, as_of}` and return how many. A row older than the held one is left.

    Of two rows that fold to one key the newer is put, of two of one time the later. `areas` says where those go that
    are new; where a row goes that is held already says `place` alone.
    """
    each: dict[tuple[str, str], dict[str, str]] = {}
    for row in map(_columns, rows):
        held = each.get((row["kind"], row["key"]))
        if held is None or row["as_of"] >= held["as_of"]:
            each[row["kind"], row["key"]] = row
    return put_columns(each.values(), areas)


def put_columns(rows: Iterable[Mapping[str, str]], areas: Areas = _EVERYWHERE) -> int:
    """Add or replace rows that are columns already, each key once, and return how many. Older ones are left.

    A new row stands in its area from the first: told to all and taken back, its key would have gone to all.
    """
    count = 0
    for some in bulk.chunks(rows, 200):
        placed = [{**one, "area": areas.get((one["kind"], one["key"]), "")} for one in some]
        bulk.each(_putting, [tuple(one[name] for name in _COLUMNS) for one in placed])
        tell(some)
        tier_queue.touch_registry(some)
        count += len(some)
    return count


def _putting() -> Any:
    query = RegistryRow.insert(dict.fromkeys(_COLUMNS, "")).on_conflict(
        conflict_target=[RegistryRow.kind, RegistryRow.key],
        update={RegistryRow.data: EXCLUDED.data, RegistryRow.as_of: EXCLUDED.as_of},
        where=(EXCLUDED.as_of >= RegistryRow.as_of),
    )
    return bulk.silent(query)


def place(areas: Areas) -> int:
    """Say of rows that are held which division's tablets get them, and return how many moved."""
    moved = 0
    for (kind, key), area in areas.items():
        row = (RegistryRow.kind == kind) & (RegistryRow.key == key) & (RegistryRow.area != area)
        if RegistryRow.update(area=area).where(row).execute():
            tell([{"kind": kind, "key": key}])
            moved += 1
    return moved


def tell(rows: Iterable[Mapping[str, str]]) -> None:
    """Tell tablets of rows as they stand now: an older one may have been left."""
    keys: dict[str, list[str]] = {}
    for row in rows:
        keys.setdefault(row["kind"], []).append(row["key"])
    for kind, some in keys.items():
        columns = (RegistryRow.key, RegistryRow.data, RegistryRow.as_of, RegistryRow.area)
        held = tuples(RegistryRow.select(*columns).where(RegistryRow.kind == kind, RegistryRow.key.in_(some)))
        told = [Told(key, data, as_of, area=area) for key, data, as_of, area in held]
        empty = [one.key for one in told if kind in LISTS and one.data == _EMPTY]
        feed.tell(kind, [one for one in told if one.key not in empty])
        feed.gone(kind, empty)


def _columns(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "kind": row["kind"],
        "key": row_key(row["kind"], row["key"]),
        "data": plain_text(row["data"]),
        "as_of": row["as_of"],
    }


def held(kind: str, keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return data, as text, and time of the rows that stand under folded keys."""
    found: dict[str, tuple[str, str]] = {}
    for some in bulk.chunks(keys, 400):
        rows = bulk.among(RegistryRow, ("key", "data", "as_of"), "key", some, kind=kind)
        found.update({key: (data, as_of) for key, data, as_of in rows})
    return found


def spelt(kind: str, keys: Iterable[str]) -> list[str]:
    """Return the keys under which rows of a kind stand that are these but for width, case and spaces."""
    wanted = {plain(one) for one in keys}
    standing = tuples(RegistryRow.select(RegistryRow.key).where(RegistryRow.kind == kind).order_by(RegistryRow.id))
    return [key for (key,) in standing if plain(key) in wanted]


def areas_of(kind: str, keys: Iterable[str]) -> dict[str, str]:
    """Return the area of each row that has one, by folded key."""
    found: dict[str, str] = {}
    for some in bulk.chunks(keys, 400):
        found.update({key: area for key, area in bulk.among(RegistryRow, ("key", "area"), "key", some, kind=kind)})
    return {key: area for key, area in found.items() if area}


def plain_text(data: Mapping[str, Any]) -> str:
    """Return data as they stand in a row."""
    return canonical(tidied(data)).decode()


def lookup(kind: str, key: str) -> dict[str, Any] | None:
    """Return `{"data", "as_of"}` of a row, or None: the shape that `checklists.facts.registry` walks."""
    for data, as_of in bulk.rows(_row, kind, row_key(kind, key)):
        return {"data": json.loads(data), "as_of": as_of}
    return None


def ahead(keys: Collection[str]) -> Lookup:
    """Return `lookup` that has asked for every row under these folded keys in one statement; others it asks for."""
    asked = frozenset(keys)
    some = bulk.padded(asked)
    rows = bulk.rows(_under, *_AHEAD, *some, many=len(some)) if asked else []
    found = {(kind, key): (data, as_of) for kind, key, data, as_of in rows}

    def look(kind: str, key: str) -> dict[str, Any] | None:
        folded = row_key(kind, key)
        if kind not in _AHEAD or folded not in asked:
            return lookup(kind, key)
        held = found.get((kind, folded))
        return {"data": json.loads(held[0]), "as_of": held[1]} if held else None

    return look


_AHEAD = ("vehicle", "tank", "carrier", "person", "site", "officer", "carrier_tier", "feed", *LISTS)


def _under(many: int) -> Any:
    columns = RegistryRow.kind, RegistryRow.key, RegistryRow.data, RegistryRow.as_of
    kinds, keys = RegistryRow.kind.in_([""] * len(_AHEAD)), RegistryRow.key.in_([""] * many)
    return RegistryRow.select(*columns).where(kinds, keys)


def _row() -> Any:
    return RegistryRow.select(RegistryRow.data, RegistryRow.as_of).where(RegistryRow.kind == "", RegistryRow.key == "")


def officer_names(officers: Iterable[str]) -> dict[str, str]:
    """Return the names of officers by number, of those that are known; empty where one is known without a name."""
    found = held("officer", list(dict.fromkeys(officers)))
    return {key: str(json.loads(data).get("name") or "") for key, (data, _as_of) in found.items()}


def page(kind: str, text: str = "", *, after: str = "", limit: int = 200) -> list[RegistryRow]:
    """Return rows of a kind by key; `after` is the last key of the page before, `text` a part of key or data."""
    query = _named(RegistryRow.select().where(RegistryRow.kind == kind, RegistryRow.key > after), text)
    return list(query.order_by(RegistryRow.key).limit(limit))


def count(kind: str, text: str = "") -> int:
    """Return how many rows the list of the same conditions has."""
    return int(_named(RegistryRow.select().where(RegistryRow.kind == kind), text).count())


def _named(query: Any, text: str) -> Any:
    if not text:
        return query
    keys = (RegistryRow.key.contains(one) for one in (text, *forms(text)))
    return query.where(reduce(or_, keys, RegistryRow.data.contains(text)))


def counts() -> dict[str, int]:
    """Return how many rows there are of each kind."""
    query = RegistryRow.select(RegistryRow.kind, fn.COUNT(RegistryRow.id)).group_by(RegistryRow.kind)
    return {str(kind): int(many) for kind, many in tuples(query)}


def officers() -> list[dict[str, Any]]:
    """Return the officers `{id, name, card, agency, …}` that a tablet offers for its PIN."""
    query = RegistryRow.select().where(RegistryRow.kind == "officer").order_by(RegistryRow.key)
    return [{**json.loads(row.data), "id": row.key} for row in query]


def is_officer(officer: str, agency: str) -> bool:
    """Whether the office knows this officer, of this agency."""
    held = lookup("officer", officer)
    return held is not None and held["data"].get("agency") == agency
