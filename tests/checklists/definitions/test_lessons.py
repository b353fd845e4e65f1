from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from checklists.authoring.loader import load_all, validate
from checklists.definitions.lesson import ASKED, Lesson
from checklists.definitions.publication import from_published, publish
from checklists.facts.parties import Party
from checklists.findings.finding import Finding
from checklists.findings.quiz import choose, draw, sitting
from checklists.goods.listing import load_tables

PACK = """
lesson: acid
version: "1"
title: {zh: 酸, en: Acid}
brief: {zh: 短, en: short}
story: {zh: 事, en: a story}
formula: [{title: {zh: 看证, en: Papers}, text: {zh: 证, en: papers}}]
source: ours
questions:
  - id: speed
    text: {zh: 多快, en: how fast}
    options: [{text: {zh: 八十, en: "80"}, right: true}, {text: {zh: 一百, en: "100"}}]
    explanation: {zh: 规定, en: the rule}
    source: ours
    general: true
"""


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return load_all().lessons["waste-acid-leak"]


def finding(item: str, severity: str = "II", violation: str = "") -> Finding:
    return Finding(item, "T", severity, (), Party("carrier"), {}, violation=violation)


def problems(folder: Path, text: str) -> list[str]:
    (folder / "definitions" / "lessons").mkdir(parents=True)
    (folder / "definitions" / "lessons" / "acid.yaml").write_text(text, encoding="utf-8")
    return [str(one) for one in validate(folder)]


def test_the_gravest_finding_is_asked_about_first(lesson: Lesson) -> None:
    asked = draw(lesson, "i-1:driver", [finding("EQP-14"), finding("LIC-11", "I")])
    assert "LIC-11" in asked[0].question.items
    assert "EQP-14" in asked[1].question.items
    assert [one.why for one in asked[:2]] == ["finding", "finding"]


def test_a_question_about_other_goods_is_not_asked_for_the_violation_alone(lesson: Lesson) -> None:
    kit = finding("EQP-14", violation="CN-EQP-01")
    asked = {one.question.id for number in range(30) for one in draw(lesson, f"i-{number}", [kit], ["8"])}
    assert "absorbent" in asked
    assert "mask" not in asked
    assert draw(lesson, "i-1", [kit], ["8"])[0].question.id == "absorbent"


def test_a_clean_check_is_asked_about_its_goods_then_anything(lesson: Lesson) -> None:
    assert {one.why for one in draw(lesson, "i-1:driver", labels=["2.3"])} == {"goods"}
    assert [one.why for one in draw(lesson, "i-1:driver")] == ["general"] * ASKED


def test_the_same_person_is_asked_the_same_in_the_same_order(lesson: Lesson) -> None:
    assert draw(lesson, "i-1:driver") == draw(lesson, "i-1:driver")
    seen = {tuple(one.question.id for one in draw(lesson, f"i-{number}:driver")) for number in range(20)}
    assert len(seen) > 3


def test_the_right_answer_stands_everywhere(lesson: Lesson) -> None:
    places = Counter(one.right for number in range(200) for one in draw(lesson, f"i-{number}"))
    assert set(places) == {0, 1, 2}
    assert min(places.values()) > 100


def test_no_question_is_asked_twice_and_three_are_always_found(lesson: Lesson) -> None:
    for item in ("LIC-11", "PLA-02", "LOD-04", "VEH-05", "no-item"):
        asked = draw(lesson, "i-1", [finding(item), finding(item)], ["8"])
        assert len({one.question.id for one in asked}) == ASKED


def test_every_label_of_a_question_is_one_that_vehicles_show(lesson: Lesson) -> None:
    known = {row["code"] for row in load_tables().classes}
    assert {label for one in lesson.questions for label in one.labels} <= known


def test_no_answer_is_told_by_a_clause_that_was_not_read(lesson: Lesson) -> None:
    assert all(one.verified and one.clause for question in lesson.questions for one in question.basis)


def test_the_common_violations_have_a_question(lesson: Lesson) -> None:
    taught = {code for one in lesson.questions for code in one.violations}
    common = {"CN-OPR-01", "CN-PLA-02", "CN-LIC-05b", "CN-EQP-01", "CN-LOD-04", "CN-LOD-05", "CN-TNK-01"}
    assert common | {"CN-TNK-06", "CN-OPR-04", "CN-OPR-05", "CN-LIC-13", "CN-LOD-01"} <= taught
    assert len(lesson.questions) >= 20


def test_the_lesson_that_fits_best_is_chosen(lesson: Lesson) -> None:
    other = replace(lesson, lesson="other", questions=lesson.questions[:1])
    assert choose({"a": other, "b": lesson}, [finding("EQP-14")]) is lesson
    assert choose({}) is None


def test_lessons_travel_with_the_definitions_and_an_old_package_has_none(lesson: Lesson) -> None:
    plain = publish(load_all())
    assert from_published(plain).lessons["waste-acid-leak"] == lesson
    assert from_published({key: one for key, one in plain.items() if key != "lessons"}).lessons == {}


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ("general: true", "general: false", "nothing draws speed"),
        (", right: true", "", "speed has 0 right answers"),
        ("source: ours\n    general", 'source: ""\n    general', "speed has no source"),
        ("{zh: 规定, en: the rule}", "{zh: 规定}", "'explanation' has no en"),
        ("id: speed", "id: speed\n    itemz: [LIC-11]", "Question has no 'itemz'"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(tmp_path: Path, wrong: str, right: str, message: str) -> None:
    told = problems(tmp_path, PACK.replace(wrong, right))
    assert any(one.startswith("definitions/lessons/acid.yaml:") and message in one for one in told), told


def test_a_pack_without_three_general_questions_is_reported(tmp_path: Path) -> None:
    assert [one.split(": ")[1].split(" (")[0] for one in problems(tmp_path, PACK)] == [
        "acid has fewer than 3 general questions"
    ]


SLIDES = """
slides:
  - title: {zh: 速度, en: Speed}
    statements: [{text: {zh: 不超过八十, en: at most 80}, source: ours}]
    answers: [speed]
"""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("answers: [speed]", "answers: []"), "no slide answers speed"),
        (("answers: [speed]", "answers: [sped]"), "unknown question 'sped'"),
        (("en: at most 80}, source: ours", 'en: at most 80}, source: ""'), "a statement has no source"),
        (("source: ours}]", 'source: ours, verified: "true"}]'), "a verified statement has no basis"),
    ],
)
def test_what_a_slide_must_hold_is_told(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    assert any(words in one for one in problems(tmp_path, PACK + SLIDES.replace(*change)))


def test_slides_travel_beside_the_lessons_because_tablets_of_before_know_no_such_key() -> None:
    definitions = load_all()
    package = publish(definitions)
    assert not any("slides" in one for one in package["lessons"]) and set(package["slides"]) == {
        "batteries",
        "tunnel-leak",
    }
    assert from_published(package).lessons == definitions.lessons
    assert not any(one.slides for one in from_published({**package, "slides": {}}).lessons.values())


def test_every_question_of_a_pack_with_slides_can_be_learnt_from_them() -> None:
    for one in load_all().lessons.values():
        told = {name for slide in one.slides for name in slide.answers}
        assert not one.slides or told == {question.id for question in one.questions}


def test_of_packs_that_fit_as_well_the_broadest_is_read_to_all(lesson: Lesson) -> None:
    lessons = load_all().lessons
    assert choose(lessons) == lesson
    battery = choose(lessons, (), ["9A"])
    assert battery is not None and battery.lesson == "batteries"


def test_a_room_is_asked_what_fits_everybody_first(lesson: Lesson) -> None:
    asked = sitting(lesson, 8)
    assert len(asked) == 8 and [one.general for one in asked] == sorted((one.general for one in asked), reverse=True)
