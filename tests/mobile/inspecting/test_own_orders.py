"""A stop order of this tablet counts here at once, until the office has answered; then the office's list decides."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from checklists.inspection.stop_order import ANSWER, GIVE, LIFT, OrderAct
from checklists.records.record import receipt
from mobile.inspecting.order_book import OwnAct, laid_over
from mobile.inspecting.own_orders import OwnOrders
from mobile.link import enrolment
from mobile.sealing import post_orders
from mobile.store import store
from tests.mobile import tablet
from tests.mobile.field import AT, OFFICE, hear, line, opened
from tests.mobile.sealing.test_post_orders import FACTS, LEADER

NOW = datetime(2026, 11, 29, 1, tzinfo=UTC)
ACT = OrderAct(GIVE, "", "", "vehicle", "蒙K12345黄", "罐体泄漏", "拦停", 3)
KEY = "蒙K12345"


@pytest.fixture
def held(tmp_path: Path) -> Any:
    opened_ = opened(tmp_path)
    enrolment.keep(opened_, tablet.enrolment())
    yield opened_
    store.release(opened_)


def numbers(held: Any, key: str = KEY) -> list[str] | None:
    row = OwnOrders(held, lambda kind, one: store.lookup(held, kind, one)).lookup("orders", key)
    return None if row is None else [one["number"] for one in row["data"]["rows"]]


def give(held: Any, act: OrderAct = ACT) -> tuple[OrderAct, str]:
    named, sealed = post_orders.seal(held, act, LEADER, FACTS, tablet.enrolment(), NOW)
    return named, sealed.digest


def answered(held: Any, digest: str, state: str, *more: bytes) -> None:
    hear(held, *more, line(ANSWER, digest, {"do": "give", "number": "x", "state": state, "codes": ["until"]}))


def test_it_stops_the_vehicle_here_at_once_and_no_other(held: Any) -> None:
    named, _digest = give(held)
    assert numbers(held) == [named.number] == numbers(held, "蒙k·12345_2")
    assert numbers(held, "蒙K00000") is None
    given = OwnOrders(held, lambda kind, one: store.lookup(held, kind, one)).lookup("feed", "orders")
    assert given is not None and given["data"] == {"complete": False}


def test_it_stands_beside_what_the_office_told(held: Any) -> None:
    hear(held, line("orders", KEY, {"rows": [{"number": "停1", "authority": "甲"}]}), line("feed", "orders", {}))
    named, _digest = give(held)
    assert numbers(held) == ["停1", named.number]


def test_once_the_office_says_it_stands_its_list_decides(held: Any) -> None:
    named, digest = give(held)
    told = {"number": named.number, "authority": named.authority}
    answered(held, digest, "stands", line("orders", KEY, {"rows": [told]}))
    assert numbers(held) == [named.number]
    hear(held, line("orders", KEY))
    assert numbers(held) is None


def test_a_refused_one_stops_nobody_any_more(held: Any) -> None:
    _named, digest = give(held)
    answered(held, digest, "refused")
    assert numbers(held) is None


def test_what_is_lifted_here_stops_nobody_here_and_comes_back_where_that_is_refused(held: Any) -> None:
    hear(held, line("orders", KEY, {"rows": [{"number": "停1", "authority": "甲"}]}), line("feed", "orders", {}))
    _named, digest = give(held, OrderAct(LIFT, "停1", "甲", "vehicle", KEY, "已整改"))
    assert numbers(held) == []
    answered(held, digest, "refused")
    assert numbers(held) == ["停1"]


def test_one_given_and_lifted_here_before_the_office_heard_stops_nobody(held: Any) -> None:
    named, _digest = give(held)
    give(held, replace(named, do=LIFT, why="核实为另一辆车"))
    assert numbers(held) is None


def own(act: OrderAct, **more: Any) -> OwnAct:
    return OwnAct("d", act, "周", AT, date(2026, 11, 29), **more)


def test_what_the_office_holds_and_never_answers_counts_for_a_week() -> None:
    given = replace(ACT, number="1", authority="甲")
    told = {"received_at": "2026-11-29T01:00:00.000Z", "state": "delivered"}
    for heard_at, counts in (("2026-12-05T01:00:00.000Z", True), ("2026-12-06T01:00:01.000Z", False)):
        assert bool(laid_over([], [own(given, heard_at=heard_at, **told)], KEY)) is counts


def test_a_receipt_alone_lets_it_count_on(held: Any) -> None:
    named, digest = give(held)
    received = receipt(OFFICE, digest_=digest, device_seq=1, received_at=AT)
    store.mark_delivered(held, digest, received)
    assert numbers(held) == [named.number]
    assert json.loads(json.dumps(received))["digest"] == digest
