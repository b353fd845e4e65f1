"""Who forgot his PIN gets to the office's code from the lock screen, over a colleague who unlocks for him."""

from datetime import UTC, datetime

import pytest

from checklists.inspection.officer_code import FIELD, code_hash
from mobile.app import LujianApp
from mobile.lock.outside import Outside
from mobile.screens.unlock.state import unlock_state
from tests.mobile import tablet
from tests.mobile.field import hear, line
from tests.mobile.screens.test_pin import CODE, NEW, enter, opens

SECOND_PIN = "794638"
TWO = {"officer-1": "王强", "officer-2": "李敏"}


def forgot(officers=TWO, who="", chosen=""):
    told = Outside(packages={}, unsent=(0, 0), free_bytes=5 * 10**9)
    return unlock_state(officers, chosen, "", told, datetime(2026, 11, 21, tzinfo=UTC), forgot=who)


def test_it_is_asked_who_forgot_and_who_unlocks_for_him() -> None:
    assert (forgot().prompt, forgot().chosen) == ("谁忘记了 PIN？", "")
    named = forgot(who="officer-1")
    assert ([one.id for one in named.officers], named.chosen) == (["officer-2"], "officer-2")
    assert "没有网络" in " ".join(named.advice)


def test_of_two_colleagues_none_is_chosen_for_them() -> None:
    assert forgot({**TWO, "officer-3": "赵刚"}, "officer-1").prompt == "由哪位同事解锁？"


def test_who_is_alone_is_told_that_nobody_can_open_it() -> None:
    alone = forgot({"officer-1": "王强"}, "officer-1")
    assert (alone.officers, alone.chosen) == ((), "")
    assert "U 盘" in " ".join(alone.advice)


@pytest.fixture
def app(driver, tmp_path):
    tablet.made(tmp_path)
    made = LujianApp(tmp_path)
    made.desk.start_sync = lambda: None
    driver.start(made)
    made.desk.unlock("officer-1", tablet.PIN)
    made.desk.access.add_officer("officer-2", SECOND_PIN)
    hear(
        made.desk.open_store,
        line("officer_codes", "officer-1", {FIELD: [{"hash": code_hash("officer-1", CODE), "until": "2099"}]}),
    )
    made.desk.lock()
    driver.step(3)
    yield made
    made.on_stop()


def test_from_the_lock_over_a_colleague_to_a_new_pin_and_locked_again(driver, app) -> None:
    driver.tap_id("officer:officer-1")
    driver.tap_id("forgot_pin")
    enter(driver, SECOND_PIN)
    assert (app.desk.screen, app.desk.access.me.id) == ("code", "officer-2")
    for letter in CODE:
        driver.tap_text(letter)
    driver.step(2)
    if app.desk.screen == "code":
        driver.tap_id("key:tick")
    assert app.desk.screen == "pin"
    for pin in (NEW, NEW):
        enter(driver, pin)
    driver.tap_id("leave_pin")
    assert (app.desk.screen, app.desk.store) == ("unlock", None)
    assert opens(app, NEW)


def test_it_was_not_forgotten_after_all(driver, app) -> None:
    driver.tap_id("forgot_pin")
    driver.tap_id("officer:officer-1")
    driver.find_text("请 李敏 用本人 PIN 解锁，再由 王强 输入办公端验证码")
    driver.tap_id("not_forgotten")
    driver.tap_id("officer:officer-1")
    enter(driver, tablet.PIN)
    assert app.desk.screen == "queue"
