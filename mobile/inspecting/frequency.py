"""How often each conduct was recorded for an item on this tablet, and with what was measured there the last time.

Kept encrypted: the usual conducts come first, and the instrument need not be written again.
"""

from __future__ import annotations

from collections.abc import Mapping

from mobile.store import store as stores
from mobile.store.store import Store

NAME = "frequent"
INSTRUMENTS = "instruments"
MOST_KEPT = 40
"""Conducts kept for one item."""


def of(store: Store, item: str) -> Mapping[str, int]:
    """Return how often each conduct was recorded for the item."""
    return dict((stores.setting(store, NAME) or {}).get(item, {}))


def remember(store: Store, item: str, conduct: str, instrument: Mapping[str, str]) -> None:
    """Count a conduct that was recorded, and remember with what it was measured, if it was."""
    count(store, item, conduct)
    if instrument:
        use(store, item, instrument)


def count(store: Store, item: str, conduct: str) -> None:
    """Count a conduct that was recorded."""
    if not conduct:
        return
    held = dict(stores.setting(store, NAME) or {})
    mine = dict(held.get(item, {}))
    mine[conduct] = int(mine.get(conduct, 0)) + 1
    held[item] = dict(sorted(mine.items(), key=lambda pair: -pair[1])[:MOST_KEPT])
    stores.keep_setting(store, NAME, held)


def used(store: Store, item: str) -> Mapping[str, str]:
    """Return the instrument that was used last on the item: `name` and `calibrated_until`; empty where none was."""
    return dict((stores.setting(store, INSTRUMENTS) or {}).get(item, {}))


def use(store: Store, item: str, instrument: Mapping[str, str]) -> None:
    """Remember the instrument that was used on the item."""
    held = stores.setting(store, INSTRUMENTS) or {}
    stores.keep_setting(store, INSTRUMENTS, {**held, item: dict(instrument)})
