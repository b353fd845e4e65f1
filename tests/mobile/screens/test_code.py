"""The office's code before a first PIN, by real touches: on the sign screen, for a leader, wrong and right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checklists.inspection.officer_code import FIELD, code_hash
from checklists.papers.paper import text_of
from demo.driver import NotTouchable
from mobile.inspecting import acts
from mobile.refusals import Refusal
from mobile.screens.code.state import code_state, needs_code
from mobile.sealing import seal
from mobile.words import words
from tests.mobile import story, tablet
from tests.mobile.closing import SECOND_PIN, Ending, answered, decided, writes
from tests.mobile.field import hear, line

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
    writes(driver, SIGNATURE)
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
    assert (signed["pin_set_now"], signed["pin_by_code"], signed["identity"]) == (True, True, "code")
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


def first_record(ending: Ending) -> str:
    _, papers = seal.papers(ending.desk.open_store, ending.held.inspection)
    return text_of(papers[0].notice)


def test_whoever_sets_his_colleagues_pin_is_told_on_screen_record_and_paper_that_nobody_vouches(
    driver, tmp_path
) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    writes(driver, SIGNATURE)
    driver.tap_id("hand_back")
    keys(driver, tablet.PIN)
    assert "身份未核实" in driver.find_id("slot:officer-2").doubt
    assert driver.find_id("slot:officer-1").doubt == ""
    keys(driver, SECOND_PIN)
    given = signatures(ending)
    assert (given["officer-1"]["identity"], given["officer-2"]["identity"]) == ("enrolment", "unverified")
    assert first_record(ending).count("身份未核实") == 1


def test_a_code_of_the_office_verifies_a_pin_that_was_set_before_and_is_good_once(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    ending.desk.access.enrolment = replace(ending.desk.access.enrolled, officers=tablet.OFFICERS)
    proof = {"hash": code_hash("officer-2", CODE), "until": "2999-01-01T00:00:00.000Z", "device": ""}
    hear(ending.desk.open_store, line("officer_codes", "officer-2", {FIELD: [proof]}))
    writes(driver, SIGNATURE)
    driver.tap_id("hand_back")
    keys(driver, tablet.PIN)
    driver.tap_id("forgot")
    keys(driver, CODE)
    assert ending.desk.screen == "sign" and "设置" in driver.find_id("pin").prompt
    keys(driver, "461739")
    keys(driver, "461739")
    assert signatures(ending)["officer-2"]["identity"] == "code"
    assert "身份未核实" not in first_record(ending)
    with pytest.raises(Refusal, match="first_code_used"):
        ending.desk.access.give_code("officer-2", CODE)


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_screen_names_the_officer(lang) -> None:
    words.lang = lang
    state = code_state("李敏")
    words.lang = "zh_CN"
    assert "李敏" in state.prompt and "李敏" in state.rules[0]
