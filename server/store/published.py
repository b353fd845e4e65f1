"""What was published, read once for this process: a digest always names the same definitions or tables."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import msgspec

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
    return from_published(json.loads(_read("definitions", digest)))


@lru_cache(maxsize=2)
def tables(digest: str) -> Tables:
    """Return published reference tables. Raises KeyError where none are here."""
    return Tables.from_plain(_shared(msgspec.Raw(_read("reference", digest)), {}))


def _read(name: str, digest: str) -> bytes:
    for (body,) in bulk.rows(_body, name, digest):
        return bytes(body)
    raise KeyError(digest)


_TEXTS = msgspec.json.Decoder(list[str])
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_MAPPING = msgspec.json.Decoder(dict[str, msgspec.Raw])


def _shared(told: msgspec.Raw, texts: dict[str, str]) -> Any:
    """Return what JSON says, with one object for all texts that are equal: nine in ten of the tables' cells are.

    Piece by piece, since what is read at once and let go of would leave its memory full of holes.
    """
    begins = bytes(memoryview(told)[:1])
    if begins == b"[":
        try:
            row = _TEXTS.decode(told)  # nearly all are texts alone
        except msgspec.ValidationError:
            return [_shared(one, texts) for one in _LIST.decode(told)]
        return list(map(texts.setdefault, row, row))
    if begins == b"{":
        return {texts.setdefault(key, key): _shared(one, texts) for key, one in _MAPPING.decode(told).items()}
    plain = msgspec.json.decode(told)
    return texts.setdefault(plain, plain) if isinstance(plain, str) else plain


def _first(rows: list[tuple[Any, ...]]) -> str:
    return next((str(digest) for (digest,) in rows), "")


def _named() -> Any:
    return Package.select(Package.digest).where(Package.name == "", Package.version == "")


def _newest() -> Any:
    return Package.select(Package.digest).where(Package.name == "").order_by(Package.id.desc()).limit(1)


def _body() -> Any:
    return Package.select(Package.body).where(Package.name == "", Package.digest == "")
