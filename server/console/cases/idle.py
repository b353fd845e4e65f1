"""Moves that have nothing to work on in a case as it stands: they would only fill the menu, so they are left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from server.cases.casefile import Actor, CaseFile
from server.cases.clockwork import needs_a_day
from server.cases.documents import BY_EVENT_ALONE
from server.cases.money_guards import beside_money

Idle = Callable[[CaseFile, Actor], bool]


def _codes(case: CaseFile) -> set[str]:
    return {one.code for one in case.violations} | {code for pair in case.links for code in pair}


def _issued(case: CaseFile) -> bool:
    return any(one.status == "issued" and one.kind not in BY_EVENT_ALONE for one in case.papers)


IDLE: Mapping[str, Idle] = {
    "keeper_changed": lambda case, actor: case.agency == case.keeper or actor.agency != case.agency,
    "return_handover": lambda case, actor: case.facts.get("source") != "handover",
    "clock_set": lambda case, actor: not needs_a_day(case.clocks),
    "document_voided": lambda case, actor: not _issued(case),
    "document_waived": lambda case, actor: not case.papers_due,
    "merge": lambda case, actor: case.around.get("merge_targets") == (),
    "split": lambda case, actor: sum(len(one.keys) for one in case.violations) < 2,
    "link_decided": lambda case, actor: len(_codes(case)) < 2 and not case.around.get("repeated"),
    "load_settled": lambda case, actor: not any(one.hangs_on for one in case.violations),
    "cash_handed_in": lambda case, actor: not case.facts.get("cash"),
    "part_carried_out": lambda case, actor: not beside_money(case.facts.get("penalties") or ()),
    "payment_returned": lambda case, actor: not case.facts.get("payments"),
    "statement_answered": lambda case, actor: not case.facts.get("statement_open"),
    "crime_not": lambda case, actor: not case.facts.get("crime"),
    "transfer_crime": lambda case, actor: not case.facts.get("crime"),
}
"""Event → whether it has nothing to work on."""


def is_idle(event: str, case: CaseFile, actor: Actor) -> bool:
    """Whether a move has nothing to work on."""
    return event in IDLE and IDLE[event](case, actor)
