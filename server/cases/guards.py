"""All guards by name, and the predicates that choose between moves of one event; a colon adds a value to a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from server.cases import deciding_guards, file_guards, money_guards, people_guards
from server.cases.asking import Ask, Missing
from server.cases.casefile import CaseFile

GUARDS: Mapping[str, Callable[[Ask, str], Iterator[Missing]]] = {
    **people_guards.GUARDS,
    **file_guards.GUARDS,
    **deciding_guards.GUARDS,
    **money_guards.GUARDS,
}
"""Name → predicate that yields what is missing."""

OF_THE_CASE = frozenset(
    (
        *("competent", "foreign", "from_competent", "not_did", "not_investigator", "not_hearing_host"),
        *("party_named", "address_known", "has_violation", "links_decided", "evidence_complete", "party_heard"),
        *("minor_enough", "review_free", "issued", "papers_done", "sides_finished", "measures_lifted", "planned"),
        *("statement_open", "statements_answered", "hearing_was_offered", "hearing_was_set", "hearing_was_told"),
        *("hearing_considered", "discussed", "was_told", "answer_over", "over", "payment_over", "fined", "not_fined"),
        *("nothing_owed", "settled", "cash_was_taken", "cash_in", "instalments_were_asked", "no_appeal"),
        *("given_back", "overpaid", "others_done", "goes_on", "corrections_kept"),
        *("remedies_over", "decision_in_force", "no_decision_in_force", "revoked_appeals", "publication_gone"),
        *("asked_for_supplement", "no_supplement", "crime_was_suspected", "not_merged", "came_by_handover"),
        *("not_taken_there",),
    )
)
"""Guards that ask for the case alone: what they miss is known before anything is said."""

CHOICES: Mapping[str, Callable[[CaseFile], bool]] = {
    "was_opened": lambda case: bool(case.facts.get("opened")),
    "not_opened": lambda case: not case.facts.get("opened"),
}
"""Name → predicate by which one of several moves of an event is chosen."""


def missing(ask: Ask, *, before: bool = False) -> tuple[Missing, ...]:
    """Return everything that the guards of a move miss, each once; `before` anything is said: of the case alone."""
    found: dict[Missing, None] = {}
    for named in ask.move.guards:
        name, _colon, value = named.partition(":")
        if not before or name in OF_THE_CASE:
            found.update(dict.fromkeys(GUARDS[name](ask, value)))
    return tuple(found)
