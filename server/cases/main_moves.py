"""The main line of a case: every event that moves it or happens while it stands, as one frozen table.

After the states of the workflow (现场处置, 立案, 调查, 审核, 告知, 听证, 决定, 送达, 执行, 结案); T is the transport
track, P the police's own procedure of 违法程序规定.
"""

from __future__ import annotations

from typing import Any

from server.cases.moves import Move, words
from server.cases.states import MAIN, OPEN


def _m(event: str, at: str, to: str, roles: str, **told: Any) -> Move:
    split = {key: words(value) if key in _LISTS else value for key, value in told.items()}
    return Move(event, words(at), to, words(roles), **split)  # type: ignore[arg-type] # the names are those of Move


_LISTS = ("guards", "needs", "takes", "papers", "issues")
_PROOF = "proof proof_reason"
_PAPER = "template template_version docx pdf words law"
_ALL, _WORKING = " ".join(MAIN), " ".join(OPEN)
_ROAD = "found clue supplement investigating awaiting_person noticed_p"
_UNDECIDED = (
    "clue supplement opening_asked investigating review notice_draft noticed hearing deciding awaiting_person noticed_p"
)
_MONEY = "executing demanded at_court"
_PENALISED = "decided simple_filed executing demanded at_court executed closed archived"

_BEGINNING = (
    _m("opened", "new", "found", "machine", takes="found_at conduct_at tier what"),
    _m("violations_added", "found clue supplement opening_asked investigating awaiting_person", "", "machine",
       needs="keys", takes="conduct_at"),
    _m("accept", "found", "clue", "handler leader", guards="party_settled", takes="party_unknown"),
    _m("discard", "found", "closed_no_case", "leader machine", guards="measures_lifted", needs="reason"),
    _m("simple_decided", "found", "simple_filed", "officer handler machine",
       guards="competent simple_allowed for_own_violations all_answered two_officers past:decided_at",
       needs="decided_at amount_cny officers paper_number", takes="cash penalties reason", papers="simple_decision"),
    _m("notice_given_at_road", "found", "awaiting_person", "officer handler machine", agency="P",
       guards="competent two_officers past:served_at", needs="served_at officers paper_number", takes=_PROOF,
       papers="police_notice"),
    _m("measure_voucher", "found", "awaiting_person", "officer handler machine", agency="P",
       guards="competent two_officers past:served_at load_free", opens="urgent",
       needs="served_at officers paper_number object what", takes=f"urgent {_PROOF}", papers="measure_voucher"),
    _m("return_handover", "found clue", "closed_no_case", "handler leader",
       guards="came_by_handover sides_finished", needs="reason"),
    _m("hand_over", "found", "handed_over", "handler leader",
       guards="foreign other_agency past:sent_at date_proof issued:handover_letter issued:handover_list",
       needs="to sent_at", takes=f"what {_PROOF}", papers="handover_notice handover_receipt"),
)  # fmt: skip

_CLUE = (
    _m("propose_opening", "clue", "opening_asked", "handler",
       guards="competent has_violation party_named links_decided", needs="cause", takes="investigators"),
    _m("return_for_supplement", "clue", "supplement", "handler leader", needs="wanted",
       takes="task tier until evidence", task="supplement"),
    _m("supplement_answered", "supplement", "clue", "machine handler", takes="task amendment text"),
    _m("supplement_withdrawn", "supplement", "clue", "handler leader", needs="reason"),
    _m("hand_over", "clue investigating", "handed_over", "handler leader",
       guards="other_agency past:sent_at date_proof issued:handover_letter issued:handover_list",
       needs="to sent_at", takes=f"what {_PROOF}", papers="handover_notice handover_receipt"),
    _m("no_penalty_minor", "clue", "closed_no_case", "handler leader",
       guards="competent minor_enough measures_lifted corrections_kept true:corrected true:harmless true:lesson",
       needs="reason corrected harmless lesson", papers="no_penalty_note"),
    _m("receipt_in", "handed_over", "", "handler leader officer machine", of="either",
       guards="past:received_at date_proof not_before:sent_at", needs="received_at", takes=_PROOF),
    _m("result_in", "handed_over", "closed", "handler leader machine", of="either",
       guards="receipt_first past:received_at date_proof not_before:sent_at", needs="result received_at",
       takes=f"reason {_PROOF}"),
    _m("refused_back", "handed_over", "clue", "handler leader machine", of="either", needs="reason", when="not_opened"),
    _m("refused_back", "handed_over", "investigating", "handler leader machine", of="either", needs="reason",
       when="was_opened"),
    _m("taken_back", "handed_over", "clue", "leader", guards="not_taken_there", needs="reason", when="not_opened"),
    _m("taken_back", "handed_over", "investigating", "leader", guards="not_taken_there", needs="reason",
       when="was_opened"),
    _m("reminded", "handed_over", "", "handler leader", needs="text"),
    _m("opening_approved", "opening_asked", "investigating", "leader",
       guards="not_did:propose_opening two_investigators law_verified", takes=f"investigators cause {_PAPER}",
       issues="opening_form"),
    _m("opening_refused", "opening_asked", "clue", "leader", guards="not_did:propose_opening", needs="reason"),
)  # fmt: skip

_INVESTIGATION = (
    _m("investigators_named", "clue opening_asked investigating noticed_p", "", "leader",
       guards="two_investigators not_reviewers", needs="investigators reason"),
    _m("party_heard", "investigating noticed_p", "", "handler", guards="past:heard_at date_proof",
       needs="how heard_at", takes=f"text {_PROOF}", papers="interview"),
    _m("return_for_supplement_case", "investigating", "", "handler leader", needs="wanted",
       takes="task tier until evidence", task="supplement"),
    _m("supplement_answered", "investigating", "", "machine handler", guards="asked_for_supplement",
       takes="task amendment text"),
    _m("supplement_withdrawn", "investigating", "", "handler leader", guards="asked_for_supplement", needs="reason"),
    _m("decision_extended", "investigating review notice_draft noticed hearing deciding noticed_p", "", "leader",
       guards="later_than_decision", needs="until reason", papers="extension_form"),
    _m("crime_suspected", "investigating deciding", "", "handler reviewer leader", needs="reason"),
    _m("crime_not", "investigating deciding", "", "leader", guards="crime_was_suspected", needs="reason"),
    _m("transfer_crime", "investigating", "suspended", "leader", guards="crime_was_suspected not_did:crime_suspected",
       needs="reason", papers="crime_transfer"),
    _m("investigation_ended", "investigating", "review", "handler",
       guards="competent has_violation evidence_complete party_heard address_known two_investigators no_supplement "
              "links_decided",
       needs="text", takes="penalties grounds", papers="investigation_report"),
    _m("review_passed", "review", "notice_draft", "reviewer",
       guards="not_investigator not_did:investigation_ended nine_answers issued:investigation_report",
       needs="answers licence text", papers="review_form"),
    _m("review_waived", "review", "notice_draft", "leader",
       guards="not_investigator review_free issued:investigation_report", needs="reason"),
    _m("review_returned", "review", "investigating", "reviewer leader", guards="not_investigator", needs="reason"),
)  # fmt: skip

_NOTICE = (
    _m("penalty_planned", "notice_draft", "", "handler", guards="for_own_violations all_answered amounts_in_range",
       needs="penalties", takes="reason", papers="notice"),
    _m("notice_served", "notice_draft", "noticed", "handler",
       guards="planned issued:notice hearing_right_told answer_term as_noticed past:served_at date_proof "
              "electronic_consent public_notice_over",
       needs="served_at method", takes=f"hearing_right statement_until reason {_PROOF}", papers="service_receipt"),
    _m("statement_received", "noticed hearing noticed_p deciding", "", "handler officer",
       guards="past:received_at date_proof", needs="text received_at", takes=_PROOF,
       papers="statement statement_review"),
    _m("statement_answered", "noticed hearing noticed_p deciding", "", "handler", guards="statement_open",
       needs="text accepted"),
    _m("hearing_requested", "noticed noticed_p deciding", "hearing", "handler officer",
       guards="hearing_was_offered request_in_time past:requested_at not_before:noticed_at date_proof",
       needs="requested_at", takes=f"late_reason text {_PROOF}"),
    _m("terms_over_or_waived", "noticed", "deciding", "handler machine", guards="answer_over statements_answered",
       takes="waiver reason"),
    _m("hearing_accepted", "hearing", "", "reviewer handler leader", takes="text"),
    _m("hearing_set", "hearing", "", "reviewer leader", guards="host_free hearing_far_enough",
       needs="hearing_at host host_name place", papers="hearing_notice"),
    _m("hearing_notice_served", "hearing", "", "reviewer handler",
       guards="hearing_was_set issued:hearing_notice notice_early_enough past:served_at date_proof electronic_consent "
              "public_notice_over",
       needs="served_at method", takes=f"reason {_PROOF}", papers="service_receipt"),
    _m("hearing_held", "hearing", "deciding", "reviewer leader",
       guards="not_investigator hearing_was_told past:held_at", needs="held_at text",
       papers="hearing_record hearing_report"),
    _m("hearing_dropped", "hearing", "deciding", "reviewer handler leader", guards="drop_proven", needs="dropped",
       takes=f"text {_PROOF}"),
)  # fmt: skip

_DECIDING = (
    _m("collective_held", "deciding", "", "leader", guards="past:held_at", needs="held_at present result",
       papers="collective_record"),
    _m("hearing_reviewed", "deciding", "", "reviewer",
       guards="not_investigator not_hearing_host nine_answers issued:hearing_report",
       needs="answers licence text", papers="review_form"),
    _m("decide", "deciding", "decided", "leader",
       guards="competent not_investigator not_did:investigation_ended for_own_violations all_answered amounts_in_range "
              "not_heavier answer_over statements_answered hearing_considered discussed sisters_decided links_decided "
              "in_time law_verified",
       needs="penalties text", takes=f"late_reason reason {_PAPER}", issues="decision"),
    _m("decide_no_penalty", "notice_draft deciding", "decided", "leader",
       guards="competent not_investigator not_did:investigation_ended statements_answered hearing_considered discussed "
              "in_time law_verified",
       needs="ground reason", takes=f"late_reason {_PAPER}", issues="no_penalty_decision"),
    _m("heavier_than_noticed", "deciding", "notice_draft", "leader handler", needs="reason"),
    _m("sent_back", "deciding", "investigating", "leader", guards="not_investigator", needs="reason"),
    _m("decide_to_justice", "deciding", "suspended", "leader", guards="not_investigator", needs="reason",
       papers="crime_transfer"),
    _m("service_tried", "notice_draft hearing decided executing", "", "handler officer",
       guards="past:tried_at not_before:decided_at paper_to_serve electronic_consent revoked_appeals",
       needs="tried_at method outcome", takes=_PROOF,
       papers="service_receipt"),
    _m("served", "decided", "executing", "handler officer",
       guards="past:served_at not_before:decided_at date_proof electronic_consent public_notice_over "
       "revoked_appeals",
       needs="served_at method", takes=_PROOF, papers="service_receipt"),
)  # fmt: skip

_EXECUTION = (
    _m("filed", "simple_filed", "executing", "officer handler", takes="text"),
    _m("cash_handed_in", f"simple_filed {_MONEY} executed terminated", "", "officer handler",
       guards="cash_was_taken past:handed_at not_before:decided_at date_proof",
       needs="handed_at receipt", takes=_PROOF),
    _m("payment_received", f"decided simple_filed {_MONEY} executed", "", "handler machine",
       guards="past:paid_at not_before:decided_at", needs="amount_fen paid_at receipt",
       takes="surcharge_fen", papers="payment_receipt"),
    _m("payment_returned", f"{_MONEY} executed closed archived terminated", "", "handler",
       guards="overpaid past:paid_at not_before:decided_at date_proof", needs="amount_fen paid_at receipt",
       takes=_PROOF),
    _m("paid_in_full", _MONEY, "executed", "handler machine", guards="fined nothing_owed"),
    _m("carried_out", "executing", "executed", "handler", guards="not_fined revoked_appeals", needs="text"),
    _m("part_carried_out", f"{_MONEY} executed", "", "handler", guards="decision_in_force revoked_appeals",
       needs="text", takes=_PROOF),
    _m("surcharge_waived", _MONEY, "", "leader", guards="fined", needs="reason"),
    _m("instalments_asked", "executing demanded", "", "handler", guards="fined plan_fits",
       needs="reason until", takes="plan"),
    _m("instalments_granted", "executing", "", "leader",
       guards="fined plan_fits instalments_were_asked not_did:instalments_asked", needs="until reason", takes="plan",
       papers="instalment_notice"),
    _m("instalments_granted", "demanded", "executing", "leader",
       guards="fined plan_fits instalments_were_asked not_did:instalments_asked", needs="until reason", takes="plan",
       papers="instalment_notice"),
    _m("demand_served", "executing", "demanded", "handler",
       guards="fined payment_over issued:demand past:served_at date_proof electronic_consent public_notice_over",
       needs="served_at method", takes=_PROOF, papers="service_receipt"),
    _m("court_applied", "demanded", "at_court", "leader",
       guards="over:demand_wait no_appeal remedies_over court_window issued:court_application past:applied_at",
       needs="applied_at", takes=f"body reason {_PROOF}"),
    _m("court_done", "at_court", "executed", "handler leader", needs="result", takes=_PROOF),
    _m("court_refused", "at_court", "executed", "handler leader", needs="reason", takes=_PROOF),
    _m("execution_ended", _MONEY, "executed", "leader", needs="reason"),
    _m("decision_revoked", _PENALISED, "terminated", "leader",
       guards="decision_in_force past:revoked_at", needs="reason revoked_at", takes="published",
       papers="revocation"),
    _m("decision_published", "executing demanded at_court executed closed", "", "handler law_admin",
       guards="decision_in_force past:published_at", needs="published_at"),
    _m("publication_withdrawn", "terminated", "", "handler law_admin", guards="past:published_at",
       needs="published_at"),
)  # fmt: skip

_ENDS = (
    _m("withdraw", _UNDECIDED, "terminated", "leader", guards="measures_lifted", needs="reason",
       papers="withdrawal_report"),
    _m("crime_sent", "suspended", "", "handler leader", guards="issued:crime_transfer past:sent_at date_proof",
       needs="sent_at", takes=_PROOF),
    _m("justice_returned", "suspended", "investigating", "handler leader",
       guards="past:received_at date_proof", needs="reason received_at", takes=_PROOF),
    _m("justice_kept", "suspended", "closed", "leader",
       guards="issued:crime_transfer measures_lifted past:received_at",
       needs="result received_at", takes=_PROOF),
    _m("close", "executed", "closed", "handler",
       guards="sides_finished papers_done settled others_done given_back cash_in issued:closing_report "
       "revoked_appeals",
       takes="text"),
    _m("archive", "closed closed_no_case terminated", "archived", "handler leader",
       guards="sides_finished papers_done publication_gone cash_in given_back issued:file_index"),
    _m("reopen", "closed archived", "investigating", "leader", guards="not_merged no_decision_in_force",
       needs="reason new_evidence", when="was_opened"),
    _m("reopen", "closed archived", "clue", "leader", guards="not_merged no_decision_in_force",
       needs="reason new_evidence", when="not_opened"),
    _m("reopen", "terminated", "investigating", "leader", guards="not_merged cash_in given_back",
       needs="reason new_evidence", when="was_opened"),
    _m("reopen", "terminated", "clue", "leader", guards="not_merged", needs="reason new_evidence", when="not_opened"),
    _m("reopen", "closed_no_case", "clue", "leader", guards="not_merged", needs="reason new_evidence"),
)  # fmt: skip

_POLICE = (
    _m("person_came", "awaiting_person", "noticed_p", "handler officer", agency="P",
       guards="competent two_officers past:came_at", needs="came_at officers", takes="text"),
    _m("term_over", "awaiting_person", "investigating", "handler machine", agency="P",
       guards="over:police_appearance"),
    _m("person_told", "noticed_p", "", "handler", agency="P",
       guards="for_own_violations all_answered amounts_in_range hearing_right_told past:told_at",
       needs="penalties told_at", takes="hearing_right statement_until waiver reason", papers="told_record"),
    _m("decide", "noticed_p", "decided", "leader", agency="P",
       guards="competent two_investigators not_investigator was_told answer_over for_own_violations all_answered "
              "amounts_in_range not_heavier statements_answered sisters_decided links_decided party_named in_time "
              "law_verified",
       needs="penalties text", takes=f"waiver late_reason reason {_PAPER}", issues="decision"),
    _m("decide_no_penalty", "noticed_p", "decided", "leader", agency="P",
       guards="competent two_investigators not_investigator statements_answered party_named in_time law_verified",
       needs="ground reason", takes=f"late_reason {_PAPER}", issues="no_penalty_decision"),
    _m("not_clear", "noticed_p", "investigating", "handler leader", agency="P", needs="reason"),
)  # fmt: skip

_ANYTIME = (
    _m("re_assign", _WORKING, "", "leader supervisor", guards="owner_known", needs="owner", takes="reason"),
    _m("owner_left", _WORKING, "", "machine", needs="reason"),
    _m("note", _ALL, "", "handler leader reviewer officer supervisor law_admin", of="either", needs="text"),
    _m("party_corrected", f"{_ROAD} opening_asked notice_draft decided executing", "", "handler",
       guards="party_readable same_party", needs="party reason"),
    _m("link_decided", _UNDECIDED + " found", "", "handler leader reviewer", guards="two_violations",
       needs="violations verdict reason"),
    _m("load_settled", "clue supplement opening_asked investigating review notice_draft awaiting_person noticed_p", "",
       "handler", guards="competent load_open", needs="load reason", takes="proof"),
    _m("evidence_added", f"{_ROAD} opening_asked review hearing", "", "handler officer", guards="evidence_readable",
       needs="evidence"),
    _m("split", "found clue investigating", "", "handler leader", guards="some_but_not_all", needs="keys reason"),
    _m("merge", "found clue", "closed_no_case", "handler leader", guards="merge_target sides_finished",
       needs="into reason"),
    _m("document_issued", _ALL, "", "handler reviewer leader officer machine",
       guards="document_allowed law_verified paper_not_twice paper_in_time notice_complete", needs="kind",
       takes=f"side title text says {_PAPER}"),
    _m("document_served", _ALL, "", "handler officer leader", guards="paper_given past:served_at date_proof "
       "electronic_consent", needs="paper served_at method", takes=_PROOF),
    _m("document_voided", _ALL, "", "leader", guards="paper_stands", needs="paper reason"),
    _m("document_waived", _ALL, "", "leader", guards="paper_is_due", needs="kind reason", takes="side"),
    _m("clock_set", _ALL, "", "handler leader", guards="clock_without_end", needs="clock until reason", takes="side"),
    _m("keeper_changed", "found clue", "", "handler leader", of="either", guards="from_competent",
       takes="reason"),
)  # fmt: skip

MAIN_MOVES: tuple[Move, ...] = (
    *_BEGINNING,
    *_CLUE,
    *_INVESTIGATION,
    *_NOTICE,
    *_DECIDING,
    *_EXECUTION,
    *_ENDS,
    *_POLICE,
    *_ANYTIME,
)
"""Every move of the main line."""
