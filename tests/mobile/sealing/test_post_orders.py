"""A stop order sealed at the post: the next part of the chain, sent before all records."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from checklists.inspection.stop_order import GIVE, LIFT, OrderAct
from checklists.records.record import seal
from mobile.inspecting.inspection import Officer
from mobile.link.dispatch import next_batch
from mobile.sealing import post_orders
from mobile.sealing.part import Device
from mobile.store import store
from mobile.store.outbox import STOPS, priority
from tests.mobile import tablet
from tests.mobile.field import AT, DEVICE, opened

NOW = datetime(2026, 11, 29, 1, tzinfo=UTC)
GOLDEN = Path(__file__).parents[2] / "golden" / "sealed-order-1.json"
ACT = OrderAct(GIVE, "", "", "vehicle", "蒙K12345黄", "罐体泄漏", "拦停，引导至安全地点停放", 3)
LEADER = Officer("officer-9", "周队长", "T-0009", "T")
FACTS = Device(tablet.enrolment().certificate, {"offset_ms": 0, "agreed_at": None, "jumps": []}, "G18 检查站")


def test_it_is_the_next_part_of_the_chain_and_goes_before_every_record(tmp_path: Path) -> None:
    held = opened(tmp_path)
    first, one = post_orders.seal(held, ACT, LEADER, FACTS, tablet.enrolment(), NOW)
    second, two = post_orders.seal(held, ACT, LEADER, FACTS, tablet.enrolment(), NOW)
    assert (first.number, second.number) == ("T1-S000001", "T1-S000002")
    assert first.authority == tablet.enrolment().office
    assert (two.part["previous"], two.part["device_seq"]) == (one.digest, 2)
    grave = {"kind": "inspection", "findings": [{"severity": "I"}]}
    assert priority(one.part) == STOPS < priority(grave)
    assert [each.digest for each in next_batch(store.waiting_records(held))] == [one.digest, two.digest]


def test_a_lift_has_the_number_of_its_order(tmp_path: Path) -> None:
    act = replace(ACT, do=LIFT, number="停1", authority="示例县交通")
    named, sealed = post_orders.seal(opened(tmp_path), act, LEADER, FACTS, tablet.enrolment(), NOW)
    assert named == act and sealed.part["order"]["number"] == "停1"


def test_its_bytes_stay() -> None:
    act = replace(ACT, number="T1-S000001", authority="云岭旗联合检查办公室")
    told = post_orders.part(act, LEADER, FACTS, "dev-1", AT, {"identity": "code"})
    part = {**told, "id": "order-1", "device_seq": 7, "previous": "ab" * 32, "app": "1"}
    sealed = seal(part, DEVICE)
    assert sealed.body == GOLDEN.read_bytes()
    assert sealed.signature == GOLDEN.with_suffix(".signature").read_text().strip()
    assert json.loads(sealed.body)["signatures"][0]["identity"] == "code"
