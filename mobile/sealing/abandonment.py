"""A check that was begun by mistake is sealed as it stands, without papers, and goes to the office like any other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from checklists.records.record import Sealed
from checklists.wire import instant, uuid7
from mobile.inspecting import withdrawal
from mobile.inspecting.inspection import Held, write
from mobile.link.enrolment import Enrolment
from mobile.sealing import duties, part
from mobile.store import store as stores
from mobile.store.base import transaction
from mobile.store.store import Store


def abandon(store: Store, held: Held, device: part.Device, enrolment: Enrolment, reason: str, at: datetime) -> Sealed:
    """Put down why the check is abandoned and seal it, both or neither; what it made officers owe falls away.

    Raises ValueError as `withdrawal.abandon` does, and the refusals of `store.check_whole` and `store.seal_inspection`.
    """
    drafts, part_id, sealed_at = withdrawal.abandon(held, reason), uuid7(), instant(at)
    entries = write(held, drafts, sealed_at, (uuid7() for _ in drafts))
    ended = held.adding(entries)

    def build(seq: int, previous: str | None) -> Mapping[str, Any]:
        return part.build(ended, device, part_id=part_id, sealed_at=sealed_at, device_seq=seq, previous=previous)

    with transaction(store):
        stores.append(store, *entries)
        stores.check_whole(store, held.inspection, ended.entries)
        sealed = stores.seal_inspection(store, held.inspection, build, enrolment.key)
        duties.settle(store, held.inspection, ())
    return sealed
