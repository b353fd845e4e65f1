"""What the papers have in common: their heads, the findings as they are printed, what the party was told.

What is not verified never appears as a legal basis: the paper then prints the facts, the measure and the duty citations
that are verified, with 法律依据待核.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, datetime
from typing import Any

from checklists import words
from checklists.definitions.citation import agency, citable, cite, general
from checklists.definitions.definition import Definitions
from checklists.definitions.forms import Form, form_on
from checklists.facts.companies import carrier_of
from checklists.facts.parties import Party
from checklists.facts.situation import Situation
from checklists.findings.culprits import culprits
from checklists.findings.fault import fault
from checklists.findings.finding import Finding
from checklists.inspection.entries import PERSONAL
from checklists.law.cases import Known
from checklists.law.clocks import day_of
from checklists.law.model import bases
from checklists.papers.paper import Block, Notice
from checklists.papers.service_address import stated_rows
from checklists.values import frozen
from checklists.zone import clock_text

Rows = tuple[tuple[str, ...], ...]


def _(message: str) -> str:
    return message


RIGHTS = _(
    "You may state your case and defend yourself. What you say is heard and written down, "
    "and nobody is punished more heavily for it."
)
"""What the driver is told on the screen and on paper, in plain words."""


NOTHING = _("Nothing was stated.")
"""What a paper says where somebody put down that the party stated nothing."""


PRESENT, NOT_PRESENT = _("on the post, confirmed by his own PIN at {time}"), _("presence not confirmed by himself")
"""How the second officer of a quick check was there."""


PEOPLE = _("People on the spot")
"""The row of a paper's head that names them, with their numbers."""


@frozen
class Facts:
    """What a paper needs beside the assessment: who, where, when, and what was said and signed.

    `officers` are written out with card numbers; `cards` are those who showed their cards, `shown_to` to whom.
    `correct_by` is the last day of a deadline, `decided` may be lighter than proposed and then has a `reason`.
    `statement` is empty where nobody wrote down whether the party spoke; that it said nothing is a statement as well.
    `approval` says who approved a heavy measure, `urgent_due` by when an urgent one is reported; `corrected` says by
    fault what was seen when it was looked at again.
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
    cards: tuple[str, ...] = ()
    shown_to: tuple[str, ...] = ()
    approval: str = ""
    urgent_due: datetime | None = None
    corrected: Mapping[str, str] = field(default_factory=dict)

    @property
    def heard(self) -> bool:
        """Whether anybody was asked: told of his rights, and asked to speak and to sign; who was absent was not."""
        asked = (one for one in self.signatures if one.get("role") not in PERSONAL)
        return bool(self.cards) or any(not one.get("absent") for one in asked)

    @property
    def day(self) -> date:
        """The day of the paper, by which its form is chosen."""
        return day_of(self.ended_at or self.at)


def stated(facts: Facts, lang: str) -> str:
    """Return what the party stated, or that it was not recorded: silence is only printed where somebody noted it."""
    return facts.statement or words.say(lang)(_("Whether the party stated anything was not recorded."))


def read_by(form: Form, facts: Facts, lang: str) -> tuple[Block, ...]:
    """Return who read the record and agreed, and who refused to sign it; a refused record never says that it agrees.

    Who was absent did neither.
    """
    people = [one for one in facts.signatures if one.get("role") not in PERSONAL and not one.get("absent")]
    refused = [one for one in people if one.get("refused")]
    if refused and "refused" not in form.texts:
        # The first version of the form has one sentence, which speaks of everybody.
        return ()
    said = {"read": [one for one in people if one not in refused], "refused": refused}
    return tuple(
        Block("text", sentence(form, name, lang, people="、".join(person(one, lang) for one in some)))
        for name, some in said.items()
        if some
    )


def person(one: Mapping[str, Any], lang: str) -> str:
    """Return somebody by role and name, as 驾驶人张建国; by the role alone where the name is not known."""
    role = str(one.get("role") or "")
    parts = (words.say(lang)(words.ROLES.get(role, role)), str(one.get("name") or ""))
    return (" " if lang == "en" else "").join(part for part in parts if part)


def form_of(definitions: Definitions, kind: str, facts: Facts) -> Form:
    """Return the form of a kind for that day; without one in the data, its title alone."""
    held = form_on(definitions.forms, kind, facts.day)
    return held or Form(kind, "", {"zh": words.say("zh_CN")(words.PAPERS[kind]), "en": words.PAPERS[kind]}, "")


def sentence(form: Form, name: str, lang: str, **values: str) -> str:
    """Return a fixed sentence of a form, filled in; empty where this version has none of that name."""
    return words.pick(form.texts.get(name, {}), lang).format_map(values)


def notice(form: Form, facts: Facts, blocks: Iterable[Block], lang: str) -> Notice:
    """Return the blocks as a paper; what is empty is left out."""
    kept = tuple(block for block in blocks if block.text or block.rows)
    title = words.pick(form.title, lang)
    version = f"{form.kind}-{form.version}" if form.version else ""
    return Notice(title, facts.number, facts.office, kept, form.kind, version)


def head(situation: Situation, facts: Facts, lang: str) -> Rows:
    """Return who was checked, where, when and by whom."""
    say = words.say(lang)
    bill = situation.waybill
    lines = (bill.lines if bill else None) or ()
    goods = "；".join(f"UN {line.un} {line.name or ''}".strip() for line in lines if line.un)
    return filled(
        (say(_("Place")), facts.site),
        (say(_("Time")), times(facts)),
        (say(_("Officers")), "；".join(facts.officers)),
        (say(_("Vehicle")), vehicles(situation)),
        (say(_("Carrier")), _carrier(situation)),
        (say(PEOPLE), aboard(situation, lang)),
        (say(_("Waybill")), (bill and bill.number) or ""),
        (say(_("Goods declared")), goods),
    )


def party_head(situation: Situation, facts: Facts, party: Party, lang: str) -> Rows:
    """Return the party of a paper, where it said that documents reach it, the vehicle, where, when and by whom."""
    say = words.say(lang)
    key = say(_("Identity number")) if party.role in ("driver", "escort") else say(_("Credit code"))
    return filled(
        (say(_("Party")), f"{party.name or '—'}（{say(words.ROLES.get(party.role, party.role))}）"),
        (key, party.key if party.key != party.name else ""),
        *stated_rows(situation, party.role, lang),
        (say(_("Vehicle")), vehicles(situation)),
        (say(_("Place")), facts.site),
        (say(_("Time")), times(facts)),
        (say(_("Officers")), "；".join(facts.officers)),
    )


def filled(*rows: tuple[str, str]) -> Rows:
    """Return the rows with a dash where there is nothing."""
    return tuple((name, value or "—") for name, value in rows)


def vehicles(situation: Situation) -> str:
    """Return the plates of tractor and trailer."""
    trailer = situation.trailer
    return " / ".join(one for one in (situation.vehicle.plate, trailer and trailer.plate) if one)


def times(facts: Facts) -> str:
    """Return from when to when, in the law's zone."""
    start = clock_text(facts.at)
    if facts.ended_at is None:
        return start
    return f"{start}–{clock_text(facts.ended_at).removeprefix(start[: -len('09:30')])}"


def aboard(situation: Situation, lang: str) -> str:
    """Return who was really there; what the waybill names is not who was met."""
    say = words.say(lang)
    people = situation.seen.aboard or ()
    return "；".join(
        " ".join(part for part in (say(words.ROLES.get(one.role, one.role)), one.name, one.id_number) if part)
        for one in people
    )


def finding_blocks(
    definitions: Definitions, findings: Iterable[Finding], facts: Facts, day: date, lang: str, *, handled: bool
) -> list[Block]:
    """Return the findings, numbered; `handled` adds the basis of a penalty and who gets the case."""
    return [
        Block("text", f"{number}. " + "\n".join(_finding(definitions, one, facts, day, lang, handled=handled)))
        for number, one in enumerate(findings, start=1)
    ]


def fact(one: Finding, lang: str) -> str:
    """Return what was found in one line; an item that an officer failed says which conduct that is."""
    text = words.pick(one.text, lang)
    if one.rule:
        return text
    say = words.say(lang)
    failed = words.pick(one.violation_title, lang) or say(words.ANSWERS["does_not_conform"])
    return f"{text}：{failed}"


def told_apart(one: Finding, findings: Iterable[Finding], lang: str) -> str:
    """Return what was found in one line; of several that read the same, with the officer's words about this one."""
    said = fact(one, lang)
    alike = [each for each in findings if each.item == one.item and fact(each, lang) == said]
    return f"{said}（{one.note}）" if len(alike) > 1 and one.note else said


def duties(definitions: Definitions, one: Finding, day: date, lang: str) -> list[str]:
    """Return the clauses that a finding breaks, as far as they may be printed."""
    return [cite(definitions, held, lang) for held in citable(definitions, (*one.basis, *one.duty), day)]


def told(definitions: Definitions, facts: Facts, day: date, lang: str) -> str:
    """Return what the party was told: who showed cards, that he may state and defend; each with its clause."""
    say = words.say(lang)
    present = say(_("At least two officers were present."))
    uses: tuple[str, ...] = ("two_officers",)
    if facts.cards:
        said = _("At least two officers were present and showed their enforcement cards to {people}: {officers}.")
        people = "、".join(facts.shown_to) or say(_("the party"))
        present = say(said).format(people=people, officers="、".join(facts.cards))
        uses = ("two_officers", "show_card")
    return "\n".join(
        (with_clauses(definitions, present, uses, day, lang), rights(definitions, day, lang)),
    )


def rights(definitions: Definitions, day: date, lang: str) -> str:
    """Return the rights of the party with their clause."""
    return with_clauses(definitions, words.say(lang)(RIGHTS), ("statement_and_defence",), day, lang)


def with_clauses(
    definitions: Definitions, text: str, uses: Iterable[str], day: date, lang: str, known: Known | None = None
) -> str:
    """Return a sentence with the general clauses that it rests on; with none where none may be printed.

    `known` says what is known of the load, for clauses of laws that cover some loads only.
    """
    held = [rule for use in uses if (rule := general(definitions, use, day, known))]
    clauses = "；".join(cite(definitions, rule, lang) for rule in held)
    return f"{text}（{clauses}）" if clauses and text else text


def _carrier(situation: Situation) -> str:
    carrier = carrier_of(situation)
    name, code = carrier.name, carrier.uscc
    return f"{name}（{code}）" if name and code else name or code


def _named(path: str, lang: str) -> str:
    """Return a path in words as a sentence has it: 挂车道路运输证有效期至."""
    text = words.label(path, words.say(lang))
    return text if lang == "en" else text.replace(" · ", "")


def _pairs(one: Finding, say: words.Say) -> str:
    """Say which goods stand beside which, by the one that several pairs have in common; nothing of a pair alone."""
    told = culprits(one.subject.split("、")) if one.rule == "R11" else ()
    if sum(len(each.pairs) for each in told) < 2:
        return ""
    said = say(_("UN {un} on board with {others}"))
    return "；".join(said.format(un=each.un, others="、".join(f"UN {un}" for un in each.others)) for each in told)


def _finding(definitions: Definitions, one: Finding, facts: Facts, day: date, lang: str, *, handled: bool) -> list[str]:
    say = words.say(lang)
    values = _pairs(one, say) or "，".join(
        f"{_named(held.name, lang)} {words.value(held.value, say)}" for held in one.values
    )
    duty = duties(definitions, one, day, lang)
    penalty = [cite(definitions, held, lang) for held in citable(definitions, bases(one.penalty), day)]
    measures = [cite(definitions, held, lang) for held in citable(definitions, bases(one.penalty, "measure"), day)]
    pending = say(_("legal basis to be verified"))
    if any(case.when for case in one.cases):
        pending = say(_("legal basis to be verified: it depends on the load, which is not settled"))
    lines = [f"{fact(one, lang)}（{'、'.join(one.items)}）", values, one.note]
    if duty or penalty or measures:
        # Where no violation is named nothing is said to be broken, nor to be punished.
        named = say(_("Rules broken") if one.violation else _("Rests on"))
        lines.append(f"{named}：{'；'.join(duty) or pending}")
        punished = bool(penalty) or (bool(one.violation) and not (measures and not bases(one.penalty)))
        lines.append(f"{say(_('Basis of a penalty'))}：{'；'.join(penalty) or pending}" if handled and punished else "")
        lines.append(f"{say(_('Basis of a measure'))}：{'；'.join(measures)}" if handled and measures else "")
    else:
        lines.append(pending)
    lines.append(f"{say(_('Handled by'))}：{agency(definitions, one.agency, lang)}" if handled else "")
    lines.append(f"{say(_('Looked at again'))}：{again}" if (again := facts.corrected.get(fault(one))) else "")
    return [line for line in lines if line]
