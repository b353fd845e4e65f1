"""What is added to a sealed inspection: an amendment, the next part of this device's chain, naming what it amends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from checklists.crypto import SigningKey
from checklists.inspection.entries import Entry, merge
from checklists.records.record import Sealed
from checklists.wire import from_plain, instant, uuid7
from mobile.inspecting.inspection import Draft, Held, write
from mobile.refusals import Refusal
from mobile.sealing.part import Device, amendment
from mobile.store import replies
from mobile.store import store as stores
from mobile.store.base import transaction
from mobile.store.store import Store


def amend(store: Store, held: Held, device: Device, key: SigningKey, drafts: Iterable[Draft], at: datetime) -> Sealed:
    """Seal entries that came after the seal as an amendment and put it in the outbox.

    Raises Refusal `inspection_unknown` where this tablet did not seal the inspection, and `disk_full`.
    """
    drafts = tuple(drafts)
    known = replace(held, entries=merge(held.entries, added(store, held.inspection)))
    entries = write(known, drafts, instant(at), (uuid7() for _ in drafts))
    return _seal(store, held, device, key, entries, at)


def put(store: Store, held: Held, task: str, drafts: Iterable[Draft], at: datetime) -> tuple[Entry, ...]:
    """Put down what answers a task, durable before this returns, and return it; it is sealed by `reply`.

    What officers add without a task is put down in the same way, under a name of its own (`supplement`).
    """
    drafts = tuple(drafts)
    before = merge(held.entries, added(store, held.inspection), replies.begun(store, task))
    entries = write(replace(held, entries=before), drafts, instant(at), (uuid7() for _ in drafts))
    replies.add(store, task, entries)
    return entries


def reply(store: Store, held: Held, device: Device, key: SigningKey, task: str, at: datetime) -> Sealed:
    """Seal what was put down for a task as an amendment that names it, and put it in the outbox.

    Raises ValueError where nothing was put down, and what `amend` raises.
    """
    entries = replies.begun(store, task)
    if not entries:
        raise ValueError("an answer says something")
    return seal_begun(store, held, device, key, task, entries, at, {"task": task})


def seal_begun(
    store: Store,
    held: Held,
    device: Device,
    key: SigningKey,
    name: str,
    entries: tuple[Entry, ...],
    at: datetime,
    more: Mapping[str, Any],
) -> Sealed:
    """Seal entries that were put down under a name as an amendment with `more` in it, and forget what was put down."""
    with transaction(store):
        sealed = _seal(store, held, device, key, entries, at, more)
        replies.drop(store, name)
    return sealed


def _seal(
    store: Store,
    held: Held,
    device: Device,
    key: SigningKey,
    entries: tuple[Entry, ...],
    at: datetime,
    more: Mapping[str, Any] = MappingProxyType({}),
) -> Sealed:
    amends = next((digest for digest, part in parts_of(store, held.inspection) if part["kind"] == "inspection"), None)
    if amends is None:
        raise Refusal("inspection_unknown", held.inspection)
    said = {**amendment(held, device, amends, entries, instant(at)), "id": uuid7(), **more}
    return stores.seal_amendment(store, lambda seq, previous: {**said, "device_seq": seq, "previous": previous}, key)


def may_amend(store: Store, inspection: str) -> bool:
    """Whether this tablet sealed the inspection, so that it may add to it."""
    return any(part["kind"] == "inspection" for _digest, part in parts_of(store, inspection))


def parts_of(store: Store, inspection: str) -> list[tuple[str, dict[str, Any]]]:
    """Return (digest, part) of every part that this tablet sealed of an inspection, the newest first."""
    digests = [one.digest for one in stores.deliveries(store) if one.inspection == inspection]
    return [(digest, stores.sealed(store, digest).part) for digest in digests]


def added(store: Store, inspection: str) -> tuple[Entry, ...]:
    """Return the entries that this tablet added to an inspection after its seal."""
    amendments = [part for _digest, part in parts_of(store, inspection) if part["kind"] == "amendment"]
    return merge(from_plain(Entry, one) for part in amendments for one in part.get("entries", ()))
