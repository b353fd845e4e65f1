"""Packages from the office: verified whole, then in place of their predecessor in one transaction."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checklists.crypto import verify
from checklists.registry import Row
from checklists.wire import canonical, digest
from mobile.refusals import Refusal
from mobile.store.base import Store, many, one, run, setting, transaction
from mobile.store.models import PackageRow, RegistryRow

_ROWS_AT_ONCE = 300
"""SQLite allows 999 variables in the oldest builds; a row has three."""


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
    rows = _registry_rows(body) if name == "registry" else None
    kept = b"" if rows is not None else gzip.compress(body, 6)
    row = {"name": name, "version": offer["version"], "digest": offer["digest"], "applied_at": at, "body": kept}
    with transaction(store):
        run(store, PackageRow.insert(row).on_conflict_replace())
        if rows is not None:
            run(store, RegistryRow.delete())
            for batch in _batches(_hidden(store, one) for one in rows):
                run(store, RegistryRow.insert_many(batch).on_conflict_replace())


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
    row = one(store, RegistryRow.select().where(RegistryRow.key == name))
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


def _hidden(store: Store, row: Mapping[str, Any]) -> dict[str, Any]:
    name = store.vault.name(row["kind"], row["key"])
    content = json.dumps({"data": row["data"], "as_of": row["as_of"]}, ensure_ascii=False).encode()
    return {"key": name, "kind": row["kind"], "data": store.vault.hide(content, "registry", name)}


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _ROWS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _body(store: Store, name: str) -> dict[str, Any] | None:
    row = one(store, PackageRow.select().where(PackageRow.name == name))
    return None if row is None else dict(json.loads(gzip.decompress(row.body)))
