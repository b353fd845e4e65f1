"""The documents of a case: which there are, where each may be issued, and which get a number of the office.

After the official forms of the transport track (S21, S22) and the police's own (违法程序规定). A form's text is no
matter of this table; here stands only when it may come into being.
"""

from __future__ import annotations

from dataclasses import dataclass

from server.cases.states import ENDED, MAIN, OPEN


def _(words: str) -> str:
    return words


@dataclass(frozen=True)
class Form:
    """A kind of document. `mark` stands in its number (×交罚〔2026〕n号), empty where it gets none.

    `states` are the main states in which it may be issued by itself; none where only an event issues it (`decide`).
    """

    title: str
    states: tuple[str, ...] = ()
    mark: str = ""
    agency: str = ""


_WORK = tuple(state for state in MAIN if state not in ENDED)
_KEPT = tuple(state for state in MAIN if state != "archived")
_CLUE = ("found", "clue", "supplement")
_ASK = ("investigating", "awaiting_person", "noticed_p")
_NOTICE = ("notice_draft", "noticed", "hearing", "deciding", "noticed_p")
_AFTER = ("decided", "simple_filed", "executing", "demanded", "at_court", "executed")
_ROAD = ("found", "clue", "supplement", *_ASK)

DOCUMENTS: dict[str, Form] = {
    # Beginning
    "opening_form": Form(_("form of opening the case"), mark="立"),
    "no_penalty_note": Form(_("note that no penalty is given"), (*_CLUE, "closed_no_case"), ""),
    "handover_letter": Form(_("letter of hand-over"), (*_CLUE, "investigating"), "移"),
    "handover_notice": Form(_("notice of hand-over to the party"), (*_CLUE, "investigating", "handed_over", "closed")),
    "handover_list": Form(_("list of the materials handed over"), (*_CLUE, "investigating", "handed_over")),
    "handover_receipt": Form(_("receipt of a hand-over"), ("handed_over", "clue", "investigating", "closed")),
    # Investigation
    "interview": Form(_("interview record"), (*_ROAD, "noticed", "hearing")),
    "scene_record": Form(_("record of the inspection of the scene"), _ROAD),
    "sampling": Form(_("receipt of sampling"), _ROAD, "抽"),
    "media_record": Form(_("record of photographic and electronic evidence"), _ROAD),
    "appraisal_order": Form(_("order of an appraisal"), _WORK, "鉴"),
    "assistance_letter": Form(_("request for assistance"), _ROAD, "协"),
    "investigation_report": Form(_("report of the investigation"), ("investigating", "review")),
    "extension_form": Form(_("extension of the time to decide"), ("investigating", "review", *_NOTICE)),
    "address_form": Form(_("confirmation of the address for service"), OPEN),
    # Measures and orders
    "measure_decision": Form(_("decision on a compulsory measure"), _WORK, "强"),
    "measure_voucher": Form(_("voucher of a compulsory measure"), (*_ROAD,), "", "P"),
    "measure_extension": Form(_("decision to extend a measure"), _WORK, "延"),
    "measure_lifting": Form(_("decision to lift a measure"), _KEPT, "解"),
    "measure_record": Form(_("on-site record of a measure"), _WORK),
    "registration_list": Form(_("list of registered evidence"), _WORK, "登"),
    "registration_release": Form(_("decision on registered evidence"), _KEPT, "登解"),
    "correction_order": Form(_("order to correct a violation"), _WORK, "责改"),
    # Review, notice, hearing
    "review_form": Form(_("form of the legal review"), ("review", *_NOTICE)),
    "notice": Form(_("notice of the planned penalty"), ("notice_draft",), "违通"),
    "police_notice": Form(_("notice to come and have it dealt with"), ("found", "awaiting_person"), "", "P"),
    "told_record": Form(_("record of telling the party before the decision"), ("noticed_p", "notice_draft"), "", "P"),
    "statement": Form(_("statement and defence"), _NOTICE),
    "statement_review": Form(_("opinion on the statement and defence"), _NOTICE),
    "hearing_notice": Form(_("notice of the hearing"), ("hearing",), "听通"),
    "hearing_record": Form(_("record of the hearing"), ("hearing", "deciding")),
    "hearing_report": Form(_("report of the hearing"), ("hearing", "deciding")),
    "collective_record": Form(_("record of the collective discussion"), ("deciding",)),
    # Decision, service, enforcement
    "decision": Form(_("penalty decision"), mark="罚"),
    "no_penalty_decision": Form(_("decision to give no penalty"), mark="不罚"),
    "simple_decision": Form(_("decision made on the spot"), ("simple_filed", "executing")),
    "service_receipt": Form(_("receipt of service"), OPEN),
    "public_notice": Form(_("public notice"), ("notice_draft", "hearing", "decided", "executing", "demanded")),
    "payment_receipt": Form(_("receipt of payment"), _AFTER),
    "instalment_notice": Form(_("notice of payment by instalments or later"), ("executing", "demanded"), "分期"),
    "demand": Form(_("demand notice"), ("executing", "demanded"), "催"),
    "court_application": Form(_("application to the court for enforcement"), ("demanded", "at_court"), "申"),
    # Ends
    "crime_transfer": Form(_("transfer of a suspected crime"), ("suspended", "investigating", "deciding"), "罪移"),
    "revocation": Form(_("decision to revoke a decision"), ("terminated",), "撤"),
    "withdrawal_report": Form(_("report of withdrawing the case"), ("terminated",)),
    "closing_report": Form(_("report of closing the case"), ("executed", "closed", "suspended", "handed_over")),
    "file_index": Form(_("index of the file"), ("executed", *sorted(ENDED - {"archived"}))),
    "other": Form(_("another document"), OPEN),
}
"""Kind → form."""

BY_EVENT_ALONE = tuple(kind for kind, form in DOCUMENTS.items() if not form.states)
"""Documents that come into being with the event that makes them true, and never by themselves."""


_ROUND = (
    *("notice", "told_record", "hearing_notice", "hearing_record", "hearing_report", "collective_record"),
    "review_form",
)
_MONEY = ("demand", "court_application", "instalment_notice")
_END = ("crime_transfer", "revocation", "closing_report", "file_index")
_HANDED = ("handover_letter", "handover_list", "handover_notice", "handover_receipt")

ROUND_ENDS: dict[str, tuple[str, ...]] = {
    "refused_back": _HANDED,
    "taken_back": _HANDED,
    "review_returned": ("investigation_report",),
    "heavier_than_noticed": _ROUND,
    "sent_back": ("investigation_report", *_ROUND),
    "instalments_granted": _MONEY,
    "justice_returned": ("crime_transfer", "investigation_report", *_ROUND),
    "not_clear": ("investigation_report", *_ROUND),
    "hearing_set": ("hearing_notice",),
    "decision_revoked": ("closing_report", "file_index"),
    "reopen": ("investigation_report", *_HANDED, *_ROUND, *_MONEY, *_END),
}
"""Event → documents of the round that it ends: they stay in the file, and count for nothing that comes after."""


OVERTAKEN: dict[str, tuple[str, ...]] = {
    "refused_back": ("handover_notice", "handover_receipt"),
    "taken_back": ("handover_notice", "handover_receipt"),
    "decide_no_penalty": ("notice",),
    "withdraw": ("notice", "hearing_notice"),
    "hearing_dropped": ("hearing_notice",),
    "justice_returned": ("crime_transfer",),
    "decision_revoked": ("instalment_notice",),
    "rectification_dropped": ("correction_order",),
}
"""Event → documents that announce what does not come any more: one that is still due is waived by it."""


_TOLD = (
    *("notice_served", "person_told", "statement_received", "statement_answered", "collective_held"),
    *("hearing_requested", "hearing_set", "hearing_held", "hearing_reviewed"),
)
_INQUIRY = ("investigation_ended", "review_passed")
_CRIME = ("crime_suspected", "transfer_crime", "decide_to_justice")
_AWAY = ("hand_over", "receipt_in")
_DECIDED = (
    *("decide", "decide_no_penalty", "simple_decided", "served", "payment_received", "decision_extended"),
    *("instalments_granted", "demand_served", "decision_revoked", "withdraw", "no_penalty_minor"),
    *("carried_out", "part_carried_out", "court_done", "court_refused", "execution_ended"),
)

SAID_ENDS: dict[str, tuple[str, ...]] = {
    "refused_back": _AWAY,
    "taken_back": _AWAY,
    "review_returned": _INQUIRY,
    "hearing_requested": ("collective_held",),
    "heavier_than_noticed": _TOLD,
    "sent_back": (*_INQUIRY, *_TOLD),
    "not_clear": (*_INQUIRY, *_TOLD),
    "instalments_granted": ("demand_served",),
    "crime_not": _CRIME,
    "justice_returned": (*_INQUIRY, *_TOLD, *_CRIME),
    "reopen": (*_INQUIRY, *_TOLD, *_CRIME, *_AWAY, *_DECIDED),
}
"""Event → events of the round that it ends: a document of the next round says nothing of what was said with them."""


def may_issue(kind: str, state: str) -> bool:
    """Whether a document of that kind may be issued in that state."""
    return kind in DOCUMENTS and state in DOCUMENTS[kind].states


def number_of(head: str, kind: str, year: int, serial: int) -> str:
    """Return the number of a document: the office's own sign, the form's, the year and the serial."""
    return f"{head}{DOCUMENTS[kind].mark}〔{year}〕{serial}号"
