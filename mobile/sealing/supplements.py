"""What officers add to a sealed record, on disk: each piece before the next touch, signatures too.

With the last signature the amendment, its page (现场检查记录补充页) and what follows from both become durable together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from checklists import words
from checklists.facts.earlier import HOLDING
from checklists.findings.fault import fault
from checklists.inspection.correction import corrections
from checklists.inspection.entries import Entry
from checklists.inspection.recheck import looked_again, seen_again
from checklists.papers.addendum import Added, addendum
from checklists.papers.notices import Facts
from checklists.records.check_history import decided
from checklists.records.record import Sealed
from checklists.wire import instant
from checklists.zone import clock_text
from mobile.inspecting.inspection import Draft, Held, Officer
from mobile.link.enrolment import Enrolment
from mobile.sealing import amendment, duties, duty, paperwork, seal
from mobile.sealing.part import Device
from mobile.sealing.supplement import CLEARANCE, Supplement, lifting_words
from mobile.store import replies
from mobile.store.base import transaction
from mobile.store.store import Store


def begin(store: Store, held: Held, device: Device, what: str) -> Supplement:
    """Return what is being added to an inspection that this tablet sealed, as far as it was put down."""
    parts = tuple(amendment.parts_of(store, held.inspection))
    made = Supplement(held, device, what, parts)
    return replace(made, put_down=replies.begun(store, made.name))


def put(
    store: Store, made: Supplement, drafts: Iterable[Draft], at: datetime, officer: Officer | None = None
) -> Supplement:
    """Put something down, durable before this returns, and return how it stands then. Raises Refusal."""
    held = replace(made.held, officer=officer or made.held.officer)
    new = amendment.put(store, held, made.name, drafts, at)
    return replace(made, put_down=(*made.put_down, *new))


def holding(store: Store, inspection: str) -> bool:
    """Whether a record that this tablet sealed holds its vehicle still; False where it did not seal it."""
    parts = [part for _digest, part in amendment.parts_of(store, inspection)]
    return any(decided(one, parts).outcome in HOLDING for one in parts if one["kind"] == "inspection")


def finish(store: Store, made: Supplement, enrolment: Enrolment, at: datetime) -> Sealed:
    """Seal what was put down with the signatures that hold for it, and keep its page; all or nothing.

    Raises ValueError where something is missing (`Supplement.missing`), and Refusal.
    """
    asked = made.approvals(made.heard(at)) if made.what == CLEARANCE else ()
    if lacking := made.missing(asked):
        raise ValueError(f"a supplement waits for {', '.join(lacking)}")
    held, signed = made.held, made.signatures
    with transaction(store):
        record, papers = seal.papers(store, held.inspection)
        numbers = paperwork.Numbers.of(store, held, made.device, enrolment)
        added = _added(made, papers[0].number if papers else "")
        page = numbers.paper(made.assessment, _facts(made, enrolment, asked, at), "addendum", addendum, added)
        entries, more = (*made.begun, *signed), {"papers": [seal.named(page)]}
        sealed = amendment.seal_begun(store, held, made.device, enrolment.key, made.name, entries, at, more)
        (proven,) = paperwork.proven((page,), sealed.digest, made.device, enrolment.key, instant(at))
        seal.keep_papers(store, held.inspection, record, (*papers, proven))
        _settle(store, made, signed[0].officer, instant(at))
    return sealed


def _added(made: Supplement, record: str) -> Added:
    again = looked_again(made.now.entries)
    named = ((name, again.last(name)) for name in map(fault, made.assessment.findings))
    looked = {name: seen_again(note, paperwork.LANG) for name, note in named if note}
    decided = str(made.decided.get("decided") or "")
    return Added(record, made.stands if decided else "", decided, looked, corrections(made.begun))


def _facts(made: Supplement, enrolment: Enrolment, asked: tuple[str, ...], at: datetime) -> Facts:
    signed, leader = made.signatures, made.approved(asked) if asked else None
    last = str(made.decided.get("correct_by") or "")
    return Facts(
        number="",
        office=enrolment.office,
        site=made.device.site,
        at=datetime.fromisoformat(made.begun[0].at),
        officers=tuple(paperwork.officer_words(made.held, one) for one in signed if one.value.get("role") == "officer"),
        outcome=str(made.decided.get("decided") or ""),
        signatures=tuple(one.value for one in signed),
        ended_at=at,
        correct_by=date.fromisoformat(last) if last else None,
        reason=str(made.decided.get("reason") or ""),
        approval=_approved(made.held, leader) if leader else "",
    )


def _approved(held: Held, leader: Entry) -> str:
    say = words.say(paperwork.LANG)
    asked = "；".join(lifting_words(held, str(one), paperwork.LANG) for one in leader.value.get("measures", ()))
    name = f"{say(words.ROLES['leader'])}{leader.value.get('name', '')}（{leader.value.get('card') or '—'}）"
    return f"{name}{clock_text(datetime.fromisoformat(leader.at))}：{asked}"


def _settle(store: Store, made: Supplement, officer: str, at: str) -> None:
    """Take what is owed no more off the list: who looked again and found all put right need not look once more."""
    if made.what != CLEARANCE or made.left:
        return
    for one in duties.open_duties(store, made.held.inspection):
        if one.kind == duty.RECHECK:
            duties.done(store, one.id, officer, at)
