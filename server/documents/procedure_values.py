"""What was said with the events of the case, by the name that documents use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from server.cases.fields import UNPROVEN
from server.documents import chinese
from server.documents.chinese import day_words, moment_words, rows_people
from server.documents.dossier import Dossier
from server.documents.questions import QUESTIONS

Values = dict[str, Any]


def said(dossier: Dossier) -> Values:
    """Return what was said, when, and by whom."""
    held: Values = {}
    for name, (events, key, write) in _SAID.items():
        told = dossier.last(*events).data.get(key)
        held[name] = write(told) if told else ""
    for name, (events, what) in _BY.items():
        last = dossier.last(*events)
        held[name] = day_words(last.at) if what == "day" else last.name
    for name, kinds in _NUMBERS.items():
        held[name] = dossier.document(*kinds).number
    other = dossier.case.agency if dossier.case.agency != dossier.issuer else ""
    to = str(dossier.case.facts.get("handed_to") or other)
    held["handed_to"] = dossier.definitions.agencies.get(to, {}).get("zh", "")
    ground = str(dossier.case.facts.get("no_penalty") or "")
    held["ground"] = chinese.GROUNDS.get(ground, "")
    held["is_minor"] = "1" if ground in ("minor", "first_offence") else ""
    held["not_minor"] = "1" if ground and not held["is_minor"] else ""
    held["is_proven"] = "" if ground == UNPROVEN else "1"
    held["evidence_head"] = "以上事实有下列证据证明：" if held["is_proven"] else "本案收集了下列证据："
    held["present_people"] = rows_people(dossier.last("collective_held").data.get("present"))
    answers = dossier.last("hearing_reviewed", "review_passed").data.get("answers") or ()
    held["answers"] = tuple(answered(str(one)) for one in answers)
    held["review_rows"] = tuple(
        (str(count), question, answer)
        for count, (question, answer) in enumerate(zip(QUESTIONS, held["answers"], strict=False), start=1)
    )
    accepted = dossier.last("statement_answered").data.get("accepted")
    held["accepted"] = "" if accepted is None else "采纳" if accepted else "不予采纳"
    held["receipts"] = "、".join(str(one.data["receipt"]) for one in dossier.happened("payment_received"))
    held["served_papers"] = tuple((f"{title} {number}".strip(), "", "", "", "") for title, number in _to_serve(dossier))
    return held


def _to_serve(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """Return title and number of the document that a receipt of service is about: the last that is served."""
    from server.documents.forms import FORMS

    held = [one for one in dossier.kept if one.kind in SERVED and one.status == "issued"]
    return tuple((one.title or FORMS[one.kind].title(dossier.issuer), one.number) for one in held[-1:])


def _text(said: Any) -> str:
    return str(said)


_SAID: Mapping[str, tuple[tuple[str, ...], str, Callable[[Any], str]]] = {
    "heard_at": (("party_heard",), "heard_at", moment_words),
    "heard_text": (("party_heard",), "text", _text),
    "investigation": (("investigation_ended",), "text", _text),
    "review_text": (("hearing_reviewed", "review_passed"), "text", _text),
    "licence": (("hearing_reviewed", "review_passed"), "licence", _text),
    "noticed_day": (("notice_served",), "served_at", day_words),
    "statement_until": (("notice_served", "person_told"), "statement_until", day_words),
    "statement_text": (("statement_received",), "text", _text),
    "statement_day": (("statement_received",), "received_at", day_words),
    "answer_text": (("statement_answered",), "text", _text),
    "hearing_asked_day": (("hearing_requested",), "requested_at", day_words),
    "hearing_at": (("hearing_set",), "hearing_at", moment_words),
    "hearing_place": (("hearing_set",), "place", _text),
    "hearing_host": (("hearing_set",), "host_name", _text),
    "hearing_held_at": (("hearing_held",), "held_at", moment_words),
    "hearing_text": (("hearing_held",), "text", _text),
    "discussed_at": (("collective_held",), "held_at", moment_words),
    "discussion": (("collective_held",), "result", _text),
    "decision_text": (("decide",), "text", _text),
    "decision_reason": (("decide", "decide_no_penalty"), "reason", _text),
    "extended_until": (("decision_extended",), "until", day_words),
    "extension_reason": (("decision_extended",), "reason", _text),
    "served_method": (("served",), "method", lambda said: chinese.METHODS.get(str(said), "")),
    "granted_until": (("instalments_granted",), "until", day_words),
    "granted_reason": (("instalments_granted",), "reason", _text),
    "demand_day": (("demand_served",), "served_at", day_words),
    "sent_day": (("hand_over",), "sent_at", day_words),
    "sent_what": (("hand_over",), "what", _text),
    "receipt_day": (("receipt_in",), "received_at", day_words),
    "crime_reason": (("crime_suspected", "transfer_crime", "decide_to_justice"), "reason", _text),
    "withdrawal_reason": (("withdraw",), "reason", _text),
    "revocation_reason": (("decision_revoked",), "reason", _text),
    "revoked_day": (("decision_revoked",), "revoked_at", day_words),
    "minor_reason": (("no_penalty_minor",), "reason", _text),
    "came_at": (("person_came",), "came_at", moment_words),
    "told_moment": (("person_told",), "told_at", moment_words),
    "road_at": (("notice_given_at_road", "measure_voucher"), "served_at", moment_words),
    "paper_number": (("simple_decided",), "paper_number", _text),
    "decided_on": (("simple_decided",), "decided_at", day_words),
}
"""Name → events, the field of the last of them, and how it is written."""

_BY = {
    "reviewed_day": (("hearing_reviewed", "review_passed"), "day"),
    "reviewed_by": (("hearing_reviewed", "review_passed"), "name"),
    "proposed_day": (("propose_opening",), "day"),
    "proposed_by": (("propose_opening",), "name"),
    "approved_by": (("opening_approved",), "name"),
    "extended_by": (("decision_extended",), "name"),
}
"""Name → events, and whether the day of the last or who did it is meant."""

SERVED = (
    *("notice", "hearing_notice", "decision", "no_penalty_decision", "demand", "measure_decision"),
    *("correction_order", "handover_notice", "instalment_notice", "revocation"),
)
"""Documents that are served on the party."""

_NUMBERS = {
    "notice_number": ("notice",),
    "demand_number": ("demand",),
    "handover_number": ("handover_letter",),
    "measure_number": ("measure_decision",),
    "registration_number": ("registration_list",),
    "opening_number": ("opening_form",),
}
"""Name → documents of whose last the number is meant."""


def answered(said: str) -> str:
    """Return an answer of the legal review as the form has it: `agency:yes` is 是."""
    answer = said.rpartition(":")[2]
    return {"yes": "是", "no": "否"}.get(answer, answer)
