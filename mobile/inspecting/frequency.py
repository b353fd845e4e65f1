"""How often each conduct was recorded for an item on this tablet; kept encrypted, so that the usual ones come first."""

from __future__ import annotations

from collections.abc import Mapping

from mobile.store import store as stores
from mobile.store.store import Store

NAME = "frequent"
MOST_KEPT = 40
"""Conducts kept for one item."""


def of(store: Store, item: str) -> Mapping[str, int]:
    """Return how often each conduct was recorded for the item."""
    return dict((stores.setting(store, NAME) or {}).get(item, {}))


def count(store: Store, item: str, conduct: str) -> None:
    """Count a conduct that was recorded."""
    if not conduct:
        return
    held = dict(stores.setting(store, NAME) or {})
    mine = dict(held.get(item, {}))
    mine[conduct] = int(mine.get(conduct, 0)) + 1
    held[item] = dict(sorted(mine.items(), key=lambda pair: -pair[1])[:MOST_KEPT])
    stores.keep_setting(store, NAME, held)
