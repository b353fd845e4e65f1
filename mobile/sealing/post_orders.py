"""Giving and lifting a stop order at the post: a sealed part of its own, confirmed by a leader's PIN.

It lies in this tablet's chain like every part and goes to the office before all records. What it says counts here at
once (`mobile.inspecting.own_orders`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from checklists.inspection.stop_order import KIND, OrderAct, about, signed
from checklists.records.record import FORMAT, Sealed
from checklists.wire import instant, uuid7
from mobile import APP
from mobile.inspecting.inspection import Officer
from mobile.link.enrolment import Enrolment
from mobile.sealing.part import Device
from mobile.store import store as stores
from mobile.store.base import transaction
from mobile.store.chain import STOP_ORDERS
from mobile.store.store import Store

LETTER = "S"


def seal(
    store: Store,
    act: OrderAct,
    leader: Officer,
    device: Device,
    enrolment: Enrolment,
    at: datetime,
    how: Mapping[str, Any] = MappingProxyType({}),
) -> tuple[OrderAct, Sealed]:
    """Seal an act of this leader, who has confirmed it by his PIN, and return it with its number.

    `how` says of his PIN what a signature says: that he set it just now, and who vouches for it.

    An order that is given gets the next number of this tablet, which is given to no other, and the office's name as its
    authority. Raises Refusal `disk_full`; then nothing is changed.
    """
    with transaction(store):
        named = act if act.number else _numbered(store, act, device, enrolment)
        time, part_id = instant(at), uuid7()

        def build(seq: int, previous: str | None) -> Mapping[str, Any]:
            told = part(named, leader, device, enrolment.device, time, how)
            return {**told, "id": part_id, "device_seq": seq, "previous": previous}

        return named, stores.seal_amendment(store, build, enrolment.key)


def part(
    act: OrderAct,
    leader: Officer,
    device: Device,
    device_id: str,
    at: str,
    how: Mapping[str, Any] = MappingProxyType({}),
) -> dict[str, Any]:
    """Return the part of an act but for its id and its place in the chain. Pure."""
    who = {"officer": leader.id, "name": leader.name, "card": leader.card, "agency": leader.agency}
    return {
        "format": FORMAT,
        "kind": KIND,
        "id": "",
        "inspection": about(act.authority, act.number),
        "opened_at": at,
        "site": device.site,
        "device": device_id,
        "device_seq": 0,
        "previous": None,
        "certificate": dict(device.certificate),
        "app": APP,
        "sealed_at": at,
        "clock": dict(device.clock),
        **({"heard": dict(device.heard)} if device.heard else {}),
        "order": asdict(act),
        "signatures": [{**who, "digest": signed(act, leader.id, at), "at": at, **how}],
    }


def _numbered(store: Store, act: OrderAct, device: Device, enrolment: Enrolment) -> OrderAct:
    prefix = str(device.certificate.get("prefix") or enrolment.device)
    number = f"{prefix}-{LETTER}{stores.next_paper_number(store, STOP_ORDERS):06}"
    return replace(act, number=number, authority=enrolment.office)
