"""What the tablet judges with, made from the packages in its store."""

from __future__ import annotations

from checklists.definitions.publication import from_published
from checklists.goods.listing import Tables
from mobile.inspecting.inspection import Kit
from mobile.inspecting.own_checks import OwnChecks
from mobile.refusals import Refusal
from mobile.store import store as stores
from mobile.store.store import Store


def load(store: Store) -> Kit:
    """Return the kit of the packages in use. Raises Refusal `packages_missing` before the first pull."""
    definitions, tables = stores.definitions(store), stores.tables(store)
    if definitions is None or tables is None:
        raise Refusal("packages_missing")
    used = tuple(one.named for one in stores.packages(store) if one.name != stores.REGISTRY)
    return Kit(from_published(definitions), Tables.from_plain(tables), OwnChecks(store).lookup, used)
