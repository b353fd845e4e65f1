"""Packages from the office: verified whole, then in place of their predecessor in one transaction."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checklists.crypto import verify
from checklists.wire import canonical, digest
from mobile.refusals import Refusal
from mobile.store import feed
from mobile.store.base import Store, many, one, run, setting
from mobile.store.models import PackageRow

REGISTRY = "registry"
"""The name under which what the feed told stands among the packages."""


@dataclass(frozen=True)
class Package:
    """A package in use."""

    name: str
    version: str
    digest: str
    applied_at: str

    @property
    def named(self) -> dict[str, str]:
        """What a sealed part says of it."""
        return {"name": self.name, "version": self.version, "digest": self.digest}


def apply_package(store: Store, offer: Mapping[str, Any], body: bytes, at: str) -> None:
    """Put a package into use, or leave everything as it is.

    `offer` is the office's `{name, version, digest, signature}`. Raises Refusal `package_invalid` where digest or
    signature do not hold, and `disk_full`.
    """
    name = str(offer.get("name"))
    _check(store, offer, body)
    row = {"name": name, "version": offer["version"], "digest": offer["digest"], "applied_at": at}
    run(store, PackageRow.insert({**row, "body": gzip.compress(body, 6)}).on_conflict_replace())


def packages(store: Store) -> tuple[Package, ...]:
    """Return the packages in use by name.

    What the feed told stands among them as REGISTRY: its version is the cursor, its digest that of the last page, and
    it is as old as the office's last word.
    """
    rows = many(store, PackageRow.select().order_by(PackageRow.name))
    held, heard = [Package(row.name, row.version, row.digest, row.applied_at) for row in rows], feed.heard(store)
    if heard.whole:
        held.append(Package(REGISTRY, heard.used_cursor, heard.page, heard.heard_at))
    return tuple(held)


def definitions(store: Store) -> dict[str, Any] | None:
    """Return the published checklists, law and rules, or None before the first package."""
    return _body(store, "definitions")


def tables(store: Store) -> dict[str, Any] | None:
    """Return the reference tables, or None before the first package."""
    return _body(store, "reference")


def _check(store: Store, offer: Mapping[str, Any], body: bytes) -> None:
    enrolment = setting(store, "enrolment")
    if enrolment is None:
        raise Refusal("not_enrolled")
    named = {key: offer.get(key) for key in ("name", "version", "digest")}
    if digest(body) != offer.get("digest"):
        raise Refusal("package_invalid", f"{named['name']}: the bytes have another digest")
    if not verify(enrolment["server_key"], canonical(named), str(offer.get("signature"))):
        raise Refusal("package_invalid", f"{named['name']}: the signature is not the office's")


def _body(store: Store, name: str) -> dict[str, Any] | None:
    row = one(store, PackageRow.select().where(PackageRow.name == name))
    return None if row is None else dict(json.loads(gzip.decompress(row.body)))
