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

CHOICES: Mapping[str, Callable[[CaseFile], bool]] = {
    "was_opened": lambda case: bool(case.facts.get("opened")),
    "not_opened": lambda case: not case.facts.get("opened"),
}
"""Name → predicate by which one of several moves of an event is chosen."""


def missing(ask: Ask) -> tuple[Missing, ...]:
    """Return everything that the guards of a move miss, each thing once."""
    found: dict[Missing, None] = {}
    for named in ask.move.guards:
        name, _colon, value = named.partition(":")
        found.update(dict.fromkeys(GUARDS[name](ask, value)))
    return tuple(found)
