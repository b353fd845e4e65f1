"""The words of a case's forms: what each field is called, by event where that differs, and what choices say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.cases.words import EVENTS, TIERS
from server.console.cases.addresses import opens, step


def _(words: str) -> str:
    return words


FIELDS: Mapping[str, str] = {
    "reason": _("Reason"),
    "text": _("Remark"),
    "cause": _("Cause of the case"),
    "wanted": _("What is missing"),
    "result": _("Result"),
    "outcome": _("What came of it"),
    "place": _("Place"),
    "body": _("Body"),
    "receipt": _("Number of the receipt"),
    "licence": _("Number of the legal qualification"),
    "paper_number": _("Number of the paper"),
    "late_reason": _("Why after the term"),
    "proof_reason": _("Why there is no scan"),
    "host_name": _("Name of the host"),
    "title": _("Title"),
    "into": _("Into which case"),
    "task": _("Task"),
    "amendment": _("Amendment"),
    "template": _("Template"),
    "template_version": _("Version of the template"),
    "what": _("What it is"),
    "side": _("Side track"),
    "paper": _("Document"),
    "conduct_at": _("Time of the conduct"),
    "found_at": _("Found at"),
    "decided_at": _("Decided at"),
    "served_at": _("Served at"),
    "came_at": _("Came at"),
    "told_at": _("Told at"),
    "tried_at": _("Tried at"),
    "published_at": _("Published at"),
    "hearing_at": _("Time of the hearing"),
    "at": _("When"),
    "sent_at": _("Sent at"),
    "received_at": _("Received at"),
    "requested_at": _("Asked for at"),
    "held_at": _("Held at"),
    "paid_at": _("Paid at"),
    "applied_at": _("Applied at"),
    "handed_at": _("Handed in at"),
    "revoked_at": _("Revoked at"),
    "heard_at": _("Heard at"),
    "until": _("Until"),
    "statement_until": _("The party may answer until"),
    "by": _("To be corrected by"),
    "owner": _("New handler"),
    "host": _("Host of the hearing"),
    "to": _("To which agency"),
    "proof": _("Scanned proof"),
    "waiver": _("Written waiver of the party"),
    "docx": _("Word file"),
    "pdf": _("The document as a file"),
    "words": _("Words of the document"),
    "party_unknown": _("Who answers is not known yet"),
    "corrected": _("It was corrected at once"),
    "harmless": _("It did no harm"),
    "lesson": _("The party was instructed"),
    "cash": _("Paid in cash on the spot"),
    "urgent": _("Urgent: approval comes afterwards"),
    "hearing_right": _("The right to a hearing was told"),
    "accepted": _("What the party says is accepted"),
    "published": _("The decision was public"),
    "new_evidence": _("There is new evidence"),
    "amount_cny": _("Fine in yuan"),
    "amount_fen": _("Amount paid in yuan"),
    "surcharge_fen": _("Of it surcharge, in yuan"),
    "tier": _("Tier"),
    "method": _("How it was served"),
    "ground": _("Why no penalty"),
    "how": _("How the party was heard"),
    "object": _("What is taken"),
    "verdict": _("Are they one act?"),
    "appeal": _("What was filed"),
    "final": _("The judgment is final"),
    "dropped": _("Why there was no hearing"),
    "kind": _("Which document"),
    "clock": _("Which term"),
    "officers": _("Officers"),
    "investigators": _("Investigators"),
    "present": _("Who took part"),
    "penalties": _("Penalties"),
    "party": _("Party"),
    "violations": _("Violations"),
    "keys": _("Facts that go into the new case"),
    "grounds": _("Why a legal review is mandatory"),
    "answers": _("Questions of the review"),
    "evidence": _("Pieces of evidence"),
    "plan": _("Plan of payment"),
    "law": _("Law"),
    "load": _("What the load is"),
    "says": _("What the document says"),
}
"""Field → what stands beside it, where an event has no words of its own for it."""

EVENT_FIELDS: Mapping[tuple[str, str], str] = {
    ("note", "text"): _("Note"),
    ("payment_returned", "amount_fen"): _("Amount given back in yuan"),
    ("party_heard", "text"): _("What was said"),
    ("investigation_ended", "text"): _("Facts, evidence and proposal"),
    ("review_passed", "text"): _("Conclusion of the review"),
    ("hearing_reviewed", "text"): _("Conclusion of the review"),
    ("statement_received", "text"): _("What the party says"),
    ("statement_answered", "text"): _("What the office finds about it"),
    ("hearing_held", "text"): _("What was said at the hearing"),
    ("hearing_notice_served", "reason"): _("Why so late"),
    ("decide", "text"): _("Facts, grounds and decision"),
    ("decide", "reason"): _("Why outside the range"),
    ("penalty_planned", "reason"): _("Why outside the range"),
    ("person_told", "reason"): _("Why outside the range, or why no hearing is offered"),
    ("notice_served", "reason"): _("Why no hearing is offered"),
    ("carried_out", "text"): _("How it was carried out"),
    ("reminded", "text"): _("What was asked"),
    ("supplement_answered", "text"): _("What has come"),
    ("rectification_proof", "text"): _("What was corrected"),
    ("rectification_cleared", "text"): _("What was checked"),
    ("appeal_upheld", "text"): _("Outcome"),
    ("appeal_changed", "text"): _("Outcome"),
    ("appeal_revoked", "text"): _("Outcome"),
    ("appeal_upheld", "received_at"): _("When the party received it"),
    ("appeal_changed", "received_at"): _("When the party received it"),
    ("appeal_revoked", "received_at"): _("When the party received it"),
    ("payment_returned", "paid_at"): _("Given back at"),
    ("dispute_filed", "text"): _("What is disputed"),
    ("hand_over", "what"): _("What is handed over"),
    ("appraisal_ordered", "what"): _("What is to be appraised"),
    ("evidence_registered", "what"): _("What is registered"),
    ("rectification_ordered", "what"): _("What is to be corrected"),
    ("court_applied", "body"): _("Court"),
    ("court_applied", "reason"): _("Why now, where the window is not known"),
    ("registration_decided", "outcome"): _("What is decided about it"),
    ("evidence_registered", "outcome"): _("What is decided about it"),
    ("measure_disposed", "outcome"): _("What became of it"),
    ("measure_asked", "outcome"): _("What became of it"),
    ("publication_withdrawn", "published_at"): _("Withdrawn at"),
    ("notice_given_at_road", "served_at"): _("Given at"),
    ("measure_voucher", "served_at"): _("Given at"),
    ("instalments_asked", "until"): _("Until when the party asks"),
    ("instalments_granted", "until"): _("Granted until"),
    ("decision_extended", "until"): _("Decide by"),
    ("return_for_supplement", "evidence"): _("Missing pieces"),
    ("return_for_supplement_case", "evidence"): _("Missing pieces"),
    ("return_for_supplement", "until"): _("Needed by"),
    ("return_for_supplement_case", "until"): _("Needed by"),
    ("revisit_ordered", "by"): _("To be visited by"),
    ("clock_set", "until"): _("The term ends on"),
    ("result_in", "reason"): _("Why there is no receipt"),
    ("opened", "what"): _("Source"),
    ("load_settled", "reason"): _("On what that rests"),
    ("appeal_changed", "reason"): _("Why it is heavier, where it is"),
}
"""(event, field) → what stands beside it."""

EVENT_HINTS: Mapping[tuple[str, str], str] = {
    ("return_for_supplement", "until"): _("Empty: by the tier."),
    ("return_for_supplement_case", "until"): _("Empty: by the tier."),
    **dict.fromkeys(
        [(event, "received_at") for event in ("appeal_upheld", "appeal_changed", "appeal_revoked")],
        _(
            "From then runs the time to sue after a review, or to appeal after a judgment. Empty: say its last day "
            "once it is known."
        ),
    ),
    ("appeal_changed", "reason"): _(
        "Only where a third party asked for the opposite, or sued as well (Administrative Review Law 63, "
        "Administrative Litigation Law 77)."
    ),
    ("evidence_added", "evidence"): _("A file, an entry of the record, or why it cannot be had."),
    ("return_for_supplement", "evidence"): _("A photo that comes back is counted for what is ticked."),
    ("return_for_supplement_case", "evidence"): _("A photo that comes back is counted for what is ticked."),
}
"""(event, field) → a sentence beneath it, before that of the field."""

HINTS: Mapping[str, str] = {
    "proof": _("PDF, JPEG or PNG. Without one, say why beside it."),
    "proof_reason": _("Only where no scan is added."),
    "waiver": _("Signed by the party: it gives up the time that is left."),
    "wanted": _("It appears on the officer's tablet with the case."),
    "late_reason": _("Only where the term has run out."),
    "penalties": _(
        "Every violation is answered: a penalty, or why none, with the reason as remark. What cannot be settled now is "
        "split off."
    ),
    "load": _("What is chosen here decides which law holds for every violation of the case that hangs on it."),
    "investigators": _("Two at least, each with the number of the enforcement card."),
    "officers": _("Two at least, each with the number of the enforcement card."),
    "host": _("Somebody who has not investigated the case."),
    "keys": _("What is ticked goes into a case of its own; something must stay."),
    "amount_fen": _("As the receipt says, with cents."),
    "answers": _("After the official form of the legal review."),
    "grounds": _("Leave empty where none of them holds."),
    "party": _("Only what changes is written into the history."),
}
"""Field → a sentence beneath it."""

LONG = frozenset(
    ("reason", "text", "wanted", "result", "outcome", "what", "late_reason", "proof_reason", "cause", "title")
)
"""Text fields of more than one line."""
TALL = frozenset(
    (("investigation_ended", "text"), ("decide", "text"), ("party_heard", "text"), ("hearing_held", "text"))
)

_GROUNDS: Mapping[str, str] = {
    "minor": _("minor, corrected at once, no harm"),
    "first_offence": _("first time, little harm, corrected at once"),
    "no_fault": _("no fault of the party"),
    "not_proven": _("the facts are not proven"),
    "limitation": _("past the limitation"),
    "under_age": _("under fourteen"),
    "unsound_mind": _("not answerable for reasons of mind"),
}
"""Why no penalty is given (fields.NO_PENALTY)."""

CHOICES: Mapping[str, Mapping[str, str]] = {
    "tier": TIERS,
    "method": {
        "in_hand": _("handed over in person"),
        "left_with_witness": _("left there with a witness"),
        "post": _("by post"),
        "electronic": _("electronically"),
        "entrusted": _("through another office"),
        "public_notice": _("by public notice"),
    },
    "ground": _GROUNDS,
    "how": {
        "interview": _("interviewed"),
        "statement": _("written statement"),
        "refused": _("refused to speak"),
        "unreachable": _("could not be reached"),
    },
    "object": {
        "vehicle": _("vehicle"),
        "load": _("load"),
        "licence": _("licence"),
        "place": _("place"),
        "goods": _("goods"),
        "documents": _("documents"),
    },
    "verdict": {"same": _("one act"), "other": _("separate acts")},
    "appeal": {"review": _("administrative review"), "suit": _("suit"), "second": _("appeal against a judgment")},
    "dropped": {
        "withdrawn": _("the party withdrew"),
        "absent": _("the party did not come"),
        "left": _("the party left"),
    },
    "kind": {
        "warning": _("warning"),
        "fine": _("fine"),
        "confiscation": _("confiscation"),
        "suspension": _("suspension of the licence"),
        "revocation": _("revocation of the licence"),
        "closure": _("closure"),
        "downgrade": _("lower grade of qualification"),
    },
    "spared": {**_GROUNDS, "same_act": _("one act with another that is penalised")},
    "party_kind": {"person": _("person"), "unit": _("enterprise")},
    "grounds": {
        "public_interest": _("It touches a major public interest"),
        "rights_and_hearing": _("It touches major rights of the party or a third person, and there was a hearing"),
        "complex": _("The case is difficult, or several legal relations meet in it"),
        "by_law": _("Law or regulation says so"),
    },
    "answers": {
        "agency": _("Is the agency lawful as the one that enforces?"),
        "officers": _("Are the officers qualified?"),
        "procedure": _("Was the procedure lawful?"),
        "facts": _("Are the facts clear, the evidence lawful, certain and sufficient?"),
        "law": _("Are law, regulation and rule applied rightly, and is the discretion fitting?"),
        "power": _("Does anything go beyond the powers of the law?"),
        "papers": _("Are the documents complete and in order?"),
        "rights": _("Were the party's rights to know, to answer and to a hearing kept?"),
        "crime": _("Is a crime suspected that must be transferred?"),
    },
}
"""Field → value → its words. Grounds are those of 行政处罚法 58; the questions those of the form 法制审核表."""

TRACKS: Mapping[str, str] = {
    "measure": _("Compulsory measure"),
    "registration": _("Registered evidence"),
    "rectification": _("Correction"),
    "appeal": _("Review or suit"),
    "dispute": _("Dispute"),
}
"""Side track → its name."""

PAPER_STATES: Mapping[str, str] = {
    "due": _("due"),
    "issued": _("issued"),
    "past": _("of an earlier round"),
    "void": _("void"),
    "waived": _("not needed"),
}

SOURCES: Mapping[str, str] = {
    "inspection": _("from an inspection"),
    "handover": _("handed over by another agency"),
    "split": _("split off from another case"),
}

ROLES: Mapping[str, str] = {
    "machine": _("the office's program"),
    "carrier": _("the carrier"),
}
"""Roles that no user has."""


def hint(event: str, field: str) -> str:
    """Return what stands beneath a field of an event, if anything does."""
    return EVENT_HINTS.get((event, field)) or HINTS.get(field, "")


def label(event: str, field: str) -> str:
    """Return what stands beside a field of an event."""
    return EVENT_FIELDS.get((event, field)) or FIELDS[field]


AT_ONCE = (
    "accept",
    "keeper_changed",
    "hearing_accepted",
    "term_over",
    "paid_in_full",
    "filed",
    "archive",
    "dispute_taken",
)
"""Steps that need nothing to be said: their button does them."""


PARTY_ROLES = ("", "carrier", "driver", "escort", "consignor", "loader", "filler", "consignee", "owner", "person")
"""Who may answer in a case."""


def tables() -> dict[str, Any]:
    """Return the words that the templates of cases ask for."""
    return {
        "choices": CHOICES,
        "events": EVENTS,
        "tracks": TRACKS,
        "paper_states": PAPER_STATES,
        "sources": SOURCES,
        "other_roles": ROLES,
        "at_once": AT_ONCE,
        "party_roles": PARTY_ROLES,
        "opens": opens,
        "step": step,
    }
