"""The pages that steer checks: orders, the watch list, passes and vehicles checked again; who may do what on them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from falcon.testing import TestClient

from checklists.facts.registry import row_key
from checklists.wire import instant
from server import clock
from server.accounts import Scope
from server.cases.casefile import Actor
from server.cases.ends import day_text
from server.console.steering.orders import verified
from server.fleet import Said
from server.office import Office
from server.publishing import publish_all
from server.store import (
    case_search,
    device_status,
    feed,
    feed_history,
    release_passes,
    site_areas,
    stop_orders,
    users,
    watch,
)
from server.store.feed_models import FeedRow
from server.store.models import Device, Record
from server.store.office_models import Audit, StopOrder
from server.store.steering_models import Campaign, ReleasePass, WatchAct, WatchEntry
from tests.loaded import load_all
from tests.server.browser import Browser, token
from tests.server.cast import Tablet
from tests.server.scene import PASSWORD

PERSON = "150600198001010019"
EVIL = "<script>x()</script>"


def day(after: int) -> str:
    return day_text(clock.later(days=after))


@pytest.fixture
def staffed(office: Office) -> Iterator[Office]:
    publish_all(office)
    office.store.write_now(_furnish)
    yield office


def _furnish() -> None:
    people = (("lead", "leader", "T"), ("chief", "leader", "P"), ("su", "officer", "T"), ("area", "supervisor", ""))
    for login, role, agency in people:
        users.create("admin", login=login, name=f"{login}某", role=role, agency=agency or "T", password=PASSWORD)
    told = {"name": "t", "public_key": "", "certificate": "{}", "app": "0.1.0", "enrolled_at": clock.now()}
    for number, agency in ((1, "T"), (2, "P")):
        Device.create(id=f"d-{number}", agency=agency, prefix=f"{agency}900{number}", token_hash=str(number), **told)
    site_areas.put("lead", "G109 检查点", "150624")


def check(inspection: str, hours: int = 1, **changes: Any) -> None:
    """A processed check of a while ago, as records are listed."""
    at = clock.later(hours=-hours)
    told = {
        "digest": inspection.ljust(64, "0"), "part": inspection, "kind": "inspection", "format": 1, "device": "d-1",
        "device_seq": abs(hash(inspection)) % 10**6, "sealed_at": at, "received_at": at, "signature": "",
        "receipt": "", "state": "processed", "processed_at": at, "plate": "蒙K88001", "colour": "yellow", "un": "1830",
        "outcome": "release", "severity": "", "site": "G109 检查点", "inspected_at": at, "agencies": "|T|",
        "about": '{"vehicle":"蒙K88001|yellow"}', "checklist": "cn-joint",
    }  # fmt: skip
    Record.create(inspection=inspection, **{**told, **changes})
    feed_history.tell([inspection])


def post(browser: Browser, address: str, **fields: str) -> Any:
    shown = browser.get("/console/account").text
    return browser.post(address, {"csrf": token(shown), **fields})


ENTRY = {
    "on": "vehicle", "key": "蒙K88001|yellow", "unit": f"示例县大队{EVIL}", "officer": "王警官", "why": "弃车离开",
    "do": "call", "until": "",
}  # fmt: skip
LEADER = Actor("lead", "lead", "leader", "T")
ORDER = {"number": "停1", "authority": "示例县交通", "on": "trailer", "key": "蒙K1234挂", "text": "停驶"}


# -- the watch list


def test_an_entry_is_added_shown_with_what_teams_did_and_lifted(staffed: Office) -> None:
    browser = Browser(staffed, "lead")
    taken = post(browser, "/console/watch", **{**ENTRY, "until": day(7)})
    assert taken.headers["location"].startswith("/console/watch?said=watched")
    (entry,) = WatchEntry.select()
    act = {"watch": entry.id, "did": "done", "at": clock.now(), "officer": "T-001", "agency": "T", "device": "d-1"}
    staffed.store.write_now(lambda: WatchAct.create(id="e-1", inspection="i-1", **act))
    page = browser.get("/console/watch").text
    for said in ("弃车离开", "王警官", "车辆在场时电话告知关注单位", day(7), "T-001", "已到 0/2 台平板"):
        assert said in page, said
    assert EVIL not in page
    assert post(browser, f"/console/watch/{entry.id}", why="已核实").status_code == 303
    ended = Browser(staffed, "su").get("/console/watch?state=ended").text
    assert "已核实" in ended and ended.count("lead某") == 2, "who added and who lifted it, by name"
    assert [str(one.action) for one in Audit.select().where(Audit.action.startswith("watch."))] == [
        "watch.add",
        "watch.lift",
    ]


def test_what_is_wrong_with_an_entry_is_said_beside_what_was_typed(staffed: Office) -> None:
    browser = Browser(staffed, "lead")
    refused = post(browser, "/console/watch", **{**ENTRY, "until": day(400)})
    assert refused.status_code == 422 and "弃车离开" in refused.text and "截止日期超过" in refused.text
    for told in ({"until": day(7).replace("-", "")}, {"until": day(7), "since": day(0).replace("-", "")}):
        assert post(browser, "/console/watch", **{**ENTRY, **told}).status_code == 422
    assert not WatchEntry.select().exists()


def test_who_may_not_keep_the_list_sees_it_and_numbers_of_people_as_far_as_he_may(staffed: Office) -> None:
    post(Browser(staffed, "lead"), "/console/watch", **{**ENTRY, "on": "person", "key": PERSON, "until": day(7)})
    officer = Browser(staffed, "su")
    page = officer.get("/console/watch").text
    assert PERSON not in page and "150************019" in page and 'name="unit"' not in page
    assert post(officer, "/console/watch", **ENTRY).status_code == 403
    assert PERSON in Browser(staffed, "lead").get("/console/watch").text
    (entry,) = WatchEntry.select()
    refused = post(Browser(staffed, "chief"), f"/console/watch/{entry.id}", why="x")
    assert refused.status_code == 422 and not WatchEntry.get().lifted_at


def test_the_list_is_narrowed_and_a_search_is_logged(staffed: Office) -> None:
    browser = Browser(staffed, "lead")
    post(browser, "/console/watch", **{**ENTRY, "until": day(7)})
    assert "弃车离开" in browser.get("/console/watch?text=88001&on=vehicle").text
    assert "没有条目" in browser.get("/console/watch?on=person").text
    assert Audit.select().where(Audit.action == "search", Audit.subject == "88001").exists()


# -- stop orders


def test_an_order_is_given_heard_of_and_lifted_by_its_agency(staffed: Office) -> None:
    browser = Browser(staffed, "lead")
    basis = verified(load_all(), "T")[0]
    assert post(browser, "/console/orders", **ORDER, until=day(3), basis=basis).status_code == 303
    (order,) = StopOrder.select()
    assert (order.closed_on, order.basis) == (day(4), basis)
    assert f"停驶（依据：{basis}）" in str(FeedRow.get(FeedRow.kind == "orders").body)
    page = browser.get("/console/orders").text
    assert basis in page and "示例县交通" in page and "已到 0/2 台平板" in page
    place = feed.last_place()
    said = Said(app="0.1.0", said_at=clock.now(), feed_place=place)
    staffed.store.write_now(lambda: device_status.keep("d-1", said))
    page = browser.get("/console/orders").text
    assert "已到 1/2 台平板" in page and "P9002" in page
    assert post(Browser(staffed, "chief"), f"/console/orders/{order.id}", why="x").status_code == 422
    assert post(browser, f"/console/orders/{order.id}", why="已整改").status_code == 303
    lifted = Browser(staffed, "su").get("/console/orders?lifted=1").text
    assert "已整改" in lifted and lifted.count("lead某") == 2, "who gave and who lifted it, by name"
    assert stop_orders.count() == 0


def test_a_loaded_order_that_no_agency_gave_is_lifted_by_a_supervisor(staffed: Office) -> None:
    told = {"number": "外1", "authority": "邻县", "on": "trailer", "key": "蒙K1234挂", "text": "停驶"}
    row = {"kind": "orders", "key": "蒙K1234挂", "data": {"rows": [told]}}
    staffed.store.write_now(lambda: stop_orders.adopt([row]))
    (order,) = StopOrder.select()
    address = f"/console/orders/{order.id}"
    for login, may_lift in (("lead", False), ("area", True)):
        browser = Browser(staffed, login)
        assert "机关登记数据" in browser.get("/console/orders").text
        assert (f'action="{address}"' in browser.get("/console/orders").text) == may_lift
        assert post(browser, address, why="已整改").status_code == (303 if may_lift else 422)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"key": "蒙K1"}, "号码不符合"),
        ({"text": ""}, "须填写文号"),
        ({"until": "2020-01-01"}, "截止日期早于今天"),
        ({"basis": "《刑法》第一百三十三条"}, "已核且现行有效"),
    ],
)
def test_an_order_with_a_wrong_number_day_or_basis_is_refused(
    staffed: Office, changes: dict[str, str], said: str
) -> None:
    refused = post(Browser(staffed, "lead"), "/console/orders", **{**ORDER, **changes})
    assert refused.status_code == 422 and said in refused.text
    assert not StopOrder.select().exists()
    assert post(Browser(staffed, "su"), "/console/orders", **ORDER).status_code == 403


def test_what_a_post_holds_is_listed_until_it_is_let_go_there(staffed: Office) -> None:
    browser = Browser(staffed, "lead")
    staffed.store.write_now(lambda: check("i-1", 3, outcome="hold", severity="I"))
    page = browser.get("/console/orders").text
    assert "检查点暂停行驶" in page and "/console/orders?against=vehicle&amp;key=" in page
    assert "在最近 40 次暂停行驶的检查中查找" in page, "what was not looked at is no proof that nothing is held"
    staffed.store.write_now(lambda: check("i-2", 1))
    assert "检查点暂停行驶</h2>" not in browser.get("/console/orders").text


@pytest.mark.parametrize(
    "text", ["蒙K·1234挂", "蒙k 1234 挂", "蒙Ｋ１２３４", "示停2026", "示停[2026]9号", "〔2026〕9", "示例县交通"]
)
def test_an_order_is_found_however_its_numbers_are_written(staffed: Office, text: str) -> None:
    staffed.store.write_now(lambda: stop_orders.issue(LEADER, **{**ORDER, "number": "示停〔2026〕9号"}))
    assert [str(one.shown) for one in stop_orders.page(text=text)] == ["蒙K1234挂"]
    assert (stop_orders.count(text=text), stop_orders.count(text="示停2027")) == (1, 0)


@pytest.mark.parametrize("text", ["蒙K·88001", "蒙k 88001", "８８００１", "王警官队", "弃车"])
def test_an_entry_is_found_however_its_number_is_written(staffed: Office, text: str) -> None:
    told = watch.Draft(**{**ENTRY, "unit": "王警官 队", "until": day(7)})
    staffed.store.write_now(lambda: watch.add(LEADER, told, 30))
    found = watch.page(Scope(None), watch.Wanted(text=text), 10)
    assert [str(one.shown) for one in found] == ["蒙K88001|yellow"]


# -- passes


def given(number: str = "T0001-C000001", inspection: str = "i-1", hours: int = 2, **changes: str) -> None:
    check(inspection, hours, **changes)
    row = {"digest": inspection.ljust(64, "0"), "inspection": inspection, "device": "d-1", "plate": "蒙K88001"}
    at = {"at": clock.later(hours=-hours), "until": clock.later(hours=24 - hours)}
    ReleasePass.create(number=number, colour="yellow", un="1830", site="G109 检查点", **row, **at)
    terms = (("paper", number), ("plate", row["plate"]))  # as the record that names it is indexed when it is processed
    case_search.index([case_search.Place("record", inspection, at["at"], terms)])


def state(number: str = "T0001-C000001") -> str:
    return release_passes.of_number(number).state


def test_a_pass_counts_until_something_comes_against_it(staffed: Office) -> None:
    run = staffed.store.write_now
    run(given)
    assert (state(), state("T0001-C000009")) == ("stands", "unknown")
    run(lambda: check("i-2", 1, outcome="hold", severity="I"))
    assert state() == "held"
    run(lambda: check("i-3", 0))
    assert state() == "stands", "it was let go since"
    told = {**ORDER, "on": "vehicle", "key": "蒙K88001"}
    told |= {"shown": "蒙K88001"}
    order = run(lambda: StopOrder.create(kind="stop", since=day(0), agency="T", who="x", made_at=clock.now(), **told))
    assert state() == "order"
    run(lambda: StopOrder.update(lifted_at=clock.now()).where(StopOrder.id == order.id).execute())
    run(lambda: given("T0001-C000002", "i-9", 30))
    assert state("T0001-C000002") == "expired"


ABOARD = {"trailer": "蒙K1234挂", "tank": "GC-1", "carrier": "91150624MA0N000002", "driver": PERSON}


@pytest.mark.parametrize("on", ABOARD)
def test_an_order_against_what_was_aboard_at_the_check_takes_its_pass_away(staffed: Office, on: str) -> None:
    aboard = {role: row_key("person" if role == "driver" else "tank", key) for role, key in ABOARD.items()}
    about = json.dumps({"vehicle": "蒙K88001|yellow", **aboard})
    staffed.store.write_now(lambda: given(about=about))
    for key, stands in (("别的号", "stands"), (ABOARD[on], "order")):
        told = {**ORDER, "number": key, "on": on, "key": key}
        staffed.store.write_now(lambda told=told: stop_orders.issue(LEADER, **told))  # type: ignore[misc]
        assert state() == stands


def test_an_order_stands_against_a_pass_until_its_last_day_is_over_here(
    staffed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    staffed.store.write_now(given)
    told = {**ORDER, "on": "vehicle", "key": "蒙K88001", "until": day(1)}
    staffed.store.write_now(lambda: stop_orders.issue(LEADER, **told))
    over = clock.read(clock.start_of(date.fromisoformat(day(2))))
    for minutes, stands in ((-1, "order"), (1, "expired")):
        at = instant(over + timedelta(minutes=minutes))
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        assert state() == stands


def test_a_pass_of_the_same_signs_on_another_colour_is_another_vehicles(staffed: Office) -> None:
    staffed.store.write_now(given)
    blue = {"colour": "blue", "about": '{"vehicle":"蒙K88001|blue"}', "outcome": "hold", "severity": "I"}
    staffed.store.write_now(lambda: check("i-2", 1, **blue))
    assert state() == "stands"


def test_a_pass_is_withdrawn_with_a_reason_and_tablets_hear_of_it(
    staffed: Office, client: TestClient, tablet: Tablet
) -> None:
    staffed.store.write_now(given)
    asked = client.simulate_get("/v1/passes/T0001-C000001", headers=tablet.bearer).json
    assert (asked["state"], asked["number"]) == ("stands", "T0001-C000001")
    browser = Browser(staffed, "lead")
    assert "有效" in browser.get("/console/passes").text
    assert post(browser, "/console/passes/T0001-C000001", why=" ").status_code == 422
    assert post(Browser(staffed, "chief"), "/console/passes/T0001-C000001", why="x").status_code == 404
    assert post(browser, "/console/passes/T0001-C000001", why="检查有误").status_code == 303
    assert client.simulate_get("/v1/passes/T0001-C000001", headers=tablet.bearer).json["state"] == "withdrawn"
    assert FeedRow.select().where(FeedRow.kind == "void", FeedRow.key == "T0001-C000001").exists()
    assert "lead某：检查有误" in Browser(staffed, "su").get("/console/passes?text=88001").text
    assert post(browser, "/console/passes/T0001-C000001", why="again").status_code == 409


# -- checked again


def test_a_vehicle_that_was_checked_again_is_counted_within_its_scope(staffed: Office) -> None:
    run = staffed.store.write_now
    for name, hours, told in (
        ("i-1", 2, {}), ("i-2", 5, {"severity": "II"}), ("i-3", 30, {}), ("i-4", 3, {"colour": "blue"}),
        ("i-5", 4, {"outcome": "abandoned"}), ("i-6", 1, {"plate": "蒙K77777"}),
    ):  # fmt: skip
        run(lambda name=name, hours=hours, told=told: check(name, hours, **told))  # type: ignore[misc]
    page = Browser(staffed, "lead").get("/console/repeats").text
    assert "1 辆" in page and "<td><b>2</b></td><td>1</td>" in page
    assert "<td><b>3</b></td>" in Browser(staffed, "lead").get("/console/repeats?hours=72").text
    assert "没有达到该次数" in Browser(staffed, "lead").get("/console/repeats?least=6").text
    assert "没有达到该次数" in Browser(staffed, "chief").get("/console/repeats").text


# -- campaigns


def campaign(**changes: str) -> dict[str, str]:
    told = {"name": f"夜查{EVIL}", "unit": "示例县大队", "why": "问题多", "since": day(2), "until": day(9)}
    return {**told, "items": "EQP-14\r\n", "vehicles": "蒙K88001|yellow，蒙K88002", "uns": "1203", **changes}


def test_a_campaign_is_made_changed_and_ended_and_stays(staffed: Office) -> None:
    browser = Browser(staffed, "lead")
    address = post(browser, "/console/campaigns", **campaign()).headers["location"].partition("?")[0]
    page = browser.get(address).text
    for said in ("问题多", "EQP-14", "尚未开始", "已到 0/2 台平板"):
        assert said in page, said
    assert EVIL not in page
    assert post(browser, address, **campaign(why="另一原因", uns="")).status_code == 303
    held = Campaign.get()
    assert (
        (held.why, held.changed_by) == ("另一原因", "lead") and "1203" not in held.targets and "88002" in held.targets
    )
    assert post(browser, f"{address}/end", why=" ").status_code == 422
    assert post(browser, f"{address}/end", why="任务取消").status_code == 303
    assert "lead某" in Browser(staffed, "su").get(address).text
    assert "任务取消" in browser.get(address).text and "夜查" in browser.get("/console/campaigns?state=ended").text
    assert "在开始前已结束" in browser.get(address).text
    assert post(browser, address, **campaign()).status_code == 422


def test_what_is_wrong_with_a_campaign_is_said_beside_what_was_typed(staffed: Office) -> None:
    browser = Browser(staffed, "lead")
    refused = post(browser, "/console/campaigns", **campaign(items=f"XX-1\n{EVIL}", since="2020-01-01", uns="9"))
    assert refused.status_code == 422 and "本单位没有登记：XX-1" in refused.text and "本单位没有登记：9" in refused.text
    assert EVIL not in refused.text and "蒙K88001|yellow" in refused.text and "首日不能早于今天" in refused.text
    assert not Campaign.select().exists()


def test_an_officer_sees_campaigns_and_another_agency_ends_none(staffed: Office) -> None:
    post(Browser(staffed, "lead"), "/console/campaigns", **campaign())
    address = f"/console/campaigns/{Campaign.get().id}"
    officer = Browser(staffed, "su")
    assert "提前结束" not in officer.get(address).text
    assert post(officer, "/console/campaigns", **campaign()).status_code == 403
    assert post(officer, address, **campaign()).status_code == 403
    refused = post(Browser(staffed, "chief"), f"{address}/end", why="x")
    assert refused.status_code == 422 and not Campaign.get().ended_on
    assert officer.get("/console/campaigns/none").status_code == 404


def test_passes_that_were_not_looked_at_are_not_shown_as_none(staffed: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.store.counted.LOOKED", 1)
    given = {"digest": "d" * 64, "inspection": "i", "device": "d-1", "plate": "蒙K1", "colour": "yellow"}
    told = {**given, "at": "2026-11-28T00:00:00.000Z", "until": "2026-11-29T00:00:00.000Z"}
    for number in ("T0001-C000007", "T0001-C000008"):
        staffed.store.write_now(lambda number=number: ReleasePass.create(**told, number=number))
    found, further, ended = staffed.store.read_now(release_passes.page, Scope(frozenset({"P"})), "", 10)
    assert found == [] and further is not None and not ended
    rest = staffed.store.read_now(release_passes.page, Scope(frozenset({"P"})), "", 10, further)
    assert rest[0] == [] and rest[1] is not None and rest[1] < further
    assert staffed.store.read_now(release_passes.page, Scope(frozenset({"P"})), "", 10, rest[1]) == ([], None, True)
