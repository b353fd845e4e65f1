"""What may happen to a case: the shape of a move, and the frozen table of all of them.

A move is one event from some states to one other. Guards are names of predicates (`guards.GUARDS`); `issued:KIND` asks
for a document, `over:TERM` for a term that has run. Which clocks an event starts and stops stands in `clock_rules`.
"""

from __future__ import annotations

from dataclasses import dataclass

from server.cases.states import MAIN

HANDLER, LEADER, REVIEWER, OFFICER = "handler", "leader", "reviewer", "officer"
SUPERVISOR, MACHINE, CARRIER = "supervisor", "machine", "carrier"


@dataclass(frozen=True)
class Move:
    """One event from some states. `to` empty: the state stays.

    `track` is main or the kind of a side track; a side move is allowed while the main line is in `beside`, and begins
    a new track where `at` is `new`. `of` says who may act by agency: keeper (whoever works on the case) or either (also
    the competent agency, and the receiver of a hand-over). `agency` limits the move to cases of that agency. `when` is
    a predicate that chooses between moves of the same event. `needs` and `takes` are fields of `fields.FIELDS`;
    `papers` become due, `issues` come into being with a number, `opens` is the state in which a measure begins beside.
    """

    event: str
    at: tuple[str, ...]
    to: str
    roles: tuple[str, ...]
    guards: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    track: str = "main"
    beside: tuple[str, ...] = tuple(MAIN)
    agency: str = ""
    of: str = "keeper"
    when: str = ""
    opens: str = ""
    task: str = ""

    @property
    def stays(self) -> bool:
        """Whether the state stays as it is."""
        return not self.to


def words(text: str) -> tuple[str, ...]:
    """Return what is written with spaces between."""
    return tuple(text.split())
