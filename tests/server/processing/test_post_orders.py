"""Stop orders from posts: made as if typed in the office, and answered; each doubt has one answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from falcon.testing import TestClient

from checklists.inspection.stop_order import ANSWER, GIVE, GIVEN, LIFT, OrderAct
from checklists.records.record import Sealed
from checklists.wire import instant
from mobile.inspecting.inspection import Officer
from mobile.sealing import post_orders as sealing
from mobile.sealing.part import Device
from server import clock
from server.cases.ends import day_text
from server.office import Office
from server.processing.worker import Worker
from server.publishing import publish_all
from server.store import devices, post_orders, queue, records, registry, stop_orders, users
from server.store.feed_models import FeedRow
from server.store.office_models import StopOrder
from server.store.stop_orders import StopOrderError
from tests.server.browser import Browser
from tests.server.cast import AS_OF, Tablet, batch, now
from tests.server.scene import PASSWORD
from tests.server.store.office_cases import actor

ZHOU = Officer("T-009", "周队长", "15060009", "T")
WANG = Officer("T-001", "王某", "15060001", "T")
CHEN = Officer("P-009", "陈队长", "P-09", "P")
ACT = OrderAct(GIVE, "T0001-S000001", "示例县联合检查办公室", "vehicle", "蒙K12345黄", "罐体泄漏", "拦停并联系本站", 3)
LIFTING = replace(ACT, do=LIFT, why="已整改", text="", days=0)


@pytest.fixture(autouse=True)
def leaders(office: Office) -> None:
    rows = [(ZHOU, True), (CHEN, True), (WANG, False)]
    told = [{"name": one.name, "card": one.card, "agency": one.agency, "leader": leads} for one, leads in rows]
    named = [{"kind": "officer", "key": one.id, "as_of": AS_OF} for one, _leads in rows]
    office.store.write_now(lambda: registry.put([{**row, "data": data} for row, data in zip(named, told, strict=True)]))


Send = Callable[..., str]


@pytest.fixture
def send(client: TestClient, tablet: Tablet, office: Office) -> Send:
    """Return a function that seals an act on the tablet, sends it, has it processed, and gives its digest."""

    def do(act: OrderAct, leader: Officer = ZHOU, **changes: Any) -> str:
        sealed = sealed_by(tablet, act, leader, **changes)
        told = client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed))
        assert [one["status"] for one in told.json["results"]] == ["accepted"]
        Worker(office).drain()
        return sealed.digest

    return do


def sealed_by(tablet: Tablet, act: OrderAct, leader: Officer = ZHOU, **changes: Any) -> Sealed:
    device = Device(tablet.enrolled["certificate"], {"offset_ms": 0, "agreed_at": None, "jumps": []}, "检查站")
    told = sealing.part(act, leader, device, tablet.enrolled["device"], str(changes.pop("at", now())))
    chain = tablet.part()
    return _sealed(tablet, {**told, **{name: chain[name] for name in ("id", "device_seq", "previous")}, **changes})


def _sealed(tablet: Tablet, part: dict[str, Any]) -> Sealed:
    from checklists.records.record import seal

    sealed = seal(part, tablet.key)
    tablet.previous = sealed.digest
    return sealed


def answer(digest: str) -> tuple[str, list[str]]:
    (row,) = FeedRow.select().where(FeedRow.kind == ANSWER, FeedRow.key == digest)
    data = json.loads(row.body)["data"]
    return data["state"], data["codes"]


def standing(key: str = "蒙K12345") -> list[dict[str, Any]]:
    held = registry.lookup("orders", key)
    return list(held["data"]["rows"]) if held else []


def test_it_is_made_as_in_the_office_and_told_to_all_and_to_who_may_lift_it(send: Send, office: Office) -> None:
    assert answer(send(ACT)) == ("stands", [])
    (row,) = standing()
    day = day_text(now())
    closed_on = (datetime.fromisoformat(day) + timedelta(days=3)).date().isoformat()
    assert (row["number"], row["since"], row["closed_on"]) == (ACT.number, day, closed_on)
    assert row["text"] == "罐体泄漏；拦停并联系本站"
    (order,) = stop_orders.page()
    assert (order.who, order.agency, order.basis) == (ZHOU.id, "T", "")
    (given,) = FeedRow.select().where(FeedRow.kind == GIVEN)
    assert (given.key, given.agency, given.gone) == (str(order.id), "T", 0)
    assert post_orders.sealed([(ACT.authority, ACT.number)]).keys() == {(ACT.authority, ACT.number)}
    assert post_orders.officers([ZHOU.id, "lead"]) == {ZHOU.id: "周队长"}


def test_the_office_sees_who_gave_it_and_what_he_sealed(send: Send, office: Office) -> None:
    publish_all(office)
    users.create("admin", login="lead", name="lead某", role="leader", agency="T", password=PASSWORD)
    digest = send(ACT)
    browser = Browser(office, "lead")
    page = browser.get("/console/orders").text
    assert "周队长" in page and f'href="/console/records/{digest}"' in page
    record = browser.get(f"/console/records/{digest}")
    assert record.status_code == 200
    assert "检查点下达的停驶令" in record.text and "有效 3 天" in record.text and "周队长" in record.text
    refused = send(replace(ACT, number="T0001-S000009", basis="某法第九百条"))
    assert "办公端未采纳" in browser.get(f"/console/records/{refused}").text


def test_it_is_lifted_by_its_agency_and_gone_from_every_list(send: Send) -> None:
    send(ACT)
    assert answer(send(LIFTING)) == ("lifted", [])
    assert standing() == []
    assert [row.gone for row in FeedRow.select().where(FeedRow.kind == GIVEN)] == [1]
    (order,) = stop_orders.page(standing=False)
    assert (order.lifted_by, order.lifted_why) == (ZHOU.id, "已整改")


def test_what_was_typed_in_the_office_is_lifted_at_a_post_too(send: Send, office: Office) -> None:
    told = {"authority": "示例县交通", "on": "vehicle", "text": "停驶", "key": "蒙K12345"}
    office.store.write_now(lambda: stop_orders.issue(actor("lead"), number="停1", **told))
    assert answer(send(replace(LIFTING, number="停1", authority="示例县交通"))) == ("lifted", [])
    assert standing() == []


def test_two_tablets_give_two_orders_and_each_is_lifted_by_itself(send: Send) -> None:
    send(ACT)
    send(replace(ACT, number="T0002-S000001"))
    assert [one["number"] for one in standing()] == [ACT.number, "T0002-S000001"]
    send(LIFTING)
    assert [one["number"] for one in standing()] == ["T0002-S000001"]


def test_what_the_office_lifted_before_is_lifted_and_no_refusal(send: Send, office: Office) -> None:
    send(ACT)
    (order,) = stop_orders.page()
    office.store.write_now(lambda: stop_orders.lift(actor("lead"), int(order.id), "办公端解除"))
    assert answer(send(LIFTING)) == ("lifted", [])
    assert stop_orders.page(standing=False)[0].lifted_why == "办公端解除"


@pytest.mark.parametrize(
    ("act", "leader", "codes"),
    [
        (ACT, WANG, ["role"]),
        (ACT, CHEN, ["origin"]),
        (ACT, Officer("T-777", "无名", "", "T"), ["origin"]),
        (replace(ACT, key="蒙K12"), ZHOU, ["number"]),
        (replace(ACT, text="", why=""), ZHOU, ["missing"]),
        (replace(ACT, why=" "), ZHOU, ["reason"]),
        (replace(ACT, basis="某法第九百条"), ZHOU, ["basis"]),
        (LIFTING, ZHOU, ["unknown"]),
    ],
)
def test_a_refusal_is_told_and_the_part_stays(send: Send, act: OrderAct, leader: Officer, codes: list[str]) -> None:
    digest = send(act, leader)
    assert answer(digest) == ("refused", codes)
    assert standing() == [] == stop_orders.page()
    held = records.by_digest(digest)
    assert held is not None
    assert (held.state, held.reason, held.detail) == ("processed", "order_refused", ", ".join(codes))


def test_an_order_of_another_agency_is_not_lifted(send: Send, office: Office) -> None:
    told = {"authority": "示例县交警", "on": "vehicle", "text": "停驶", "key": "蒙K12345"}
    office.store.write_now(lambda: stop_orders.issue(actor("chief"), number="停9", **told))
    assert answer(send(replace(LIFTING, number="停9", authority="示例县交警"))) == ("refused", ["foreign"])
    assert len(standing()) == 1


def test_one_that_says_another_order_than_was_signed_is_not_proven(send: Send) -> None:
    part = sealing.part(ACT, ZHOU, Device({}, {}), "x", now())
    assert answer(send(replace(ACT, days=0), signatures=part["signatures"])) == ("refused", ["origin"])


def test_one_that_came_after_its_last_day_is_refused_as_expired(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_ahead", timedelta(days=3))
    assert answer(send(ACT)) == ("refused", ["until"])
    monkeypatch.setattr(clock, "_ahead", timedelta(days=2))
    assert answer(send(replace(ACT, number="T0001-S000002"))) == ("stands", [])


def test_a_wrong_clock_keeps_no_order_back_it_begins_when_the_office_has_it(send: Send) -> None:
    ahead = instant(datetime.now(UTC) + timedelta(days=400))
    assert answer(send(ACT, at=ahead)) == ("stands", [])
    behind = instant(datetime.now(UTC) - timedelta(days=4000))
    assert answer(send(replace(ACT, number="T0001-S000002"), at=behind)) == ("stands", [])
    assert {one["since"] for one in standing()} == {day_text(now())}


def test_what_came_after_its_tablet_was_revoked_counts_for_nothing(
    client: TestClient, tablet: Tablet, office: Office
) -> None:
    sealed = sealed_by(tablet, ACT)
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed))
    early = instant(datetime.now(UTC) - timedelta(hours=1))
    office.store.write_now(lambda: devices.revoke(str(tablet.enrolled["device"])))
    office.store.write_now(lambda: _revoked_at(early))
    Worker(office).drain()
    assert answer(sealed.digest) == ("refused", ["revoked"])


def _revoked_at(at: str) -> None:
    from server.store.models import Device as Row

    Row.update(revoked_at=at).execute()


def test_a_stop_order_is_processed_before_what_waited_longer(
    client: TestClient, tablet: Tablet, office: Office
) -> None:
    first = tablet.seal()
    order = sealed_by(tablet, ACT)
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(first, order))
    with queue.take(office.store.database) as record:
        assert record is not None and record.digest == order.digest
    Worker(office).drain()
    assert answer(order.digest) == ("stands", [])
    assert records.by_digest(first.digest).state != "received"  # type: ignore[union-attr]


def test_what_stood_before_is_told_once_to_who_may_lift_it(office: Office) -> None:
    told = {"authority": "示例县交通", "on": "vehicle", "text": "停驶", "key": "蒙K12345"}
    office.store.write_now(lambda: stop_orders.issue(actor("lead"), number="停1", **told))
    office.store.write_now(lambda: FeedRow.delete().where(FeedRow.kind == GIVEN).execute())
    office.store.write_now(stop_orders.tell_given)
    assert [row.agency for row in FeedRow.select().where(FeedRow.kind == GIVEN)] == ["T"]


def test_a_loaded_order_without_an_agency_is_nobodys_to_lift_at_a_post(office: Office) -> None:
    order = {"number": "外1", "kind": "stop", "on": "vehicle", "key": "蒙K12345", "authority": "外省", "text": "停"}
    rows = [{"key": "蒙K12345", "data": {"rows": [order]}}]
    office.store.write_now(lambda: stop_orders.adopt(rows))
    assert StopOrder.select().count() == 1
    assert not FeedRow.select().where(FeedRow.kind == GIVEN).exists()


def test_the_codes_of_the_office_are_those_of_the_post() -> None:
    from checklists.inspection.stop_order import REFUSALS

    wrong = StopOrderError([("missing", "x"), ("missing", "y"), ("role", "z")])
    assert wrong.codes == ("missing", "role")
    assert str(wrong) == "x; y; z"
    assert set(wrong.codes) <= set(REFUSALS)
