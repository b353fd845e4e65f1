"""The feed of an office that had none: everything that stands is told once, in small jobs. Again changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from server.store import (
    campaigns,
    case_clocks,
    devices,
    feed_cases,
    feed_history,
    feed_voids,
    law_confirmations,
    meta,
    officer_codes,
    packages,
    registry,
    release_passes,
    stop_orders,
    tasks,
    tier_queue,
    watch,
)
from server.store.engine import Store
from server.store.office_models import RegistryRow, Task

_DONE, _VOIDS, _ORDERS = "feed_filled", "feed_voids_filled", "feed_orders_agencies"
_SOME = 1000


def fill_once(store: Store) -> bool:
    """Fill the feed where that was never done, before anybody asks for it; return whether it was done now."""
    if store.write_now(lambda: meta.keep(_DONE, "")):
        _fill_voids_once(store)
        _tell_orders_once(store)
        return False
    fill(store)
    store.write_now(lambda: meta.put(_DONE, "1"))
    return True


def _fill_voids_once(store: Store) -> None:
    """Tell of the numbers that were voided before the feed knew that kind."""
    if not store.write_now(lambda: meta.keep(_VOIDS, "")):
        _all(store, _voids)
        store.write_now(lambda: meta.put(_VOIDS, "1"))


def _tell_orders_once(store: Store) -> None:
    """Tell of each order that stands who gave it, where that was not told yet."""
    if not store.write_now(lambda: meta.held(_ORDERS)):
        store.write_now(_tell_orders)


def _tell_orders() -> None:
    stop_orders.tell_given()
    meta.put(_ORDERS, "1")


def fill(store: Store) -> None:
    """Tell everything that stands, in jobs of which each is soon done: records are taken in between."""
    for tell in (devices.tell_revoked, packages.tell, case_clocks.tell_holidays, law_confirmations.tell):
        store.write_now(tell)
    store.write_now(lambda: officer_codes.tell(sorted(officer_codes.told())))
    for tell_some in (_registry, _tasks, _cases, _history, _voids, _withdrawn, _watch, _campaigns):
        _all(store, tell_some)
    store.write_now(tier_queue.touch_all)  # told as each is worked out
    store.write_now(lambda: meta.put(_VOIDS, "1"))
    store.write_now(_tell_orders)


def _all(store: Store, tell_some: Callable[[str], str | None]) -> None:
    after: str | None = ""
    while after is not None:
        after = store.write_now(partial(tell_some, after))


def _registry(after: str) -> str | None:
    query = RegistryRow.select(RegistryRow.id, RegistryRow.kind, RegistryRow.key).where(
        RegistryRow.id > int(after or 0)
    )
    rows = list(query.order_by(RegistryRow.id).limit(_SOME))
    registry.tell({"kind": str(one.kind), "key": str(one.key)} for one in rows)
    return str(rows[-1].id) if rows else None


def _tasks(after: str) -> str | None:
    query = Task.select().where(Task.state == tasks.OPEN, Task.id > after)
    rows = list(query.order_by(Task.id).limit(_SOME))
    tasks.tell(rows)
    return str(rows[-1].id) if rows else None


def _cases(after: str) -> str | None:
    ids = feed_cases.recent(after, _SOME)
    feed_cases.tell(ids)
    return ids[-1] if ids else None


def _history(after: str) -> str | None:
    rows = feed_history.recent(int(after or 0), _SOME)
    feed_history.tell(inspection for _id, inspection in rows)
    return str(rows[-1][0]) if rows else None


def _voids(after: str) -> str | None:
    rows = feed_voids.recent(int(after or 0), _SOME)
    feed_voids.tell_again(rows)
    return str(rows[-1].id) if rows else None


def _watch(after: str) -> str | None:
    entries = watch.recent(after, _SOME)
    watch.tell(entries)
    return entries[-1] if entries else None


def _campaigns(after: str) -> str | None:
    ids = campaigns.recent(after, _SOME)
    campaigns.tell(ids)
    return ids[-1] if ids else None


def _withdrawn(after: str) -> str | None:
    rows = release_passes.withdrawn(int(after or 0), _SOME)
    release_passes.tell(rows)
    return str(rows[-1].id) if rows else None
