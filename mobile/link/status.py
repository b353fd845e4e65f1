"""What this tablet says of itself to its office: the office shows it as told by the device, never as evidence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from checklists.wire import instant
from mobile.link import backlog
from mobile.store import store
from mobile.store.delivery import Delivery
from mobile.store.store import Store

PATH = "/v1/devices/status"
"""Where it is posted; an office of before answers `not_found`, and nothing is lost by it."""


def status(held: Store, *, app: str, at: datetime, free_bytes: int | None) -> dict[str, Any]:
    """Return what the tablet can say of itself, ready to be sent: packages, how far it heard, what waits, space, clock.

    `free_bytes` are those of the disk on which the store lies, None where nobody could tell.
    """
    stood = backlog.count(held, held.folder)
    records, files = stood.unsent
    told: dict[str, Any] = {
        "app": app,
        "at": instant(at),
        "clock": _clock(held),
        "packages": [
            {"name": one.name, "version": one.version, "applied_at": one.applied_at}
            for one in stood.packages
            if one.name != store.REGISTRY
        ],
        "waiting": {"records": records, "files": files, "refused": stood.troubled, "oldest_at": oldest_at(held)},
    }
    if free_bytes is not None:
        told["free_bytes"] = free_bytes
    heard = store.heard(held)
    if heard.whole:
        told["feed"] = {"cursor": heard.used_cursor, "at": heard.at}
    return told


def oldest_at(held: Store) -> str | None:
    """Return when the oldest part was sealed of which something is not at the office, by this device's own clock.

    None where nothing waits, or where only the leavings of a wiped tablet do, which nobody here can open.
    """
    lacking = [one for one in store.deliveries(held) if _lacks(one)]
    if not lacking:
        return None
    first = min(lacking, key=lambda one: one.device_seq)
    return store.sealed(held, first.digest).part.get("sealed_at")


def _lacks(one: Delivery) -> bool:
    return one.state in ("waiting", "rejected") or one.photos_received < one.photos


def _clock(held: Store) -> dict[str, Any]:
    """Return how far the clock is off, as a sealed part says it; the jumps stay in the parts."""
    known: Mapping[str, Any] = store.setting(held, "clock", {})
    return {"offset_ms": known.get("offset_ms", 0), "agreed_at": known.get("agreed_at")}
