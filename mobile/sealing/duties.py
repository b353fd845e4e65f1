"""What the officers owe, kept until they say it is done.

Kept as the setting `duties`: `{"kind", "inspection", "plate", "what", "due", "done_at"}`, the newest last; `due` is UTC
text for a term of hours and a day for one of days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mobile.sealing.duty import Duty
from mobile.store import store as stores
from mobile.store.store import Store

KEPT = 200
"""So many are kept; those that are done go first."""


def duties(store: Store) -> tuple[Duty, ...]:
    """Return all of them, done or not, the oldest first."""
    return tuple(_read(one) for one in stores.setting(store, "duties", ()))


def open_duties(store: Store, inspection: str = "") -> tuple[Duty, ...]:
    """Return what is owed still, of one inspection where it is named."""
    return tuple(one for one in duties(store) if not one.done_at and inspection in ("", one.inspection))


def take_on(store: Store, new: tuple[Duty, ...]) -> None:
    """Keep what is owed from now on; the same duty is kept once, with its latest term."""
    names = {(one.kind, one.inspection) for one in new}
    held = [one for one in duties(store) if (one.kind, one.inspection) not in names]
    _keep(store, (*held, *new))


def mark_done(store: Store, kind: str, inspection: str, at: str) -> None:
    """Say that a duty was done."""
    held = duties(store)
    done = (replace(one, done_at=at) if (one.kind, one.inspection) == (kind, inspection) else one for one in held)
    _keep(store, tuple(done))


def _keep(store: Store, held: tuple[Duty, ...]) -> None:
    spare = max(0, len(held) - KEPT)
    old = [one for one in held if one.done_at][:spare]
    stores.keep_setting(store, "duties", [vars(one) for one in held if one not in old])


def _read(row: Mapping[str, Any]) -> Duty:
    known = {name: row.get(name, "") for name in Duty.__dataclass_fields__}
    return Duty(**{**known, "what": tuple(row.get("what", ()))})
