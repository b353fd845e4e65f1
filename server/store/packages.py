"""Published packages: every version is kept, since records name the ones that they used."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from peewee import fn

from checklists.crypto import SigningKey
from checklists.wire import canonical, digest
from checklists.zone import LAW_ZONE
from server import clock
from server.store import feed
from server.store.feed import Told
from server.store.models import Package
from server.store.rows import dicts

NAMES = ("definitions", "reference")

_LISTED = (Package.name, Package.version, Package.digest, Package.signature, fn.LENGTH(Package.body).alias("bytes"))


def publish(key: SigningKey, name: str, content: Mapping[str, Any]) -> Package:
    """Publish content under the next version of the day and return the package; unchanged content stays as it is."""
    body = canonical(dict(content))
    last = latest(name)
    if last is not None and last.digest == digest(body):
        return last
    version = _next_version(name)
    signed = canonical({"name": name, "version": version, "digest": digest(body)})
    made = Package.create(
        name=name,
        version=version,
        digest=digest(body),
        body=body,
        packed=gzip.compress(body, 6, mtime=0),
        signature=key.sign(signed),
        published_at=clock.now(),
    )
    tell([name])
    return made


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
    return {str(one["name"]): str(one["version"]) for one in listing()}


def version(name: str, version_: str) -> Package | None:
    """Return that version of a package, or None."""
    return Package.get_or_none(Package.name == name, Package.version == version_)


def content(package: Package) -> dict[str, Any]:
    """Return what a package holds."""
    return dict(json.loads(bytes(package.body)))
