"""The text of printed papers, as plain blocks that any printer can set.

What is not verified never appears as a legal basis: the paper then prints the facts, the measure and the duty
citations that are verified, with 法律依据待核. Papers are Chinese, as the law is; `lang` gives a reader's translation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from checklists import words
from checklists.definition import Definitions
from checklists.findings import Assessment, Finding
from checklists.law import Citation, printable
from checklists.transport import LAW_ZONE


def _(message: str) -> str:
    return message


@dataclass(frozen=True)
class Block:
    """One block: `heading`, `text`, `table` (rows of cells, the first row the header) or `signature` (strokes)."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    strokes: tuple[tuple[tuple[int, int], ...], ...] = ()


@dataclass(frozen=True)
class Notice:
    """A paper to print: its title, its number, the office that issues it, and its blocks in order."""

    title: str
    number: str
    office: str
    blocks: tuple[Block, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Facts:
    """What a paper needs beside the assessment: who, where, when, and what was signed."""

    number: str
    office: str
    site: str
    at: datetime
    officers: tuple[str, ...]
    outcome: str
    signatures: tuple[Mapping[str, Any], ...] = ()
    statement: str = ""


def on_site_record(definitions: Definitions, assessment: Assessment, facts: Facts, lang: str = "zh_CN") -> Notice:
    """Return the on-site record (现场检查记录) with the order to correct (责令改正): facts, findings, measures, rights.

    行政处罚法 art. 28 (order to correct), 42 and 55 (two officers, cards shown), as the data hold them.
    """
    say = words.say(lang)
    blocks = [
        Block("table", rows=_head(assessment, facts, say)),
        Block("heading", say("Findings")),
        *(_finding_block(definitions, number, one, facts, lang) for number, one in _numbered(assessment.findings)),
        *([] if assessment.findings else [Block("text", say("No deviation was found."))]),
        Block("heading", say("Outcome and measures")),
        Block("text", say(words.OUTCOMES.get(facts.outcome, facts.outcome))),
        Block("text", "；".join(_measures(definitions, assessment, lang))),
        *_general(definitions, facts, lang),
        Block("heading", say("Statement of the party")),
        Block("text", facts.statement or say("No objection was stated.")),
        *(_signature(one, say) for one in facts.signatures),
    ]
    title = _("On-site inspection record")
    if assessment.findings:
        title = _("On-site inspection record and order to correct")
    return Notice(say(title), facts.number, facts.office, tuple(block for block in blocks if block.text or block.rows))


def _head(assessment: Assessment, facts: Facts, say: words.Say) -> tuple[tuple[str, ...], ...]:
    situation = assessment.situation
    bill, trailer = situation.waybill, situation.trailer
    lines = (bill.lines if bill else None) or ()
    goods = "；".join(f"UN {line.un} {line.name or ''}".strip() for line in lines if line.un)
    rows = (
        (say("Place"), facts.site),
        (say("Time"), facts.at.astimezone(LAW_ZONE).strftime("%Y-%m-%d %H:%M")),
        (say("Vehicle"), " / ".join(one for one in (situation.vehicle.plate, trailer and trailer.plate) if one)),
        (say("Carrier"), situation.carrier.name or situation.vehicle.carrier or (bill and bill.carrier) or ""),
        (say("Driver"), (bill and bill.driver and bill.driver.name) or ""),
        (say("Waybill"), (bill and bill.number) or ""),
        (say("Goods declared"), goods),
        (say("Officers"), "；".join(facts.officers)),
    )
    return tuple((name, value or "—") for name, value in rows)


def _numbered(findings: Iterable[Finding]) -> Iterable[tuple[int, Finding]]:
    return enumerate(findings, start=1)


def _finding_block(definitions: Definitions, number: int, one: Finding, facts: Facts, lang: str) -> Block:
    say = words.say(lang)
    day = facts.at.astimezone(LAW_ZONE).date()
    values = "，".join(f"{words.label(value.name, say)} {value.value or '—'}" for value in one.values)
    basis = [cite(definitions, citation) for citation in _unique(printable((*one.basis, *one.duty), day))]
    penalty = [cite(definitions, p.basis) for p in one.penalty if p.basis and printable([p.basis], day)]
    lines = [
        f"{number}. {words.pick(one.text, lang)}（{one.item}）",
        values,
        one.note,
        f"{say('Duty')}：{'；'.join(basis)}" if basis else "",
        f"{say('Legal basis')}：{'；'.join(penalty) if penalty else say('legal basis to be verified')}",
        f"{say('Handled by')}：{agency(definitions, one.agency, lang)}",
    ]
    return Block("text", "\n".join(line for line in lines if line))


def cite(definitions: Definitions, citation: Citation) -> str:
    """Return a citation as it is printed: 《law》 with its clause; a clause that is not known is never made up."""
    law = definitions.laws.get(citation.law)
    title = law.title.get("zh", citation.law) if law else citation.law
    title = title if title.startswith("《") else f"《{title}》"
    if not citation.clause:
        return title
    bare = citation.clause.replace("(", "").replace(")", "")
    return f"{title}第{citation.clause}条" if bare[:1].isdigit() and "." not in bare else f"{title} {citation.clause}"


def agency(definitions: Definitions, code: str, lang: str) -> str:
    """Return an agency's name in the language, or its code where the data lack it."""
    return words.pick(definitions.agencies.get(code, {}), lang) or code


def _measures(definitions: Definitions, assessment: Assessment, lang: str) -> list[str]:
    found = []
    for measure in assessment.proposal.measures:
        code, _, target = measure.partition(":")
        held = definitions.measures.get(code)
        text = words.pick(held.text, lang) if held else code
        found.append(f"{text}（{agency(definitions, target, lang)}）" if target else text)
    return found


def _general(definitions: Definitions, facts: Facts, lang: str) -> list[Block]:
    day = facts.at.astimezone(LAW_ZONE).date()
    rules = [rule for rule in definitions.general if printable([rule], day)]
    return [Block("text", f"{words.pick(rule.text, lang)}（{cite(definitions, rule)}）") for rule in rules if rule.text]


def _signature(value: Mapping[str, Any], say: words.Say) -> Block:
    role = say(words.ROLES.get(str(value.get("role")), str(value.get("role"))))
    who = "  ".join(str(part) for part in (value.get("name"), value.get("card")) if part)
    text = f"{role}：{who}"
    if value.get("refused"):
        text += f"（{say('refused to sign')}；{say('witness')}：{value.get('witness') or '—'}）"
    strokes = tuple(tuple((int(x), int(y)) for x, y in stroke) for stroke in value.get("strokes", ()))
    return Block("signature", text, strokes=strokes)


def _unique(citations: Iterable[Citation]) -> list[Citation]:
    return list({(one.law, one.clause): one for one in citations}.values())
