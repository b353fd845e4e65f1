"""T8: the driver is told, speaks and signs or refuses; two officers confirm by PIN, and only then it is sealed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checklists.inspection.entries import standing
from checklists.papers.paper import text_of
from demo.driver import NotTouchable
from mobile.inspecting import acts, conclusion
from mobile.screens.sign.state import sign_state
from mobile.sealing import part, seal, signatures
from mobile.store import store
from mobile.words import words
from tests.mobile import story, tablet
from tests.mobile.closing import (
    DEVICE,
    SECOND_PIN,
    Ending,
    decided,
    driver_signs,
    officer_signs,
    signed,
    writes,
)

OFFICERS = (story.WANG, story.LI)
SIGNATURE = [(0.2, 0.3), (0.4, 0.7), (0.6, 0.3), (0.8, 0.6)]
FAMILY_NAME = [(0.2, 0.5), (0.3, 0.8), (0.35, 0.3)]
GIVEN_NAME = [(0.45, 0.7), (0.5, 0.3), (0.6, 0.75), (0.7, 0.35)]


@pytest.fixture(autouse=True)
def chinese():
    words.lang = "zh_CN"


def shown(held, **more):
    return sign_state(held, DEVICE, OFFICERS, **more)


def enter_pin(driver, pin: str) -> None:
    for digit in pin:
        driver.tap_text(digit)
    driver.tap_id("key:tick")


def test_the_driver_reads_what_was_found_what_follows_and_his_rights() -> None:
    state = shown(decided(correct_by="2026-11-28"))
    assert len(state.found) == 7
    assert state.found[1].text == "车上没有押运员"
    assert state.follows[:2] == ("引导至安全地点停放，暂停行驶", "2026-11-28 前改正")
    assert state.follows[-1] == "由交通执法、公安交警处理"
    assert "陈述" in state.rights


def test_a_clean_vehicle_has_nothing_to_read_and_is_released() -> None:
    held = story.cleared(story.valid(story.arrived()))
    held = story.after(held, *(acts.answer(one.item.id, "conforms") for one in held.assessment.open))
    assert shown(held).found == ()
    assert shown(held).follows == ("放行",)


def test_the_officers_are_not_asked_before_the_driver() -> None:
    assert shown(decided(), stage="officers").stage == "driver"
    assert shown(driver_signs(decided()), stage="officers").stage == "officers"


def test_the_second_officer_is_of_the_other_agency_unless_another_is_chosen() -> None:
    third = story.WANG.__class__("officer-3", "赵六", "T-0003", "T")
    held = driver_signs(decided())
    state = sign_state(held, DEVICE, (story.WANG, third, story.LI), stage="officers")
    assert [one.officer for one in state.slots] == ["officer-1", "officer-2"]
    chosen = sign_state(held, DEVICE, (story.WANG, third, story.LI), stage="officers", second="officer-3")
    assert [one.officer for one in chosen.slots] == ["officer-1", "officer-3"]


def test_one_officer_alone_is_told_that_a_second_is_needed() -> None:
    state = sign_state(officer_signs(driver_signs(decided()), story.WANG), DEVICE, (story.WANG,), stage="officers")
    assert state.asked == ""
    assert "第二名" in state.prompt


def test_an_officer_who_is_new_here_is_asked_for_a_pin_twice() -> None:
    held = officer_signs(driver_signs(decided()), story.WANG)
    new, both = frozenset({"officer-2"}), (story.WANG, story.LI)
    asked = [sign_state(held, DEVICE, both, stage="officers", unknown=new, again=again) for again in (False, True)]
    assert "设置" in asked[0].prompt
    assert "再输入" in asked[1].prompt


def test_each_officer_is_asked_once_and_in_turn() -> None:
    first = shown(driver_signs(decided()), stage="officers")
    second = shown(officer_signs(driver_signs(decided()), story.WANG), stage="officers")
    assert (first.asked, second.asked) == ("officer-1", "officer-2")
    assert [one.confirmed for one in second.slots] == [True, False]
    assert shown(signed(), stage="officers").asked == ""


def test_what_changes_after_signing_asks_everybody_again() -> None:
    state = shown(story.after(signed(), acts.statement("还有一句")))
    assert "张建国" in state.stale
    assert "李敏" in state.stale
    assert not state.may_hand_back


def test_the_drivers_pad_shows_his_signature_again() -> None:
    assert shown(driver_signs(decided())).strokes == ((100, 300, 2000, 3000, 4000, 500),)


def test_signing_takes_four_touches_and_seals(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    writes(driver, SIGNATURE)
    driver.tap_id("hand_back")
    enter_pin(driver, tablet.PIN)
    assert ending.desk.screen == "sign"
    enter_pin(driver, SECOND_PIN)
    assert ending.desk.screen == "papers"
    assert store.inspection_state(ending.desk.open_store, ending.held.inspection) == "sealed"
    # A PIN counts one.
    assert driver.touches - 6 - 6 == 4


def test_each_officer_signs_in_his_own_name_the_draft_that_is_sealed(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    enter_pin_both(driver)
    entries = [one for one in ending.held.all_of("signature") if one.value["role"] == "officer"]
    assert [(one.officer, one.agency, one.value["card"]) for one in entries] == [
        ("officer-1", "T", "T-0001"),
        ("officer-2", "P", "P-0002"),
    ]
    assert len({one.value["digest"] for one in entries}) == 1


def test_a_wrong_pin_confirms_nothing_and_says_so(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    writes(driver, SIGNATURE)
    driver.tap_id("hand_back")
    enter_pin(driver, "000000")
    assert "PIN" in driver.find_id("pin").trouble
    assert [one.value["role"] for one in ending.held.all_of("signature")] == ["driver"]


def test_the_signature_is_on_disk_when_the_pen_rests(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    writes(driver, SIGNATURE)
    driver.step_until(lambda: ending.held.all_of("signature"))
    assert ending.reopened() == "sign"
    assert len(ending.held.all_of("signature")[0].value["strokes"][0]) >= 2


@pytest.mark.parametrize("rests", [False, True])
def test_both_strokes_of_a_signature_stand_even_if_the_pen_rests_between(driver, tmp_path, rests) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    writes(driver, FAMILY_NAME)
    if rests:
        driver.step_until(lambda: ending.held.all_of("signature"))
    driver.drag(driver.find_id("area"), GIVEN_NAME)
    driver.tap_id("hand_back")
    (signature,) = (one for rivals in standing(ending.held.entries, "signature").values() for one in rivals)
    assert [len(stroke) for stroke in signature.value["strokes"]] == [3, 4]


def test_a_stroke_that_begins_above_the_pad_is_kept_from_its_edge(driver, tmp_path) -> None:
    Ending(tmp_path, decided(), driver, "sign")
    writes(driver, FAMILY_NAME)
    driver.drag(driver.find_id("area"), [(0.45, 1.2), (0.5, 0.6), (0.6, 0.3)])
    assert [len(stroke) // 2 for stroke in driver.find_id("signature").strokes] == [3, 2]


def test_a_finger_that_slides_off_a_button_writes_nothing(driver, tmp_path) -> None:
    Ending(tmp_path, decided(), driver, "sign")
    driver.drag(driver.find_id("refuse"), [(0.5, 0.5), (0.5, 2.5), (0.6, 3)])
    assert driver.find_id("signature").empty


def test_an_emptied_pad_takes_the_signature_back(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    writes(driver, SIGNATURE)
    driver.step_until(lambda: ending.held.all_of("signature"))
    driver.tap_text("清除")
    driver.step_until(lambda: "driver" in signatures.missing(ending.held, ending.desk.device_facts))
    assert driver.find_id("hand_back").disabled


def test_a_driver_who_refuses_is_recorded_with_the_witness(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    driver.tap_id("refuse")
    with pytest.raises(NotTouchable):
        driver.tap_id("pick:李敏")
    driver.tap_id("pick:不认可检查结果")
    write(driver, "witness", "赵六")
    driver.tap_id("witness_done")
    value = ending.held.all_of("signature")[0].value
    assert (value["refused"], value["witness"], value["strokes"]) == (True, "赵六", [])
    assert value["reason"] == "不认可检查结果"
    driver.tap_id("hand_back")
    assert ending.desk.where == {"stage": "officers"}


def write(driver, field: str, text: str) -> None:
    driver.tap(driver.find_id(field).ids.input)
    driver.type_text(text)


def test_a_refusal_needs_its_reason_first(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    driver.tap_id("refuse")
    write(driver, "witness", "赵六")
    with pytest.raises(NotTouchable):
        driver.tap_id("witness_done")
    write(driver, "own_why", "等公司来人")
    driver.tap_id("witness_done")
    value = ending.held.all_of("signature")[0].value
    assert (value["reason"], value["witness"]) == ("等公司来人", "赵六")


def test_a_lone_driver_who_refuses_is_recorded_by_the_body_camera_and_both_officers_sign(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    driver.tap_id("refuse")
    driver.tap_id("pick:未说明理由")
    write(driver, "recorder", "DSJ-00871")
    driver.tap_id("recorder_done")
    value = ending.held.all_of("signature")[0].value
    assert value["recorder"] == "DSJ-00871" and "witness" not in value
    driver.tap_id("hand_back")
    enter_pin(driver, tablet.PIN)
    enter_pin(driver, SECOND_PIN)
    assert ending.desk.screen == "papers"
    _, papers = seal.papers(ending.desk.open_store, ending.held.inspection)
    said = text_of(papers[0].notice)
    assert "驾驶人：张建国（拒绝签字；理由：未说明理由；无见证人，已录音录像，执法记录仪编号：DSJ-00871）" in said
    assert "驾驶人张建国拒绝签名，执法人员予以注明" in said and "所述一致" not in said


def test_the_number_of_the_body_camera_is_remembered_for_the_next_refusal(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    store.keep_setting(ending.desk.open_store, "recorder", "DSJ-00871")
    driver.tap_id("refuse")
    assert driver.find_id("recorder").text == "DSJ-00871"


def test_that_nothing_was_stated_is_put_down_where_it_was_touched_and_only_there(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    assert not conclusion.said_nothing(ending.held)
    driver.tap_id("pick:nothing_stated")
    assert conclusion.said_nothing(ending.held) and conclusion.said(ending.held) == ""
    driver.tap_id("pick:我没有异议")
    assert not conclusion.said_nothing(ending.held) and conclusion.said(ending.held) == "我没有异议"


def test_nobody_signs_before_the_end_of_what_was_found_was_seen(driver, tmp_path) -> None:
    driver.set_device(1024, 600, 7.0)
    Ending(tmp_path, decided(), driver, "sign")
    driver.drag(driver.find_id("area"), SIGNATURE)
    assert driver.find_id("signature").empty
    driver.tap_id("further")
    writes(driver, SIGNATURE)
    assert not driver.find_id("signature").empty


def test_whoever_has_no_name_is_warned_of_named_by_a_word_and_never_sealed_by_his_role(driver, tmp_path) -> None:
    nameless = story.after(story.seen(), acts.see_aboard([{"role": "driver", "name": "？"}]))
    nameless = story.after(nameless, (acts.fact("driver.name", "驾驶人"), acts.fact("waybill.driver", None)))
    held = decided(story.after(nameless, *(acts.answer(o.item.id, "conforms") for o in nameless.assessment.open)))
    assert [one.name for one in conclusion.signers(held)] == [""]
    ending = Ending(tmp_path, held, driver, "sign")
    assert "姓名未登记" in driver.find_id("nameless").text
    writes(driver, SIGNATURE)
    driver.step_until(lambda: ending.held.all_of("signature"))
    assert ending.held.all_of("signature")[0].value["name"] == ""
    write(driver, "name", "张建国")
    driver.tap(driver.find_id("statement").ids.input)
    assert [one.name for one in conclusion.signers(ending.held)] == ["张建国"]


def test_what_the_driver_says_is_written_down_once(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    driver.tap_id("pick:我马上改正")
    driver.tap_id("pick:我马上改正")
    assert [one.value["text"] for one in ending.held.all_of("statement")] == ["我马上改正"]


def enter_pin_both(driver) -> None:
    writes(driver, SIGNATURE)
    driver.tap_id("hand_back")
    enter_pin(driver, tablet.PIN)
    enter_pin(driver, SECOND_PIN)


def test_row_36_two_officers_of_one_name_confirm_on_one_tablet() -> None:
    first, second = replace(story.WANG, name="张伟"), replace(story.LI, name="张伟")
    held = driver_signs(decided())
    held = officer_signs(officer_signs(held, first), second)
    assert signatures.missing(held, DEVICE) == ()
    given = signatures.signed(held, part.draft(held, DEVICE)).officers
    assert [one.officer for one in given] == ["officer-1", "officer-2"]
    changed = officer_signs(story.after(held, acts.statement("还有一句")), first)
    assert shown(changed).stale.count("张伟") == 1


def test_row_36_a_driver_whose_name_was_written_otherwise_signs_again() -> None:
    held = driver_signs(decided())
    again = story.after(held, acts.statement("还有一句"))
    withdraws = signatures.earlier(again, "driver")
    new = story.after(again, acts.sign("driver", "张 建国", [[[1, 1]]], withdraws=withdraws, digest="x"))
    assert len(new.all_of("signature")) == 1


def test_row_50_what_people_say_and_sign_is_tidy() -> None:
    held = story.after(decided(), acts.statement("我\t不同意\ufeff\r\n再说\x00"))
    held = story.after(held, acts.see_aboard([{"role": "driver", "name": "张\u200b建国\r"}]))
    assert held.all_of("statement")[-1].value == {"text": "我 不同意\n再说"}
    assert held.assessment.situation.seen.aboard[0].name == "张建国"


@pytest.mark.parametrize("name", ["？", "驾驶员", "不详", "王强", "李 敏", "张建国"])
def test_nobody_an_officer_and_who_refuses_are_no_witnesses(driver, tmp_path, name) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    driver.tap_id("refuse")
    driver.tap_id("pick:未说明理由")
    write(driver, "witness", name)
    driver.tap_id("witness_done")
    assert not ending.held.all_of("signature")


def test_a_body_camera_without_a_number_saw_nothing(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    driver.tap_id("refuse")
    driver.tap_id("pick:未说明理由")
    write(driver, "recorder", "无")
    driver.tap_id("recorder_done")
    assert not ending.held.all_of("signature")


def test_a_silence_touched_again_and_words_that_are_rubbed_out_are_taken_back(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    driver.tap_id("pick:nothing_stated")
    driver.tap_id("pick:nothing_stated")
    assert not conclusion.said_nothing(ending.held)
    driver.tap_id("pick:我没有异议")
    words_ = driver.find_id("statement").ids.input
    assert words_.text == "我没有异议"
    driver.tap(words_)
    words_.text = ""
    driver.tap_id("refuse")
    assert not standing(ending.held.entries, "statement") and conclusion.said(ending.held) == ""


def test_a_driver_who_is_not_there_refused_nothing_and_was_shown_no_card(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(), driver, "sign")
    driver.tap_id("refuse")
    driver.tap_id("pick:本人不在场")
    write(driver, "recorder", "DSJ-00871")
    driver.tap_id("recorder_done")
    value = ending.held.all_of("signature")[0].value
    assert value["absent"] and "reason" not in value
    driver.tap_id("hand_back")
    enter_pin(driver, tablet.PIN)
    enter_pin(driver, SECOND_PIN)
    _, papers = seal.papers(ending.desk.open_store, ending.held.inspection)
    said = text_of(papers[0].notice)
    assert "驾驶人：张建国（不在场；无见证人，已录音录像，执法记录仪编号：DSJ-00871）" in said
    assert not [one for one in ("拒绝", "出示", "所述一致", "陈述") if one in said]
