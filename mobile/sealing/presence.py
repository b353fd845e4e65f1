"""That the second officer is on the post: he says so once a shift by his own PIN, and records say when he did."""

from __future__ import annotations

from datetime import datetime, timedelta

from mobile.inspecting.quick_check import NOT_PRESENT, Present
from mobile.sealing import shifts
from mobile.store import store as stores
from mobile.store.store import Store

PRESENT = "second_present"
"""The setting that keeps who confirmed it last, when, and who vouches for his PIN."""
SHIFT_HOURS = 12
"""How long that counts where no shift is open. Ours."""


def confirm(store: Store, officer: str, at: str, identity: str) -> None:
    """Keep that this officer has just given his own PIN, and in which shift."""
    said = {"officer": officer, "at": at, "identity": identity, "shift": _shift(store)}
    stores.keep_setting(store, PRESENT, said)


def confirmed(store: Store, officer: str, now: datetime) -> Present:
    """Return when this officer confirmed it in the shift that is open, or within SHIFT_HOURS where none is."""
    held = stores.setting(store, PRESENT) or {}
    if not officer or held.get("officer") != officer or held.get("shift") != (shift := _shift(store)):
        return NOT_PRESENT
    at = str(held["at"])
    # No clock says which shift it was: it may have been set since.
    counts = shift or abs(now - datetime.fromisoformat(at)) < timedelta(hours=SHIFT_HOURS)
    return Present(at, str(held.get("identity") or "")) if counts else NOT_PRESENT


def _shift(store: Store) -> str:
    shift = shifts.current(store)
    return shift.id if shift else ""
