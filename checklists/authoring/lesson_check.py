"""What must hold of a lesson pack once its file is well formed: names that are known, one right answer, no gaps."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from checklists.authoring.text_tree import Report, close_to
from checklists.definitions.definition import Definitions
from checklists.definitions.lesson import ASKED, Lesson, Question

_LONGEST_BRIEF = 330
"""Chinese characters that are read aloud in a minute. Ours."""


def check_lessons(definitions: Definitions, report: Report) -> None:
    """Report every inconsistency of the lessons."""
    items = {item.id for checklist in definitions.checklists.values() for item in checklist.items()}
    codes = {row.code for row in definitions.violations}
    for lesson in definitions.lessons.values():
        _check_lesson(lesson, report)
        seen: set[str] = set()
        for question in lesson.questions:
            _check_question(question, items, codes, report)
            if question.id in seen:
                report.about(question, f"question {question.id} is there twice", "an id is never used again", "id")
            seen.add(question.id)
        _check_slides(lesson, seen, report)


def _check_slides(lesson: Lesson, ids: Collection[str], report: Report) -> None:
    """A pack with slides answers each of its questions on one; each statement says where it comes from."""
    answered: set[str] = set()
    for slide in lesson.slides:
        _known(slide, slide.answers, ids, "question", report, "answers")
        answered |= set(slide.answers)
        for one in slide.statements:
            if not one.source:
                report.about(one, "a statement has no source", "say where it comes from", "source")
            if one.verified and not one.basis:
                hint = "name the clause that was read under basis, or leave verified out"
                report.about(one, "a verified statement has no basis", hint, "verified")
    for question in lesson.questions if lesson.slides else ():
        if question.id not in answered:
            hint = "name it under answers of the slide that says so"
            report.about(question, f"no slide answers {question.id}", hint)


def _check_lesson(lesson: Lesson, report: Report) -> None:
    if sum(one.general for one in lesson.questions) < ASKED:
        hint = "mark some general: true; they are asked where nothing was found"
        report.about(lesson, f"{lesson.lesson} has fewer than {ASKED} general questions", hint, "questions")
    if len(lesson.brief.get("zh", "")) > _LONGEST_BRIEF:
        report.about(lesson, "the brief is longer than a minute", f"at most {_LONGEST_BRIEF} characters", "brief")
    if not lesson.formula:
        report.about(lesson, f"{lesson.lesson} has no formula", "list what to look at, a word each", "formula")


def _check_question(question: Question, items: Collection[str], codes: Collection[str], report: Report) -> None:
    if items:
        _known(question, question.items, items, "item", report, "items")
    if codes:
        _known(question, question.violations, codes, "violation", report, "violations")
    right = sum(one.right for one in question.options)
    if right != 1:
        report.about(question, f"{question.id} has {right} right answers", "mark exactly one right: true", "options")
    if not 2 <= len(question.options) <= 4:
        hint = "two to four fit on the screen"
        report.about(question, f"{question.id} has {len(question.options)} answers", hint, "options")
    if not (question.items or question.violations or question.labels or question.general):
        report.about(question, f"nothing draws {question.id}", "name items, violations or labels, or general: true")
    if not question.source:
        report.about(question, f"{question.id} has no source", "say where the answer comes from", "source")


def _known(thing: object, names: Iterable[str], words: Collection[str], what: str, report: Report, at: str) -> None:
    for name in names:
        if name not in words:
            report.about(thing, f"unknown {what} {name!r}", close_to(name, words), at)
