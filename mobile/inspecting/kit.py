"""What the tablet judges with, made from the packages in its store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from checklists.definitions.publication import from_published
from checklists.goods.listing import Tables
from mobile.inspecting.inspection import Kit
from mobile.inspecting.own_checks import OwnChecks
from mobile.inspecting.own_orders import OwnOrders
from mobile.refusals import Refusal
from mobile.store import store as stores
from mobile.store.store import Package, Store

_MADE: dict[str, tuple[str, Any]] = {}
"""By a package's name its digest and what was made of it: it is read once in a process, not at each unlock."""


def load(store: Store) -> Kit:
    """Return the kit of the packages in use. Raises Refusal `packages_missing` before the first pull."""
    held = {one.name: one for one in stores.packages(store)}
    if not {"definitions", "reference"} <= held.keys():
        raise Refusal("packages_missing")
    definitions = _made_of(held["definitions"], from_published, lambda: stores.definitions(store))
    tables = _made_of(held["reference"], Tables.from_plain, lambda: stores.tables(store))
    used = tuple(one.named for one in held.values() if one.name != stores.REGISTRY)
    return Kit(definitions, tables, OwnOrders(store, OwnChecks(store).lookup).lookup, used)


def _made_of(
    package: Package, make: Callable[[Mapping[str, Any]], Any], body: Callable[[], Mapping[str, Any] | None]
) -> Any:
    digest, made = _MADE.get(package.name, ("", None))
    if digest != package.digest:
        made = make(body() or {})
        _MADE[package.name] = package.digest, made
    return made
