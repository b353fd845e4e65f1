"""The pairings that a tablet keeps, encrypted."""

from __future__ import annotations

from collections.abc import Callable

from checklists.wire import from_plain, to_plain
from mobile.pairing.session import Session
from mobile.store.base import Store, keep_setting, setting, transaction


def load(store: Store, inspection: str) -> Session | None:
    """Return the pairing of an inspection, or None where there was none."""
    held = setting(store, _name(inspection))
    return None if held is None else from_plain(Session, held)


def change(store: Store, inspection: str, act: Callable[[Session], Session]) -> Session:
    """Change a pairing, durably and one after the other, and return it; the first change makes it."""
    with transaction(store):
        before = load(store, inspection)
        after = act(before or Session(inspection))
        if after != before:
            keep_setting(store, _name(inspection), to_plain(after))
    return after


def _name(inspection: str) -> str:
    return f"pairing:{inspection}"
