"""Published packages: every version is kept, since records name the ones that they used."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import IntegrityError, fn

from checklists.crypto import SigningKey
from checklists.wire import canonical, digest
from checklists.zone import LAW_ZONE
from server import clock
from server.store import bulk, feed
from server.store.feed import Told
from server.store.models import Package
from server.store.rows import dicts, tuples

NAMES = ("definitions", "reference")

_LISTED = (Package.name, Package.version, Package.digest, Package.signature, fn.LENGTH(Package.body).alias("bytes"))


class OvertakenError(Exception):
    """Something else was published since a draft was made; nothing of it was written."""


@dataclass(frozen=True)
class Draft:
    """A package as it is to be written, behind the one whose id is `base`; without a `row` that one is as it stands."""

    name: str
    base: int
    row: Mapping[str, Any] | None


def draft(key: SigningKey, name: str, content: Mapping[str, Any]) -> Draft:
    """Return content in its bytes under the next version of the day, packed and signed; nothing is written."""
    body = canonical(dict(content))
    named, (base, before) = digest(body), _head(name)
    if before == named:
        return Draft(name, base, None)
    version = _next_version(name)
    signed = canonical({"name": name, "version": version, "digest": named})
    packed = gzip.compress(body, 6, mtime=0)
    told = {"version": version, "digest": named, "body": body, "packed": packed, "signature": key.sign(signed)}
    return Draft(name, base, told)


def write(drafts: Sequence[Draft]) -> list[int]:
    """Write what is new of these and return the ids of the packages that stand now. Raises OvertakenError."""
    if any(_head(one.name)[0] != one.base for one in drafts):
        raise OvertakenError
    return [_write(one) for one in drafts]


def _write(one: Draft) -> int:
    if one.row is None:
        return one.base
    try:
        made = Package.create(**one.row, name=one.name, published_at=clock.now())
    except IntegrityError as problem:  # another process has that version, and had not committed when we looked
        raise OvertakenError from problem
    tell([one.name])
    return int(made.id)


def publish(key: SigningKey, name: str, content: Mapping[str, Any]) -> Package:
    """Publish content here and now and return the package; unchanged content stays as it is."""
    return by_id(write([draft(key, name, content)])[0])


def tell(names: Iterable[str] = NAMES) -> None:
    """Tell tablets of the latest version of these packages: whoever lacks it pulls it."""
    for one in _latest(*_LISTED, Package.published_at):
        if one["name"] in names:
            row = {key: value for key, value in one.items() if key != "published_at"}
            feed.tell("package", [Told(one["name"], canonical(row).decode(), one["published_at"])])


def _next_version(name: str) -> str:
    day = datetime.now(LAW_ZONE).strftime("%Y.%m.%d")
    today = Package.select().where(Package.name == name, Package.version.startswith(f"{day}.")).count()
    return f"{day}.{today + 1}"


def _head(name: str) -> tuple[int, str]:
    """Return id and digest of the package of that name published last, without its bytes; 0 where there is none."""
    query = Package.select(Package.id, Package.digest).where(Package.name == name).order_by(Package.id.desc()).limit(1)
    return next(((int(id_), str(named)) for id_, named in tuples(query)), (0, ""))


def by_id(id_: int) -> Package:
    """Return a package."""
    found: Package = Package.get_by_id(id_)
    return found


def latest(name: str) -> Package | None:
    """Return the package of that name published last, or None."""
    found: Package | None = Package.select().where(Package.name == name).order_by(Package.id.desc()).first()
    return found


def listing() -> list[dict[str, Any]]:
    """Return the latest of each package as `GET /v1/packages` lists them."""
    return _latest(*_LISTED)


def _latest(*columns: Any) -> list[dict[str, Any]]:
    newest = Package.select(fn.MAX(Package.id)).group_by(Package.name)
    return dicts(Package.select(*columns).where(Package.id.in_(newest)).order_by(Package.name))


def versions() -> dict[str, str]:
    """Return the latest version of each package."""
    return {str(one["name"]): str(one["version"]) for one in _latest(Package.name, Package.version)}


def version(name: str, version_: str) -> Package | None:
    """Return that version of a package, or None."""
    return Package.get_or_none(Package.name == name, Package.version == version_)


def packed(name: str, version_: str) -> bytes:
    """Return the bytes of that version, packed, and nothing else of it. Raises KeyError."""
    for (held,) in bulk.rows(_packed, name, version_):
        return bytes(held)
    raise KeyError(f"{name}@{version_}")


def _packed() -> Any:
    return Package.select(Package.packed).where(Package.name == "", Package.version == "")


def content(package: Package) -> dict[str, Any]:
    """Return what a package holds."""
    return dict(json.loads(bytes(package.body)))
