"""What the officers owe, kept until they say it is done.

Kept as the setting `duties`: `{"kind", "inspection", "plate", "what", "due", "done_at"}`, the newest last; `due` is UTC
text for a term of hours and a day for one of days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from checklists.wire import uuid7
from mobile.sealing.duty import Duty
from mobile.store import answers
from mobile.store import store as stores
from mobile.store.base import transaction
from mobile.store.store import Store
from mobile.store.task_act import Act

KEPT = 200
"""So many are kept; those that are done go first."""
DONE = "done"
"""What is done about a duty, in the words of `checklists.inspection.tasks.DUTIES`."""


def duties(store: Store) -> tuple[Duty, ...]:
    """Return all of them, done or not, the oldest first."""
    return tuple(_read(one) for one in stores.setting(store, "duties", ()))


def open_duties(store: Store, inspection: str = "") -> tuple[Duty, ...]:
    """Return what is owed still, of one inspection where it is named."""
    return tuple(one for one in duties(store) if not one.done_at and inspection in ("", one.inspection))


def take_on(store: Store, new: tuple[Duty, ...]) -> None:
    """Keep what is owed from now on; the same duty is kept once, with its latest term. What is done stays done."""
    known = {(one.id, one.due): one for one in duties(store)}
    names = {one.id for one in new}
    held = [one for one in duties(store) if one.id not in names]
    _keep(store, (*held, *(known.get((one.id, one.due), one) for one in new)))


def settle(store: Store, inspection: str, new: tuple[Duty, ...]) -> None:
    """Let what a sealed inspection owes be all that it owes: what an earlier decision asked for falls away."""
    names = {one.id for one in new}
    _keep(store, tuple(one for one in duties(store) if one.done_at or one.inspection != inspection or one.id in names))
    take_on(store, new)


def done(store: Store, id_: str, officer: str, at: str, note: str = "") -> None:
    """Say that a duty was done: it is owed no more, and the office is told of it as of any task."""
    with transaction(store):
        _keep(store, tuple(replace(one, done_at=at) if one.id == id_ else one for one in duties(store)))
        answers.keep(store, Act(uuid7(), id_, officer, DONE, at, note))


def _keep(store: Store, held: tuple[Duty, ...]) -> None:
    spare = max(0, len(held) - KEPT)
    old = [one for one in held if one.done_at][:spare]
    stores.keep_setting(store, "duties", [vars(one) for one in held if one not in old])


def _read(row: Mapping[str, Any]) -> Duty:
    known = {name: row.get(name, "") for name in Duty.__dataclass_fields__}
    return Duty(**{**known, "what": tuple(row.get("what", ()))})
