"""Two faults of one item: each is put right, fined and printed for itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checklists.findings.assessment import Finding
from checklists.findings.fault import fault
from checklists.inspection.recheck import looked_again
from checklists.papers.evidence_list import evidence_list, exhibits
from checklists.papers.paper import text_of
from mobile.inspecting import conclusion
from mobile.inspecting.inspection import Draft, Held
from mobile.screens.outcome.rows.state import spot_of
from mobile.screens.outcome.state import outcome_state
from mobile.screens.sign.state import sign_state
from mobile.sealing import paperwork
from mobile.sealing.paper import Paper
from mobile.sealing.signatures import Signed, missing
from mobile.words import words
from tests.mobile import story
from tests.mobile.closing import DEVICE, NOW, answered, enrolment
from tests.mobile.field import opened

FILE = {"sha256": "a" * 64, "bytes": 10, "type": "image/jpeg"}


@pytest.fixture(autouse=True)
def chinese() -> None:
    words.lang = "zh_CN"


def failed(item: str, *more: str, held: Held | None = None, **second: str) -> Held:
    """An item with one thing wrong, and further ones."""
    said = {"result": "does_not_conform", "note": "一件缺失", "more": [{"note": one, **second} for one in more]}
    return story.after(held or answered(), (Draft("answer", item, said),))


def found(held: Held, item: str = "EQP-14") -> list[Finding]:
    return [one for one in held.assessment.findings if one.item == item]


def papers(folder: Path, held: Held) -> tuple[Paper, ...]:
    return paperwork.make(opened(folder), held, DEVICE, enrolment(), Signed(None, ()), NOW)


def test_who_saw_one_put_right_has_not_seen_the_other(tmp_path: Path) -> None:
    held = failed("EQP-14", "一件破损")
    held = story.after(held, conclusion.look_again(found(held)[1], FILE))
    again = looked_again(held.entries)
    assert [again.corrected(fault(one)) is not None for one in found(held)] == [False, True]
    assert again.last(fault(found(held)[1])).value["note"] == "一件破损"
    rows = [row for group in outcome_state(held).groups for row in group.rows if row.item == "EQP-14"]
    assert [(bool(row.fixed), row.may_fix) for row in rows] == [(False, True), (True, False)]
    assert not conclusion.all_corrected(held)
    blocks = [block.text for block in papers(tmp_path, held)[0].notice.blocks]
    told = [next(one for one in blocks if note in one) for note in ("一件缺失", "一件破损")]
    assert ["已改正" in one for one in told] == [False, True]


def test_what_was_said_of_a_fault_holds_for_none_that_takes_its_place() -> None:
    held = failed("EQP-14", "一件破损")
    held = story.after(held, conclusion.look_again(found(held)[1], FILE))
    changed = failed("EQP-14", "一件褪色", held=held)
    assert len(found(changed)) == 2
    assert not any(looked_again(changed.entries).corrected(fault(one)) for one in found(changed))


def test_a_note_of_before_on_the_item_speaks_of_every_fault_of_it() -> None:
    held = failed("EQP-14", "一件破损")
    held = story.after(held, conclusion.mended("EQP-14", FILE))
    assert all(looked_again(held.entries).corrected(fault(one)) for one in found(held))


def test_a_photo_of_the_list_proves_the_fault_that_it_names_and_else_none_of_several() -> None:
    held = failed("EQP-14", "一件破损")
    taken = (Draft("photo", "EQP-14", {**FILE, "evidence": "item"}), *conclusion.look_again(found(held)[1], FILE))
    held = story.after(held, taken)
    definitions, facts = held.kit.definitions, paperwork.facts_of(held, DEVICE, enrolment(), Signed(None, ()), NOW)
    shown = exhibits([entry for entry in held.entries if entry.kind == "photo" and entry.item == "EQP-14"], {})
    listed = text_of(evidence_list(definitions, held.assessment, facts, shown, held.checklist))
    assert listed.count("（一件破损）（EQP-14）\n改正后复查") == 1
    assert "一件缺失" not in listed and listed.count(found(held)[0].violation_title["zh"]) == 1


def test_a_fine_is_of_one_fault_and_its_paper_names_that_one(tmp_path: Path) -> None:
    held = replace(failed("OPR-04", "未佩戴", violation="CN-OPR-04"), officer=story.LI)
    one, other = found(held, "OPR-04")
    assert one.violation != other.violation and spot_of(held, other).allowed
    held = story.after(held, conclusion.penalise(other, 100))
    assert conclusion.penalties(held) == {fault(other): 100}
    (paper,) = [paper for paper in papers(tmp_path, held) if paper.kind == "penalty"]
    assert "未佩戴" in text_of(paper.notice) and "一件缺失" not in text_of(paper.notice)
    numbers = [fault(each) for each in held.assessment.findings]
    assert f"当场罚款100元（第{numbers.index(fault(other)) + 1}项，OPR-04）" in sign_state(held, DEVICE, ()).follows


def test_one_act_seen_twice_is_fined_once() -> None:
    held = replace(failed("OPR-04", "又一处"), officer=story.LI)
    one, other = found(held, "OPR-04")
    held = story.after(held, conclusion.penalise(one, 100))
    assert spot_of(held, one).allowed and spot_of(held, other).because == "one_act"
    back = story.after(held, conclusion.penalise(one, 0))
    assert spot_of(back, other).allowed


def test_a_fine_that_may_not_stand_any_more_is_taken_back_before_the_seal() -> None:
    held = replace(failed("OPR-04", "又一处"), officer=story.LI)
    one, other = found(held, "OPR-04")
    held = story.after(held, conclusion.penalise(one, 100))
    assert not conclusion.fallen_fines(held) and "fine" not in missing(held, DEVICE)
    for fallen in (conclusion.penalise(one, 100_000), conclusion.penalise(other, 100)):
        now = story.after(held, fallen)
        assert "fine" in missing(now, DEVICE) and "请再点一次撤销" in outcome_state(now).lacking
        rows = [row for group in outcome_state(now).groups for row in group.rows if row.fine]
        assert rows and all(row.may_decide for row in rows)
    back = story.after(now, conclusion.penalise(one, 0))
    assert not conclusion.fallen_fines(back) and conclusion.penalties(back) == {fault(other): 100}


def test_a_fine_of_before_is_that_of_the_first_fault_of_its_violation() -> None:
    held = failed("OPR-04", "又一处")
    one, _other = found(held, "OPR-04")
    value = {"violation": one.violation, "procedure": "simple", "amount_cny": 50}
    held = story.after(held, (Draft("outcome", "penalty:OPR-04", value),))
    assert conclusion.penalties(held) == {fault(one): 50}
    assert conclusion.penalties(story.after(held, conclusion.penalise(one, 0))) == {}
