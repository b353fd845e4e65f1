"""Which papers an inspection gives, in which order and with which numbers; called inside the sealing transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from checklists import words
from checklists.crypto import SigningKey
from checklists.definitions.citation import agency, agency_short, measure
from checklists.definitions.definition import Definitions
from checklists.definitions.forms import form_on
from checklists.findings.assessment import Assessment
from checklists.findings.fault import fault
from checklists.inspection.entries import Entry
from checklists.inspection.recheck import looked_again, seen_again
from checklists.papers.education_record import education_record, is_taught, lessons
from checklists.papers.evidence_list import evidence_list, exhibits
from checklists.papers.handover import hand_over_letter, hand_overs
from checklists.papers.notices import Facts, on_site_record, order_to_correct, orders
from checklists.papers.paper import UNPROVEN, Notice, text_of, unproven
from checklists.papers.paragraphs import NOT_PRESENT, NOTHING, PRESENT, person
from checklists.papers.release_pass import clean_pass, is_clean, load_of, shown_until
from checklists.papers.spot_decision import penalty_decision
from checklists.records.paper_proof import About, prove
from checklists.wire import digest, instant
from checklists.zone import clock_text
from mobile.inspecting import conclusion, decision, quick_check
from mobile.inspecting.inspection import Held
from mobile.link.enrolment import Enrolment
from mobile.link.office import PRACTICE
from mobile.sealing import part
from mobile.sealing.paper import Paper
from mobile.sealing.practice_marks import marked
from mobile.sealing.signatures import Signed
from mobile.store import store as stores
from mobile.store.store import Store

LETTERS = {"record": "R", "order": "O"}
"""What stands in a number where the packages bring no forms."""

LANG = "zh_CN"
"""Papers are Chinese, whatever the screen speaks."""


def make(
    store: Store, held: Held, device: part.Device, enrolment: Enrolment, signed: Signed, at: datetime
) -> tuple[Paper, ...]:
    """Return the papers with their numbers."""
    return tuple(_Making(store, held, device, enrolment, signed, at).papers())


def proven(papers: tuple[Paper, ...], record: str, device: part.Device, key: SigningKey, at: str) -> tuple[Paper, ...]:
    """Return the papers with the text of their codes, once the record that they belong to has its digest."""
    return tuple(replace(one, proof=_proof(one, record, device, key, at), record=record) for one in papers)


def _proof(paper: Paper, record: str, device: part.Device, key: SigningKey, at: str) -> str:
    try:
        return prove(
            key,
            device.certificate,
            record=record,
            text=paper.digest,
            kind=paper.kind,
            number=paper.number,
            sealed_at=at,
            about=paper.about,
        )
    except ValueError:
        # A certificate of a later shape: the paper then carries the short proof, which needs the record.
        return ""


class _Making:
    """What all papers of one inspection share."""

    def __init__(
        self, store: Store, held: Held, device: part.Device, enrolment: Enrolment, signed: Signed, at: datetime
    ) -> None:
        self.held = held
        self.definitions, self.now = held.kit.definitions, held.assessment
        self.ours = str(device.certificate.get("agency") or "")
        self.numbers = Numbers.of(store, held, device, enrolment)
        self.facts = facts_of(held, device, enrolment, signed, at)
        self.exhibits = exhibits(held.entries, {str(one["id"]): str(one["name"]) for one in enrolment.officers})

    def papers(self) -> Iterator[Paper]:
        """Yield the record first; then what the driver takes along; then what stays with the authorities."""
        now, made = self.now, self._paper
        record = made("record", on_site_record)
        yield record
        if is_clean(now, self.facts.outcome):
            yield replace(made("pass", clean_pass), about=self._about())
        for order in orders(now):
            yield made("order", order_to_correct, order, office=self._office(order.agency))
        for name, amount in conclusion.penalties(self.held).items():
            found = next(one for one in now.findings if fault(one) == name)
            # Who fined was of the competent authority; the tablet that seals may be another's.
            yield made("penalty", penalty_decision, found, amount, found.agency, office=self._office(found.agency))
        evidence = None
        if self.exhibits and now.findings:
            evidence = made("evidence", evidence_list, self.exhibits, self.held.checklist)
            yield evidence
        listed = self._materials(record, evidence)
        for given in hand_overs(now, self.ours):
            yield made("handover", hand_over_letter, given, listed)
        taught = lessons(self.held.entries)
        if is_taught(now, taught):
            yield made("education", education_record, taught)

    def _office(self, code: str) -> str:
        """Return in whose name another authority's paper is; empty for our own."""
        return "" if code == self.ours else agency(self.definitions, code, LANG)

    def _about(self) -> About:
        """Return of which vehicle and goods a pass is, by which kind of list, and until when it is shown."""
        now = self.now.situation
        load = load_of(now, short=quick_check.is_quick(self.held)).text()
        return About(now.vehicle.plate or "", load, instant(shown_until(self.definitions, self.facts)))

    def _materials(self, record: Paper, evidence: Paper | None) -> tuple[str, ...]:
        bill = self.now.situation.waybill
        say = words.say(LANG)
        return tuple(
            one
            for one in (
                f"{record.notice.title} {record.number}",
                f"{evidence.notice.title} {evidence.number}（{len(self.exhibits)}）" if evidence else "",
                f"{say('Waybill')} {bill.number}" if bill and bill.number else "",
            )
            if one
        )

    def _paper(self, kind: str, write: Callable[..., Notice], *about: Any, office: str = "") -> Paper:
        """Return one paper; `write` takes definitions, assessment, facts, what it is about, and the language."""
        facts = replace(self.facts, office=office or self.facts.office)
        return self.numbers.paper(self.now, facts, kind, write, *about)


@dataclass(frozen=True)
class Numbers:
    """Gives papers the next numbers of this device; in practice they are marked as such."""

    store: Store
    definitions: Definitions
    prefix: str
    practice: bool

    @classmethod
    def of(cls, store: Store, held: Held, device: part.Device, enrolment: Enrolment) -> Numbers:
        """Return those of an inspection's papers."""
        prefix = str(device.certificate.get("prefix") or held.device)
        return cls(store, held.kit.definitions, prefix, enrolment.url == PRACTICE)

    def paper(self, now: Assessment, facts: Facts, kind: str, write: Callable[..., Notice], *about: Any) -> Paper:
        """Return a paper; `write` takes definitions, assessment, facts, what it is about, and the language."""
        form = form_on(self.definitions.forms, kind, facts.day)
        letter = form.letter if form else LETTERS.get(kind, kind[:1].upper())
        number = f"{self.prefix}-{letter}{stores.next_paper_number(self.store, kind):06}"
        notice = write(self.definitions, now, replace(facts, number=number), *about, LANG)
        notice = marked(notice) if self.practice else notice
        return Paper(kind, number, digest(text_of(notice).encode()), notice)


def facts_of(held: Held, device: part.Device, enrolment: Enrolment, signed: Signed, at: datetime) -> Facts:
    """Return what the papers need beside the assessment."""
    decided = decision.outcome(held)
    approval = conclusion.approval_of(held)
    cards = conclusion.cards_shown(held)
    absent = {one.value.get("role") for one in signed.everybody if one.value.get("absent")}
    # A card is shown to nobody who is not there.
    shown_to = tuple(person(one, LANG) for one in cards.get("to", ()) if one.get("role") not in absent)
    return Facts(
        number="",
        office=enrolment.office,
        site=device.site,
        at=datetime.fromisoformat(held.opened_at),
        officers=tuple(officer_words(held, one) for one in (*signed.officers, *_second(held))),
        outcome=str(decided["decided"]),
        signatures=tuple(one.value for one in signed.everybody),
        statement=_statement(held),
        ended_at=at,
        correct_by=date.fromisoformat(decided["correct_by"]) if decided.get("correct_by") else None,
        reason=str(decided.get("reason") or ""),
        cards=tuple(f"{one.get('name', '')} {one.get('card') or '—'}" for one in cards.get("officers", ()))
        if shown_to or not absent
        else (),
        shown_to=shown_to,
        approval=_approved(held, approval.leader) if approval.leader else "",
        urgent_due=datetime.fromisoformat(approval.urgent.value["report_by"]) if approval.urgent else None,
        corrected=_corrected(held),
    )


def _corrected(held: Held) -> dict[str, str]:
    """Return by fault what was seen when it was looked at again and found put right."""
    again = looked_again(held.entries)
    told = {name: again.corrected(name) for name in map(fault, held.assessment.findings)}
    return {name: seen_again(note, LANG) for name, note in told.items() if note}


def _statement(held: Held) -> str:
    """Return what was stated, person by person; that somebody stated nothing only where that was put down."""
    nothing = words.say(LANG)(NOTHING)
    spoke = [
        (one, conclusion.said(held, one.role) or (nothing if conclusion.said_nothing(held, one.role) else ""))
        for one in conclusion.signers(held)
    ]
    spoke = [(one, said) for one, said in spoke if said]
    if len(spoke) == 1 and spoke[0][0].role == "driver":
        return spoke[0][1]
    return "\n".join(f"{person({'role': one.role, 'name': one.name}, LANG)}：{said}" for one, said in spoke)


def officer_words(held: Held, entry: Entry) -> str:
    """Return an officer as papers name him: name, agency, card."""
    short = agency_short(held.kit.definitions, entry.agency, LANG)
    said = "".join(f"；{one}" for one in _presence(entry)) if entry.kind == "party" else ""
    return f"{entry.value.get('name', '')}（{short}，{entry.value.get('card') or '—'}{said}）"


def _presence(second: Entry) -> Iterator[str]:
    """Yield how the second officer of a quick check was on the post: by his own PIN, or as named by the other."""
    say, at = words.say(LANG), second.value.get("confirmed_at")
    if not at:
        yield say(NOT_PRESENT)
        return
    yield say(PRESENT).format(time=_clock(str(at)))
    if unproven(second.value):
        yield say(UNPROVEN)


def _second(held: Held) -> tuple[Entry, ...]:
    """Return who was on the post beside the one who signed, on a clean quick check."""
    named = quick_check.second_named(held) if quick_check.needs_no_driver(held) else None
    return (replace(named, agency=str(named.value.get("agency") or "")),) if named else ()


def _approved(held: Held, leader: Entry) -> str:
    asked = "；".join(measure(held.kit.definitions, str(code), LANG) for code in leader.value.get("measures", ()))
    name = f"{words.say(LANG)(words.ROLES['leader'])}{leader.value.get('name', '')}"
    doubt = f"；{words.say(LANG)(UNPROVEN)}" if unproven(leader.value) else ""
    return f"{name}（{leader.value.get('card') or '—'}{doubt}）{_clock(leader.at)}：{asked}"


def _clock(at: str) -> str:
    return clock_text(datetime.fromisoformat(at))
