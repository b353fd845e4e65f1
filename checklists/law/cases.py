"""Which row of law holds for this load: one, or several while what decides is not known; then none accuses alone.

The same conduct breaks one law with a listed hazardous chemical aboard and another with other goods. As long as nobody
knows which, every row that may hold is kept to be shown, and only what all of them say may be printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from functools import reduce
from typing import TypeVar

from checklists.law.model import Citation, Conditions, Law, Penalty, Violation
from checklists.values import frozen

Known = Mapping[str, frozenset[str] | None]
"""Derived facts with their values; None, or left out, is not known. Two values: the load is of both kinds."""

Part = TypeVar("Part", Citation, Penalty)


@frozen
class Case:
    """What the law says if the load is of one kind, while it is open whether it is."""

    when: Conditions = field(default_factory=dict)
    duty: tuple[Citation, ...] = ()
    penalty: tuple[Penalty, ...] = ()
    agency: tuple[str, ...] = ()
    subject: str = ""


def may_hold(when: Conditions, known: Known) -> bool:
    """Whether every condition may hold: only a known fact outside its allowed values says that it does not."""
    return all((held := known.get(fact)) is None or not held.isdisjoint(allowed) for fact, allowed in when.items())


def holds(when: Conditions, known: Known) -> bool:
    """Whether every condition is known to hold, for everything aboard."""
    return all(bool(held := known.get(fact) or frozenset()) and held <= {*allowed} for fact, allowed in when.items())


def candidates(rows: Iterable[Violation], known: Known) -> tuple[Violation, ...]:
    """Return the rows that may hold; all of them where what is known contradicts each."""
    held = tuple(rows)
    return tuple(row for row in held if may_hold(row.applies_when, known)) or held


def common(rows: tuple[Violation, ...]) -> Violation:
    """Return what all rows say: their shared clauses, every agency that may be competent. A single row comes back."""
    first = rows[0]
    if len(rows) == 1:
        return first
    return replace(
        first,
        duty=_shared([row.duty for row in rows], _clause),
        penalty=_shared([row.penalty for row in rows], _fine),
        subject=_one([row.subject for row in rows], ""),
        agency=tuple(dict.fromkeys(code for row in rows for code in row.agency)),
        simple=_one([row.simple for row in rows], "unknown"),
        points=_one([row.points for row in rows], ""),
        evidence=tuple(dict.fromkeys(kind for row in rows for kind in row.evidence)),
        powers=tuple(one for one in first.powers if all(one in row.powers for row in rows)),
        verified=False,
    )


def of_load(cases: Iterable[Case], known: Known) -> Case | None:
    """Return what all cases say that may hold for this load; None where none is left. Without an answer all may."""
    held = [one for one in cases if may_hold(one.when, known)]
    if not held:
        return None
    if len(held) == 1:
        return held[0]
    return Case(
        duty=_shared([one.duty for one in held], _clause),
        penalty=_shared([one.penalty for one in held], _fine),
        agency=tuple(dict.fromkeys(code for one in held for code in one.agency)),
        subject=_one([one.subject for one in held], ""),
    )


def case_of(row: Violation) -> Case:
    """Return a row as one of several cases."""
    return Case(row.applies_when, row.duty, row.penalty, row.agency, row.subject)


def within(laws: Mapping[str, Law], parts: Iterable[Part], known: Known) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return the clauses whose law covers this load, and those of which it is open; others are left out."""
    held = [(one, scope(laws, one)) for one in parts]
    sure = tuple(one for one, when in held if holds(when, known))
    return sure, tuple(one for one, when in held if may_hold(when, known) and not holds(when, known))


def scope(laws: Mapping[str, Law], part: Citation | Penalty) -> Conditions:
    """Return the loads that the law of a clause covers; nothing where it covers all."""
    cited: Citation | None = part.basis if isinstance(part, Penalty) else part
    law = laws.get(cited.law) if cited else None
    return law.applies_when if law else {}


def with_open(
    cases: tuple[Case, ...], laws: Mapping[str, Law], duty: Iterable[Citation], penalty: Iterable[Penalty] = ()
) -> tuple[Case, ...]:
    """Return the cases with clauses of which it is open whether they cover the load, each where it may be at home.

    Without cases, each scope of a law makes one.
    """
    duties, fines = tuple(duty), tuple(penalty)
    if not cases:
        parts: list[Citation | Penalty] = [*duties, *fines]
        scopes = {str(when): when for one in parts if (when := scope(laws, one))}
        cases = tuple(Case(when) for when in scopes.values())
    return tuple(
        replace(
            case,
            duty=_united(case.duty, [one for one in duties if _agree(case.when, scope(laws, one))]),
            penalty=_united(case.penalty, [one for one in fines if _agree(case.when, scope(laws, one))]),
        )
        for case in cases
    )


def _agree(one: Conditions, other: Conditions) -> bool:
    return all(set(allowed) & set(other[fact]) for fact, allowed in one.items() if fact in other)


def _united(held: tuple[Part, ...], more: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(one for one in more if one not in held) + held


def _shared(rows: list[tuple[Part, ...]], key: Callable[[Part], object]) -> tuple[Part, ...]:
    keys: set[object] = reduce(lambda one, other: one & other, ({key(part) for part in row} for row in rows))
    return tuple(part for part in rows[0] if key(part) in keys)


def _clause(one: Citation) -> object:
    return one.law, one.version, one.clause, one.verified


def _fine(one: Penalty) -> object:
    return one.basis and _clause(one.basis), one.min_cny, one.max_cny, one.subject, one.kind


def _one(values: list[str], otherwise: str) -> str:
    return values[0] if len(set(values)) == 1 else otherwise
