"""Stop orders at the post by touches on the real screens, and what the list says of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from checklists.inspection.stop_order import ANSWER, GIVE, GIVEN, LIFT, OrderAct
from mobile.app import LujianApp
from mobile.inspecting.inspection import Officer
from mobile.inspecting.order_book import Book, Given, OwnAct
from mobile.link import enrolment
from mobile.refusals import Refusal
from mobile.screens.stops.state import (
    Pin,
    Typed,
    act_of,
    give_state,
    key_of,
    leaders_of,
    lift_of,
    lift_state,
    liftable,
    list_state,
    refusal_words,
)
from mobile.store import deliveries, store
from mobile.store.outbox import STOPS
from tests.mobile import tablet
from tests.mobile.field import AT, hear, line

DAY = date(2026, 11, 29)
ACT = OrderAct(GIVE, "T1-S000001", "云岭旗联合检查办公室", "vehicle", "蒙K12345黄", "罐体泄漏", "拦停", 3)
ZHOU, LI = Officer("officer-1", "王强", "T-0001", "T"), Officer("officer-2", "李敏", "P-0002", "P")
TYPED = Typed("蒙K12345", "yellow", "罐体泄漏", "拦停", 3)


def own(act: OrderAct = ACT, **more: object) -> OwnAct:
    return OwnAct(str(more.pop("digest", "d1")), act, "王强", AT, DAY, **more)  # type: ignore[arg-type]


def known(*acts: OwnAct, given: tuple[Given, ...] = (), seen: tuple[str, ...] = ()) -> Book:
    return Book(given, acts, seen, DAY)


def test_a_plate_is_a_trailer_by_its_form_and_has_its_colour_in_words() -> None:
    assert key_of("蒙K12345", "yellow") == ("vehicle", "蒙K12345黄")
    assert key_of("蒙K1234挂", "yellow") == ("trailer", "蒙K1234挂")
    assert act_of(TYPED).told == "罐体泄漏；拦停"


@pytest.mark.parametrize(
    ("more", "tone", "words", "does"),
    [
        ({}, "unknown", "本机发出，尚未送达", "lift"),
        ({"state": "delivered", "received_at": AT}, "unknown", "已送达，办公端未答复", "lift"),
        ({"answer": {"state": "refused", "codes": ["until"]}}, "danger", "送达时已过期", "seen"),
        ({"state": "rejected", "problem": {"code": "malformed"}}, "danger", "malformed", "seen"),
    ],
)
def test_each_order_of_this_tablet_says_how_it_stands(more: dict, tone: str, words: str, does: str) -> None:
    (row,) = list_state(known(own(**more))).lines
    assert (row.tone, row.does, row.plate, row.colour) == (tone, does, "蒙K12345", "yellow")
    assert words in row.state


def test_once_it_stands_everywhere_it_is_the_offices_and_may_be_lifted_here() -> None:
    told = Given(ACT.number, ACT.authority, ACT.on, ACT.key, ACT.told, "2026-12-01")
    (row,) = list_state(known(own(answer={"state": "stands"}), given=(told,))).lines
    assert (row.state, row.does, row.until) == ("已全部生效", "lift", "至 2026-12-01")


def test_what_is_being_lifted_is_not_lifted_again_and_a_refusal_is_read_once() -> None:
    told = Given(ACT.number, ACT.authority, ACT.on, ACT.key)
    lifting = own(replace(ACT, do=LIFT, why="已整改", days=0), digest="d2")
    held = known(lifting, given=(told,))
    assert liftable(held) == {}
    (row,) = list_state(held).lines
    assert (row.does, row.text) == ("", "解除：已整改")
    refused = replace(lifting, answer={"state": "refused", "codes": ["foreign"]})
    assert [one.digest for one in known(refused).unread] == ["d2"]
    assert known(refused, seen=("d2",)).unread == []
    assert [one.does for one in list_state(known(refused, given=(told,), seen=("d2",))).lines] == ["lift"]


def test_what_ended_by_its_own_day_is_in_the_list_no_more() -> None:
    assert list_state(Book((), (own(),), (), date(2026, 12, 2))).lines == ()


def test_an_order_lacks_plate_reason_or_what_has_to_happen_before_its_pin() -> None:
    pin = Pin((ZHOU,))
    for typed, words in (
        (replace(TYPED, plate=""), "请先输入号牌"),
        (replace(TYPED, plate="蒙K12"), "请先输入号牌"),
        (replace(TYPED, why=" "), "请先说明原因"),
        (replace(TYPED, what=""), "请说明处置要求"),
        (replace(TYPED, what="长" * 300), "文字太长，请缩短"),
    ):
        state = give_state(typed, known(), pin, ())
        assert (state.ready, state.prompt) == (False, words)
    ready = give_state(TYPED, known(), pin, (), ["停1"])
    assert ready.ready and "停1" in ready.notice and ready.prompt == "王强 的 PIN"


def test_a_basis_that_nobody_verified_stays_visibly_empty() -> None:
    assert "待核" in give_state(TYPED, known(), Pin((ZHOU,)), ()).pending
    offered = give_state(replace(TYPED, basis="某条"), known(), Pin((ZHOU,)), ("某条",))
    assert (offered.pending, offered.bases[0].chosen) == ("", True)


def test_only_leaders_of_the_tablets_own_agency_confirm() -> None:
    rows = [{**one, "leader": True} for one in tablet.OFFICERS] + [{"id": "x", "name": "x", "agency": "T"}]
    assert leaders_of(rows, "T") == (ZHOU,)
    assert "没有" in give_state(TYPED, known(), Pin(), ()).prompt
    assert lift_state(Given("停1", "甲", "vehicle", "蒙K1"), "", Pin((ZHOU, LI))).prompt == "请先说明原因"
    assert lift_of(Given("停1", "甲", "vehicle", "蒙K1"), " 已整改 ").why == "已整改"


def test_every_refusal_of_the_office_has_words() -> None:
    from checklists.inspection.stop_order import REFUSALS

    assert all(refusal_words(one) != one for one in REFUSALS)
    assert refusal_words("of_later") == "of_later"


@pytest.fixture
def app(driver, tmp_path):
    tablet.made(tmp_path)
    made = LujianApp(tmp_path, camera=tmp_path / "camera")
    made.desk.start_sync = lambda: None
    made.desk.camera.mkdir()
    driver.start(made)
    made.desk.unlock("officer-1", tablet.PIN)
    held = made.desk.open_store
    enrolled = made.desk.access.enrolled
    rows = ({**tablet.OFFICERS[0], "leader": True}, tablet.OFFICERS[1])
    enrolment.keep(held, replace(enrolled, officers=rows))
    made.desk.access.renew()
    driver.step(3)
    yield made
    made.on_stop()


def give(driver, app, plate="蒙K12345"):
    """An order by touches, from the queue to the leader's PIN."""
    driver.tap_id("stops")
    driver.tap_id("give_stop")
    for sign in plate:
        driver.tap_text(sign)
    driver.tap_id("done")
    driver.tap_id("why:泄漏、冒烟或有异味")
    driver.tap_id("what:拦停，引导至安全地点停放，联系本检查点")
    driver.tap_id("days:3")
    confirm(driver)


def confirm(driver):
    for digit in tablet.PIN:
        driver.tap_text(digit)
    driver.tap_id("key:tick")


def acts(app):
    parts = [store.sealed(app.desk.open_store, one).part for one in deliveries.of_priority(app.desk.open_store, STOPS)]
    return [one["order"] for one in parts]


def test_an_order_is_given_by_touches_and_stops_the_vehicle_on_this_tablet(driver, app) -> None:
    give(driver, app)
    (act,) = acts(app)
    assert (act["do"], act["key"], act["days"], act["why"]) == ("give", "蒙K12345黄", 3, "泄漏、冒烟或有异味")
    assert app.desk.screen == "stops"
    assert driver.find_id(f"state:{act['number']}").text == "本机发出，尚未送达"
    assert app.desk.kit.lookup("orders", "蒙K12345") is not None


def test_a_refusal_is_marked_in_the_queue_until_it_was_read(driver, app) -> None:
    give(driver, app)
    held = app.desk.open_store
    (digest,) = deliveries.of_priority(held, STOPS)
    hear(held, line(ANSWER, digest, {"do": "give", "number": "x", "state": "refused", "codes": ["role"]}))
    driver.tap_id("back")
    assert driver.find_id("stops").text == "停驶令  1"
    driver.tap_id("stops")
    driver.tap_id(f"seen:{acts(app)[0]['number']}")
    driver.tap_id("back")
    assert driver.find_id("stops").text == "停驶令"


def test_an_order_of_the_agency_is_lifted_with_a_reason_and_the_leaders_pin(driver, app) -> None:
    held = app.desk.open_store
    told = {"number": "停1", "authority": "甲", "on": "vehicle", "key": "蒙K12345", "text": "停驶", "until": ""}
    hear(held, line(GIVEN, "7", told), line("orders", "蒙K12345", {"rows": [{"number": "停1", "authority": "甲"}]}))
    driver.tap_id("stops")
    driver.tap_id("lift:停1")
    driver.tap_id("why:现场已整改并复查")
    confirm(driver)
    (act,) = acts(app)
    assert (act["do"], act["number"], act["why"]) == ("lift", "停1", "现场已整改并复查")
    assert app.desk.kit.lookup("orders", "蒙K12345")["data"]["rows"] == []


def test_the_vehicle_in_hand_is_stopped_from_its_snapshot_and_let_go_there(driver, app) -> None:
    app.desk.begin()
    driver.step(2)
    app.desk.go("identify", mode="given", asked="蒙K12345", colour="yellow")
    app.desk.go("snapshot")
    driver.step(2)
    driver.tap_id("stop_order")
    driver.tap_id("why:泄漏、冒烟或有异味")
    driver.tap_id("what:全面检查后方可放行")
    confirm(driver)
    number = acts(app)[0]["number"]
    assert app.desk.screen == "snapshot"
    assert any(one.rule == "R17" and one.verdict == "conflict" for one in app.desk.held.assessment.results)
    assert driver.find_id(f"unsent:{number}").text == "本机发出，尚未送达"
    driver.tap_id(f"lift:{number}")
    driver.tap_id("why:核实为另一辆车")
    confirm(driver)
    assert app.desk.screen == "snapshot"
    assert not any(one.case == "stop_order" and one.verdict == "conflict" for one in app.desk.held.assessment.results)


@pytest.mark.parametrize("step", ["mobile.screens.stops.flow.tell_hand", "mobile.desk.lock_status.keep"])
def test_an_order_that_was_given_is_not_given_again_where_the_disk_is_full_after_it(driver, app, step) -> None:
    def full(*_args, **_more):
        raise Refusal("disk_full")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(step, full)
        give(driver, app)
    assert app.desk.screen == "stops" and len(acts(app)) == 1
    driver.find_id(f"state:{acts(app)[0]['number']}")
