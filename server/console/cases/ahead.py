"""What comes next in a case: the steps of the main line by state, in their order, with when each is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from server.cases import clockwork, guards
from server.cases.asking import Ask, Missing
from server.cases.machine import MOVES
from server.cases.money import sum_of
from server.cases.money_guards import others_done, owed_now
from server.cases.moves import Move

When = Callable[[Ask], bool]


@dataclass(frozen=True)
class Ahead:
    """A step of the main line, and whether it is the one that is due; `query` fills in its form."""

    event: str
    when: When = lambda ask: True
    query: Mapping[str, str] = field(default_factory=dict)


def _own(ask: Ask) -> bool:
    return ask.case.agency == ask.case.keeper


def _fact(name: str) -> When:
    return lambda ask: bool(ask.fact(name))


def _without(name: str) -> When:
    return lambda ask: not ask.fact(name)


def _clock(*rules: str) -> When:
    return lambda ask: any(one.rule in rules for one in ask.case.open_clocks)


def _over(*rules: str) -> When:
    return lambda ask: any(one.rule in rules and ask.is_over(one) for one in ask.case.open_clocks)


def _fined(ask: Ask) -> bool:
    return sum_of(ask.fact("penalties") or ()) > 0


def _owes(ask: Ask) -> bool:
    return _fined(ask) and owed_now(ask).left > 0


def _paid(ask: Ask) -> bool:
    return _fined(ask) and owed_now(ask).left == 0


def _overpaid(ask: Ask) -> bool:
    return owed_now(ask).too_much > 0


def _fallen(ask: Ask) -> bool:
    """Whether an appeal body revoked the decision for good, so that the office revokes it too."""
    revoked = [one.facts for one in ask.case.appeals if one.state == "revoked"]
    final = any(one.get("appeal") != "suit" or one.get("final") for one in revoked)
    return ask.fact("appeal_end") == "revoked" and (final or _over("suit_appeal")(ask))


def _both(*whens: When) -> When:
    return lambda ask: all(one(ask) for one in whens)


_STATEMENT = Ahead("statement_answered", _fact("statement_open"))
_REVOKED = Ahead("decision_revoked", _fallen)
_MONEY = (_REVOKED, Ahead("paid_in_full", _paid), Ahead("demand_served", _both(_owes, _over("payment", "instalments"))))

NEXT: Mapping[str, tuple[Ahead, ...]] = {
    "found": (
        Ahead("keeper_changed", lambda ask: not _own(ask) and ask.actor.agency == ask.case.agency),
        Ahead("hand_over", lambda ask: not _own(ask)),
        Ahead("accept", _own),
    ),
    "clue": (
        Ahead("keeper_changed", lambda ask: not _own(ask) and ask.actor.agency == ask.case.agency),
        Ahead("hand_over", lambda ask: not _own(ask)),
        Ahead("propose_opening", _own),
    ),
    "supplement": (Ahead("supplement_answered"),),
    "handed_over": (Ahead("receipt_in", _without("receipt_at")), Ahead("result_in")),
    "opening_asked": (Ahead("opening_approved"),),
    "investigating": (
        Ahead("supplement_answered", _clock("supplement")),
        Ahead("party_heard", _without("heard")),
        Ahead("investigation_ended"),
    ),
    "review": (Ahead("review_passed"),),
    "notice_draft": (Ahead("penalty_planned", _without("planned")), Ahead("notice_served")),
    "noticed": (_STATEMENT, Ahead("terms_over_or_waived")),
    "hearing": (
        Ahead("hearing_accepted", _clock("police_hearing_accept")),
        Ahead("hearing_set", _without("hearing_at")),
        Ahead("hearing_notice_served", _without("hearing_told_at")),
        Ahead("hearing_held"),
    ),
    "deciding": (
        _STATEMENT,
        Ahead("hearing_reviewed", _both(_fact("hearing_held_at"), _without("hearing_reviewed"))),
        Ahead("collective_held", _both(_fact("grounds"), _without("collective"))),
        Ahead("decide"),
    ),
    "decided": (_REVOKED, Ahead("served")),
    "simple_filed": (Ahead("filed"), Ahead("cash_handed_in", _clock("cash_hand_in"))),
    "executing": (*_MONEY, Ahead("payment_received", _owes), Ahead("carried_out", lambda ask: not _fined(ask))),
    "demanded": (
        _REVOKED,
        Ahead("paid_in_full", _paid),
        Ahead("court_applied", _both(_owes, _over("demand_wait"))),
        Ahead("payment_received", _owes),
    ),
    "at_court": (_REVOKED, Ahead("paid_in_full", _paid), Ahead("court_done")),
    "executed": (
        _REVOKED,
        Ahead("payment_returned", _overpaid),
        Ahead("cash_handed_in", _both(_fact("cash"), _without("cash_in"))),
        Ahead("part_carried_out", lambda ask: any(others_done(ask, ""))),
        Ahead("close"),
    ),
    "closed": (Ahead("payment_returned", _overpaid), Ahead("archive")),
    "closed_no_case": (Ahead("archive"),),
    "terminated": (
        Ahead("payment_returned", _overpaid),
        Ahead("publication_withdrawn", _clock("withdraw_publication")),
        Ahead("archive"),
    ),
    "suspended": (Ahead("crime_sent", _clock("crime_transfer_execution")),),
    "awaiting_person": (Ahead("term_over", _over("police_appearance")), Ahead("person_came")),
    "noticed_p": (_STATEMENT, Ahead("person_told", _without("told_at")), Ahead("decide")),
    "archived": (),
}
"""State → the steps of its main line: the first that is due is the next one."""


def due(ask: Ask) -> Iterator[Ahead]:
    """Yield the steps of the main line that are due now, the next first; whose they are is not asked."""
    for one in NEXT.get(ask.case.state, ()):
        if one.when(ask):
            yield one


def move_of(ask: Ask, event: str) -> Move | None:
    """Return the move of the main line that an event is in the state of the case, or None."""
    return next(
        (
            move
            for move in MOVES
            if move.event == event
            and move.track == "main"
            and ask.case.state in move.at
            and move.agency in ("", ask.case.agency)
            and (not move.when or guards.CHOICES[move.when](ask.case))
        ),
        None,
    )


def blocked(ask: Ask) -> tuple[Missing, ...]:
    """Return what stands in the way of a move before anything is said; who acts is not asked."""
    held = (*guards.missing(ask, before=True), *clockwork.left_open(ask))
    return tuple(one for one in dict.fromkeys(held) if one.code != "four_eyes")
