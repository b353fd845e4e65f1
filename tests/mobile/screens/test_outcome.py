"""T7: who gets what, what is proposed and chosen, and that nothing open goes to signing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mobile.inspecting import acts, decision
from mobile.screens.outcome.state import Pick, chosen, is_decided, outcome_state
from mobile.words import words
from tests.mobile import story
from tests.mobile.closing import Ending, answered, decided


@pytest.fixture(autouse=True)
def chinese():
    words.lang = "zh_CN"


def test_the_findings_stand_by_authority_the_gravest_first() -> None:
    groups = outcome_state(answered()).groups
    assert [(one.agency, one.title) for one in groups] == [("P", "公安交警"), ("T", "交通执法")]
    assert [row.item for row in groups[0].rows] == ["LIC-11", "PLA-02"]
    assert [row.severity for row in groups[1].rows] == ["II", "II", "II", "III", "III"]


def test_an_authority_other_than_ours_gets_a_hand_over() -> None:
    police, ours = outcome_state(answered()).groups
    assert police.handling == "立案 1 件 · 移送公安交警"
    assert ours.handling == "立案 1 件"


def test_law_that_is_not_verified_is_marked_on_every_row() -> None:
    rows = [row for group in outcome_state(answered()).groups for row in group.rows]
    assert {row.pending for row in rows} == {"处罚依据待核", "适用法律未定"}
    assert {row.pending for row in rows if row.asks_law} == {"适用法律未定"}


def test_a_grave_finding_without_a_photo_asks_for_one_and_a_light_one_does_not() -> None:
    rows = {row.item: row for group in outcome_state(answered()).groups for row in group.rows}
    assert rows["EQP-14"].wants_photo
    assert not rows["EQP-12"].wants_photo
    file = {"sha256": "a" * 64, "bytes": 10, "type": "image/jpeg"}
    assert rows["EQP-14"].lacks == "尚缺证据：车辆或现场全景照片、问题部位或物品照片"
    one = outcome_state(story.after(answered(), acts.photo(file, "EQP-14")))
    left = {row.item: row.lacks for group in one.groups for row in group.rows}
    assert left["EQP-14"] == "尚缺证据：问题部位或物品照片"
    both = story.after(answered(), acts.photo(file, "EQP-14"), acts.photo({**file, "sha256": "b" * 64}, "EQP-14"))
    assert not {row.item: row for group in outcome_state(both).groups for row in group.rows}["EQP-14"].wants_photo
    assert one.missing_evidence.startswith("4 ")


def test_violations_that_may_be_one_act_are_named() -> None:
    held = story.after(answered(), acts.answer("LOD-06", "does_not_conform", violation="CN-LOD-04"))
    rows = [row for group in outcome_state(held).groups for row in group.rows]
    assert any("CN-LOD-04" in row.one_act for row in rows if row.item == "PLA-02")


def test_nothing_goes_to_signing_while_something_is_open() -> None:
    state = outcome_state(story.seen())
    assert not state.may_sign
    assert state.obstacles[0].item == "LIC-10"
    assert {one.section for one in state.obstacles} >= {"PLA", "TNK"}


def test_the_proposal_is_chosen_until_the_officer_chooses() -> None:
    state = outcome_state(answered())
    assert [one.key for one in state.choices if one.chosen] == ["hold"]
    assert [one.key for one in state.choices if one.proposed] == ["hold"]
    assert state.may_sign


def test_a_heavier_outcome_is_free_and_a_lighter_one_needs_a_reason() -> None:
    assert outcome_state(answered(), Pick("seize")).may_sign
    assert not outcome_state(answered(), Pick("release_after_correction")).may_sign
    assert outcome_state(answered(), Pick("release_after_correction", "经带队负责人批准")).may_sign


def test_a_deadline_needs_its_last_day() -> None:
    lighter = Pick("correct_by_deadline", "经带队负责人批准")
    state = outcome_state(answered(), lighter)
    assert [one.key for one in state.deadlines][:2] == ["2026-11-24", "2026-11-28"]
    assert not state.may_sign
    assert outcome_state(answered(), Pick(lighter.outcome, lighter.reason, "2026-11-28")).may_sign


def test_a_decision_is_taken_up_again_and_not_decided_twice() -> None:
    held = decided(correct_by="2026-11-28")
    pick = chosen(held, Pick())
    assert pick == Pick("hold", "", "2026-11-28")
    assert is_decided(held, pick)
    assert not is_decided(held, Pick("seize"))


def test_a_decision_for_another_proposal_does_not_stand() -> None:
    light = story.after(story.arrived(), acts.answer("EQP-14", "does_not_conform"))
    early = story.after(light, acts.decide(light, light.assessment.proposal.outcome))
    late = story.after(early, acts.see_aboard([{"role": "driver", "name": "张建国"}]))
    assert chosen(late, Pick()).outcome == late.assessment.proposal.outcome == "hold"


def test_it_is_all_in_english_too() -> None:
    words.lang = "en"
    state = outcome_state(answered())
    assert state.proposal == "Hold at a safe place"
    assert state.groups[0].handling == "1 case · handed over to Police"


def test_one_touch_decides_as_proposed_and_goes_to_signing(driver, tmp_path) -> None:
    ending = Ending(tmp_path, answered(), driver, "outcome")
    driver.tap_id("to_signing")
    assert ending.desk.screen == "sign"
    assert decision.outcome(ending.held)["decided"] == "hold"
    assert driver.touches == 1


def test_a_lighter_outcome_is_chosen_by_touch_with_its_reason_and_its_day(driver, tmp_path) -> None:
    ending = Ending(tmp_path, answered(), driver, "outcome")
    driver.tap_id("pick:correct_by_deadline")
    driver.tap_text("货物已由合格车辆转运")
    driver.tap_id("pick:2026-11-28")
    driver.tap_id("to_signing")
    held = decision.outcome(ending.held)
    assert (held["decided"], held["reason"], held["correct_by"]) == (
        "correct_by_deadline",
        "货物已由合格车辆转运",
        "2026-11-28",
    )


def test_a_missing_photo_is_one_touch_away_and_comes_back_here(driver, tmp_path) -> None:
    ending = Ending(tmp_path, answered(), driver, "outcome")
    driver.tap_id("photo:LIC-11")
    assert (ending.desk.screen, ending.desk.where) == ("deviation", {"item": "LIC-11", "back": "outcome"})


def test_what_is_open_is_one_touch_away(driver, tmp_path) -> None:
    ending = Ending(tmp_path, story.seen(), driver, "outcome")
    assert driver.find_id("to_signing").disabled
    driver.tap_id("lead:TNK")
    assert (ending.desk.screen, ending.desk.where["section"]) == ("walk", "TNK")


def test_who_confirms_beside_us_is_chosen_before_the_driver_has_the_tablet_where_there_are_several() -> None:
    third = replace(story.LI, id="officer-3", name="赵六")
    state = outcome_state(decided(), others=[story.LI, third], second="officer-3")
    assert [(one.key, one.chosen) for one in state.seconds] == [("officer-2", False), ("officer-3", True)]
    assert outcome_state(decided(), others=[story.LI]).seconds == ()


def test_the_officers_are_warned_of_whoever_has_no_name() -> None:
    assert outcome_state(decided()).nameless == ""
    held = story.after(decided(), acts.see_aboard([{"role": "driver", "name": "?"}]))
    assert "驾驶人" in outcome_state(held).nameless


def test_that_all_was_put_right_is_no_likely_reason_before_it_was_looked_at_again() -> None:
    state = outcome_state(answered(), Pick("release"))
    assert [one.text for one in state.reasons] == ["货物已由合格车辆转运"]
    assert not outcome_state(answered(), Pick("release", "已当场改正并复查")).may_sign


def test_another_outcome_keeps_neither_the_reason_nor_the_last_day_of_the_one_before() -> None:
    held = answered()
    early = story.after(held, acts.decide(held, "correct_by_deadline", "货物已由合格车辆转运", "2026-11-28"))
    assert chosen(early, Pick("hold")) == Pick("hold")
    assert chosen(early, Pick("release", "", "2026-11-28")) == Pick("release")
