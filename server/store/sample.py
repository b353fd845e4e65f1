"""What a backup is proven by: how much is in it, and whether seals and photos taken from all over it hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from peewee import fn

from checklists.records.record import broken
from server.store import audit, bodies
from server.store.case_models import CaseEvent
from server.store.models import Device, Photo, Record
from server.store.office_models import Audit
from server.store.rows import tuples

_SEALS, _NAMED = 200, 3

COUNTED: dict[str, Any] = {
    "records": Record,
    "photos": Photo,
    "case_events": CaseEvent,
    "audit": Audit,
    "devices": Device,
}


def counts() -> dict[str, int]:
    """Return how many rows of each kind there are."""
    return {name: int(table.select().count()) for name, table in COUNTED.items()}


def spread(most: int) -> list[Record]:
    """Return records from all over the table, the oldest and the newest among them."""
    first, last = next(iter(tuples(Record.select(fn.MIN(Record.id), fn.MAX(Record.id)))))
    if first is None:
        return []
    step = max(1, (last - first) // max(1, most - 1))
    return list(Record.select().where(Record.id.in_([*range(first, last, step), last])))


def broken_seals(found: list[Record]) -> list[str]:
    """Return the digests of those whose bytes, digest and signature do not agree; a hub lets go of bytes rightly."""
    held = bodies.by_record([int(one.id) for one in found])
    keys = {str(one.id): str(one.public_key) for one in Device.select(Device.id, Device.public_key)}
    wrong = []
    for one in found:
        body = held.get(int(one.id))
        if body is None:
            if one.state not in ("passed", "refused"):
                wrong.append(str(one.digest))
            continue
        public = keys.get(str(one.device)) or str(json.loads(body)["certificate"]["key"])
        if broken(body, str(one.digest), str(one.signature), public) is not None:
            wrong.append(str(one.digest))
    return wrong


def unsound() -> tuple[int, list[str]]:
    """Return how many seals from all over were proven, and what of them and of the audit log's chain does not hold."""
    chosen = spread(_SEALS)
    wrong = [f"the seal of {one} does not hold" for one in broken_seals(chosen)[:_NAMED]]
    row = audit.verify().broken_at
    return len(chosen), wrong + ([f"the audit log does not hold at row {row}"] if row is not None else [])


def photos() -> Iterator[tuple[str, int]]:
    """Yield digest and size of every photo that is noted as durable."""
    for sha256, size in Photo.select(Photo.sha256, Photo.bytes).order_by(Photo.sha256).tuples().iterator():
        yield str(sha256), int(size)
