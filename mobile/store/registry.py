"""What the office told, as it is looked up: by folded keys under keyed hashes, and only in what is there whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from peewee import chunked

from checklists.facts import campaign
from checklists.facts.registry import LIVE_LISTS, Row, row_key
from checklists.records.feed_page import URGENT_KINDS
from mobile.store.base import Store, many, run_sql
from mobile.store.models import FeedPlace, FeedRow, FeedWay

_KEYS_AT_ONCE = 900
"""SQLite allows 999 variables in the oldest builds."""

_WAYS = {"units": "vehicle", "history": "history", "watch": "watch"}
"""What is asked for by another number than its key, and the kind of the rows that are found so."""


def lookup(store: Store, kind: str, key: str) -> Row | None:
    """Return the row `{"data", "as_of"}` for this key, however it is written, or None."""
    return find(store, kind, (key,)).get(key)


def find(store: Store, kind: str, keys: Iterable[str]) -> dict[str, Row]:
    """Return the rows that there are under these keys, by key, in their order."""
    folded = {key: row_key(kind, key) for key in dict.fromkeys(keys)}
    asked = dict.fromkeys(one for one in folded.values() if one)
    if kind == campaign.KIND:
        held = _all(store, kind, asked)
    else:
        held = _led(store, kind, asked) if kind in _WAYS else dict(_rows(store, kind, asked))
    if kind == "feed":
        held = {key: _as_heard(store, key, row) for key, row in held.items() if _is_given(store, key)}
    return {key: held[one] for key, one in folded.items() if one in held}


def of_kind(store: Store, kind: str) -> list[dict[str, Any]]:
    """Return every row `{"key", "data", "as_of"}` of a kind of which there are few, in no order."""
    rows = many(store, FeedRow.select().where(FeedRow.generation == _generation(kind), FeedRow.kind == kind))
    return [{name: told[name] for name in ("key", "data", "as_of")} for told in (_told(store, row) for row in rows)]


def _all(store: Store, kind: str, keys: Iterable[str]) -> dict[str, Row]:
    """Return all rows of a kind as one, where all are asked for."""
    rows = of_kind(store, kind) if campaign.ALL in keys else []
    if not rows:
        return {}
    data = {"rows": [one["data"] for one in rows]}
    return {campaign.ALL: {"data": data, "as_of": min(str(one["as_of"]) for one in rows)}}


def _generation(kind: str) -> Any:
    return FeedPlace.select(FeedPlace.urgent if kind in URGENT_KINDS else FeedPlace.used)


def _rows(store: Store, kind: str, keys: Iterable[str]) -> Iterator[tuple[str, Row]]:
    names = {bytes.fromhex(store.vault.name(kind, key)): key for key in keys}
    found = {}
    for some in chunked(names, _KEYS_AT_ONCE):
        for name, line in run_sql(store, _found(kind in URGENT_KINDS, len(some)), [kind, *some]):
            found[names[bytes(name)]] = _row(_revealed(store, kind, name, line))
    yield from ((key, found[key]) for key in names.values() if key in found)


@lru_cache(maxsize=64)
def _found(urgent: bool, many_keys: int) -> str:
    at = "urgent" if urgent else "used"
    marks = ", ".join("?" * many_keys)
    begin = f"SELECT name, line FROM feed_row WHERE generation = (SELECT {at} FROM feed_place) AND kind = ? AND name IN"  # noqa: S608 names of ours
    return f"{begin} ({marks})"


def _led(store: Store, kind: str, keys: Iterable[str]) -> dict[str, Row]:
    """Return by each number the rows to which it leads, as one row; `units` name their vehicles by their keys."""
    at = _generation(_WAYS[kind])
    ways = {bytes.fromhex(store.vault.name(kind, key)): key for key in keys}
    led: dict[str, list[Mapping[str, Any]]] = {}
    for some in chunked(ways, _KEYS_AT_ONCE):
        joined = (FeedRow.generation == FeedWay.generation) & (FeedRow.name == FeedWay.name)
        query = FeedRow.select(FeedRow, FeedWay.way.alias("way")).join(FeedWay, on=joined)
        which = FeedWay.generation == at, FeedWay.way.in_(some), FeedRow.kind == _WAYS[kind]
        for row in many(store, query.where(*which).order_by(FeedRow.id).objects()):
            led.setdefault(ways[bytes(row.way)], []).append(_told(store, row))
    return {key: _together(kind, led[key]) for key in ways.values() if key in led}


def _together(kind: str, rows: Iterable[Mapping[str, Any]]) -> Row:
    held = list(rows)
    listed = list(dict.fromkeys(row_key("vehicle", str(one["key"])) for one in held)) if kind == "units" else None
    data = {"rows": listed if listed is not None else [one["data"] for one in held]}
    return {"data": data, "as_of": min(str(one["as_of"]) for one in held)}


def _is_given(store: Store, name: str) -> bool:
    """Whether a list is there whole; that the office gives it is heard before its rows are."""
    if name in URGENT_KINDS:
        return True
    return any(used for (used,) in run_sql(store, "SELECT used FROM feed_place", ()))


def _as_heard(store: Store, name: str, row: Row) -> Row:
    """Return a list's row; what is not in a list that the office keeps itself did not stand when it last spoke."""
    if name not in LIVE_LISTS:
        return row
    at = next((at for (at,) in run_sql(store, "SELECT at FROM feed_place", ())), "")
    return {**row, "as_of": max(str(row["as_of"]), at)}


def _told(store: Store, row: Any) -> dict[str, Any]:
    return _revealed(store, row.kind, row.name, row.line)


def _revealed(store: Store, kind: str, name: bytes, line: bytes) -> dict[str, Any]:
    return dict(json.loads(store.vault.reveal(line, "feed", kind, bytes(name).hex())))


def _row(told: Mapping[str, Any]) -> Row:
    return {"data": told["data"], "as_of": told["as_of"]}
