"""Packages from the office: verified whole, then in place of their predecessor in one transaction.

Registry rows are laid beside those in use, as the next generation, in short transactions; the officer's touches never
wait for 200,000 rows. The last transaction names the generation, and what was there before is dropped behind it.
"""

from __future__ import annotations

import contextlib
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checklists.crypto import verify
from checklists.registry import Row
from checklists.wire import canonical, digest
from mobile.refusals import Refusal
from mobile.store.base import Store, many, one, run, setting, transaction
from mobile.store.models import PackageRow, RegistryRow

_ROWS_AT_ONCE = 200
"""SQLite allows 999 variables in the oldest builds; a row has four."""

_ROWS_A_TRANSACTION = 1_000
"""Durable together: some 50 ms, which a touch can wait for."""


@dataclass(frozen=True)
class Package:
    """A package in use."""

    name: str
    version: str
    digest: str
    applied_at: str


def apply_package(store: Store, offer: Mapping[str, Any], body: bytes, at: str) -> None:
    """Put a package into use, its registry rows included, or leave everything as it is.

    `offer` is the office's `{name, version, digest, signature}`. Raises Refusal `package_invalid` where digest,
    signature or shape do not hold, and `disk_full`.
    """
    name = str(offer.get("name"))
    _check(store, offer, body)
    row = {"name": name, "version": offer["version"], "digest": offer["digest"], "applied_at": at}
    if name == "registry":
        generation = _lay_registry(store, _registry_rows(body))
        run(store, PackageRow.insert({**row, "generation": generation, "body": b""}).on_conflict_replace())
        _drop_but(store, generation)
    else:
        run(store, PackageRow.insert({**row, "body": gzip.compress(body, 6)}).on_conflict_replace())


def packages(store: Store) -> tuple[Package, ...]:
    """Return the packages in use by name."""
    rows = many(store, PackageRow.select().order_by(PackageRow.name))
    return tuple(Package(row.name, row.version, row.digest, row.applied_at) for row in rows)


def definitions(store: Store) -> dict[str, Any] | None:
    """Return the published checklists, law and rules, or None before the first package."""
    return _body(store, "definitions")


def tables(store: Store) -> dict[str, Any] | None:
    """Return the reference tables, or None before the first package."""
    return _body(store, "reference")


def lookup(store: Store, kind: str, key: str) -> Row | None:
    """Return the registry's row `{"data", "as_of"}` for exactly this key, or None."""
    name = store.vault.name(kind, key)
    used = PackageRow.select(PackageRow.generation).where(PackageRow.name == "registry")
    row = one(store, RegistryRow.select().where(RegistryRow.generation == used, RegistryRow.key == name))
    return None if row is None else dict(json.loads(store.vault.reveal(row.data, "registry", name)))


def _check(store: Store, offer: Mapping[str, Any], body: bytes) -> None:
    enrolment = setting(store, "enrolment")
    if enrolment is None:
        raise Refusal("not_enrolled")
    named = {key: offer.get(key) for key in ("name", "version", "digest")}
    if digest(body) != offer.get("digest"):
        raise Refusal("package_invalid", f"{named['name']}: the bytes have another digest")
    if not verify(enrolment["server_key"], canonical(named), str(offer.get("signature"))):
        raise Refusal("package_invalid", f"{named['name']}: the signature is not the office's")


def _registry_rows(body: bytes) -> list[dict[str, Any]]:
    try:
        return [{key: row[key] for key in ("kind", "key", "data", "as_of")} for row in json.loads(body)["rows"]]
    except (ValueError, KeyError, TypeError) as problem:
        raise Refusal("package_invalid", f"registry: {problem}") from problem


def _lay_registry(store: Store, rows: list[dict[str, Any]]) -> int:
    """Put the rows beside those in use and return their generation; leave nothing of it where that fails."""
    held = one(store, PackageRow.select().where(PackageRow.name == "registry"))
    used = 0 if held is None else held.generation
    _drop_but(store, used)
    try:
        # In the order of their keys the rows only ever fill the last page of the tree.
        named = sorted((store.vault.name(row["kind"], row["key"]), number) for number, row in enumerate(rows))
        for start in range(0, len(named), _ROWS_A_TRANSACTION):
            hidden = [
                _hidden(store, used + 1, name, rows[number])
                for name, number in named[start : start + _ROWS_A_TRANSACTION]
            ]
            _insert(store, hidden)
    except Refusal:
        with contextlib.suppress(Refusal):
            _drop_but(store, used)
        raise
    return used + 1


def _drop_but(store: Store, generation: int) -> None:
    """Drop the rows of every other generation, some at a time."""
    others = RegistryRow.generation != generation
    while rows := many(store, RegistryRow.select(RegistryRow.generation, RegistryRow.key).where(others).limit(500)):
        for old in {row.generation for row in rows}:
            keys = [row.key for row in rows if row.generation == old]
            run(store, RegistryRow.delete().where(RegistryRow.generation == old, RegistryRow.key.in_(keys)))


def _insert(store: Store, rows: list[dict[str, Any]]) -> None:
    with transaction(store):
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            run(store, RegistryRow.insert_many(rows[start : start + _ROWS_AT_ONCE]).on_conflict_replace())


def _hidden(store: Store, generation: int, name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    content = json.dumps({"data": row["data"], "as_of": row["as_of"]}, ensure_ascii=False).encode()
    return {
        "generation": generation,
        "key": name,
        "kind": row["kind"],
        "data": store.vault.hide(content, "registry", name),
    }


def _body(store: Store, name: str) -> dict[str, Any] | None:
    row = one(store, PackageRow.select().where(PackageRow.name == name))
    return None if row is None else dict(json.loads(gzip.decompress(row.body)))
