"""T10: three questions drawn from what was found, their answers explained at once, and the brief of a shift. Pure.

One touch answers a question: its answer is explained beside the next one. Turned to the driver, in large words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from checklists import words as kernel
from checklists.definitions.citation import citable, cite
from checklists.definitions.definition import Definitions
from checklists.definitions.lesson import Lesson
from checklists.findings.quiz import Asked, choose, draw
from checklists.inspection.entries import Entry, all_of
from mobile.inspecting.inspection import Draft, Held
from mobile.screens.sign.state import person_name
from mobile.words import _, n_, words

LETTERS = "ABCD"
GIVEN = "EDU-04"
"""The item that a lesson answers: that the crew was taught on site."""


@dataclass(frozen=True)
class Person:
    """Somebody of the crew, by his role (driver or escort) and name."""

    role: str
    name: str

    @property
    def shown(self) -> str:
        """His name with his role; the role alone where nobody knows the name."""
        role = _(kernel.ROLES[self.role])
        return f"{self.name}（{role}）" if self.name and self.name != role else role


@dataclass(frozen=True)
class Pick:
    """Something to touch: a person, or an answer."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class Told:
    """A question that was answered: whether right, what the right answer is, why, and by which law."""

    title: str
    tone: str
    question: str
    given: str
    right: str
    why: str
    law: str


@dataclass(frozen=True)
class LessonState:
    """The lesson. `view` is ask, result, brief, or empty where the tablet has none."""

    view: str
    title: str = ""
    people: tuple[Pick, ...] = ()
    progress: str = ""
    question: str = ""
    options: tuple[Pick, ...] = ()
    told: tuple[Told, ...] = ()
    story: str = ""
    brief: str = ""
    formula: tuple[tuple[str, str], ...] = ()
    score: str = ""
    score_tone: str = "good"
    kept: str = ""
    next: str = ""


def people(held: Held) -> tuple[Person, ...]:
    """Return who is taught: the driver, and the escort where he is aboard."""
    situation = held.assessment.situation
    aboard = [one for one in situation.seen.aboard or () if one.role == "escort"]
    named = situation.escort or (situation.waybill.escort if situation.waybill else None)
    known = (named.name if named and named.name else "") or ""
    return (Person("driver", person_name(held)), *(Person("escort", one.name or known) for one in aboard[:1]))


def lesson_of(held: Held) -> Lesson | None:
    """Return the lesson that fits this inspection, or None where the packages have none."""
    return choose(held.kit.definitions.lessons, held.assessment.findings, held.context.labels or ())


def asked(held: Held, lesson: Lesson, person: Person) -> tuple[Asked, ...]:
    """Return the questions of one person in this inspection, always the same."""
    found, labels = held.assessment.findings, held.context.labels or ()
    return draw(lesson, f"{held.inspection}:{person.role}", found, labels)


def results(entries: Iterable[Entry]) -> dict[str, Mapping[str, Any]]:
    """Return the last result of each role among the entries."""
    return {str(one.value.get("role")): one.value for one in all_of(entries, "note") if one.item == "lesson"}


def result(lesson: Lesson, person: Person, questions: Sequence[Asked], given: Sequence[int]) -> Draft:
    """Return what is put down: which questions were answered rightly, by whom, of which version of the lesson."""
    told = [{"id": one.question.id, "right": one.right == answer} for one, answer in zip(questions, given, strict=True)]
    value = {"pack": lesson.lesson, "version": lesson.version, "title": dict(lesson.title)}
    value |= {"person": person.name, "role": person.role}
    return Draft(
        "note", "lesson", {**value, "questions": told, "score": sum(one["right"] for one in told), "of": len(told)}
    )


def teaching_given(held: Held) -> tuple[Draft, ...]:
    """Return the answer that the crew was taught on site, where nobody has answered that yet."""
    still = any(one.item.id == GIVEN for one in held.assessment.open)
    return (Draft("answer", GIVEN, {"result": "conforms"}),) if still else ()


def lesson_state(
    held: Held, lesson: Lesson | None, person: Person, given: Sequence[int], *, sealed: bool, done: Mapping[str, Any]
) -> LessonState:
    """Return the lesson of one person after the answers that he gave; `done` are the results by role so far."""
    if lesson is None:
        return LessonState("", next=_("Back"))
    questions = asked(held, lesson, person)
    crew = people(held)
    told = tuple(
        _told(held.kit.definitions, held.assessment.situation.day, number, *pair)
        for number, pair in enumerate(zip(questions, given, strict=False), 1)
    )
    common = LessonState(
        view="ask",
        title=words.pick(lesson.title),
        people=tuple(Pick(one.role, one.shown, one.role == person.role) for one in crew) if len(crew) > 1 else (),
        told=told[::-1],
        story=words.pick(lesson.story),
        formula=_formula(lesson),
    )
    if len(given) < len(questions):
        return _asking(common, questions, len(given), person)
    return _ended(common, crew, done, person, sealed=sealed, right=sum(one.tone == "good" for one in told))


def brief_state(lesson: Lesson | None) -> LessonState:
    """Return what is read aloud at the beginning of a shift."""
    if lesson is None:
        return LessonState("", next=_("Back"))
    return LessonState(
        view="brief",
        title=words.pick(lesson.title),
        brief=words.pick(lesson.brief),
        story=words.pick(lesson.story),
        formula=_formula(lesson),
        next=_("Read"),
    )


def _asking(state: LessonState, questions: Sequence[Asked], number: int, person: Person) -> LessonState:
    one = questions[number]
    progress = _("Question {n} of {all}").format(n=number + 1, all=len(questions))
    return LessonState(
        **{
            **vars(state),
            "progress": f"{person.shown} · {progress} · {_why(one.why)}",
            "question": words.pick(one.question.text),
            "options": tuple(
                Pick(str(place), f"{LETTERS[place]}  {words.pick(option.text)}")
                for place, option in enumerate(one.options)
            ),
        }
    )


def _why(why: str) -> str:
    known = {"finding": _("about what was found"), "goods": _("about these goods"), "general": _("for everyone")}
    return known[why]


def _ended(
    state: LessonState, crew: Sequence[Person], done: Mapping[str, Any], person: Person, *, sealed: bool, right: int
) -> LessonState:
    following = next((one for one in crew if one.role not in done and one.role != person.role), None)
    count = len(state.told)
    kept = _("Sent to the office as an amendment of this record") if sealed else _("Stands in the record of this check")
    return LessonState(
        **{
            **vars(state),
            "view": "result",
            "progress": person.shown,
            "score": f"{right}/{count}",
            "score_tone": "good" if right == count else "unknown",
            "question": _("All right. Thank you.")
            if right == count
            else n_("{n} answer was wrong: read why on this page.", "{n} answers were wrong: read why.", count - right),
            "kept": kept,
            "next": _("Now {person}").format(person=following.shown) if following else _("Done"),
        }
    )


def _told(definitions: Definitions, day: date, number: int, one: Asked, answer: int) -> Told:
    right = answer == one.right
    law = citable(definitions, one.question.basis, day)
    cited = "、".join(cite(definitions, each, words.lang) for each in law)
    return Told(
        title=_("Question {n}: right").format(n=number) if right else _("Question {n}: wrong").format(n=number),
        tone="good" if right else "danger",
        question=words.pick(one.question.text),
        given="" if right else _("Answered: {what}").format(what=words.pick(one.options[answer].text)),
        right=_("Right: {what}").format(what=words.pick(one.options[one.right].text)),
        why=words.pick(one.question.explanation),
        law=cited,
    )


def _formula(lesson: Lesson) -> tuple[tuple[str, str], ...]:
    return tuple((words.pick(one.title), words.pick(one.text)) for one in lesson.formula)
