"""What is added to a sealed record: a hold is lifted by who looked again, something wrong is corrected and says why."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from checklists.crypto import verify
from checklists.facts.registry import row_key
from checklists.findings.approval import AGAINST_STOP
from checklists.findings.fault import fault
from checklists.findings.lifting import AGAINST_FINDING
from checklists.inspection.correction import corrections
from checklists.inspection.entries import answers
from checklists.inspection.recheck import looked_again
from checklists.papers.paper import text_of
from checklists.records.check_history import check_of, entries_of
from checklists.wire import canonical, digest, instant
from mobile.inspecting import acts, conclusion
from mobile.inspecting.own_checks import OwnChecks
from mobile.refusals import Refusal
from mobile.screens.correction.said import choices, correction, said
from mobile.sealing import amendment, duties, seal, supplements
from mobile.sealing.duty import RECHECK
from mobile.sealing.supplement import CLEARANCE, CORRECTION, Supplement
from mobile.store import store
from mobile.store.draft import draft_digest
from mobile.words import words
from tests.mobile import story
from tests.mobile.closing import DEVICE, NOW, answered, decided, enrolment, kept, signed
from tests.mobile.field import DEVICE as KEY
from tests.mobile.field import opened

GOLDEN = Path(__file__).parents[2] / "golden"
LATER = NOW + timedelta(hours=2)
WHY = "已整改，复查合格"


@pytest.fixture(autouse=True)
def chinese() -> None:
    words.lang = "zh_CN"


@dataclass(frozen=True)
class Adding:
    """What is being added, on its tablet."""

    store: Any
    made: Supplement

    def __getattr__(self, name: str) -> Any:
        return getattr(self.made, name)

    def putting(self, drafts: Any, at: Any, officer: Any = None) -> Adding:
        return replace(self, made=supplements.put(self.store, self.made, drafts, at, officer))

    def finish(self) -> Any:
        return supplements.finish(self.store, self.made, enrolment(), LATER)


def sealed(folder: Path, held: Any = None) -> Adding:
    """The story held, sealed on this tablet."""
    opened_ = opened(folder)
    held = kept(opened_, signed(held or decided()))
    seal.seal(opened_, held, DEVICE, enrolment(), NOW)
    return Adding(opened_, supplements.begin(opened_, held, DEVICE, CLEARANCE))


def again(made: Adding, what: str = CLEARANCE) -> Adding:
    """The same as another process finds it."""
    return Adding(made.store, supplements.begin(made.store, made.held, DEVICE, what))


def photo(number: int) -> dict[str, Any]:
    return {"sha256": f"{number:064x}", "bytes": 1, "type": "image/jpeg"}


def looked(made: Adding, *left: str) -> Adding:
    """Every finding looked at again; those in `left` are as they were."""
    for number, one in enumerate(made.assessment.findings):
        right = one.item not in left
        seen = conclusion.mended(fault(one), photo(number)) if right else conclusion.not_mended(fault(one), "明天补")
        made = made.putting(seen, LATER)
    return made


def eqp_14(made: Adding) -> str:
    """The fault of the warning triangles."""
    return next(fault(one) for one in made.assessment.findings if one.item == "EQP-14")


def signs(made: Adding, *officers: Any) -> Adding:
    for one in officers or (story.WANG, story.LI):
        made = made.putting(acts.sign("officer", one.name, card=one.card, digest=made.draft), LATER, one)
    return made


def leader_signs(made: Adding) -> Adding:
    asked = made.approvals(made.heard(LATER))
    return made.putting(conclusion.approve_letting_go(made.decided, asked, story.LI, made.draft), LATER, story.LI)


def let_go(made: Adding, *left: str) -> Adding:
    made = looked(made, *left)
    return made.putting(conclusion.let_go(made.ways[0], WHY, made.last_day), LATER)


def grave(made: Adding) -> str:
    """The item of a finding that holds the vehicle by itself."""
    return next(one.item for one in made.assessment.findings if one.severity == "I")


def asked(made: Adding) -> tuple[str, ...]:
    return made.approvals(made.heard(LATER))


def test_a_vehicle_put_right_at_noon_goes_on_by_two_officers_and_holds_nowhere_any_more(tmp_path: Path) -> None:
    made = sealed(tmp_path)
    assert made.holds and supplements.holding(made.store, "inspection-1")
    made = let_go(made)
    assert (made.ways, made.missing(asked(made))) == (("release_after_correction",), ("officers",))
    made = signs(made)
    part = made.finish().part
    assert not again(made).holds and not supplements.holding(made.store, "inspection-1")
    row = OwnChecks(made.store).lookup("history", row_key("vehicle", "蒙K12345|yellow"))
    (told,) = row["data"]["rows"]
    assert (told["outcome"], told["outcome_before"], told["outcome_at"]) == (
        "release_after_correction", "hold", instant(LATER),
    )  # fmt: skip
    assert [one["value"]["role"] for one in part["entries"] if one["kind"] == "signature"] == ["officer", "officer"]
    assert canonical(part) == store.sealed(made.store, digest(canonical(part))).body


def test_the_page_says_what_was_seen_of_each_finding_and_who_let_it_go(tmp_path: Path) -> None:
    made = sealed(tmp_path)
    leader_signs(signs(let_go(made, grave(made)))).finish()
    page = seal.papers(made.store, "inspection-1")[1][-1]
    text = text_of(page.notice)
    assert page.number == "D01-A000001" and page.proof and page.record
    assert "本页补充D01-R000001号现场检查记录" in text
    assert "复查未整改；明天补" in text and "已改正（照片" in text
    assert f"理由：{WHY}" in text and "审批：带队负责人李敏（P-0002）2026-11-21 11:55：问题未见整改而放行" in text
    assert "以案件承办单位出具的决定书为准" in text
    assert seal.make_pdf(made.store, "inspection-1", page.number, tmp_path).read_bytes()[:5] == b"%PDF-"


def test_what_held_the_vehicle_and_is_not_put_right_asks_for_a_leader(tmp_path: Path) -> None:
    made = sealed(tmp_path)
    light = next(one.item for one in made.assessment.findings if one.severity == "II")
    assert asked(let_go(made, grave(made))) == (AGAINST_FINDING,)
    assert asked(let_go(sealed(tmp_path / "b"), light)) == ()


def test_a_measure_that_a_leader_approved_is_ended_by_a_leader(tmp_path: Path) -> None:
    held = story.after(answered(), acts.decide(answered(), "seize"))
    held = story.after(replace(held, officer=story.LI), conclusion.approve(held, story.LI))
    made = signs(let_go(sealed(tmp_path, replace(held, officer=story.WANG))))
    assert (asked(made), made.missing(asked(made))) == (("D",), ("leader",))
    made = leader_signs(made)
    assert made.missing(asked(made)) == ()
    changed = made.putting(conclusion.let_go("release_after_correction", "另有原因"), LATER)
    assert changed.missing(asked(changed)) == ("officers", "leader")


def test_a_stop_that_somebody_else_ordered_since_stays_and_asks_for_a_leader(tmp_path: Path) -> None:
    made = let_go(sealed(tmp_path))
    rows = [
        {
            "number": "停〔2026〕1号",
            "kind": "stop",
            "on": "vehicle",
            "key": "蒙K12345",
            "since": "2026-11-21",
            "authority": "某局",
        }
    ]
    registry = {**story.registry(), ("orders", "蒙K12345"): {"data": {"rows": rows}, "as_of": story.AT}}
    assert asked(made) == ()
    used = replace(made.held.kit, lookup=lambda kind, key: registry.get((kind, key)))
    made = replace(made, made=replace(made.made, held=replace(made.held, kit=used)))
    assert asked(made) == (AGAINST_STOP,)


def test_a_kill_between_any_two_touches_loses_nothing_and_seals_once(tmp_path: Path) -> None:
    made = sealed(tmp_path)
    looked(made)
    made = again(made)
    assert made.left == () and made.missing(()) == ("undecided", "officers")
    made.putting(conclusion.let_go("release_after_correction", WHY), LATER)
    signs(again(made), story.WANG)
    made = again(made)
    assert made.missing(()) == ("officers",)
    made = signs(made, story.LI)
    again(made).finish()
    assert len(amendment.parts_of(made.store, "inspection-1")) == 2
    assert again(made).begun == () and again(made).missing(()) == ("nothing", "undecided", "officers")
    with pytest.raises(ValueError, match="waits for"):
        again(made).finish()


def test_a_power_cut_in_the_seal_leaves_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = signs(let_go(sealed(tmp_path)))
    before = seal.papers(made.store, "inspection-1")

    def cut(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mobile.sealing.supplements._settle", cut)
    with pytest.raises(KeyboardInterrupt):
        made.finish()
    monkeypatch.undo()
    assert seal.papers(made.store, "inspection-1") == before and again(made).missing(()) == ()
    again(made).finish()
    assert seal.papers(made.store, "inspection-1")[1][-1].number == "D01-A000001"


def test_what_changes_after_a_signature_is_signed_again(tmp_path: Path) -> None:
    made = signs(let_go(sealed(tmp_path)), story.WANG)
    made = made.putting(conclusion.not_mended(eqp_14(made)), LATER)
    assert made.signatures == ()
    made = signs(made.putting(conclusion.mended(eqp_14(made), photo(99)), LATER))
    part = made.finish().part
    assert len([one for one in part["entries"] if one["kind"] == "signature"]) == 2


def test_who_takes_over_says_for_himself_what_was_put_right_since(tmp_path: Path) -> None:
    made = sealed(tmp_path)
    made = looked(made, "EQP-14")
    assert [one.item for one in made.left] == ["EQP-14"]
    made = made.putting(conclusion.mended(eqp_14(made), photo(99), before=made.looked(eqp_14(made))), LATER, story.LI)
    assert made.left == ()


def test_another_tablet_lifts_nothing(tmp_path: Path) -> None:
    made = sealed(tmp_path)
    stranger = opened(tmp_path / "other")
    assert not amendment.may_amend(stranger, "inspection-1")
    with pytest.raises(Refusal, match="inspection-1"):
        amendment.amend(stranger, made.held, DEVICE, KEY, conclusion.let_go("release", WHY), LATER)


def test_who_looked_again_and_found_all_put_right_owes_no_second_look(tmp_path: Path) -> None:
    made = sealed(tmp_path, decided(correct_by="2026-11-28"))
    assert [one.kind for one in duties.open_duties(made.store)] == [RECHECK]
    signs(let_go(made)).finish()
    assert duties.open_duties(made.store) == ()


def test_a_correction_names_old_new_and_reason_on_its_page_and_counts_from_then_on(tmp_path: Path) -> None:
    made = again(sealed(tmp_path), CORRECTION)
    lines = {one.key: one for one in said(made.now)}
    made = made.putting(correction(made.now, lines["answer:EQP-14"], "conforms", "误触"), LATER)
    mass = lines["fact:seen.gross_mass_kg"]
    made = made.putting(correction(made.now, mass, str(mass.data + 100), "看错"), LATER)
    assert made.missing(()) == ("officers",)
    part = signs(made).finish().part
    first, second = corrections(again(made, CORRECTION).before.entries)
    assert (first.old, first.new, first.reason) == ("does_not_conform", "conforms", "误触")
    assert (second.old, second.new) == (mass.data, mass.data + 100)
    now = again(made, CORRECTION).before
    assert answers(now.entries)["EQP-14"].value["result"] == "conforms"
    assert "EQP-14" not in [one.item for one in now.assessment.findings]
    text = text_of(seal.papers(made.store, "inspection-1")[1][-1].notice)
    assert "不符合：符合：误触" in text and "更正为" in text
    assert "放行" not in text and part["papers"][0]["kind"] == "addendum"


def test_what_a_clearing_answered_is_corrected_and_can_be_corrected_back(tmp_path: Path) -> None:
    made = again(sealed(tmp_path), CORRECTION)
    one = next(each for each in said(made.now) if each.kind == "answer" and each.entry is None)
    made = made.putting(correction(made.now, one, "does_not_conform", "漏看"), LATER)
    assert one.item in [each.item for each in made.now.assessment.findings]
    back = next(each for each in said(made.now) if each.item == one.item)
    made = made.putting(correction(made.now, back, "conforms", "复看"), LATER)
    assert [(each.old, each.new) for each in corrections(made.begun)] == [
        ("conforms", "does_not_conform"), ("does_not_conform", "conforms"),
    ]  # fmt: skip
    assert one.item not in [each.item for each in made.now.assessment.findings]


@pytest.mark.parametrize(
    ("key", "new", "why"),
    [
        ("answer:EQP-14", "does_not_conform", "看错"),
        ("answer:EQP-14", "conforms", " "),
        ("fact:seen.gross_mass_kg", "重", "看错"),
    ],
)
def test_a_correction_needs_a_reason_and_another_value_that_fits(tmp_path: Path, key: str, new: str, why: str) -> None:
    made = again(sealed(tmp_path), CORRECTION)
    one = next(each for each in said(made.now) if each.key == key)
    with pytest.raises(ValueError, match=r"."):
        correction(made.now, one, new, why)


def correct(made: Adding, key: str, new: str, why: str = "抄错") -> Adding:
    one = next(each for each in said(made.now) if each.key == key)
    return made.putting(correction(made.now, one, new, why), LATER)


def page_of(made: Adding) -> str:
    return text_of(seal.papers(made.store, "inspection-1")[1][-1].notice)


def test_a_line_of_the_waybill_is_corrected_at_one_value_and_the_waybill_stays(tmp_path: Path) -> None:
    made = again(sealed(tmp_path), CORRECTION)
    whole = made.now.fact("waybill")
    made = correct(made, "fact:waybill.lines:1:net_mass_kg", "27.5 t")
    made = correct(made, "fact:waybill.driver.name", "张建囯")
    assert made.now.fact("waybill") == whole
    signs(made).finish()
    now = again(made, CORRECTION).before
    bill = now.context.situation.waybill
    assert (bill.lines[0].net_mass_kg, bill.lines[0].un, bill.driver.name) == (27500, "1830", "张建囯")
    assert "货物明细 第1项 · 净重（kg）：28000：27500：抄错" in page_of(made)
    assert "驾驶人 · 姓名：张建国：张建囯：抄错" in page_of(made)


def test_a_line_comes_and_one_goes_and_each_is_told_as_what_it_was(tmp_path: Path) -> None:
    made = again(sealed(tmp_path), CORRECTION)
    made = correct(made, "fact:waybill.lines:+", "1203")
    made = correct(made, "fact:waybill.lines:2:packing_group", "II")
    made = correct(made, "fact:waybill.lines:1", "out", "不是本车的运单行")
    signs(made).finish()
    (line,) = again(made, CORRECTION).before.context.situation.waybill.lines
    assert (line.un, line.packing_group) == ("1203", "II")
    assert "第2项：无此项：UN 编号 1203" in page_of(made)
    assert "净重（kg） 28000：无此项：不是本车的运单行" in page_of(made)


def test_the_last_line_taken_out_leaves_the_goods_not_known(tmp_path: Path) -> None:
    made = again(sealed(tmp_path), CORRECTION)
    made = correct(made, "fact:waybill.lines:1", "out")
    assert made.now.context.situation.waybill.lines is None
    made = correct(made, "fact:waybill.lines:+", "1830")
    assert [(one.old is None, one.new is None) for one in corrections(made.begun)] == [(False, True), (True, False)]


def test_who_was_aboard_is_corrected_person_by_person(tmp_path: Path) -> None:
    made = again(sealed(tmp_path), CORRECTION)
    made = correct(made, "fact:seen.aboard:+", "escort", "漏记")
    made = correct(made, "fact:seen.aboard:2:name", "李卫东", "漏记")
    found = {one.item for one in made.now.assessment.findings}
    assert "LIC-11" not in found and "EQP-07" in found  # an escort is there, and so is no vest for him
    signs(made).finish()
    now = again(made, CORRECTION).before
    assert [(one.role, one.name) for one in now.context.situation.seen.aboard] == [
        ("driver", "张建国"),
        ("escort", "李卫东"),
    ]
    assert "车上人员 第2项：无此项：身份 押运员：漏记" in page_of(made)
    gone = correct(again(made, CORRECTION), "fact:seen.aboard:2", "out")
    assert [one.role for one in gone.now.context.situation.seen.aboard] == ["driver"]


def test_what_a_side_of_the_vehicle_bore_is_corrected_and_nothing_may_be_said(tmp_path: Path) -> None:
    made = again(sealed(tmp_path), CORRECTION)
    made = correct(made, "fact:seen.panels.front.un", "1830")
    made = correct(made, "fact:seen.placards.left", "8、6.1")
    made = correct(made, "fact:seen.placards.rear", "empty")
    seen = made.now.context.situation.seen
    assert (seen.panels["front"].un, seen.panels["front"].hazard_id) == ("1830", "80")
    assert (seen.placards["left"], seen.placards["rear"]) == (("8", "6.1"), ())


def test_a_code_is_picked_and_never_written_in_words_that_no_rule_reads(tmp_path: Path) -> None:
    made = again(sealed(tmp_path), CORRECTION)
    valve = next(one for one in said(made.now) if one.key == "fact:seen.closures.valve")
    assert not valve.is_written and [key for key, _words in choices(valve)] == ["open", "missing"]
    with pytest.raises(ValueError, match=r"."):
        correction(made.now, valve, "关闭", "看错")


@pytest.mark.parametrize(
    ("key", "new"),
    [
        ("fact:waybill.lines:1:net_mass_kg", "很重"),
        ("fact:waybill.lines:1:net_mass_kg", "28000"),
        ("fact:waybill.lines:+", "硫酸"),
        ("fact:waybill.lines:1:un", "硫酸"),
        ("fact:waybill.start_at", "昨天"),
    ],
)
def test_a_waybill_takes_no_value_that_cannot_be_true(tmp_path: Path, key: str, new: str) -> None:
    made = again(sealed(tmp_path), CORRECTION)
    with pytest.raises(ValueError, match=r"."):
        correct(made, key, new)


def test_what_a_code_said_is_no_line_of_the_record_to_correct(tmp_path: Path) -> None:
    bill = {**story.situation()["waybill"], "raw": "YD1;28t"}
    made = again(sealed(tmp_path, decided(story.after(answered(), acts.waybill(bill)))), CORRECTION)
    assert "fact:waybill.number" in {one.key for one in said(made.now)}
    assert not [one for one in said(made.now) if "raw" in one.key]
    made = correct(made, "fact:waybill.lines:1:un", "1832")
    assert made.now.fact("waybill")["raw"] == "YD1;28t"


def test_two_amendments_stand_in_their_order(tmp_path: Path) -> None:
    made = sealed(tmp_path)
    signs(let_go(made)).finish()
    fix = again(made, CORRECTION)
    one = next(each for each in said(fix.now) if each.key == "answer:EQP-14")
    signs(fix.putting(correction(fix.now, one, "conforms", "误触"), LATER)).finish()
    parts = [part for _digest, part in amendment.parts_of(made.store, "inspection-1")]
    assert [part["kind"] for part in parts] == ["amendment", "amendment", "inspection"]
    assert parts[0]["entries"][0]["seq"] > parts[1]["entries"][-1]["seq"]
    assert check_of(parts[2], "d" * 64, parts[:2])["outcome"] == "release_after_correction"


@pytest.mark.parametrize("name", ["sealed-amendment-2", "sealed-amendment-3"])
def test_released_supplements_still_hold_and_are_read(name: str) -> None:
    body = (GOLDEN / f"{name}.json").read_bytes()
    named, public, signature = (GOLDEN / f"{name}.signature").read_text().split()
    assert digest(body) == named and verify(public, body, signature)
    part = json.loads(body)
    assert canonical(part) == body and draft_digest(part) in {one["value"].get("digest") for one in part["entries"]}
    entries = entries_of(part)
    if name == "sealed-amendment-2":
        assert [one.value["decided"] for one in entries if one.kind == "outcome"] == ["release_after_correction"]
        assert looked_again(entries).corrected("EQP-14#any fault of it")
    else:
        told = [(one.item, one.old, one.new, one.reason) for one in corrections(entries)]
        assert told[0] == ("EQP-14", "does_not_conform", "conforms", "误触") and len(told) == 2
