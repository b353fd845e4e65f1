"""Handing a case over (案件移送函): what goes to which authority, with notice to the party, list and receipt."""

from __future__ import annotations

from checklists import words
from checklists.definitions.citation import agency
from checklists.definitions.definition import Definitions
from checklists.facts.parties import Party
from checklists.findings.finding import Assessment, Finding
from checklists.papers.paper import Block, Notice, signature
from checklists.papers.paragraphs import Facts, finding_blocks, form_of, notice, party_head, sentence, with_clauses
from checklists.values import frozen


def _(message: str) -> str:
    return message


@frozen
class HandOver:
    """What goes to one authority about one party."""

    agency: str
    party: Party
    findings: tuple[Finding, ...]


def opens_case(one: Finding) -> bool:
    """Whether the office opens a case: a grave finding, or one whose measures say so."""
    return one.severity in ("I", "II") or "C" in one.measures


def hand_overs(assessment: Assessment, ours: str) -> tuple[HandOver, ...]:
    """Return what another authority than ours gets: one for each authority and party, in order of finding."""
    held: dict[tuple[str, Party], list[Finding]] = {}
    for one in assessment.findings:
        if one.agency != ours and opens_case(one):
            held.setdefault((one.agency, one.party), []).append(one)
    return tuple(HandOver(*key, tuple(found)) for key, found in held.items())


def _was_there(facts: Facts, party: Party) -> bool:
    """Whether the party itself was asked to sign: who was not met is not said to have been told."""
    return any(one.get("role") == party.role for one in facts.signatures)


def hand_over_letter(
    definitions: Definitions,
    assessment: Assessment,
    facts: Facts,
    given: HandOver,
    materials: tuple[str, ...] = (),
    lang: str = "zh_CN",
) -> Notice:
    """Return the letter that goes with a case; `materials` are listed. Its receipt is filled in by who takes it."""
    say, day = words.say(lang), assessment.situation.day
    form = form_of(definitions, "handover", facts)
    name = agency(definitions, given.agency, lang)
    uses = ("competence", "joint_enforcement", "hand_over")
    body = with_clauses(definitions, sentence(form, "body", lang), uses, day, lang, assessment.known)
    listed = tuple((str(number), one) for number, one in enumerate(materials, start=1))
    blanks = (say(_("Received by")), say(_("Office (seal)")), say(_("Date of receipt")))
    officers = [one for one in facts.signatures if one.get("role") == "officer"]
    blocks = [
        Block("text", sentence(form, "to", lang, agency=name)),
        Block("text", body),
        Block("table", rows=party_head(assessment.situation, facts, given.party, lang)),
        Block("heading", say(_("Facts and rules broken"))),
        *finding_blocks(definitions, given.findings, facts, day, lang, handled=False),
        Block("heading", say(_("Materials handed over"))),
        Block("table", rows=listed, widths=(1, 9)),
        *([Block("text", sentence(form, "told", lang, agency=name))] if _was_there(facts, given.party) else []),
        *(signature(one, say) for one in officers),
        Block("heading", say(_("Receipt"))),
        Block("text", sentence(form, "receipt", lang)),
        Block("table", rows=tuple((one, "________________") for one in blanks)),
    ]
    return notice(form, facts, blocks, lang)
