"""The text of printed papers, as plain blocks that any printer can set: the on-site record and the order to correct.

Their parts follow the transport forms 现场笔录 and 责令改正违法行为通知书. What is not verified never appears as a
legal basis: the paper then prints the facts, the measure and the duty citations that are verified, with 法律依据待核.
Papers are Chinese, as the law is; `lang` gives a reader's translation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from checklists import words
from checklists.citing import agency, citable, cite, general, measure
from checklists.definition import Definitions
from checklists.findings import Assessment, Finding, Party
from checklists.paper import Block, Notice, signature
from checklists.situation import LAW_ZONE, Situation


def _(message: str) -> str:
    return message


KINDS = {"record": _("On-site inspection record"), "order": _("Order to correct a violation")}
"""The papers by kind, with their titles."""


@dataclass(frozen=True)
class Facts:
    """What a paper needs beside the assessment: who, where, when, and what was said and signed.

    `officers` are written out with card numbers; `correct_by` is the last day of a deadline, `decided` may be lighter
    than proposed and then has a `reason`.
    """

    number: str
    office: str
    site: str
    at: datetime
    officers: tuple[str, ...]
    outcome: str
    signatures: tuple[Mapping[str, Any], ...] = ()
    statement: str = ""
    ended_at: datetime | None = None
    correct_by: date | None = None
    reason: str = ""


@dataclass(frozen=True)
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
    say = words.say(lang)
    blocks = [
        Block("table", rows=_head(assessment.situation, facts, say)),
        Block("heading", say(_("Found"))),
        *_finding_blocks(definitions, assessment.findings, assessment.situation.day, lang, handled=True),
        *([] if assessment.findings else [Block("text", say(_("No deviation was found.")))]),
        Block("heading", say(_("Outcome and measures"))),
        Block("text", _outcome(definitions, assessment, facts, lang)),
        Block("heading", say(_("Rights of the party"))),
        Block("text", _told(definitions, assessment.situation.day, lang)),
        Block("heading", say(_("Statement and defence of the party"))),
        Block("text", facts.statement or say(_("No objection was stated."))),
        *([Block("text", say(READ))] if any(one.get("role") == "driver" for one in facts.signatures) else []),
        *(signature(one, say) for one in facts.signatures),
    ]
    return _notice("record", facts, blocks, say)


def order_to_correct(
    definitions: Definitions, assessment: Assessment, facts: Facts, order: Order, lang: str = "zh_CN"
) -> Notice:
    """Return one order to correct (责令改正违法行为通知书): party, facts, rules broken, until when, remedies."""
    say = words.say(lang)
    blocks = [
        Block("table", rows=_party(assessment.situation, facts, order.party, say)),
        Block("heading", say(_("Facts and rules broken"))),
        *_finding_blocks(definitions, order.findings, assessment.situation.day, lang, handled=False),
        Block("heading", say(_("Order"))),
        Block("text", _order(definitions, order, facts, assessment.situation.day, lang)),
        Block("heading", say(_("Rights of the party"))),
        Block("text", _told(definitions, assessment.situation.day, lang)),
        Block("text", say(REMEDIES)),
        *(signature(one, say) for one in facts.signatures),
    ]
    return _notice("order", facts, blocks, say)


READ = _("The party has read this record, or had it read out, and it agrees with what was said.")
"""Stands only where the party signed, or refused to: a clean quick check is read by nobody but the officers."""

REMEDIES = _(
    "Whoever does not accept this order may ask for administrative review within sixty days, "
    "or sue before a people's court within six months, as the law provides."
)
"""The remedies as the official form states them."""


def _notice(kind: str, facts: Facts, blocks: Iterable[Block], say: words.Say) -> Notice:
    kept = tuple(block for block in blocks if block.text or block.rows)
    return Notice(say(KINDS[kind]), facts.number, facts.office, kept, kind)


def _head(situation: Situation, facts: Facts, say: words.Say) -> tuple[tuple[str, ...], ...]:
    bill, trailer = situation.waybill, situation.trailer
    lines = (bill.lines if bill else None) or ()
    goods = "；".join(f"UN {line.un} {line.name or ''}".strip() for line in lines if line.un)
    rows = (
        (say(_("Place")), facts.site),
        (say(_("Time")), _times(facts)),
        (say(_("Officers")), "；".join(facts.officers)),
        (say(_("Vehicle")), " / ".join(one for one in (situation.vehicle.plate, trailer and trailer.plate) if one)),
        (say(_("Carrier")), _carrier(situation)),
        (say(_("People on the spot")), _aboard(situation, say)),
        (say(_("Waybill")), (bill and bill.number) or ""),
        (say(_("Goods declared")), goods),
    )
    return tuple((name, value or "—") for name, value in rows)


def _party(situation: Situation, facts: Facts, party: Party, say: words.Say) -> tuple[tuple[str, ...], ...]:
    key = say(_("Identity number")) if party.role in ("driver", "escort") else say(_("Credit code"))
    trailer = situation.trailer
    rows = (
        (say(_("Party")), f"{party.name or '—'}（{say(words.ROLES.get(party.role, party.role))}）"),
        (key, party.key if party.key != party.name else ""),
        (say(_("Vehicle")), " / ".join(one for one in (situation.vehicle.plate, trailer and trailer.plate) if one)),
        (say(_("Place")), facts.site),
        (say(_("Time")), _times(facts)),
        (say(_("Officers")), "；".join(facts.officers)),
    )
    return tuple((name, value or "—") for name, value in rows)


def _times(facts: Facts) -> str:
    start = facts.at.astimezone(LAW_ZONE)
    end = facts.ended_at.astimezone(LAW_ZONE) if facts.ended_at else None
    text = start.strftime("%Y-%m-%d %H:%M")
    if end is None:
        return text
    return f"{text}–{end.strftime('%H:%M' if end.date() == start.date() else '%Y-%m-%d %H:%M')}"


def _carrier(situation: Situation) -> str:
    carrier, vehicle, bill = situation.carrier, situation.vehicle, situation.waybill
    name = carrier.name or vehicle.carrier or (bill and bill.carrier) or ""
    code = carrier.uscc or vehicle.carrier_uscc or (bill and bill.carrier_uscc) or ""
    return f"{name}（{code}）" if name and code else name or code


def _aboard(situation: Situation, say: words.Say) -> str:
    """Return who was really there; what the waybill names is not who was met."""
    people = situation.seen.aboard or ()
    return "；".join(
        " ".join(part for part in (say(words.ROLES.get(one.role, one.role)), one.name, one.id_number) if part)
        for one in people
    )


def _finding_blocks(
    definitions: Definitions, findings: Iterable[Finding], day: date, lang: str, *, handled: bool
) -> list[Block]:
    return [
        Block("text", f"{number}. " + "\n".join(_finding(definitions, one, day, lang, handled=handled)))
        for number, one in enumerate(findings, start=1)
    ]


def _finding(definitions: Definitions, one: Finding, day: date, lang: str, *, handled: bool) -> list[str]:
    say = words.say(lang)
    values = "，".join(f"{words.label(held.name, say)} {words.value(held.value, say)}" for held in one.values)
    duty = [cite(definitions, held, lang) for held in citable(definitions, (*one.basis, *one.duty), day)]
    penalty = [cite(definitions, held, lang) for held in citable(definitions, _penalties(one), day)]
    pending = say(_("legal basis to be verified"))
    lines = [f"{fact(one, lang)}（{one.item}）", values, one.note]
    if duty or penalty:
        lines.append(f"{say(_('Rules broken'))}：{'；'.join(duty) or pending}")
        lines.append(f"{say(_('Basis of a penalty'))}：{'；'.join(penalty) or pending}" if handled else "")
    else:
        lines.append(pending)
    lines.append(f"{say(_('Handled by'))}：{agency(definitions, one.agency, lang)}" if handled else "")
    return [line for line in lines if line]


def fact(one: Finding, lang: str) -> str:
    """Return what was found in one line; an item that an officer failed says which conduct that is."""
    text = words.pick(one.text, lang)
    if one.rule:
        return text
    say = words.say(lang)
    failed = words.pick(one.violation_title, lang) or say(words.ANSWERS["does_not_conform"])
    return f"{text}：{failed}"


def _penalties(one: Finding) -> list[Any]:
    return [penalty.basis for penalty in one.penalty if penalty.basis]


def _outcome(definitions: Definitions, assessment: Assessment, facts: Facts, lang: str) -> str:
    say = words.say(lang)
    lines = [say(words.OUTCOMES.get(facts.outcome, facts.outcome))]
    if facts.reason:
        lines.append(f"{say(_('Reason'))}：{facts.reason}")
    if facts.correct_by:
        lines.append(f"{say(_('Correct by'))}：{facts.correct_by.isoformat()}")
    asked = [measure(definitions, code, lang) for code in assessment.proposal.measures]
    return "\n".join([*lines, f"{say(_('Measures'))}：{'；'.join(asked)}"] if asked else lines)


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


def _told(definitions: Definitions, day: date, lang: str) -> str:
    """Return what the party was told: that cards were shown, that he may state and defend; each with its clause."""
    say = words.say(lang)
    shown = say(_("At least two officers were present and showed their enforcement cards."))
    rights = say(RIGHTS)
    told = ((shown, ("two_officers", "show_card")), (rights, ("statement_and_defence",)))
    lines = []
    for text, uses in told:
        held = [rule for use in uses if (rule := general(definitions, use, day))]
        clauses = "；".join(cite(definitions, rule, lang) for rule in held)
        lines.append(f"{text}（{clauses}）" if clauses else text)
    return "\n".join(lines)


RIGHTS = _(
    "You may state your case and defend yourself. What you say is heard and written down, "
    "and nobody is punished more heavily for it."
)
"""What the driver is told on the screen and on paper, in plain words."""
