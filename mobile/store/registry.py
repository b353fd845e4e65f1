"""The registry on the tablet: rows under keyed hashes, laid down beside those in use and found by their folded keys.

Rows are laid as the next generation, in short transactions; the officer's touches never wait for 200,000 rows. They are
read from the package twice, one by one: first for their keys, which are sorted, then in that order, so that neither
the whole package nor its rows stand in memory a second time.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import Any

from checklists.facts.registry import Row, row_key
from mobile.refusals import Refusal
from mobile.store.base import Store, many, one, run, run_sql, transaction
from mobile.store.models import PackageRow, RegistryRow
from mobile.store.rows import spans

_ROWS_A_TRANSACTION = 1_000
"""Durable together: some 50 ms, which a touch can wait for."""

_KEYS_AT_ONCE = 900
"""SQLite allows 999 variables in the oldest builds."""

_ROWS_AT_ONCE = 200
"""A row has four of SQLite's variables."""

_INSERT = 'INSERT OR REPLACE INTO "registry_row" ("generation", "key", "kind", "data") VALUES '
"""As peewee writes it; making the query anew for each batch costs more than running it."""

_UNITS = ("trailer", "tank")
"""What a vehicle is permitted with: from it a row `units` leads back to the vehicle."""

_NAME = 16
"""Bytes of a keyed hash. A mark follows (row, or way back), then start and length of the row in the package."""


def lookup(store: Store, kind: str, key: str) -> Row | None:
    """Return the registry's row `{"data", "as_of"}` for this key, however it is written, or None."""
    return find(store, kind, (key,)).get(key)


def find(store: Store, kind: str, keys: Iterable[str]) -> dict[str, Row]:
    """Return the rows that there are under these keys, by key, in their order."""
    folded = {key: row_key(kind, key) for key in dict.fromkeys(keys)}
    named = {store.vault.name(kind, key): key for key in folded.values() if key}
    used = PackageRow.select(PackageRow.generation).where(PackageRow.name == "registry")
    found: dict[str, Row] = {}
    waiting = iter(named)
    while some := list(islice(waiting, _KEYS_AT_ONCE)):
        for row in many(store, RegistryRow.select().where(RegistryRow.generation == used, RegistryRow.key.in_(some))):
            found[row.key] = dict(json.loads(store.vault.reveal(row.data, "registry", row.key)))
    held = {key: found[name] for name, key in named.items() if name in found}
    return {key: held[one] for key, one in folded.items() if one in held}


def lay(store: Store, body: bytes) -> int:
    """Put the rows of a package beside those in use and return their generation; leave nothing where that fails."""
    held = one(store, PackageRow.select().where(PackageRow.name == "registry"))
    used = 0 if held is None else held.generation
    drop_but(store, used)
    try:
        # In the order of their keys the rows only ever fill the last page of the tree.
        rows = _hidden(store, body, sorted(_places(store, body)))
        while some := list(islice(rows, _ROWS_A_TRANSACTION)):
            _insert(store, used + 1, some)
    except Refusal:
        with contextlib.suppress(Refusal):
            drop_but(store, used)
        raise
    return int(used + 1)


def drop_but(store: Store, generation: int) -> None:
    """Drop the rows of every other generation, some at a time."""
    others = RegistryRow.generation != generation
    while rows := many(store, RegistryRow.select(RegistryRow.generation, RegistryRow.key).where(others).limit(500)):
        for old in {row.generation for row in rows}:
            keys = [row.key for row in rows if row.generation == old]
            run(store, RegistryRow.delete().where(RegistryRow.generation == old, RegistryRow.key.in_(keys)))


def _insert(store: Store, generation: int, rows: list[tuple[str, str, bytes]]) -> None:
    with transaction(store):
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            some = rows[start : start + _ROWS_AT_ONCE]
            values = [value for row in some for value in (generation, *row)]
            run_sql(store, _INSERT + ", ".join(["(?, ?, ?, ?)"] * len(some)), values)


def _places(store: Store, body: bytes) -> Iterator[bytes]:
    """Yield for each row, and each way back from a trailer or tank, its name and where it stands, as sortable bytes."""
    try:
        for start, end, row in spans(body):
            place = start.to_bytes(6, "big") + (end - start).to_bytes(4, "big")
            kind, data, _as_of = str(row["kind"]), row["data"], row["as_of"]
            yield _name(store, kind, row_key(kind, str(row["key"]))) + b"\0" + place
            if kind == "vehicle":
                for number in {row_key("units", str(data[one])) for one in _UNITS if data.get(one)}:
                    yield _name(store, "units", number) + b"\1" + place
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise Refusal("package_invalid", f"registry: {problem}") from problem


def _name(store: Store, kind: str, key: str) -> bytes:
    return bytes.fromhex(store.vault.name(kind, key))


def _hidden(store: Store, body: bytes, places: list[bytes]) -> Iterator[tuple[str, str, bytes]]:
    """Yield name, kind and encrypted content in order; of a row given twice the last, of ways back all in one row."""
    for name, group in groupby(places, key=lambda place: place[:_NAME]):
        rows = list(group)
        own = [place for place in rows if place[_NAME] == 0]
        if own:
            row = _row(body, own[-1])
            kind, content = str(row["kind"]), {"data": row["data"], "as_of": row["as_of"]}
        else:
            held = [_row(body, place) for place in rows]
            data = {"rows": list(dict.fromkeys(row_key("vehicle", str(one["key"])) for one in held))}
            kind, content = "units", {"data": data, "as_of": min(str(one["as_of"]) for one in held)}
        plain = json.dumps(content, ensure_ascii=False).encode()
        yield name.hex(), kind, store.vault.hide(plain, "registry", name.hex())


def _row(body: bytes, place: bytes) -> Mapping[str, Any]:
    start = int.from_bytes(place[_NAME + 1 : _NAME + 7], "big")
    return dict(json.loads(body[start : start + int.from_bytes(place[_NAME + 7 :], "big")]))
