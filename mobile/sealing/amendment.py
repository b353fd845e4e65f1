"""What is added to a sealed inspection: an amendment, the next part of this device's chain, naming what it amends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from checklists.crypto import SigningKey
from checklists.inspection.entries import Entry, merge
from checklists.records.record import FORMAT, Sealed
from checklists.wire import from_plain, instant, to_plain, uuid7
from mobile import APP
from mobile.inspecting.inspection import Draft, Held, write
from mobile.inspecting.manifest import manifest
from mobile.refusals import Refusal
from mobile.sealing.part import Device
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
    """Put down what answers a task, durable before this returns, and return it; it is sealed by `reply`."""
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
    with transaction(store):
        sealed = _seal(store, held, device, key, entries, at, {"task": task})
        replies.drop(store, task)
    return sealed


def _seal(
    store: Store,
    held: Held,
    device: Device,
    key: SigningKey,
    entries: tuple[Entry, ...],
    at: datetime,
    more: Mapping[str, str] = MappingProxyType({}),
) -> Sealed:
    before = parts_of(store, held.inspection)
    amended = next((digest for digest, part in before if part["kind"] == "inspection"), None)
    if amended is None:
        raise Refusal("inspection_unknown", held.inspection)
    part_id = uuid7()

    def build(seq: int, previous: str | None) -> Mapping[str, Any]:
        return {
            "format": FORMAT,
            "kind": "amendment",
            "amends": amended,
            "id": part_id,
            "inspection": held.inspection,
            "opened_at": held.opened_at,
            "site": device.site,
            "device": held.device,
            "device_seq": seq,
            "previous": previous,
            "certificate": dict(device.certificate),
            "app": APP,
            "sealed_at": instant(at),
            "clock": dict(device.clock),
            "checklist": held.checklist,
            "definitions": [dict(one) for one in held.kit.used],
            "entries": [to_plain(one) for one in entries],
            "findings": [],
            "photos": manifest(entries, held.device),
            **more,
        }

    return stores.seal_amendment(store, build, key)


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
