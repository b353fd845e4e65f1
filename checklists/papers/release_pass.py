"""The pass of a clean inspection (合格放行凭证): what was checked where and when, and that nothing was found."""

from __future__ import annotations

from checklists import words
from checklists.definitions.definition import Definitions
from checklists.findings.finding import Assessment
from checklists.papers.paper import Block, Notice, signature
from checklists.papers.paragraphs import PEOPLE, Facts, form_of, head, notice, sentence


def is_clean(assessment: Assessment, decided: str) -> bool:
    """Whether a pass may be given: nothing was found, nothing warned, and the vehicle was released."""
    return decided == "release" and not assessment.findings and not assessment.alerts


def clean_pass(definitions: Definitions, assessment: Assessment, facts: Facts, lang: str = "zh_CN") -> Notice:
    """Return the pass."""
    say = words.say(lang)
    form = form_of(definitions, "pass", facts)
    # The pass goes from hand to hand; it names the vehicle, and nobody's identity number.
    rows = tuple(row for row in head(assessment.situation, facts, lang) if row[0] != say(PEOPLE))
    officers = [one for one in facts.signatures if one.get("role") == "officer"]
    blocks = [
        Block("table", rows=rows),
        Block("text", sentence(form, "body", lang)),
        Block("text", sentence(form, "limits", lang)),
        *(signature(one, say) for one in officers),
    ]
    return notice(form, facts, blocks, lang)
