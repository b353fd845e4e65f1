"""Which events start, stop and pause which clocks, and in which states a clock may run: one frozen table.

Kinds: `duty` (the office must act by then), `wait` (the office may act only afterwards), `party` (the party must act by
then, afterwards the office acts), `window` (a right that runs out). A mandatory clock is left open by no event: it is
stopped by one that `ends` names, it is paused, or it runs on.
"""

from __future__ import annotations

from dataclasses import dataclass

from server.cases.moves import words
from server.cases.states import BEFORE_OPENING, MAIN, OPEN


@dataclass(frozen=True)
class ClockRule:
    """One clock of a case.

    `term` is an id of `law/terms.yaml` or `own_terms`; `police` stands in its place for the police. `starts` are
    events; `start` the field of the event that holds the beginning (empty: when it is said), `fact` what an earlier
    event left behind. `until` is a field that holds the end itself. `when` is a predicate that must hold for it to
    start.
    `states` are those of the main line in which it may run. `track`: it belongs to a side track of that kind.
    """

    name: str
    kind: str
    term: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    states: tuple[str, ...]
    police: str = ""
    start: str = ""
    fact: str = ""
    until: str = ""
    when: str = ""
    agency: str = ""
    track: str = ""
    mandatory: bool = False
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    by_law: bool = True
    """Whether a clause that was read says that this clock pauses."""
    longer: str = ""
    """The term that the law gives instead where more is at stake; nobody counts by it before the other has run out."""
    met: tuple[str, ...] = ()
    """States in which nothing is waited for any more; it goes on there where it had run out before."""


def _c(name: str, kind: str, starts: str, ends: str, states: str | tuple[str, ...], **told: object) -> ClockRule:
    lists = {key: words(str(value)) for key, value in told.items() if key in ("pauses", "resumes", "met")}
    rest = {"term": name, **{key: value for key, value in told.items() if key not in lists}, **lists}
    where = words(states) if isinstance(states, str) else states
    return ClockRule(name=name, kind=kind, starts=words(starts), ends=words(ends), states=where, **rest)  # type: ignore[arg-type]


_LIVE = tuple(OPEN)
_ANY = tuple(state for state in MAIN if state != "archived")
_INQUIRY = "awaiting_person investigating review notice_draft noticed hearing deciding suspended handed_over noticed_p"
_OPENED = " ".join(state for state in OPEN if state not in (*BEFORE_OPENING, "opening_asked", "handed_over"))
_PENALTY = "simple_filed executing demanded at_court"
_AFTER = (*words(_PENALTY), "executed", "closed", "archived", "terminated")
_TRIED = "appeal_upheld appeal_changed"
"""Ends of an appeal after which the decision stands, and the party may go on."""
_DECIDED_ON = f"{_TRIED} appeal_revoked"
"""Ends of an appeal after which the same is not asked for again."""
_CARRIED_OUT = "decision_revoked execution_ended court_done court_refused carried_out paid_in_full"
_ENDING = f"appeal_revoked {_CARRIED_OUT}"

CLOCK_RULES: tuple[ClockRule, ...] = (
    # A clue that nobody has taken yet
    _c("accept", "duty", "opened",
       "accept discard simple_decided notice_given_at_road measure_voucher hand_over return_handover merge", "found",
       term="accept_{tier}", when="own_case", mandatory=True),
    _c("handover_send", "duty", "opened refused_back taken_back",
       "hand_over discard merge keeper_changed withdraw return_handover", "found clue supplement",
       when="not_own_case", mandatory=True),
    _c("police_handover", "duty", "opened", "hand_over discard merge keeper_changed withdraw",
       "found clue supplement", start="found_at", when="kept_by_police", mandatory=True),
    _c("case_opening_local", "duty", "opened refused_back taken_back reopen",
       "opening_approved discard no_penalty_minor hand_over return_handover merge simple_decided withdraw",
       "found clue supplement opening_asked", start="found_at", agency="T", when="not_yet_opened", mandatory=True),
    _c("limitation", "window", "opened violations_added",
       "decide decide_no_penalty simple_decided discard no_penalty_minor return_handover merge withdraw",
       _LIVE, start="conduct_at", when="conduct_told", longer="limitation_harm", met=_OPENED),
    _c("supplement", "duty", "return_for_supplement return_for_supplement_case",
       "supplement_answered supplement_withdrawn hand_over return_handover withdraw merge",
       "clue supplement investigating",
       term="supplement_{tier}", until="until", mandatory=True),
    # Hand-over
    _c("handover_receipt", "duty", "hand_over", "receipt_in result_in refused_back taken_back", "handed_over",
       start="sent_at", mandatory=True),
    _c("handover_result", "duty", "hand_over", "result_in refused_back taken_back", "handed_over", start="sent_at",
       mandatory=True),
    # From opening to decision
    _c("decision", "duty", "opening_approved notice_given_at_road measure_voucher term_over not_clear reopen",
       "decide decide_no_penalty withdraw result_in merge justice_kept decision_extended", _INQUIRY,
       start="served_at", when="no_time_to_decide", mandatory=True, pauses="transfer_crime decide_to_justice",
       resumes="justice_returned",
       by_law=False),
    _c("decision_extended", "duty", "decision_extended",
       "decide decide_no_penalty withdraw result_in merge justice_kept", _INQUIRY, until="until", mandatory=True,
       pauses="transfer_crime decide_to_justice", resumes="justice_returned", by_law=False),
    _c("crime_transfer_decision", "duty", "crime_suspected", "crime_not transfer_crime decide_to_justice withdraw",
       "investigating deciding", mandatory=True),
    _c("crime_transfer_execution", "duty", "transfer_crime decide_to_justice", "crime_sent justice_returned",
       "suspended", mandatory=True),
    _c("hearing_request", "wait", "notice_served person_told",
       "hearing_requested terms_over_or_waived decide decide_no_penalty heavier_than_noticed not_clear withdraw",
       "noticed noticed_p", start="served_at told_at", when="hearing_offered"),
    _c("statement", "wait", "notice_served person_told",
       "terms_over_or_waived decide decide_no_penalty heavier_than_noticed sent_back decide_to_justice not_clear "
       "withdraw",
       "noticed hearing deciding noticed_p",
       until="statement_until"),
    _c("police_hearing_accept", "duty", "hearing_requested", "hearing_accepted hearing_dropped withdraw", "hearing",
       start="requested_at", agency="P", mandatory=True),
    _c("police_hearing_held", "duty", "hearing_requested", "hearing_held hearing_dropped withdraw", "hearing",
       start="requested_at", agency="P", mandatory=True),
    _c("hearing_notice", "duty", "hearing_set", "hearing_notice_served hearing_dropped withdraw", "hearing",
       start="hearing_at", mandatory=True),
    # Service and execution
    _c("service", "duty", "decide decide_no_penalty", "served decision_revoked", "decided", mandatory=True),
    _c("public_notice", "wait", "service_tried",
       "served decision_revoked penalty_planned notice_served hearing_set hearing_notice_served demand_served "
       "decide_no_penalty",
       "notice_draft hearing decided executing", police="police_public_notice", start="tried_at",
       when="by_public_notice"),
    _c("simple_report", "duty", "simple_decided", "filed decision_revoked", "simple_filed",
       police="police_simple_report", start="decided_at", mandatory=True),
    _c("cash_hand_in", "duty", "simple_decided", "cash_handed_in",
       "simple_filed executing demanded at_court executed terminated", start="decided_at", when="in_cash",
       mandatory=True),
    _c("payment", "party", "served simple_decided", f"{_ENDING} instalments_granted", _PENALTY,
       start="served_at decided_at", when="fine_given"),
    _c("instalments", "party", "instalments_granted", _ENDING, _PENALTY, until="until", fact="instalments_asked_at"),
    _c("review", "window", "served simple_decided", f"decision_revoked {_DECIDED_ON}", _AFTER,
       start="served_at decided_at", when="untried"),
    _c("suit", "window", "served simple_decided", f"decision_revoked {_DECIDED_ON}", _AFTER,
       start="served_at decided_at", when="untried"),
    _c("suit_after_review", "window", _TRIED, f"decision_revoked {_DECIDED_ON}", ("decided", *_AFTER),
       fact="review_received_at", when="after_review"),
    _c("suit_appeal", "window", _DECIDED_ON, f"appeal_filed decision_revoked {_DECIDED_ON}",
       ("decided", *_AFTER), fact="review_received_at", when="of_first_instance"),
    _c("demand_wait", "wait", "demand_served", f"court_applied instalments_granted {_CARRIED_OUT}", "demanded",
       start="served_at"),
    _c("court_application", "duty", "served simple_decided instalments_granted",
       f"court_applied appeal_upheld appeal_withdrawn appeal_changed {_ENDING}",
       "simple_filed executing demanded", start="until", fact="remedies_end", when="money_due", mandatory=True,
       pauses="appeal_filed"),
    _c("after_appeal", "duty", "appeal_upheld appeal_withdrawn appeal_changed",
       f"court_applied instalments_granted appeal_filed {_ENDING}",
       "simple_filed executing demanded", when="money_due", mandatory=True),
    _c("withdraw_publication", "duty", "decision_revoked", "publication_withdrawn", "terminated",
       start="revoked_at", when="was_published", mandatory=True),
    # Police procedure
    _c("police_report", "duty", "notice_given_at_road", "", "awaiting_person", start="served_at", agency="P"),
    _c("police_appearance", "party", "notice_given_at_road measure_voucher", "person_came term_over withdraw",
       "awaiting_person", start="served_at", agency="P"),
    _c("police_fine", "duty", "person_came", "decide decide_no_penalty not_clear hearing_requested withdraw",
       "noticed_p", start="came_at", agency="P"),
    _c("police_suspension", "duty", "person_told", "decide decide_no_penalty not_clear hearing_requested withdraw",
       "noticed_p", fact="came_at", when="plans_suspension", agency="P"),
    _c("police_revocation", "duty", "person_told hearing_held", "decide decide_no_penalty not_clear withdraw",
       "noticed_p hearing deciding", start="held_at", fact="came_at", when="plans_revocation", agency="P"),
    # Side tracks
    _c("seizure", "duty", "measure_approved measure_urgent measure_voucher",
       "measure_lifted measure_refused measure_extended measure_disposed", _ANY, track="measure", start="at served_at",
       when="measure_begins", mandatory=True, pauses="appraisal_ordered", resumes="appraisal_back"),
    _c("seizure_extension", "duty", "measure_extended", "measure_lifted measure_disposed", _ANY, track="measure",
       fact="seizure_end", mandatory=True, pauses="appraisal_ordered", resumes="appraisal_back"),
    _c("compulsion_report", "duty", "measure_urgent measure_voucher", "measure_approved measure_refused measure_lifted",
       _ANY, track="measure", start="at served_at", mandatory=True),
    _c("police_vehicle", "duty", "measure_urgent measure_voucher",
       "vehicle_delivered measure_lifted measure_refused measure_disposed", _ANY, track="measure", start="at served_at",
       agency="P", when="takes_vehicle", mandatory=True),
    _c("evidence_registration", "duty", "evidence_registered", "registration_decided registration_lapsed", _ANY,
       track="registration", police="police_evidence_registration", start="at", mandatory=True),
    _c("rectification", "party", "rectification_ordered rectification_asked_again",
       "rectification_proof rectification_cleared rectification_not_done rectification_dropped revisit_ordered", _ANY,
       track="rectification", term="correct_by", until="by"),
    _c("revisit", "duty", "revisit_ordered",
       "rectification_proof rectification_cleared rectification_not_done rectification_dropped", _ANY,
       track="rectification", term="revisit_by", until="by", mandatory=True),
    _c("dispute_answer", "duty", "dispute_filed", "dispute_upheld dispute_corrected", tuple(MAIN), track="dispute",
       mandatory=True),
)  # fmt: skip
"""Every clock of a case."""

BY_NAME = {one.name: one for one in CLOCK_RULES}


def may_run(rule: ClockRule, state: str) -> bool:
    """Whether a clock may be open while the main line is in that state."""
    return state in rule.states


def is_met(rule: ClockRule, state: str, *, over: bool) -> bool:
    """Whether what the clock waits for has happened in that state; `over`: not before it ran out."""
    return state in rule.met and not over


def ends_with(rule: ClockRule, event: str) -> bool:
    """Whether the event is one that lawfully stops the clock."""
    return event in rule.ends
