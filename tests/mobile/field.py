"""The field's cast for the tablet's tests: one office key, one officer, one inspection, one kind of entry."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from checklists import crypto
from checklists.inspection.entries import Entry
from checklists.wire import canonical, digest, uuid7
from mobile.lock.vault import Vault
from mobile.store import store

OFFICE = crypto.SigningKey(b"o" * 32)
DEVICE = crypto.SigningKey(b"d" * 32)
AT = "2026-11-21T01:30:00.000Z"


def opened(folder: Path, key: bytes | None = None) -> store.Store:
    held = store.open_store(folder, Vault(key or b"k" * 32))
    store.keep_setting(held, "enrolment", {"server_key": OFFICE.public, "token": "t0", "device": "dev-1"})
    return held


def begun(held: store.Store) -> str:
    inspection = uuid7()
    store.open_inspection(held, inspection, "officer-1", AT)
    return inspection


def entry(inspection: str, seq: int = 1, **changes: Any) -> Entry:
    value = {"result": "conforms"}
    base = {"kind": "answer", "item": "EQP-14", "value": value, "officer": "officer-1", "agency": "T", "at": AT}
    return Entry(**{"id": uuid7(), "inspection": inspection, "device": "dev-1", "seq": seq, **base, **changes})


def built(inspection: str, **more: Any) -> Any:
    """What the app gives to sealing: a part that takes its chain number."""
    return lambda seq, previous: {
        "format": 1,
        "kind": "inspection",
        "id": uuid7(),
        "inspection": inspection,
        "device": "dev-1",
        "device_seq": seq,
        "previous": previous,
        "entries": [],
        "findings": [],
        "photos": [],
        **more,
    }


def sealed(held: store.Store, **more: Any) -> Any:
    inspection = begun(held)
    return store.seal_inspection(held, inspection, built(inspection, **more), DEVICE)


def offer(name: str, body: bytes, version: str = "1") -> dict[str, str]:
    """A package as the office offers it."""
    named = {"name": name, "version": version, "digest": digest(body)}
    return {**named, "signature": OFFICE.sign(canonical(named))}


def noise(count: int) -> bytes:
    return os.urandom(count)
