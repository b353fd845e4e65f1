"""What a step leaves in the detail tables, and what other cases and the teams hear of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from checklists.wire import canonical
from server.cases.ends import begins_at
from server.cases.file_guards import TO_SERVE
from server.cases.machine import Step
from server.store import bulk, case_around, case_tasks
from server.store.case_models import ActLink, CaseDocument, CaseEvidence, CaseNote, Handover, Payment, Service
from server.store.models import Case, CaseViolation

Echo = Callable[[str, str, Mapping[str, Any]], None]
"""Tells another case of an event: case, event, data."""

SERVICES: Mapping[str, tuple[str, ...]] = {
    "service_tried": (),
    "served": ("decision", "no_penalty_decision"),
    "notice_served": ("notice",),
    "hearing_notice_served": ("hearing_notice",),
    "demand_served": ("demand",),
    "document_served": (),
}
"""Event → the kinds of which the last document was served; `document_served` names its own,
and what `service_tried` is about follows from the state."""
RETURNED = ("discard", "return_handover")
RESULTS = ("closed", "closed_no_case", "terminated")


def details(step: Step, numbers: Mapping[str, str]) -> None:
    """Write the rows that an event leaves beside the case itself."""
    if step.event in SERVICES:
        Service.create(**service_row(step))
    if step.event in DETAILS:
        DETAILS[step.event](step)
    for paper in step.issued:
        _document(step, paper.id)
    if step.event == "document_voided":
        from server.store import case_numbers

        case_numbers.void(str(step.data["paper"]), str(step.data["reason"]))


def elsewhere(step: Step, echo: Echo) -> None:
    """Let the teams and other cases hear of an event."""
    case_tasks.close(step)
    if step.task:
        case_tasks.send(step)
    if step.event == "merge":
        _merge(step, echo)
    if step.event == "split":
        from server.store import case_opening

        case_opening.split(step)
    if step.event == "hand_over":
        _hand_over(step)
    _answer(step, echo)


def service_row(step: Step) -> dict[str, Any]:
    """Return the row of a service that was made or tried."""
    data, tried = step.data, step.event == "service_tried"
    said = str(data.get("tried_at") or data.get("served_at"))
    return {
        "case": step.after.id,
        "event": step.event,
        "document": str(data.get("paper") or _last(step, _served(step))),
        "method": data["method"],
        "tried_at": said,
        "served_at": "" if tried else said,
        "result": str(data.get("outcome") or ("" if tried else "served")),
        "proof": str(data.get("proof") or ""),
        "proof_reason": str(data.get("proof_reason") or ""),
        "who": step.actor.login,
        "at": step.at,
    }


def _served(step: Step) -> tuple[str, ...]:
    """Return the kinds of which the last document was served, or was tried to be."""
    if step.event == "service_tried" and step.before.state in TO_SERVE:
        return (TO_SERVE[step.before.state],)
    return SERVICES["served"] if step.event == "service_tried" else SERVICES[step.event]


def _last(step: Step, kinds: tuple[str, ...]) -> str:
    """Return the last document of those kinds that stood when the event came, or nothing."""
    found = [one.id for one in step.before.papers if one.kind in kinds and one.status == "issued"]
    return found[-1] if found else ""


def _document(step: Step, document: str) -> None:
    """Write what belongs to an issued document besides its number: template, digests, law, words."""
    data = step.data
    named = ("title", "template", "template_version", "docx", "pdf", "words", "text")
    own = named if step.event == "document_issued" else named[1:-1]
    told = {name: str(data[name]) for name in own if data.get(name)}
    law = canonical(list(data.get("law") or [])).decode()
    CaseDocument.update(issued_by=step.actor.login, law=law, **told).where(CaseDocument.document == document).execute()


def _payment(step: Step) -> None:
    if step.event != "simple_decided" or step.data.get("cash"):
        Payment.create(**payment_row(step))


def payment_row(step: Step) -> dict[str, Any]:
    """Return the row of money that came in, or went back."""
    cash = step.event == "simple_decided"
    back = -1 if step.event == "payment_returned" else 1
    return {
        "case": step.after.id,
        "amount_fen": 100 * int(step.data["amount_cny"]) if cash else back * int(step.data["amount_fen"]),
        "surcharge_fen": int(step.data.get("surcharge_fen") or 0),
        "paid_at": str(step.data["decided_at" if cash else "paid_at"]),
        "receipt": str(step.data.get("receipt") or step.data.get("paper_number") or ""),
        "who": step.actor.login,
        "at": step.at,
    }


def evidence_rows(step: Step) -> list[dict[str, Any]]:
    """Return the rows of evidence that was added, or of which somebody wrote down that it cannot be had."""
    told = ("violation", "kind", "file", "entry", "text", "not_obtainable")
    by = {"case": step.after.id, "obtained_by": step.actor.login, "at": step.at}
    return [{**{name: str(row.get(name) or "") for name in told}, **by} for row in step.data["evidence"]]


def _evidence(step: Step) -> None:
    bulk.insert_dicts(CaseEvidence, evidence_rows(step))


def _link(step: Step) -> None:
    codes = sorted({str(code) for code in step.data["violations"]})
    one, other = codes[0], codes[-1]
    row = Case.get_by_id(step.after.id)
    for inspection in case_around.stops(row):
        ActLink.create(
            inspection=inspection,
            one=one,
            other=other,
            verdict=step.data["verdict"],
            reason=step.data["reason"],
            case=step.after.id,
            who=step.actor.login,
            at=step.at,
        )


def _note(step: Step) -> None:
    CaseNote.create(case=step.after.id, text=step.data["text"], who=step.actor.login, name=step.actor.name, at=step.at)


DETAILS: Mapping[str, Callable[[Step], None]] = {
    "payment_received": _payment,
    "payment_returned": _payment,
    "simple_decided": _payment,
    "evidence_added": _evidence,
    "link_decided": _link,
    "note": _note,
    "reminded": _note,
}
"""Event → what writes its rows."""


def _merge(step: Step, echo: Echo) -> None:
    """Move the violations into the other case, and take their evidence along.

    One that is there already from another stop stays beside it.
    """
    from server.store import case_opening

    into = str(step.data["into"])
    case_opening.take_along(step.after.id, into, (*(one.code for one in step.before.violations), ""))
    held = {str(one.key) for one in CaseViolation.select(CaseViolation.key).where(CaseViolation.case == into)}
    moved = []
    for row in list(CaseViolation.select().where(CaseViolation.case == step.after.id).order_by(CaseViolation.id)):
        key = str(row.key) if row.key not in held else f"{row.key}@{row.inspection}"
        CaseViolation.update(case=into, key=key).where(CaseViolation.id == row.id).execute()
        moved.append(key)
    echo(into, "violations_added", {"keys": moved, **_earlier(step, into)})


def _earlier(step: Step, into: str) -> dict[str, str]:
    """Return when the conduct of the merged case ended, where that is earlier: the limitation runs from it."""
    there, own = json.loads(str(Case.get_by_id(into).facts)).get("conduct_at"), step.before.facts.get("conduct_at")
    return {"conduct_at": str(own)} if own and there and begins_at(str(own)) < begins_at(str(there)) else {}


def _hand_over(step: Step) -> None:
    """Keep the hand-over, and give the receiver a case of its own where somebody works for it here."""
    from server.store import case_opening

    to = str(step.data["to"])
    there = case_opening.incoming(step, to) if case_around.has_people(to) else ""
    Handover.create(
        case=step.after.id,
        sender=step.before.keeper,
        receiver=to,
        sent_at=str(step.data["sent_at"]),
        what=str(step.data.get("what") or ""),
        incoming=there,
        state="sent",
    )


def _answer(step: Step, echo: Echo) -> None:
    """Keep what came of a hand-over, and tell the case from which one came what becomes of it."""
    states = {"receipt_in": "received", "result_in": "done", "refused_back": "refused", "taken_back": "taken"}
    if step.event in states:
        _handed(step, states[step.event], echo)
    came = step.before.facts.get("source") == "handover"
    origin = str(Case.get_by_id(step.after.id).origin) if came else ""
    if not origin:
        return
    said = {"received_at": step.at, "proof_reason": "recorded by the office's program"}
    if step.event == "accept":
        echo(origin, "receipt_in", said)
    elif step.event in RETURNED:
        echo(origin, "refused_back", {"reason": str(step.data["reason"])})
    elif step.after.state in RESULTS and step.before.state not in RESULTS:
        words = str(step.data.get("text") or step.data.get("reason") or step.after.state)
        echo(origin, "result_in", {"result": words, "reason": "closed by the receiver", **said})


def _handed(step: Step, state: str, echo: Echo) -> None:
    open_ = (Handover.case == step.after.id) & Handover.state.in_(("sent", "received"))
    last = Handover.select().where(open_).order_by(Handover.id.desc()).first()
    if last is None:
        return
    told = {"state": state}
    if step.event == "receipt_in":
        told["receipt_at"] = str(step.data["received_at"])
    else:
        told |= {"ended_at": step.at, "result": str(step.data.get("result") or step.data.get("reason") or "")}
    Handover.update(**told).where(Handover.id == last.id).execute()
    if step.event == "taken_back" and last.incoming:
        echo(str(last.incoming), "discard", {"reason": str(step.data["reason"])})
