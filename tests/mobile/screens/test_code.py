"""The office's code before a first PIN, by real touches: on the sign screen, for a leader, wrong and right."""

from __future__ import annotations

import pytest

from demo.driver import NotTouchable
from mobile.inspecting import acts
from mobile.screens.code.state import code_state, needs_code
from mobile.words import words
from tests.mobile import story, tablet
from tests.mobile.closing import SECOND_PIN, Ending, answered, decided

SIGNATURE = [(0.2, 0.3), (0.4, 0.7), (0.6, 0.3), (0.8, 0.6)]
CODE = "ABCDEFGHJKMN"


@pytest.fixture(autouse=True)
def chinese():
    words.lang = "zh_CN"


def keys(driver, letters: str) -> None:
    for letter in letters:
        driver.tap_text(letter)
    driver.tap_id("key:tick")
    driver.step(2)


def at_the_second(driver, folder) -> Ending:
    ending = Ending(folder, decided(), driver, "sign", code=CODE)
    driver.drag(driver.find_id("area"), SIGNATURE)
    driver.tap_id("hand_back")
    keys(driver, tablet.PIN)
    return ending


def signatures(ending: Ending) -> dict[str, dict]:
    return {one.officer: dict(one.value) for one in ending.held.all_of("signature") if one.value["role"] != "driver"}


def test_who_is_new_here_enters_his_code_then_his_pin_twice_and_signs(driver, tmp_path) -> None:
    ending = at_the_second(driver, tmp_path)
    assert driver.find_id("code_needed").text == needs_code("李敏")
    with pytest.raises(NotTouchable):
        driver.tap_text("7")
    driver.tap_id("to_code")
    assert ending.desk.screen == "code"
    keys(driver, CODE)
    assert (ending.desk.screen, ending.desk.where) == ("sign", {"stage": "officers"})
    keys(driver, SECOND_PIN)
    keys(driver, SECOND_PIN)
    assert ending.desk.screen == "papers"
    signed = signatures(ending)["officer-2"]
    assert (signed["pin_set_now"], signed["pin_by_code"]) == (True, True)
    assert "pin_set_now" not in signatures(ending)["officer-1"]


def test_a_wrong_code_says_so_and_its_letters_stay_to_be_mended(driver, tmp_path) -> None:
    ending = at_the_second(driver, tmp_path)
    driver.tap_id("to_code")
    keys(driver, CODE[:-1] + "P")
    assert "9" in driver.find_id("code_says").text
    assert driver.find_id("code_shown").text == "ABCD – EFGH – JKMP"
    driver.tap_id("key:delete")
    keys(driver, "N")
    assert ending.desk.screen == "sign"


def test_half_a_code_cannot_be_given(driver, tmp_path) -> None:
    at_the_second(driver, tmp_path)
    driver.tap_id("to_code")
    for letter in CODE[:11]:
        driver.tap_text(letter)
    assert driver.find_id("key:tick").disabled


def test_who_has_no_code_at_hand_goes_back_and_no_pin_is_set(driver, tmp_path) -> None:
    ending = at_the_second(driver, tmp_path)
    driver.tap_id("to_code")
    driver.tap_id("leave_code")
    assert ending.desk.screen == "sign"
    assert ending.desk.access.asks_code("officer-2")
    driver.find_id("to_code")


def test_a_leader_who_is_new_here_gives_his_code_before_he_approves(driver, tmp_path) -> None:
    ending = Ending(tmp_path, story.after(answered(), acts.decide(answered(), "seize")), driver, "approve", code=CODE)
    driver.tap_id("to_code")
    keys(driver, CODE)
    assert ending.desk.screen == "approve"
    keys(driver, SECOND_PIN)
    keys(driver, SECOND_PIN)
    assert ending.desk.screen == "sign"
    assert signatures(ending)["officer-2"]["pin_by_code"] is True


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_screen_names_the_officer(lang) -> None:
    words.lang = lang
    state = code_state("李敏")
    words.lang = "zh_CN"
    assert "李敏" in state.prompt and "李敏" in state.rules[0]
