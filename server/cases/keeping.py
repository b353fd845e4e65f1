"""What an event leaves behind in the case: facts by name, the party, the investigators, the owner. Pure.

Most facts are fields of the event under their own or another name; the few that are worked out have a function each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from server.cases.asking import Ask
from server.cases.casefile import CaseFile, Investigator
from server.cases.clockwork import is_of_first_instance, is_of_the_past
from server.cases.ends import day_text
from server.cases.people_guards import named, people

Facts = dict[str, Any]

FIELDS_KEPT: Mapping[str, Mapping[str, str]] = {
    "opened": {"found_at": "found_at", "conduct_at": "conduct_at", "what": "source"},
    "violations_added": {"conduct_at": "conduct_at"},
    "accept": {"party_unknown": "party_unknown"},
    "discard": {"reason": "ended_because"},
    "return_handover": {"reason": "ended_because"},
    "no_penalty_minor": {"reason": "ended_because"},
    "withdraw": {"reason": "ended_because"},
    "simple_decided": {"decided_at": "decided_at", "officers": "officers", "cash": "cash"},
    "notice_given_at_road": {"served_at": "noticed_at", "officers": "officers"},
    "measure_voucher": {"served_at": "noticed_at", "officers": "officers"},
    "hand_over": {"to": "handed_to", "sent_at": "sent_at"},
    "receipt_in": {"received_at": "receipt_at"},
    "result_in": {"result": "handover_result"},
    "propose_opening": {"cause": "cause", "investigators": "proposed_investigators"},
    "opening_approved": {"cause": "cause"},
    "party_heard": {"how": "heard"},
    "investigation_ended": {"grounds": "grounds", "penalties": "proposed"},
    "penalty_planned": {"penalties": "planned"},
    "notice_served": {"served_at": "noticed_at", "hearing_right": "hearing_right"},
    "person_came": {"came_at": "came_at", "officers": "officers"},
    "person_told": {"penalties": "planned", "hearing_right": "hearing_right", "told_at": "told_at", "waiver": "waiver"},
    "terms_over_or_waived": {"waiver": "waiver"},
    "hearing_requested": {"requested_at": "hearing_requested_at"},
    "hearing_set": {"hearing_at": "hearing_at", "host": "host", "host_name": "host_name"},
    "hearing_notice_served": {"served_at": "hearing_told_at"},
    "hearing_held": {"held_at": "hearing_held_at"},
    "hearing_reviewed": {"licence": "hearing_reviewed"},
    "collective_held": {"held_at": "collective"},
    "decide": {"penalties": "penalties"},
    "appeal_upheld": {"received_at": "review_received_at"},
    "appeal_changed": {"penalties": "penalties", "received_at": "review_received_at"},
    "appeal_revoked": {"received_at": "review_received_at"},
    "decide_no_penalty": {"ground": "no_penalty"},
    "served": {"served_at": "served_at"},
    "cash_handed_in": {"handed_at": "cash_in"},
    "instalments_asked": {"until": "instalments_asked"},
    "carried_out": {"text": "carried_out"},
    "part_carried_out": {"text": "carried_out"},
    "surcharge_waived": {"reason": "surcharge_waived"},
    "decision_published": {"published_at": "published_at"},
    "crime_suspected": {"reason": "crime"},
    "merge": {"into": "merged_into"},
}
"""Event → field → the fact that it becomes."""

_TOLD = dict.fromkeys(
    (
        *("planned", "hearing_right", "waiver", "told_at", "collective"),
        *("hearing_held_at", "hearing_reviewed", "hearing_told_at", "hearing_at"),
    )
)
"""What the party was told and what followed from it: gone when it is told anew."""

SET: Mapping[str, Facts] = {
    "opening_approved": {"opened": True},
    "notice_given_at_road": {"opened": True},
    "measure_voucher": {"opened": True},
    "statement_received": {"statement_open": True},
    "statement_answered": {"statement_open": False},
    "notice_served": {"waiver": None, "hearing_right": None},
    "person_told": {"waiver": None, "hearing_right": None},
    "hearing_requested": {"waiver": None, "collective": None},
    "hearing_set": {"hearing_told_at": None},
    "heavier_than_noticed": {**_TOLD, "noticed_at": None},
    "sent_back": {**_TOLD, "noticed_at": None, "grounds": None},
    "not_clear": {**_TOLD, "grounds": None},
    "crime_not": {"crime": None},
    "justice_returned": {**_TOLD, "grounds": None, "crime": None},
    "execution_ended": {"enforcement_ended": True},
    "court_done": {"enforcement_ended": True},
    "court_refused": {"enforcement_ended": True},
    "decide_no_penalty": {"penalties": None, "in_force": True},
    "decide": {"in_force": True, "no_penalty": None},
    "simple_decided": {"in_force": True, "opened": True},
    "decision_revoked": {"in_force": False},
    "instalments_granted": {"instalments_asked": None},
    "appeal_upheld": {"review_received_at": None, "appeal_end": "upheld"},
    "appeal_withdrawn": {"appeal_end": "withdrawn"},
    "appeal_changed": {"review_received_at": None, "appeal_end": "changed"},
    "appeal_revoked": {"review_received_at": None, "appeal_end": "revoked"},
    "refused_back": dict.fromkeys(("handed_to", "sent_at", "receipt_at")),
    "taken_back": dict.fromkeys(("handed_to", "sent_at", "receipt_at")),
    "reopen": {
        **_TOLD,
        **dict.fromkeys(("penalties", "no_penalty", "noticed_at", "grounds", "statement_open", "instalments_asked")),
        "instalments_asked_at": None,
        **dict.fromkeys(("handed_to", "sent_at", "receipt_at", "crime")),
        **dict.fromkeys(("decided_at", "served_at", "payments", "enforcement_ended", "appeal_spans")),
        **dict.fromkeys(("surcharge_waived", "remedies_end", "appeal_end", "ended_because", "cash", "cash_in")),
        **dict.fromkeys(("ended_at", "review_received_at", "carried_out")),
    },
}
"""Event → facts that it sets; None takes a fact away."""


def kept(ask: Ask) -> Facts:
    """Return the facts of the case after an event; what a new notice or a new investigation overtakes is gone."""
    if is_of_the_past(ask):
        return dict(ask.case.facts)
    fields = FIELDS_KEPT.get(ask.event, {})
    facts = dict(ask.case.facts) | SET.get(ask.event, {})
    facts |= {fact: ask.data[name] for name, fact in fields.items() if ask.data.get(name) is not None}
    if ask.event in WORKED_OUT:
        facts |= WORKED_OUT[ask.event](ask)
    return {name: value for name, value in facts.items() if value is not None}


def _decided(ask: Ask) -> Facts:
    return {"decided_at": day_text(ask.at)}


def _load(ask: Ask) -> Facts:
    return {"load": {**dict(ask.fact("load") or {}), **dict(ask.data["load"])}}


def _on_the_spot(ask: Ask) -> Facts:
    if ask.data.get("penalties"):
        return {"penalties": list(ask.data["penalties"]), "served_at": ask.data["decided_at"]}
    codes = [one.code for one in ask.case.violations] or [""]
    fine = {"violation": codes[0], "kind": "fine", "amount_cny": ask.data["amount_cny"]}
    warning = {"violation": codes[0], "kind": "warning"}
    return {"penalties": [fine if ask.data["amount_cny"] else warning], "served_at": ask.data["decided_at"]}


def _paid(ask: Ask) -> Facts:
    before = [list(one) for one in ask.fact("payments") or ()]
    return {"payments": [*before, [ask.data["paid_at"], ask.data["amount_fen"]]]}


def _appeal_begins(ask: Ask) -> Facts:
    before = [list(one) for one in ask.fact("appeal_spans") or ()]
    return {"appeal_spans": [*before, [day_text(str(ask.data["at"])), ""]]}


def _returned(ask: Ask) -> Facts:
    before = [list(one) for one in ask.fact("payments") or ()]
    return {"payments": [*before, [ask.data["paid_at"], -ask.data["amount_fen"]]]}


def _asked_for_later(ask: Ask) -> Facts:
    return {"instalments_asked_at": day_text(ask.at)}


def _appeal_ends(ask: Ask) -> Facts:
    """A suit goes on until its judgment is final: its days are counted by nobody before."""
    spans = [list(one) for one in ask.fact("appeal_spans") or ()]
    if ask.event != "appeal_withdrawn" and is_of_first_instance(ask):
        return {"appeal_spans": spans}
    for span in spans:
        span[1] = span[1] or day_text(str(ask.data["at"]))
    return {"appeal_spans": spans}


def _says(ask: Ask) -> Facts:
    """Only of a notice it is kept what it says: the party's rights are as it has them."""
    return {"notice_says": ask.data.get("says")} if ask.data["kind"] == "notice" else {}


def _cash(ask: Ask) -> Facts:
    facts = _on_the_spot(ask)
    if ask.data.get("cash"):
        facts["payments"] = [[ask.data["decided_at"], 100 * int(ask.data["amount_cny"])]]
    return facts


WORKED_OUT: Mapping[str, Callable[[Ask], Facts]] = {
    "decide": _decided,
    "decide_no_penalty": _decided,
    "document_issued": _says,
    "load_settled": _load,
    "simple_decided": _cash,
    "payment_received": _paid,
    "payment_returned": _returned,
    "instalments_asked": _asked_for_later,
    "appeal_filed": _appeal_begins,
    **dict.fromkeys(("appeal_upheld", "appeal_changed", "appeal_revoked", "appeal_withdrawn"), _appeal_ends),
}


def changed(ask: Ask) -> CaseFile:
    """Return the case with owner, party, tier and investigators as the event leaves them."""
    case = replace(ask.case, facts=kept(ask))
    if ask.event == "accept" or (ask.event == "keeper_changed"):
        case = replace(case, owner=ask.actor.login)
    if ask.event == "keeper_changed":
        case = replace(case, keeper=case.agency)
    if ask.event == "owner_left":
        case = replace(case, owner="")
    if ask.event == "re_assign":
        case = replace(case, owner=str(ask.data["owner"]))
    if ask.event == "opened":
        case = replace(case, tier=str(ask.data.get("tier") or case.tier))
    if ask.event == "party_corrected":
        case = replace(case, party=replace(case.party, **dict(ask.data["party"])))
    return _with_investigators(ask, case)


def _with_investigators(ask: Ask, case: CaseFile) -> CaseFile:
    """Return the case with those who investigate it now, and all who ever did."""
    now: tuple[Investigator, ...] = ()
    if ask.event in ("opening_approved", "investigators_named"):
        now = named(ask)
    elif ask.event in ("notice_given_at_road", "measure_voucher", "person_came", "simple_decided"):
        now = people(ask.data.get("officers"))
    if not now:
        return case
    return replace(case, investigators=now, investigated=tuple(dict.fromkeys((*case.investigated, *now))))
