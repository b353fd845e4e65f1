"""The field's cast for the tablet's tests: one office key, one officer, one inspection, one kind of entry."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from checklists import crypto
from checklists.inspection.entries import Entry
from checklists.records import feed_page
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


def line(kind: str, key: str, data: Any = None, as_of: str = AT, **more: Any) -> bytes:
    """A change as a line of the feed; without data the thing is gone."""
    told = {"gone": True} if data is None else {"data": data, "as_of": as_of}
    return canonical({"kind": kind, "key": key, "v": 1, **told, **more})


def page(lines: Iterable[bytes], cursor: str = "e.1", since: str = "", *, more: bool = False, at: str = AT) -> bytes:
    """A page of the feed as the office signs it."""
    head = {"at": at, "agency": "T", "area": "", "since": since, "cursor": cursor, "more": more}
    return feed_page.make(OFFICE, head, list(lines))


def rows_page(rows: Iterable[Mapping[str, Any]], **more: Any) -> bytes:
    """Rows of the registry as a page that is the whole feed."""
    return page([line(one["kind"], one["key"], one["data"], one["as_of"]) for one in rows], **more)


def hear(held: store.Store, *lines: bytes, at: str = AT) -> None:
    """Let a tablet hear changes behind what it knows, to the feed's end."""
    since = store.heard(held).cursor
    place = int(since.partition(".")[2] or 0) + len(lines)
    store.lay(held, page(lines, f"e.{place}", since, at=at), since, at)


def noise(count: int) -> bytes:
    return os.urandom(count)
