"""What was published, read once for this process: a digest always names the same definitions or tables."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from checklists.definitions.definition import Definitions
from checklists.definitions.publication import from_published
from checklists.goods.listing import Tables
from server.store import bulk
from server.store.models import Package


def exact(name: str, version: str) -> str:
    """Return the digest of that version of a package, empty where it is not here."""
    return _first(bulk.rows(_named, name, version))


def latest(name: str) -> str:
    """Return the digest of the package of that name published last, empty where there is none."""
    return _first(bulk.rows(_newest, name, 1))


@lru_cache(maxsize=4)
def definitions(digest: str) -> Definitions:
    """Return published definitions. Raises KeyError where none are here."""
    return from_published(_read("definitions", digest))


@lru_cache(maxsize=4)
def tables(digest: str) -> Tables:
    """Return published reference tables. Raises KeyError where none are here."""
    return Tables.from_plain(_read("reference", digest))


def _read(name: str, digest: str) -> Any:
    for (body,) in bulk.rows(_body, name, digest):
        return json.loads(bytes(body))
    raise KeyError(digest)


def _first(rows: list[tuple[Any, ...]]) -> str:
    return next((str(digest) for (digest,) in rows), "")


def _named() -> Any:
    return Package.select(Package.digest).where(Package.name == "", Package.version == "")


def _newest() -> Any:
    return Package.select(Package.digest).where(Package.name == "").order_by(Package.id.desc()).limit(1)


def _body() -> Any:
    return Package.select(Package.body).where(Package.name == "", Package.digest == "")
