"""T15 and T16: a held vehicle is let go on its own record by touches and PINs, and a mistake in it is corrected."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from PIL import Image

from checklists.papers.paper import text_of
from demo.driver import NotTouchable
from mobile.inspecting import acts
from mobile.refusals import Refusal
from mobile.screens.clearance.state import ALL_MENDED
from mobile.sealing import amendment, seal, supplements
from mobile.store import replies
from mobile.words import _, words
from tests.mobile import tablet
from tests.mobile.closing import SECOND_PIN, Ending, decided
from tests.mobile.field import AT, hear, line
from tests.mobile.screens.test_sign import enter_pin, enter_pin_both


@pytest.fixture(autouse=True)
def chinese() -> None:
    words.lang = "zh_CN"


def own(held: Any) -> Any:
    """The story as this tablet wrote it itself."""
    return replace(held, device="dev-1", entries=tuple(replace(one, device="dev-1") for one in held.entries))


@pytest.fixture
def ending(driver: Any, tmp_path: Any) -> Ending:
    made = Ending(tmp_path, own(decided()), driver, "sign")
    enter_pin_both(driver)
    return made


def pictured(ending: Ending, number: int) -> None:
    ending.desk.camera.mkdir(exist_ok=True)
    Image.new("RGB", (64, 48), (number * 9, 40, 60)).save(ending.desk.camera / f"{number}.jpg", "JPEG")


def looked(ending: Ending, driver: Any) -> None:
    """Every finding is put right and photographed."""
    for number in range(7):
        pictured(ending, number)
        driver.tap_id("mended")


def test_seven_findings_put_right_let_the_vehicle_go_by_two_pins(driver: Any, ending: Ending) -> None:
    driver.tap_id("clearance")
    assert ending.desk.screen == "clearance" and driver.find_id("to_pins").disabled
    looked(ending, driver)
    driver.tap_text(_(ALL_MENDED))
    driver.tap_id("to_pins")
    enter_pin(driver, tablet.PIN)
    enter_pin(driver, SECOND_PIN)
    assert ending.desk.screen == "papers"
    driver.find_text("现场检查记录补充页")
    store = ending.desk.open_store
    assert not supplements.holding(store, "inspection-1")
    assert [part["kind"] for _digest, part in amendment.parts_of(store, "inspection-1")] == ["amendment", "inspection"]
    assert not driver.find_id("clearance").parent.shown


def to_the_second_pin(ending: Ending, driver: Any) -> None:
    driver.tap_id("clearance")
    looked(ending, driver)
    driver.tap_text(_(ALL_MENDED))
    driver.tap_id("to_pins")
    enter_pin(driver, tablet.PIN)


def kinds(ending: Ending) -> list[str]:
    return [part["kind"] for _digest, part in amendment.parts_of(ending.desk.open_store, "inspection-1")]


def full(*_args: Any, **_more: Any) -> None:
    raise Refusal("disk_full")


def test_where_there_was_no_room_for_the_seal_the_last_step_is_done_again_and_seals_once(
    driver: Any, ending: Ending
) -> None:
    to_the_second_pin(ending, driver)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mobile.sealing.amendment.stores.seal_amendment", full)
        enter_pin(driver, SECOND_PIN)
    assert ending.desk.screen == "clearance" and kinds(ending) == ["inspection"]
    enter_pin(driver, SECOND_PIN)
    assert ending.desk.screen == "papers" and kinds(ending) == ["amendment", "inspection"]


def test_what_was_sealed_is_shown_also_where_the_lock_screen_cannot_be_told(driver: Any, ending: Ending) -> None:
    to_the_second_pin(ending, driver)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mobile.desk.lock_status.keep", full)
        enter_pin(driver, SECOND_PIN)
    assert ending.desk.screen == "papers" and kinds(ending) == ["amendment", "inspection"]


def test_a_kill_in_the_middle_goes_on_where_it_stood(driver: Any, ending: Ending) -> None:
    to_the_second_pin(ending, driver)
    assert ending.reopened() == "clearance"
    enter_pin(driver, SECOND_PIN)
    assert ending.desk.screen == "papers"
    assert not supplements.holding(ending.desk.open_store, "inspection-1")


def test_put_right_is_only_said_with_a_picture_taken_after_the_seal(driver: Any, ending: Ending) -> None:
    pictured(ending, 1)
    told = []
    ending.desk.tell = told.append
    os.utime(ending.desk.camera / "1.jpg", (1_500_000_000, 1_500_000_000))
    driver.tap_id("clearance")
    driver.tap_id("mended")
    assert [one.code for one in told] == ["no_new_picture"]
    assert replies.begun(ending.desk.open_store, "clearance:inspection-1") == ()


def test_what_is_not_put_right_waits_for_a_leader_whom_the_office_must_have_named(driver: Any, ending: Ending) -> None:
    driver.tap_id("clearance")
    for _number in range(7):
        driver.tap_id("not_mended")
    with pytest.raises(NotTouchable):
        driver.find_text(_(ALL_MENDED))
    driver.tap_text("货物已转运，空车放行")
    driver.tap_id("to_pins")
    enter_pin(driver, tablet.PIN)
    enter_pin(driver, SECOND_PIN)
    assert ending.desk.screen == "clearance"
    driver.find_text("办公端没有为本机指定带队负责人。")
    assert supplements.holding(ending.desk.open_store, "inspection-1")


def test_a_leader_lets_go_what_is_not_put_right(driver: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    leader = {**tablet.OFFICERS[1], "leader": True}
    monkeypatch.setattr(tablet, "OFFICERS", (tablet.OFFICERS[0], leader))
    ending = Ending(tmp_path, own(decided()), driver, "sign")
    enter_pin_both(driver)
    driver.tap_id("clearance")
    for _number in range(7):
        driver.tap_id("not_mended")
    driver.tap_text("货物已转运，空车放行")
    driver.tap_id("to_pins")
    enter_pin(driver, tablet.PIN)
    for _again in range(2):  # as the second officer, then as the leader
        assert supplements.holding(ending.desk.open_store, "inspection-1")
        enter_pin(driver, SECOND_PIN)
    assert not supplements.holding(ending.desk.open_store, "inspection-1")
    assert "问题未见整改而放行" in text_of(seal.papers(ending.desk.open_store, "inspection-1")[1][-1].notice)


def test_a_hold_of_this_tablet_is_lifted_from_the_snapshot_of_the_next_check(driver: Any, ending: Ending) -> None:
    desk = ending.desk
    next_day = datetime.fromisoformat(AT) + timedelta(days=1)
    desk.now = lambda: next_day
    hear(desk.open_store, line("feed", "history", {}))
    desk.begin()
    next_check = desk.held.inspection
    desk.put(acts.identify("蒙K12345", "yellow"))
    desk.put(acts.look_up(desk.held))
    desk.go("snapshot")
    driver.step(2)
    assert driver.find_id("lifts").text.startswith("该记录由本机封存")
    driver.tap_id("lift:inspection-1")
    assert desk.screen == "clearance"
    looked(ending, driver)
    driver.tap_text(_(ALL_MENDED))
    driver.tap_id("to_pins")
    enter_pin(driver, tablet.PIN)
    enter_pin(driver, SECOND_PIN)
    assert (desk.screen, desk.held.inspection) == ("snapshot", next_check)
    with pytest.raises(NotTouchable):
        driver.find_id("lifts")


def test_an_answer_is_corrected_with_its_reason_by_two_pins(driver: Any, ending: Ending) -> None:
    driver.tap_id("correction")
    driver.find_id("search").text = "EQP-14"
    driver.step(2)
    driver.tap_id("answer:EQP-14")
    driver.tap_id("new:conforms")
    assert driver.find_id("put").disabled
    driver.tap_text("误触")
    driver.tap_id("put")
    driver.tap_id("to_pins")
    enter_pin(driver, tablet.PIN)
    enter_pin(driver, SECOND_PIN)
    assert ending.desk.screen == "papers"
    _record, papers = seal.papers(ending.desk.open_store, "inspection-1")
    assert papers[-1].kind == "addendum" and driver.find_id(f"paper:{papers[-1].number}").active


def test_what_the_other_tablet_wrote_is_not_corrected_here(driver: Any, tmp_path: Any) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    enter_pin_both(driver)
    driver.tap_id("correction")
    driver.find_id("search").text = "EQP-14"
    driver.step(2)
    driver.tap_id("answer:EQP-14")
    assert driver.find_id("title").text.startswith("点选记录中有误之处")
    assert ending.desk.screen == "correction"


def ticked(driver: Any) -> list[str]:
    """The likely reasons that stand, as the screen shows them."""
    return [one.text for one in driver.find_id("reasons").children if one.active]


def test_a_reason_that_was_picked_stays_ticked_in_the_other_language(driver: Any, ending: Ending) -> None:
    driver.tap_id("clearance")
    looked(ending, driver)
    driver.tap_text(_(ALL_MENDED))
    words.lang = "en"
    ending.desk.refresh()
    driver.step(2)
    assert ticked(driver) == [ALL_MENDED] and not driver.find_id("to_pins").disabled


def test_all_put_right_is_no_reason_any_more_once_one_is_not(driver: Any, ending: Ending) -> None:
    driver.tap_id("clearance")
    looked(ending, driver)
    driver.tap_text(_(ALL_MENDED))
    driver.tap_id("not_mended")
    assert ticked(driver) == [] and driver.find_id("to_pins").disabled
