"""What stands beside a case's main line: side tracks, documents, money, people, history, notes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from server.cases.asking import Ask
from server.cases.casefile import MACHINE, CaseFile, Investigator
from server.cases.documents import DOCUMENTS, Form, may_issue
from server.cases.machine import MOVES
from server.cases.money import Owed, fine_of, sum_of
from server.cases.money_guards import owed_now
from server.cases.rules import CaseLaw
from server.cases.states import MAIN, SIDES, finished
from server.cases.words import EVENTS
from server.console.cases import words
from server.console.cases.clockbar import Hand, of_side
from server.console.cases.saying import Line, lines
from server.console.cases.steps import Button, Steps
from server.console.cases.telling import Teller
from server.store import case_history
from server.store.case_models import CaseDocument, CaseEvent, CaseNote, Payment

Text = Mapping[str, str]


@dataclass(frozen=True)
class Track:
    """A side track as shown, with its clocks and its moves."""

    id: str
    kind: str
    title: str
    state: str
    done: bool
    told: Sequence[Line]
    clocks: Sequence[Hand]
    buttons: Sequence[Button]


@dataclass(frozen=True)
class Sheet:
    """A document as shown. `event` is the step that asked for it, `files` digests by kind, `side` whose it is."""

    id: str
    kind: str
    title: str
    own_title: str
    status: str
    number: str
    side: str
    side_title: str
    event: str
    by: str
    at: str
    reason: str
    files: Mapping[str, str]


@dataclass(frozen=True)
class Money:
    """What is owed and what came in; None of it where nothing was decided."""

    penalties: Sequence[Mapping[str, Any]]
    planned: Sequence[Mapping[str, Any]]
    proposed: Sequence[Mapping[str, Any]]
    owed: Owed | None
    payments: Sequence[Payment]
    fine_cny: int
    waived: str


class Sum(NamedTuple):
    """The penalties for one violation: as proposed, as the party was told, as decided."""

    violation: str
    title: Text
    proposed: Sequence[Mapping[str, Any]]
    told: Sequence[Mapping[str, Any]]
    decided: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Past:
    """A row of the history as shown."""

    seq: int
    event: str
    words: str
    who: str
    role: str
    at: str
    to: str
    reason: str
    told: Sequence[Line]
    side: str


def tracks(case: CaseFile, held: Sequence[Hand], steps: Steps, teller: Teller) -> list[Track]:
    """Return the side tracks, those that are open first."""
    made = [
        Track(
            id=one.id,
            kind=one.kind,
            title=words.TRACKS[one.kind],
            state=SIDES[one.kind].get(one.state, one.state),
            done=finished(one.kind, one.state),
            told=lines(_BEGUN[one.kind], _said(one.facts), teller),
            clocks=of_side(held, one.id),
            buttons=steps.sides.get(one.id, ()),
        )
        for one in case.sides
    ]
    return sorted(made, key=lambda one: one.done)


def _said(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if not name.startswith("by:")}


_BEGUN = {
    "measure": "measure_asked",
    "registration": "evidence_registered",
    "rectification": "rectification_ordered",
    "appeal": "appeal_filed",
    "dispute": "dispute_filed",
}
"""Side track → the event whose words its facts are told in."""


def sheets(case: CaseFile, rows: Sequence[CaseDocument], teller: Teller) -> list[Sheet]:
    """Return the documents: what is due first, then the latest that were issued."""
    sides = {one.id: words.TRACKS[one.kind] for one in case.sides}
    made = [_sheet(one, sides, teller) for one in rows]
    order = {"due": 0, "issued": 1}
    return sorted(made, key=lambda one: order.get(one.status, 2))


def makeable(file: CaseFile) -> list[tuple[str, str]]:
    """Return the kinds of documents that may be made in this state by themselves, with their titles."""
    return [(kind, one.title) for kind, one in DOCUMENTS.items() if may_issue(kind, file.state) and _suits(one, file)]


def _suits(form: Form, file: CaseFile) -> bool:
    return form.agency in ("", file.agency)


def _sheet(row: CaseDocument, sides: Mapping[str, str], teller: Teller) -> Sheet:
    kind = str(row.kind)
    return Sheet(
        id=str(row.document),
        kind=kind,
        title=DOCUMENTS[kind].title if kind in DOCUMENTS else kind,
        own_title=str(row.title),
        status=str(row.status),
        number=str(row.number),
        side=str(row.side),
        side_title=sides.get(str(row.side), ""),
        event=EVENTS.get(str(row.by_event), ""),
        by=teller.name(str(row.issued_by)),
        at=str(row.issued_at),
        reason=str(row.reason),
        files={name: held for name in ("pdf", "docx") if (held := str(getattr(row, name)))},
    )


def money(case: CaseFile, now: datetime, law: CaseLaw) -> Money:
    """Return what was proposed, told and decided, and what of it is owed now."""
    decided = tuple(case.facts.get("penalties") or ())
    owed = (
        owed_now(Ask(case, MOVES[0], {}, MACHINE, now, law)) if sum_of(decided) or case.facts.get("payments") else None
    )
    paid = list(Payment.select().where(Payment.case == case.id).order_by(Payment.id))
    named = {name: list(case.facts.get(name) or ()) for name in ("penalties", "planned", "proposed")}
    waived = str(case.facts.get("surcharge_waived") or "")
    return Money(**named, owed=owed, payments=paid, fine_cny=fine_of(decided), waived=waived)


def sums(case: CaseFile, teller: Teller) -> list[Sum]:
    """Return what was proposed, told and decided for each violation, side by side."""
    named = [list(case.facts.get(name) or ()) for name in ("proposed", "planned", "penalties")]
    codes = dict.fromkeys(str(one.get("violation")) for rows in named for one in rows)
    return [
        Sum(code, teller.title(code), *([one for one in rows if one.get("violation") == code] for rows in named))
        for code in codes
    ]


def former(case: CaseFile) -> list[Investigator]:
    """Return who investigated before and does no more."""
    return [one for one in case.investigated if one not in case.investigators]


def history(case: str, teller: Teller) -> list[Past]:
    """Return what happened, the latest first."""
    return [_past(row, teller) for row in reversed(case_history.of_case(case))]


def _past(row: CaseEvent, teller: Teller) -> Past:
    moved = row.to_state != row.from_state
    return Past(
        seq=int(row.seq),
        event=str(row.event),
        words=EVENTS.get(str(row.event), str(row.event)),
        who=str(row.name or row.who),
        role=str(row.role),
        at=str(row.at),
        to=MAIN.get(str(row.to_state), "") if moved else "",
        reason=str(row.reason),
        told=lines(str(row.event), json.loads(str(row.data)), teller),
        side=str(row.side),
    )


def notes(case: str) -> list[CaseNote]:
    """Return the notes, the latest first."""
    return list(CaseNote.select().where(CaseNote.case == case).order_by(CaseNote.id.desc()))
