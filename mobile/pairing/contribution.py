"""What a joined tablet seals: its own entries and the manifest of its own photos, in its own chain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from checklists.records.record import FORMAT, Sealed
from checklists.wire import instant, to_plain, uuid7
from mobile import APP
from mobile.inspecting.inspection import Held
from mobile.inspecting.manifest import manifest
from mobile.link.enrolment import Enrolment
from mobile.pairing.bundle import own
from mobile.sealing import part
from mobile.store import store as stores
from mobile.store.store import Store


def seal(
    store: Store,
    held: Held,
    device: part.Device,
    enrolment: Enrolment,
    at: datetime,
    answers: str,
    joined: Iterable[str] = (),
) -> Sealed:
    """Seal what this tablet wrote and close the inspection here; the outbox sends it like every part.

    `answers` is the digest of the leading tablet's part where that is known, `joined` what only who read its code can
    say (`checklists.records.belonging`). Findings and outcome are the lead's.
    Raises Refusal `inspection_closed` and `disk_full`.
    """
    part_id = uuid7()
    entries = own(stores.entries(store, held.inspection), held.device)

    def build(seq: int, previous: str | None) -> Mapping[str, Any]:
        return {
            "format": FORMAT,
            "kind": "contribution",
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
            "lead": held.lead,
            "answers": answers or None,
            "joined": list(joined),
            "entries": [to_plain(one) for one in entries],
            "findings": [],
            "results": [],
            "outcome": {},
            "papers": [],
            "photos": manifest(held.entries, held.device),
        }

    return stores.seal_inspection(store, held.inspection, build, enrolment.key)
