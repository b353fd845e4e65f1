"""The side tracks that run beside the main line, each with its own states and clocks."""

from __future__ import annotations

from typing import Any

from server.cases.moves import Move, words
from server.cases.states import ENDED, MAIN

_LISTS = ("guards", "needs", "takes", "papers", "issues")
_PROOF = "proof proof_reason"
_LIVE = tuple(state for state in MAIN if state not in ENDED)
_BEFORE_END = tuple(state for state in MAIN if state != "archived")
_DECIDED = ("decided", "simple_filed", "executing", "demanded", "at_court", "executed", "closed", "archived")
_MEASURABLE = (
    *("found", "clue", "supplement", "opening_asked", "investigating", "awaiting_person", "noticed_p"),
    *("review", "notice_draft", "noticed", "hearing", "deciding"),
)


def _s(track: str, event: str, at: str, to: str, roles: str, **told: Any) -> Move:
    split = {key: words(value) if key in _LISTS else value for key, value in told.items()}
    named = dict(split)
    if at != "new":
        named["needs"] = (*split.get("needs", ()), "side")
    return Move(event, words(at), to, words(roles), track=track, **named)  # type: ignore[arg-type] # the names are those of Move


_MEASURE = (
    _s("measure", "measure_asked", "new", "asked", "officer handler", beside=_MEASURABLE, guards="load_free",
       needs="object what reason"),
    _s("measure", "measure_urgent", "new", "urgent", "officer handler", beside=_MEASURABLE,
       guards="load_free two_officers past:at", needs="object what at officers", takes=f"reason {_PROOF}",
       papers="measure_record"),
    _s("measure", "measure_approved", "asked", "ordered", "leader", beside=_LIVE, guards="not_did_side:measure_asked "
       "past:at", needs="at", takes="reason", papers="measure_decision measure_record"),
    _s("measure", "measure_approved", "urgent", "ordered", "leader", beside=_LIVE,
       guards="not_did_side:measure_urgent", needs="reason", papers="measure_decision"),
    _s("measure", "measure_refused", "asked", "refused", "leader", beside=_BEFORE_END, needs="reason"),
    _s("measure", "measure_refused", "urgent", "lifted", "leader", beside=_BEFORE_END, needs="reason",
       papers="measure_lifting"),
    _s("measure", "measure_extended", "ordered", "extended", "leader", beside=_LIVE,
       guards="extended_in_time appraisal_is_back not_did_side:measure_asked not_did_side:measure_urgent",
       needs="reason", takes="late_reason", papers="measure_extension"),
    _s("measure", "appraisal_ordered", "ordered extended urgent", "", "handler", beside=_LIVE,
       guards="past:at seizure_runs", needs="at what", papers="appraisal_order"),
    _s("measure", "appraisal_back", "ordered extended urgent", "", "handler", beside=_LIVE,
       guards="past:at appraisal_is_out", needs="at result", takes=_PROOF),
    _s("measure", "vehicle_delivered", "urgent ordered extended", "", "officer handler", beside=_LIVE, agency="P",
       guards="past:at after_begun", needs="at place"),
    _s("measure", "measure_lifted", "urgent ordered extended", "lifted", "handler leader", beside=_BEFORE_END,
       guards="past:at after_begun", needs="at reason", papers="measure_lifting"),
    _s("measure", "measure_disposed", "ordered extended", "disposed", "handler leader", beside=_BEFORE_END,
       guards="past:at after_begun goes_on date_proof", needs="at outcome", takes=_PROOF),
)  # fmt: skip

_REGISTRATION = (
    _s("registration", "evidence_registered", "new", "registered", "officer handler", beside=_MEASURABLE,
       guards="two_officers past:at", needs="at what officers", takes=_PROOF, papers="registration_list"),
    _s("registration", "registration_decided", "registered", "decided", "handler leader", beside=_BEFORE_END,
       needs="outcome", takes="late_reason", papers="registration_release"),
    _s("registration", "registration_lapsed", "registered", "lapsed", "machine", beside=_BEFORE_END, agency="P",
       guards="side_over:police_evidence_registration"),
)  # fmt: skip

_RECTIFICATION = (
    _s("rectification", "rectification_ordered", "new", "ordered", "officer handler machine", beside=_LIVE,
       needs="by what", takes="violations paper_number", papers="correction_order"),
    _s("rectification", "rectification_proof", "ordered asked_again revisit", "proof_in",
       "carrier handler officer machine", beside=_BEFORE_END, needs="text", takes=_PROOF, of="either"),
    _s("rectification", "rectification_cleared", "proof_in revisit", "cleared", "handler leader", beside=_BEFORE_END,
       guards="not_own_proof", needs="text"),
    _s("rectification", "rectification_asked_again", "proof_in", "asked_again", "handler", beside=_BEFORE_END,
       needs="by reason"),
    _s("rectification", "revisit_ordered", "ordered asked_again proof_in", "revisit", "handler leader",
       beside=_BEFORE_END, needs="by reason", takes="task tier", task="revisit"),
    _s("rectification", "rectification_not_done", "ordered asked_again proof_in revisit", "not_done", "handler leader",
       beside=_BEFORE_END, guards="side_over:rectification", needs="reason", takes=_PROOF),
    _s("rectification", "rectification_dropped", "ordered asked_again proof_in revisit", "dropped", "leader",
       beside=_BEFORE_END, needs="reason"),
)  # fmt: skip

_RECEIVED = "past:at past:received_at after_begun received_later date_proof"

_APPEAL = (
    _s("appeal", "appeal_filed", "new", "filed", "handler leader reviewer", beside=_DECIDED,
       guards="decision_in_force judgment_open past:at not_before:decided_at date_proof", needs="appeal at body",
       takes=f"text {_PROOF}"),
    _s("appeal", "appeal_upheld", "filed", "upheld", "handler leader reviewer", beside=(*_DECIDED, "terminated"),
       guards=_RECEIVED, needs="at text", takes=f"received_at final {_PROOF}"),
    _s("appeal", "appeal_revoked", "filed", "revoked", "handler leader reviewer", beside=(*_DECIDED, "terminated"),
       guards=_RECEIVED, needs="at text", takes=f"received_at final {_PROOF}"),
    _s("appeal", "appeal_changed", "filed", "changed", "handler leader reviewer", beside=(*_DECIDED, "terminated"),
       guards=f"{_RECEIVED} for_own_violations all_answered not_heavier_on_appeal", needs="at text penalties",
       takes=f"received_at final reason {_PROOF}"),
    _s("appeal", "appeal_withdrawn", "filed", "withdrawn", "handler leader reviewer", beside=(*_DECIDED, "terminated"),
       guards="past:at after_begun date_proof", needs="at", takes=f"text {_PROOF}"),
)  # fmt: skip

_DISPUTE = (
    _s("dispute", "dispute_filed", "new", "filed", "carrier officer handler machine", beside=tuple(MAIN),
       needs="text", takes=f"violations {_PROOF}", of="either"),
    _s("dispute", "dispute_taken", "filed", "with_other", "handler leader reviewer", beside=tuple(MAIN),
       guards="not_issuing_officer"),
    _s("dispute", "dispute_upheld", "with_other", "upheld", "handler leader reviewer", beside=tuple(MAIN),
       guards="not_issuing_officer", needs="reason"),
    _s("dispute", "dispute_corrected", "with_other", "corrected", "handler leader reviewer", beside=tuple(MAIN),
       guards="not_issuing_officer", needs="reason"),
)  # fmt: skip

SIDE_MOVES: tuple[Move, ...] = (*_MEASURE, *_REGISTRATION, *_RECTIFICATION, *_APPEAL, *_DISPUTE)
"""Every move of the side tracks."""
