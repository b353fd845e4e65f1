"""What answers a task and is not sealed yet: entries, durable one by one, as those of an inspection in hand are."""

from __future__ import annotations

from collections.abc import Iterable

from checklists.inspection.entries import Entry
from checklists.wire import from_plain, to_plain
from mobile.store.base import Store, drop_setting, keep_setting, run, setting, transaction
from mobile.store.entries import photo_rows
from mobile.store.models import PhotoRow

_PREFIX = "reply:"


def begun(store: Store, task: str) -> tuple[Entry, ...]:
    """Return what was put down for a task so far, in order."""
    return tuple(from_plain(Entry, one) for one in setting(store, _PREFIX + task, []))


def add(store: Store, task: str, entries: Iterable[Entry]) -> None:
    """Put further entries down, with the files of their photos: all or none of them. Raises Refusal `disk_full`."""
    more = tuple(entries)
    photos = [row for one in more for row in photo_rows(one)]
    with transaction(store):
        keep_setting(store, _PREFIX + task, [to_plain(one) for one in (*begun(store, task), *more)])
        if photos:
            run(store, PhotoRow.insert_many(photos).on_conflict_ignore())


def drop(store: Store, task: str) -> None:
    """Forget what was put down: it is sealed now."""
    drop_setting(store, _PREFIX + task)
