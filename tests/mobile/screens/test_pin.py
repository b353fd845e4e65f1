"""An officer changes his own PIN, from the shift and from the lock screen; nothing is held longer than it is needed."""

import json

import pytest

from checklists.inspection.officer_code import FIELD, code_hash
from mobile.app import LujianApp
from mobile.refusals import Refusal
from mobile.screens.pin.state import STEPS, pin_state
from mobile.words import words
from tests.mobile import tablet
from tests.mobile.field import hear, line

CODE = "ABCDEFGHJKMN"

NEW = "683947526183"


@pytest.fixture
def start(driver):
    apps = []

    def begin(folder):
        tablet.made(folder)
        app = LujianApp(folder)
        app.desk.start_sync = lambda: None
        driver.start(app)
        apps.append(app)
        return app

    yield begin
    for app in apps:
        app.on_stop()


def enter(driver, pin) -> None:
    for digit in pin:
        driver.tap_text(digit)
    driver.tap_id("key:tick")
    driver.step(2)


def opens(app, pin) -> bool:
    app.desk.lock()
    try:
        app.desk.unlock("officer-1", pin)
    except Refusal:
        return False
    return True


def at_my_pin(app, driver) -> None:
    enter(driver, tablet.PIN)
    app.desk.go("shift")
    driver.step(3)
    driver.tap_id("my_pin")


def test_from_the_shift_the_old_one_is_asked_then_the_new_one_twice(driver, start, tmp_path) -> None:
    app = start(tmp_path)
    at_my_pin(app, driver)
    assert app.desk.screen == "pin"
    for pin in (tablet.PIN, NEW, NEW):
        enter(driver, pin)
    driver.find_text("PIN 已修改。")
    driver.tap_id("leave_pin")
    assert app.desk.screen == "shift"
    assert opens(app, NEW)
    assert not opens(app, tablet.PIN)


def test_a_wrong_old_pin_counts_as_a_try_and_the_new_one_is_not_asked(driver, start, tmp_path) -> None:
    app = start(tmp_path)
    at_my_pin(app, driver)
    enter(driver, "000000")
    driver.find_text("PIN 错误，还可尝试 9 次。")
    driver.find_text("王强：请输入现用 PIN")
    assert opens(app, tablet.PIN)


@pytest.mark.parametrize(
    ("pin", "said"), [("123456", "顺着"), (tablet.PIN, "相同"), ("13968394725", "手机号"), ("199905", "年份")]
)
def test_a_weak_or_equal_new_pin_is_refused_with_its_reason(driver, start, tmp_path, pin, said) -> None:
    app = start(tmp_path)
    at_my_pin(app, driver)
    enter(driver, tablet.PIN)
    enter(driver, pin)
    assert said in driver.find_id("pin").trouble
    assert opens(app, tablet.PIN)


def test_two_that_differ_begin_the_new_one_again(driver, start, tmp_path) -> None:
    app = start(tmp_path)
    at_my_pin(app, driver)
    for pin in (tablet.PIN, NEW, "683947526184"):
        enter(driver, pin)
    assert "两次" in driver.find_id("pin").trouble
    for pin in (NEW, NEW):
        enter(driver, pin)
    assert opens(app, NEW)


def test_from_the_lock_the_pin_that_opened_is_the_old_one_and_is_held_nowhere(driver, start, tmp_path) -> None:
    app = start(tmp_path)
    driver.tap_id("change_pin")
    enter(driver, "000000")
    assert app.desk.screen == "unlock"
    enter(driver, tablet.PIN)
    assert app.desk.screen == "pin"
    assert app.desk.access.take_given() == ""
    assert tablet.PIN not in json.dumps(dict(app.desk.where))
    for pin in (NEW, NEW):
        enter(driver, pin)
    driver.tap_id("leave_pin")
    assert app.desk.screen == "queue"
    assert opens(app, NEW)


def test_who_thinks_better_of_it_at_the_lock_just_unlocks(driver, start, tmp_path) -> None:
    app = start(tmp_path)
    driver.tap_id("change_pin")
    driver.tap_id("change_pin")
    enter(driver, tablet.PIN)
    assert app.desk.screen == "queue"


def test_leaving_halfway_changes_nothing(driver, start, tmp_path) -> None:
    app = start(tmp_path)
    at_my_pin(app, driver)
    for pin in (tablet.PIN, NEW):
        enter(driver, pin)
    driver.tap_id("leave_pin")
    assert opens(app, tablet.PIN)


def test_in_practice_nobodys_pin_is_changed(driver, start, tmp_path) -> None:
    app = start(tmp_path)
    driver.tap_id("practice")
    driver.step(3)
    app.desk.go("pin")
    driver.step(3)
    for pin in ("111111", "222222", "222222"):
        enter(driver, pin)
    driver.find_text("PIN 已修改。")
    app.desk.lock()
    driver.step(3)
    enter(driver, tablet.PIN)
    assert app.desk.screen == "queue"


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_each_step_says_who_and_what(lang) -> None:
    words.lang = lang
    said = [pin_state("王强", step).prompt for step in STEPS]
    words.lang = "zh_CN"
    assert len({*said}) == len(STEPS) and all("王强" in one for one in said)


def test_a_colleague_who_forgot_his_sets_a_new_one_by_a_code_of_the_office(driver, start, tmp_path) -> None:
    app = start(tmp_path)
    at_my_pin(app, driver)
    desk = app.desk
    desk.access.add_officer("officer-2", "794638")
    proof = {"hash": code_hash("officer-2", CODE), "until": "2999-01-01T00:00:00.000Z", "device": ""}
    hear(desk.open_store, line("officer_codes", "officer-2", {FIELD: [proof]}))
    desk.refresh()
    driver.step(5)
    driver.tap_id("forgot:officer-2")
    assert desk.screen == "code"
    for letter in CODE:
        driver.tap_text(letter)
    driver.tap_id("key:tick")
    driver.step(2)
    assert desk.screen == "pin" and "李敏" in driver.find_id("prompt").text
    for pin in (NEW, NEW):
        enter(driver, pin)
    driver.find_text("PIN 已修改。")
    assert desk.access.proof("officer-2") == "code"
    desk.lock()
    with pytest.raises(Refusal, match="pin_wrong"):
        desk.unlock("officer-2", "794638")
    desk.unlock("officer-2", NEW)
