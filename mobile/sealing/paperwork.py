"""Which papers an inspection gives, in which order and with which numbers; called inside the sealing transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from checklists import words
from checklists.crypto import SigningKey
from checklists.definitions.citation import agency, agency_short, measure
from checklists.definitions.forms import form_on
from checklists.facts.situation import LAW_ZONE
from checklists.inspection.entries import Entry
from checklists.inspection.recheck import corrected, seen_again
from checklists.papers.education_record import education_record, is_taught, lessons
from checklists.papers.evidence_list import evidence_list, exhibits
from checklists.papers.handover import hand_over_letter, hand_overs
from checklists.papers.notices import Facts, on_site_record, order_to_correct, orders
from checklists.papers.paper import Notice, text_of
from checklists.papers.release_pass import clean_pass, is_clean
from checklists.papers.spot_decision import penalty_decision
from checklists.records.paper_proof import prove
from checklists.wire import digest
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
    return tuple(replace(one, proof=_proof(one, record, device, key, at)) for one in papers)


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
        )
    except ValueError:
        # A certificate of a later shape: the paper then carries the short proof, which needs the record.
        return ""


class _Making:
    """What all papers of one inspection share."""

    def __init__(
        self, store: Store, held: Held, device: part.Device, enrolment: Enrolment, signed: Signed, at: datetime
    ) -> None:
        self.store, self.held, self.enrolment = store, held, enrolment
        self.definitions, self.now = held.kit.definitions, held.assessment
        self.ours = str(device.certificate.get("agency") or "")
        self.prefix = str(device.certificate.get("prefix") or held.device)
        self.facts = facts_of(held, device, enrolment, signed, at)
        self.exhibits = exhibits(held.entries, {str(one["id"]): str(one["name"]) for one in enrolment.officers})

    def papers(self) -> Iterator[Paper]:
        """Yield the record first; then what the driver takes along; then what stays with the authorities."""
        now, made = self.now, self._paper
        record = made("record", on_site_record)
        yield record
        if is_clean(now, self.facts.outcome):
            yield made("pass", clean_pass)
        for order in orders(now):
            office = "" if order.agency == self.ours else agency(self.definitions, order.agency, LANG)
            yield made("order", order_to_correct, order, office=office)
        for item, amount in conclusion.penalties(self.held).items():
            found = next(one for one in now.findings if one.item == item)
            yield made("penalty", penalty_decision, found, amount, self.ours)
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
        form = form_on(self.definitions.forms, kind, self.facts.day)
        letter = form.letter if form else LETTERS.get(kind, kind[:1].upper())
        number = f"{self.prefix}-{letter}{stores.next_paper_number(self.store, kind):06}"
        facts = replace(self.facts, number=number, office=office or self.facts.office)
        notice = write(self.definitions, self.now, facts, *about, LANG)
        if self.enrolment.url == PRACTICE:
            notice = marked(notice)
        return Paper(kind, number, digest(text_of(notice).encode()), notice)


def facts_of(held: Held, device: part.Device, enrolment: Enrolment, signed: Signed, at: datetime) -> Facts:
    """Return what the papers need beside the assessment."""
    decided = decision.outcome(held)
    approval = conclusion.approval_of(held)
    cards = conclusion.cards_shown(held)
    return Facts(
        number="",
        office=enrolment.office,
        site=device.site,
        at=datetime.fromisoformat(held.opened_at),
        officers=tuple(_officer(held, one) for one in (*signed.officers, *_second(held))),
        outcome=str(decided["decided"]),
        signatures=tuple(one.value for one in signed.everybody),
        statement=_statement(held),
        ended_at=at,
        correct_by=date.fromisoformat(decided["correct_by"]) if decided.get("correct_by") else None,
        reason=str(decided.get("reason") or ""),
        cards=tuple(f"{one.get('name', '')} {one.get('card') or '—'}" for one in cards.get("officers", ())),
        shown_to=tuple(_person(one) for one in cards.get("to", ())),
        approval=_approved(held, approval.leader) if approval.leader else "",
        urgent_due=datetime.fromisoformat(approval.urgent.value["report_by"]) if approval.urgent else None,
        corrected={item: seen_again(one, LANG) for item, one in corrected(held.entries).items()},
    )


def _statement(held: Held) -> str:
    spoke = [(one, said) for one in conclusion.signers(held) if (said := conclusion.said(held, one.role))]
    if len(spoke) == 1 and spoke[0][0].role == "driver":
        return spoke[0][1]
    return "\n".join(f"{_person({'role': one.role, 'name': one.name})}：{said}" for one, said in spoke)


def _person(one: object) -> str:
    row = dict(one) if isinstance(one, dict) else {}
    role = str(row.get("role") or "")
    return f"{words.say(LANG)(words.ROLES[role]) if role in words.ROLES else role}{row.get('name') or ''}"


def _officer(held: Held, entry: Entry) -> str:
    short = agency_short(held.kit.definitions, entry.agency, LANG)
    return f"{entry.value.get('name', '')}（{short}，{entry.value.get('card') or '—'}）"


def _second(held: Held) -> tuple[Entry, ...]:
    """Return who was on the post beside the one who signed, on a clean quick check."""
    named = quick_check.second_named(held) if quick_check.needs_no_driver(held) else None
    return (replace(named, agency=str(named.value.get("agency") or "")),) if named else ()


def _approved(held: Held, leader: Entry) -> str:
    asked = "；".join(measure(held.kit.definitions, str(code), LANG) for code in leader.value.get("measures", ()))
    name = f"{words.say(LANG)(words.ROLES['leader'])}{leader.value.get('name', '')}"
    return f"{name}（{leader.value.get('card') or '—'}）{_clock(leader.at)}：{asked}"


def _clock(at: str) -> str:
    return datetime.fromisoformat(at).astimezone(LAW_ZONE).strftime("%Y-%m-%d %H:%M")
