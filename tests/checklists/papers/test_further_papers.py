"""The further papers: word for word as released, and never a basis that is not verified, whatever is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from checklists.authoring.casefile import check, read_case
from checklists.authoring.loader import ROOT
from checklists.definitions.citation import citable, cite
from checklists.definitions.definition import Definitions
from checklists.definitions.forms import PAPERS, Form, form_on
from checklists.definitions.publication import from_published, publish
from checklists.findings.assessment import Assessment, Finding, Party
from checklists.findings.fault import fault
from checklists.goods.listing import Tables
from checklists.inspection.correction import Correction
from checklists.inspection.entries import Entry
from checklists.law.model import Citation, Violation
from checklists.law.simple_procedure import simple
from checklists.papers.addendum import Added, addendum
from checklists.papers.education_record import education_record, is_taught, lessons
from checklists.papers.evidence_list import Exhibit, evidence_list
from checklists.papers.handover import hand_over_letter, hand_overs
from checklists.papers.notices import Facts, on_site_record, order_to_correct, orders
from checklists.papers.paper import Notice, text_of
from checklists.papers.release_pass import clean_pass, is_clean
from checklists.papers.spot_decision import on_the_spot, penalty_decision

GOLDEN = Path(__file__).parents[2] / "golden"
SIGNED = (
    {"role": "driver", "name": "张建国", "strokes": [[0, 0, 50, 50]]},
    {"role": "officer", "name": "王强", "card": "T-0001"},
    {"role": "officer", "name": "李敏", "card": "P-0002"},
)
LESSON = {
    "pack": "escort",
    "version": "2026.1",
    "person": "driver",
    "questions": [{"id": "q1", "right": True}, {"id": "q2", "right": False}, {"id": "q3", "right": True}],
    "score": 2,
    "of": 3,
}
ADDED = Added(
    "D01-R000001",
    "hold",
    "release_after_correction",
    {"EQP-14": "2026-11-21 12:05 已改正（照片摘要 2d2d2d2d2d2d2d2d）"},
    (
        Correction("answer", "EQP-14", "does_not_conform", "conforms", "误触", "officer-1", "2026-11-21T04:05:00.000Z"),
        Correction("fact", "seen.gross_mass_kg", 44920, 44290, "看错", "officer-1", "2026-11-21T04:05:00.000Z"),
        Correction("fact", "seen.loaded", True, None, "", "officer-1", "2026-11-21T04:05:00.000Z"),
    ),
)


def named(assessment: Assessment, item: str) -> str:
    """The name of the first fault of an item."""
    return next(fault(one) for one in assessment.findings if one.item == item)


def added(assessment: Assessment) -> Added:
    """ADDED, of the fault as it is named by now."""
    return replace(ADDED, looked={named(assessment, item): told for item, told in (ADDED.looked or {}).items()})


SHOTS = (
    Exhibit("LIC-11", "overall", "2026-11-21T01:35:00.000Z", "王强", "0f" * 32),
    Exhibit("EQP-14", "item", "2026-11-21T01:41:00.000Z", "王强", "1e" * 32),
    Exhibit("EQP-14", "corrected", "2026-11-21T01:50:00.000Z", "李敏", "2d" * 32),
)


@pytest.fixture
def story(definitions: Definitions, tables: Tables) -> Assessment:
    return check(read_case(ROOT / "examples" / "waste-acid-tanker.yaml"), definitions, tables)


@pytest.fixture
def facts(story: Assessment) -> Facts:
    at = story.situation.at
    who = ("王强（执法证号 T-0001）", "李敏（执法证号 P-0002）")
    held = Facts("D01-X000001", "示例旗交通运输综合行政执法大队", "G109 示例检查点", at, who, "hold", SIGNED)
    told = replace(held, ended_at=at + timedelta(minutes=25), statement="驾驶人张建国：还没补。")
    return replace(told, cards=("王强 T-0001", "李敏 P-0002"), shown_to=("驾驶人张建国",))


def test_the_further_papers_read_word_for_word_as_released(
    definitions: Definitions, story: Assessment, facts: Facts
) -> None:
    materials = ("现场检查记录 D01-R000001", "视听资料证据记录单 D01-V000001（3件）", "运单 YD20261121000123")
    (police,) = hand_overs(story, "T")
    clean = replace(story, findings=(), proposal=replace(story.proposal, outcome="release", measures=()))
    again = replace(
        facts, corrected={named(story, "EQP-14"): "09:50 已改正（照片摘要 2d2d2d2d2d2d2d2d）"}, approval="周队长"
    )
    papers = [
        hand_over_letter(definitions, story, facts, police, materials),
        evidence_list(definitions, story, facts, SHOTS, "cn-joint"),
        education_record(definitions, story, facts, (LESSON,)),
        penalty_decision(definitions, story, facts, no_rest(definitions, story), 120, "P"),
        clean_pass(definitions, clean, replace(facts, outcome="release")),
        addendum(definitions, story, replace(again, reason="已整改，复查合格"), added(story)),
        on_site_record(definitions, story, replace(again, urgent_due=story.situation.at + timedelta(hours=24))),
    ]
    assert "\n".join(map(text_of, papers)) == (GOLDEN / "further-papers.txt").read_text(encoding="utf-8")


def test_only_what_another_authority_gets_and_opens_a_case_for_is_handed_over(story: Assessment) -> None:
    assert [(one.agency, [each.item for each in one.findings]) for one in hand_overs(story, "T")] == [
        ("P", ["LIC-11", "PLA-02"])
    ]
    assert {one.agency for one in hand_overs(story, "P")} == {"T"}
    light = replace(story, findings=tuple(replace(one, severity="III", measures=("R",)) for one in story.findings))
    assert hand_overs(light, "T") == ()


@pytest.mark.parametrize(("role", "told"), [("driver", True), ("carrier", False), ("consignor", False)])
def test_only_a_party_that_was_there_is_said_to_have_been_told_of_the_hand_over(
    definitions: Definitions, story: Assessment, facts: Facts, role: str, told: bool
) -> None:
    (police,) = hand_overs(story, "T")
    given = replace(police, party=replace(police.party, role=role))
    assert ("已向当事人告知" in text_of(hand_over_letter(definitions, story, facts, given))) is told


def test_a_pass_is_only_given_where_nothing_was_found_and_the_vehicle_goes(story: Assessment) -> None:
    clean = replace(story, findings=(), alerts=())
    assert is_clean(clean, "release")
    assert not is_clean(clean, "hold")
    assert not is_clean(story, "release")


def test_education_is_recorded_for_a_lesson_or_where_a_finding_asks_for_it(story: Assessment) -> None:
    assert not is_taught(story, ())
    assert is_taught(story, (LESSON,))
    assert is_taught(replace(story, findings=(replace(story.findings[0], measures=("EDU",)),)), ())


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (LESSON, "驾驶人：escort 2026.1：2/3"),
        ({**LESSON, "title": {"zh": "随车押运", "en": "Aboard"}}, "驾驶人：随车押运 2026.1：2/3"),
        ({**LESSON, "title": {}}, "驾驶人：escort 2026.1：2/3"),
        ({"person": "李卫东", "questions": [{"right": True}, {}]}, "李卫东：—：1/2"),
        ({}, "—：—：—"),
        ({"questions": "none", "score": 3}, "—：—：3"),
    ],
)
def test_a_lesson_is_read_as_far_as_it_goes(
    definitions: Definitions, story: Assessment, facts: Facts, value: dict[str, Any], shown: str
) -> None:
    note = Entry("e1", "i", "d", 1, "o", "T", "2026-11-21T01:30:00.000Z", "note", "lesson", value)
    assert shown in text_of(education_record(definitions, story, facts, lessons([note])))


def test_every_kind_of_paper_has_a_form_in_force_and_letters_differ(definitions: Definitions) -> None:
    held = [form_on(definitions.forms, kind, date(2026, 11, 21)) for kind in PAPERS]
    assert all(held)
    assert len({one.letter for one in held if one}) == len(PAPERS)


def test_the_newest_form_in_force_is_taken() -> None:
    old, new = Form("record", "1", {}, "R"), Form("record", "2", {}, "R", effective_from=date(2027, 1, 1))
    assert form_on((old, new), "record", date(2026, 12, 31)) == old
    assert form_on((old, new), "record", date(2027, 1, 1)) == new


def test_forms_are_published_and_an_older_package_without_them_still_prints(
    definitions: Definitions, story: Assessment, facts: Facts
) -> None:
    package = publish(definitions)
    assert from_published(package).forms == definitions.forms
    older = from_published({key: one for key, one in package.items() if key != "papers"})
    paper = on_site_record(older, story, facts)
    assert (paper.title, paper.form) == ("现场检查记录", "")


@pytest.mark.parametrize("kind", PAPERS)
def test_no_row_of_the_catalogue_prints_unverified_law_on_any_paper(
    definitions: Definitions, story: Assessment, facts: Facts, kind: str
) -> None:
    day = story.situation.day
    for row in definitions.violations:
        one = finding(definitions, row, day)
        held = replace(story, findings=(one,))
        cited = [*row.duty, *(penalty.basis for penalty in row.penalty if penalty.basis)]
        for paper in MAKERS[kind](definitions, held, facts):
            bad = forbidden(definitions, cited, day)
            assert not [clause for clause in bad if clause in text_of(paper)], (row.code, kind)


def test_what_may_not_be_decided_on_the_spot_is_never_printed_as_a_decision(
    definitions: Definitions, story: Assessment, facts: Facts
) -> None:
    day = story.situation.day
    refused = 0
    for row in definitions.violations:
        one = finding(definitions, row, day)
        if not on_the_spot(definitions, one, one.agency, day).allowed:
            refused += 1
            with pytest.raises(ValueError, match="may not be decided"):
                penalty_decision(definitions, story, facts, one, 100, one.agency)
    assert refused > len(definitions.violations) * 0.8


def no_rest(definitions: Definitions, story: Assessment) -> Finding:
    """CN-OPR-05, more than four hours without a rest: 20 to 200 yuan, all of it within the limit of the police."""
    row = next(r for r in definitions.violations if r.code == "CN-OPR-05" and r.effective(story.situation.day))
    held = finding(definitions, row, story.situation.day)
    return replace(held, item="OPR-05", party=Party("driver", "张建国", "15062419800101001X"))


def finding(definitions: Definitions, row: Violation, day: date) -> Finding:
    party = Party({"company": "carrier", "person": "driver"}.get(row.subject, row.subject), "某某", "某某")
    told = simple(row, party, definitions.general, day)
    return Finding(
        "LIC-01",
        (row.agency or ("T",))[0],
        "II",
        ("R", "C", "EDU"),
        party,
        row.title,
        violation=row.code,
        violation_title=row.title,
        duty=row.duty,
        penalty=row.penalty,
        simple=told.allowed,
        simple_because=told.because,
    )


def forbidden(definitions: Definitions, cited: list[Citation], day: date) -> set[str]:
    """What must not be printed: citations that are not to be cited and that nothing else on the paper allows."""
    allowed = {cite(definitions, one) for one in citable(definitions, cited, day)}
    general = {cite(definitions, one) for one in definitions.general}
    return {cite(definitions, one) for one in cited if one.clause} - allowed - general


def _penalties(definitions: Definitions, story: Assessment, facts: Facts) -> list[Notice]:
    one = story.findings[0]
    spot = on_the_spot(definitions, one, one.agency, story.situation.day)
    amounts = {amount for each in spot.ranges for amount in (each.least, each.most)}
    return [penalty_decision(definitions, story, facts, one, amount, one.agency) for amount in sorted(amounts)]


MAKERS: dict[str, Callable[[Definitions, Assessment, Facts], list[Notice]]] = {
    "record": lambda definitions, story, facts: [on_site_record(definitions, story, facts)],
    "order": lambda definitions, story, facts: [
        order_to_correct(definitions, story, facts, one) for one in orders(story)
    ],
    "handover": lambda definitions, story, facts: [
        hand_over_letter(definitions, story, facts, one) for one in hand_overs(story, "none")
    ],
    "evidence": lambda definitions, story, facts: [evidence_list(definitions, story, facts, SHOTS, "cn-joint")],
    "education": lambda definitions, story, facts: [education_record(definitions, story, facts, ())],
    "penalty": _penalties,
    "pass": lambda definitions, story, facts: [clean_pass(definitions, story, facts)],
    "addendum": lambda definitions, story, facts: [addendum(definitions, story, facts, ADDED)],
}


@pytest.mark.parametrize(("known", "cited"), [("yes", True), ("no", False), ("", False)])
def test_a_hand_over_cites_the_law_on_chemicals_only_with_a_listed_chemical(
    definitions: Definitions, tables: Tables, facts: Facts, known: str, cited: bool
) -> None:
    case = read_case(ROOT / "examples" / "waste-acid-tanker.yaml")
    seen = replace(case.situation.seen, facts={"hazchem": known})
    judged = check(replace(case, situation=replace(case.situation, seen=seen)), definitions, tables)
    (police,) = hand_overs(judged, "T")
    text = text_of(hand_over_letter(definitions, judged, facts, police))
    assert ("《中华人民共和国危险化学品安全法》第九条第二款" in text) is cited
