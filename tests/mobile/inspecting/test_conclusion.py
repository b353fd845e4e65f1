"""The end of an inspection: who signs, who approved, what was put right, what is owed, and which papers follow."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checklists.findings.outcome import carried_out
from checklists.papers.paper import text_of
from checklists.records import paper_proof
from demo.find import lineage
from demo.officer import see
from demo.painted import is_scroll
from mobile.inspecting import acts, conclusion
from mobile.refusals import Refusal
from mobile.screens.approve.state import approve_state
from mobile.screens.genuine.state import genuine_state
from mobile.screens.outcome.state import Pick, outcome_state
from mobile.screens.papers.state import papers_state
from mobile.screens.sign.state import sign_state
from mobile.sealing import abandonment, duties, duty, part, seal, signatures, void_number
from mobile.store import store
from mobile.words import words
from tests.mobile import story, tablet
from tests.mobile.closing import (
    DEVICE,
    NOW,
    SECOND_PIN,
    STROKES,
    Ending,
    answered,
    carded,
    decided,
    driver_signs,
    enrolment,
    kept,
    officer_signs,
    signed,
    writes,
)
from tests.mobile.field import OFFICE, opened
from tests.mobile.screens.test_sign import SIGNATURE, enter_pin

OFFICERS = (story.WANG, story.LI)
ESCORT = {"role": "escort", "name": "李卫东", "id_number": "150624198203030035"}
FILE = {"sha256": "a" * 64, "bytes": 10, "type": "image/jpeg"}


@pytest.fixture(autouse=True)
def chinese():
    words.lang = "zh_CN"


def with_escort():
    """The story with the escort aboard after all; the rest of it is still found."""
    seen = story.situation()["seen"]["aboard"]
    held = story.cleared(story.after(story.seen(), acts.see_aboard([*seen, ESCORT])))
    return story.after(held, *(acts.answer(one.item.id, "conforms") for one in held.assessment.open))


def seized():
    """The story decided as a seizure, which a leader approves first."""
    return story.after(answered(), acts.decide(answered(), "seize"))


def escort_signs(held, **more):
    more = {"digest": part.draft(held, DEVICE), **more}
    return story.after(held, acts.sign("escort", "李卫东", STROKES, **more))


def sealed_on(folder: Path, held):
    opened_ = opened(folder)
    whole = kept(opened_, held)
    seal.seal(opened_, whole, DEVICE, enrolment(), NOW)
    return opened_, seal.papers(opened_, "inspection-1")[1]


def test_the_escort_signs_only_where_one_is_aboard() -> None:
    assert [one.role for one in conclusion.signers(answered())] == ["driver"]
    assert [(one.role, one.must) for one in conclusion.signers(with_escort())] == [("driver", True), ("escort", True)]


def test_of_a_clean_vehicle_the_escorts_signature_may_be_left_out() -> None:
    clean = replace(with_escort(), entries=())
    clean = story.after(clean, acts.see_aboard([{"role": "driver", "name": "张建国"}, ESCORT]))
    assert [one.must for one in conclusion.signers(clean) if one.role == "escort"] == [bool(clean.assessment.findings)]


def test_nothing_is_sealed_before_the_escort_signed_or_refused() -> None:
    held = driver_signs(decided(with_escort()))
    both = officer_signs(officer_signs(held, story.WANG), story.LI)
    assert signatures.missing(both, DEVICE) == ("escort",)
    assert signatures.missing(escort_signs(both), DEVICE) == ()
    refused = story.after(
        both, acts.sign("escort", "李卫东", digest=part.draft(both, DEVICE), refused=True, witness="赵六")
    )
    assert signatures.missing(refused, DEVICE) == ()


def test_the_driver_signs_first_then_the_escort_then_the_officers() -> None:
    held = decided(with_escort())
    first = sign_state(held, DEVICE, OFFICERS)
    assert (first.person, first.next_person, len(first.tabs)) == ("driver", "escort", 2)
    second = sign_state(driver_signs(held), DEVICE, OFFICERS, stage="officers", person="escort")
    assert (second.stage, second.driver, second.next_person) == ("driver", "李卫东", "")
    assert sign_state(escort_signs(driver_signs(held)), DEVICE, OFFICERS, stage="officers").stage == "officers"


def test_what_the_escort_says_after_the_driver_signed_leaves_the_drivers_signature_standing() -> None:
    held = driver_signs(decided(with_escort()))
    before = part.draft(held, DEVICE)
    spoken = story.after(held, conclusion.state(held, before, "escort", "李卫东", "我不知道"))
    assert part.draft(spoken, DEVICE) == before
    assert conclusion.said(spoken, "escort") == "我不知道"
    assert signatures.signed(spoken, before).driver is not None
    assert signatures.signed(spoken, before).escort is None


def test_words_spoken_before_anybody_signed_are_a_statement() -> None:
    held = decided(with_escort())
    (draft,) = conclusion.state(held, part.draft(held, DEVICE), "escort", "李卫东", "我不知道")
    assert (draft.kind, draft.item) == ("statement", "escort")


def test_the_record_names_who_showed_a_card_to_whom_and_what_each_said(tmp_path: Path) -> None:
    held = driver_signs(carded(decided(with_escort())))
    draft = part.draft(held, DEVICE)
    spoken = story.after(held, conclusion.state(held, draft, "escort", "李卫东", "我不知道"))
    within = conclusion.said_in_signature(spoken, "escort")
    last = signatures.earlier(spoken, "escort")
    whole = escort_signs(spoken, **within, withdraws=last)
    _store, papers = sealed_on(tmp_path, officer_signs(officer_signs(whole, story.WANG), story.LI))
    text = text_of(papers[0].notice)
    assert "已向驾驶人张建国、押运员李卫东出示执法证件：王强 T-0001、李敏 P-0002" in text
    assert "押运员李卫东：我不知道" in text
    assert "押运员：李卫东" in text


def test_a_seizure_waits_for_a_leader_or_is_urgent() -> None:
    held = seized()
    assert signatures.missing(held, DEVICE)[0] == "approval"
    assert outcome_state(held).go_words == "报负责人批准"
    approved = story.after(replace(held, officer=story.LI), conclusion.approve(held, story.LI))
    assert "approval" not in signatures.missing(approved, DEVICE)
    assert "李敏" in outcome_state(approved).approval
    urgent = story.after(held, conclusion.go_on_urgently(held, "泄漏", NOW, NOW))
    assert "approval" not in signatures.missing(urgent, DEVICE)


def test_another_decision_needs_another_approval() -> None:
    held = seized()
    approved = story.after(held, conclusion.approve(held, story.LI))
    later = story.after(approved, acts.decide(approved, "seize", "另有原因"))
    assert conclusion.approval_of(later).lacking


def test_an_approval_stands_on_the_record_and_an_urgent_measure_is_owed_a_report(tmp_path: Path) -> None:
    held = seized()
    approved = story.after(held, conclusion.approve(held, story.LI))
    opened_, papers = sealed_on(tmp_path / "a", signed(approved))
    assert "审批：带队负责人李敏（P-0002）" in text_of(papers[0].notice)
    assert duties.open_duties(opened_) == ()
    urgent = story.after(held, conclusion.go_on_urgently(held, "泄漏", NOW, NOW))
    opened_, papers = sealed_on(tmp_path / "b", signed(urgent))
    assert "补办批准手续" in text_of(papers[0].notice)
    (owed,) = duties.open_duties(opened_, "inspection-1")
    assert (owed.kind, owed.what) == (duty.REPORT, ("D",))
    duties.done(opened_, owed.id, "t-wang", story.AT)
    assert duties.open_duties(opened_) == ()


def test_a_report_is_owed_also_where_the_tablet_went_off_before_it_was_signed(driver, tmp_path: Path) -> None:
    held = seized()
    urgent = story.after(held, conclusion.go_on_urgently(held, "泄漏", NOW, NOW))
    ending = Ending(tmp_path, urgent, driver, "sign")
    (owed,) = duties.open_duties(ending.desk.open_store, "inspection-1")
    assert owed.kind == duty.REPORT


@pytest.mark.parametrize("size", [(1024, 600, 7.0), (800, 1280, 10.1)])
def test_what_is_not_verified_is_in_sight_before_the_leaders_pin(driver, tmp_path: Path, size) -> None:
    driver.set_device(*size)
    Ending(tmp_path, seized(), driver, "approve")
    driver.step(2)
    pending = driver.find_id("pending")
    assert pending.text == "就所发现的情形，采取该措施的法律依据待核，批准前请核实"
    assert not any(is_scroll(one) for one in lineage(pending))


def test_without_a_leader_only_the_urgent_way_is_left() -> None:
    state = approve_state(seized(), (), NOW)
    assert state.urgent
    assert not state.may_go_on
    assert state.report_by == "11-22 09:55"
    assert approve_state(seized(), (), NOW, reason="没有信号").may_go_on


def test_what_was_put_right_stays_found_and_gives_the_reason_for_a_lighter_outcome() -> None:
    held = answered()
    for one in held.assessment.findings:
        held = story.after(held, conclusion.look_again(one, FILE))
    assert len(held.assessment.findings) == len(answered().assessment.findings)
    assert all("复查已改正" in row.fixed for group in outcome_state(held).groups for row in group.rows)
    assert outcome_state(held, Pick("release_after_correction")).pick.reason == "已当场改正并复查"


def test_a_photo_of_what_was_put_right_is_no_evidence_of_the_fault() -> None:
    held = answered()
    triangles = next(one for one in held.assessment.findings if one.item == "EQP-14")
    after = story.after(held, conclusion.look_again(triangles, FILE))
    one = next(found for found in after.assessment.findings if found.item == "EQP-14")
    assert one.photos == ()
    assert "item" in next(proof for proof in after.assessment.evidence if proof.item == "EQP-14").missing


def test_every_paper_carries_a_code_that_verifies_with_the_offices_key_alone(tmp_path: Path) -> None:
    opened_, papers = sealed_on(tmp_path, signed())
    record, _papers = seal.papers(opened_, "inspection-1")
    for paper in papers:
        verdict = paper_proof.check(paper.proof, OFFICE.public, words=text_of(paper.notice).encode())
        assert verdict.state == "genuine"
        assert verdict.stated is not None
        assert (verdict.stated.number, verdict.stated.record) == (paper.number, record)


def test_a_void_number_is_registered_in_the_chain_and_its_paper_goes_out_again(tmp_path: Path) -> None:
    opened_, papers = sealed_on(tmp_path, signed())
    number = papers[1].number
    made = void_number.void(opened_, "inspection-1", number, "打印损坏", story.WANG, DEVICE, enrolment(), NOW)
    assert (made.part["kind"], made.part["device_seq"]) == ("amendment", 2)
    assert made.part["amends"] == seal.papers(opened_, "inspection-1")[0]
    _record, now = seal.papers(opened_, "inspection-1")
    assert [(one.number, one.void) for one in now[1:3]] == [(number, "打印损坏"), ("D01-O000003", "")]
    assert paper_proof.check(now[2].proof, OFFICE.public).state == "genuine"
    assert len(store.waiting_records(opened_)) == 2
    with pytest.raises(Refusal, match="paper_void"):
        void_number.void(opened_, "inspection-1", number, "又一次", story.WANG, DEVICE, enrolment(), NOW)
    state = papers_state(now, None, chosen=number)
    assert state.void == "已作废：打印损坏"


@pytest.mark.parametrize(
    ("state", "tone"), [("genuine", "good"), ("forged", "danger"), ("revoked", "danger"), ("unreadable", "unknown")]
)
def test_a_verdict_is_said_in_large_words(state: str, tone: str) -> None:
    shown = genuine_state(paper_proof.Verdict(state), "示例旗大队")
    assert (shown.tone, shown.rows) == (tone, ())
    assert shown.title


def test_a_leader_approves_by_pin_and_then_it_is_explained(driver, tmp_path, monkeypatch) -> None:
    leader = ({**tablet.OFFICERS[1], "leader": True},)
    monkeypatch.setattr(tablet, "OFFICERS", (tablet.OFFICERS[0], *leader))
    ending = Ending(tmp_path, answered(), driver, "outcome")
    driver.tap_id("pick:seize")
    driver.tap_id("to_signing")
    assert ending.desk.screen == "approve"
    enter_pin(driver, SECOND_PIN)
    assert ending.desk.screen == "sign"
    (approval,) = [one for one in ending.held.all_of("signature") if one.value["role"] == "leader"]
    assert (approval.officer, approval.value["measures"]) == ("officer-2", ["D"])


def test_without_a_leader_it_goes_on_as_urgent_and_is_kept_as_a_task(driver, tmp_path) -> None:
    ending = Ending(tmp_path, answered(), driver, "outcome")
    driver.tap_id("pick:seize")
    driver.tap_id("to_signing")
    assert driver.find_id("go_on").disabled
    driver.tap_text("此处没有网络和电话信号")
    driver.tap_id("go_on")
    assert ending.desk.screen == "sign"
    (owed,) = duties.open_duties(ending.desk.open_store)
    assert owed.kind == duty.REPORT


def test_the_touch_that_begins_the_explanation_writes_down_that_cards_were_shown(driver, tmp_path) -> None:
    ending = Ending(tmp_path, answered(), driver, "outcome")
    driver.tap_id("to_signing")
    assert driver.touches == 1
    shown = conclusion.cards_shown(ending.held)
    assert [one["card"] for one in shown["officers"]] == ["T-0001", "P-0002"]
    assert shown["to"] == [{"role": "driver", "name": "张建国"}]


def test_driver_and_escort_sign_one_after_the_other(driver, tmp_path) -> None:
    ending = Ending(tmp_path, decided(with_escort()), driver, "sign")
    writes(driver, SIGNATURE)
    driver.tap_id("hand_back")
    see(driver, "told")
    driver.find_text("李卫东 在此签字")
    writes(driver, SIGNATURE)
    driver.tap_id("hand_back")
    enter_pin(driver, tablet.PIN)
    enter_pin(driver, SECOND_PIN)
    assert ending.desk.screen == "papers"
    roles = [one.value["role"] for one in ending.held.all_of("signature")]
    assert roles == ["driver", "escort", "officer", "officer"]


def test_what_somebody_says_after_something_changed_stands_before_what_he_signed_earlier() -> None:
    held = escort_signs(driver_signs(decided(with_escort())))
    held = story.after(held, conclusion.state(held, part.draft(held, DEVICE), "driver", "张建国", "旧话"))
    held = driver_signs(held, **conclusion.said_in_signature(held, "driver"))
    changed = story.after(held, acts.answer("EQP-14", "does_not_conform", note="右侧"))
    assert conclusion.said(changed) == "旧话"
    anew = story.after(changed, conclusion.state(changed, part.draft(changed, DEVICE), "driver", "张建国", "新话"))
    assert conclusion.said(anew) == "新话" and not conclusion.said_in_signature(anew, "driver")
    assert conclusion.said(driver_signs(anew)) == "新话"


@pytest.mark.parametrize("after_signing", [False, True])
def test_words_that_were_not_his_are_taken_back_and_nothing_is_recorded_of_them(after_signing) -> None:
    held = decided(with_escort())
    held = escort_signs(held) if after_signing else held
    said = story.after(held, conclusion.state(held, part.draft(held, DEVICE), "driver", "张建国", "押运员的话"))
    taken = story.after(said, conclusion.unstate(said, "driver", "张建国"))
    assert (conclusion.said(taken), conclusion.said_nothing(taken)) == ("", False)
    assert conclusion.said(driver_signs(taken)) == ""


def test_nothing_is_owed_of_a_check_that_was_abandoned(tmp_path) -> None:
    held = seized()
    urgent = story.after(held, conclusion.go_on_urgently(held, "车辆泄漏", NOW, NOW))
    opened_ = opened(tmp_path)
    kept(opened_, urgent)
    duties.take_on(opened_, duty.owed(urgent, ()))
    assert duties.open_duties(opened_)
    abandonment.abandon(opened_, urgent, DEVICE, enrolment(), "误开", NOW)
    assert not duties.open_duties(opened_)


def test_no_report_is_owed_once_a_leader_approved_after_all() -> None:
    held = seized()
    urgent = story.after(held, conclusion.go_on_urgently(held, "车辆泄漏", NOW, NOW))
    assert [one.kind for one in duty.owed(urgent, ())] == [duty.REPORT]
    assert duty.owed(story.after(urgent, conclusion.approve(urgent, story.LI)), ()) == ()


def test_who_is_let_go_is_not_held_nor_unloaded_on_paper_or_screen() -> None:
    held = answered()
    assert "H" in held.assessment.proposal.measures
    away = story.after(held, acts.decide(held, "release", "误判"))
    shown = "".join(sign_state(away, DEVICE, OFFICERS).follows)
    assert "停放" not in shown and "转运" not in shown
    rows = held.kit.definitions.measures
    assert not {"H", "U", "D", "N"} & set(carried_out(("R", "H", "U", "D", "N"), "release", rows))
    assert carried_out(("R", "H", "U"), "hold", rows) == ("R", "H", "U")
