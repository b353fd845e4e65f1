"""The text of printed papers, as plain blocks that any printer can set: the on-site record and the order to correct.

Their parts follow the transport forms 现场笔录 and 责令改正违法行为通知书. Papers are Chinese, as the law is;
`lang` gives a reader's translation.
"""

from __future__ import annotations

from datetime import date

from checklists import words
from checklists.definitions.citation import cite, general, measure
from checklists.definitions.definition import Definitions
from checklists.facts.parties import Party
from checklists.findings.finding import Assessment, Finding
from checklists.findings.outcome import carried_out
from checklists.papers.paper import Block, Notice, signature
from checklists.papers.paragraphs import (
    RIGHTS,
    Facts,
    fact,
    finding_blocks,
    form_of,
    head,
    notice,
    party_head,
    read_by,
    sentence,
    stated,
    told,
)
from checklists.papers.service_address import everybody
from checklists.papers.unverified import unverified
from checklists.values import frozen
from checklists.zone import clock_text

__all__ = ["RIGHTS", "Facts", "Order", "fact", "on_site_record", "order_to_correct", "orders"]


def _(message: str) -> str:
    return message


@frozen
class Order:
    """What one authority orders one party to correct."""

    agency: str
    party: Party
    findings: tuple[Finding, ...]


def orders(assessment: Assessment) -> tuple[Order, ...]:
    """Return the orders that the findings ask for: one for each competent authority and party, in order of finding."""
    held: dict[tuple[str, Party], list[Finding]] = {}
    for one in assessment.findings:
        if {"R", "L"} & set(one.measures):
            held.setdefault((one.agency, one.party), []).append(one)
    return tuple(Order(*key, tuple(found)) for key, found in held.items())


def on_site_record(definitions: Definitions, assessment: Assessment, facts: Facts, lang: str = "zh_CN") -> Notice:
    """Return the on-site record (现场检查记录): what was checked, found, decided, told and said."""
    say, day = words.say(lang), assessment.situation.day
    form = form_of(definitions, "record", facts)
    blocks = [
        Block("table", rows=(*head(assessment.situation, facts, lang), *everybody(assessment.situation, lang))),
        Block("heading", say(_("Found"))),
        *finding_blocks(definitions, assessment.findings, facts, day, lang, handled=True),
        *([] if assessment.findings else [Block("text", say(_("No deviation was found.")))]),
        *unverified(assessment, lang),
        Block("heading", say(_("Outcome and measures"))),
        Block("text", _outcome(definitions, assessment, facts, lang)),
        *(_heard(definitions, facts, day, lang) if facts.heard else ()),
        *read_by(form, facts, lang),
        *(signature(one, say) for one in facts.signatures),
    ]
    return notice(form, facts, blocks, lang)


def _heard(definitions: Definitions, facts: Facts, day: date, lang: str) -> tuple[Block, ...]:
    """Return what the party was told and said; a clean quick check asks nobody, and its record says nothing of it."""
    say = words.say(lang)
    return (
        Block("heading", say(_("Rights of the party"))),
        Block("text", told(definitions, facts, day, lang)),
        Block("heading", say(_("Statement and defence of the party"))),
        Block("text", stated(facts, lang)),
    )


def order_to_correct(
    definitions: Definitions, assessment: Assessment, facts: Facts, order: Order, lang: str = "zh_CN"
) -> Notice:
    """Return one order to correct (责令改正违法行为通知书): party, facts, rules broken, until when, remedies."""
    say, day = words.say(lang), assessment.situation.day
    form = form_of(definitions, "order", facts)
    blocks = [
        Block("table", rows=party_head(assessment.situation, facts, order.party, lang)),
        Block("heading", say(_("Facts and rules broken"))),
        *finding_blocks(definitions, order.findings, facts, day, lang, handled=False),
        Block("heading", say(_("Order"))),
        Block("text", _order(definitions, order, facts, day, lang)),
        Block("heading", say(_("Rights of the party"))),
        Block("text", told(definitions, facts, day, lang)),
        Block("text", sentence(form, "remedies", lang)),
        *(signature(one, say) for one in facts.signatures),
    ]
    return notice(form, facts, blocks, lang)


def _outcome(definitions: Definitions, assessment: Assessment, facts: Facts, lang: str) -> str:
    say = words.say(lang)
    lines = [say(words.OUTCOMES.get(facts.outcome, facts.outcome))]
    if facts.reason:
        lines.append(f"{say(_('Reason'))}：{facts.reason}")
    if facts.correct_by:
        lines.append(f"{say(_('Correct by'))}：{facts.correct_by.isoformat()}")
    done = carried_out(assessment.proposal.measures, facts.outcome, definitions.measures)
    asked = [measure(definitions, code, lang) for code in done]
    lines += [f"{say(_('Measures'))}：{'；'.join(asked)}"] if asked else []
    if facts.approval:
        lines.append(f"{say(_('Approved by'))}：{facts.approval}")
    if facts.urgent_due:
        form = form_of(definitions, "record", facts)
        lines.append(sentence(form, "urgent", lang, due=clock_text(facts.urgent_due)))
    return "\n".join(lines)


def _order(definitions: Definitions, order: Order, facts: Facts, day: date, lang: str) -> str:
    """Return the order itself: at once where an item is to be put right on site, by a day where it has a deadline."""
    say = words.say(lang)
    rule = general(definitions, "order_correction", day)
    basis = say(_("By {citation}:")).format(citation=cite(definitions, rule, lang)) if rule else ""
    numbered = list(enumerate(order.findings, start=1))
    at_once = [str(number) for number, one in numbered if "R" in one.measures]
    later = [str(number) for number, one in numbered if "R" not in one.measures]
    lines = [basis]
    if at_once:
        lines.append(say(_("Correct at once: no. {numbers}.")).format(numbers="、".join(at_once)))
    if later:
        by = facts.correct_by.isoformat() if facts.correct_by else "____"
        lines.append(say(_("Correct by {day}: no. {numbers}.")).format(day=by, numbers="、".join(later)))
    return "\n".join(line for line in lines if line)
