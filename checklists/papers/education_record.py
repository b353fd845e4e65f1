"""The record of safety education (教育记录): who was taught about what, and how the questions were answered.

A lesson is a note `lesson` with pack, version, title (by language), person, questions ({id, right}), score and of; what
lacks is left out, and a pack without a title is called by its id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checklists import words
from checklists.definitions.definition import Definitions
from checklists.findings.finding import Assessment
from checklists.inspection.entries import Entry, all_of
from checklists.papers.paper import Block, Notice, signature
from checklists.papers.paragraphs import Facts, form_of, head, notice, sentence, told_apart

TEACH = "EDU"
"""The measure that asks for education."""


def _(message: str) -> str:
    return message


def lessons(entries: Iterable[Entry]) -> tuple[Mapping[str, Any], ...]:
    """Return the lessons that were given."""
    return tuple(one.value for one in all_of(entries, "note") if (one.item or "").partition(":")[0] == "lesson")


def is_taught(assessment: Assessment, given: Iterable[Mapping[str, Any]]) -> bool:
    """Whether there is education to record: a lesson was given, or a finding asks for it."""
    return any(True for _one in given) or any(TEACH in one.measures for one in assessment.findings)


def education_record(
    definitions: Definitions,
    assessment: Assessment,
    facts: Facts,
    given: Iterable[Mapping[str, Any]],
    lang: str = "zh_CN",
) -> Notice:
    """Return the record; without a lesson it names the points that were explained."""
    say = words.say(lang)
    form = form_of(definitions, "education", facts)
    points = [
        f"{number}. {told_apart(one, assessment.findings, lang)}"
        for number, one in enumerate(assessment.findings, start=1)
    ]
    rows = tuple(_lesson(one, lang) for one in given)
    top = tuple(say(one) for one in (_("Person"), _("Lesson"), _("Right answers")))
    blocks = [
        Block("text", sentence(form, "body", lang)),
        Block("table", rows=head(assessment.situation, facts, lang)),
        Block("heading", say(_("Points explained"))),
        Block("text", "\n".join(points) or say(_("No deviation was found."))),
        *([Block("table", rows=(top, *rows), widths=(5, 8, 4))] if rows else []),
        Block("text", sentence(form, "promise", lang)),
        *(signature(one, say) for one in facts.signatures),
    ]
    return notice(form, facts, blocks, lang)


def _lesson(one: Mapping[str, Any], lang: str) -> tuple[str, str, str]:
    said = one.get("questions")
    questions = [each for each in said if isinstance(each, Mapping)] if isinstance(said, list | tuple) else []
    score, of = one.get("score"), one.get("of")
    if score is None and questions:
        score, of = sum(bool(each.get("right")) for each in questions), len(questions)
    title = one.get("title")
    called = words.pick(title, lang) if isinstance(title, Mapping) and title else one.get("pack")
    pack = " ".join(str(part) for part in (called, one.get("version")) if part)
    person = str(one.get("person") or "")
    named = words.say(lang)(words.ROLES[person]) if person in words.ROLES else person
    return named or "—", pack or "—", "—" if score is None else f"{score}/{of}" if of else str(score)
