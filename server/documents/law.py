"""The law that a document names: of each violation the duty broken and the basis of the penalty, on the day of conduct.

A clause is printed only where it is verified: as it was frozen with the finding and still is, or as two people have
confirmed it since. What is not stands as 法律依据待核, and a document that needs it is not issued.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from checklists.definitions.citation import citable, cite, general
from checklists.definitions.definition import Definitions
from checklists.law.cases import Case, Known, candidates, common, may_hold, of_load
from checklists.law.confirmations import Confirmation
from checklists.law.model import Citation, Penalty, Violation, rows_on
from checklists.wire import WireError, from_plain
from server.cases.grouping import Group

PENDING = "（法律依据待核）"
"""What stands in the place of a clause that may not be printed."""

T = TypeVar("T")

_NAMED = ("law", "version", "clause")
SEIZE = "D"
"""The measure that takes something away (law/measures.yaml)."""

_UNREADABLE = Citation("", "")


@dataclass(frozen=True)
class Named:
    """A clause that a document names, or would if it were verified. `violation` is empty for a general clause."""

    law: str
    version: str
    clause: str
    verified: bool
    part: str = ""
    violation: str = ""

    @property
    def said(self) -> str:
        """It as a fault names it."""
        return " ".join(part for part in (self.violation, self.law, self.clause) if part)

    @property
    def plain(self) -> dict[str, Any]:
        """It as the event `document_issued` takes it."""
        told = {"law": self.law, "version": self.version, "clause": self.clause, "verified": self.verified}
        return {**told, **({"violation": self.violation, "part": self.part} if self.violation else {})}


@dataclass(frozen=True)
class Ground:
    """The law of one violation: clauses that may be printed, and those that are still open."""

    violation: str
    title: str
    duty: tuple[Citation, ...]
    penalty: tuple[Penalty, ...]
    open_duty: tuple[Citation, ...]
    open_penalty: tuple[Citation, ...]

    def basis(self, fine_cny: int | None) -> tuple[Citation, ...]:
        """Return on what a penalty rests: the clauses in whose range a fine lies, else all of them."""
        fits = [one.basis for one in self.penalty if one.basis and fine_cny is not None and _lies_in(one, fine_cny)]
        return tuple(dict.fromkeys(fits or _bases(self.penalty)))

    def named(self, fine_cny: int | None, *, penalty: bool) -> tuple[Named, ...]:
        """Return the clauses that a document names; where it would have to name one and cannot, the open ones."""
        rows = _rows(self, "duty", self.duty or self.open_duty, verified=bool(self.duty))
        if penalty:
            held = self.basis(fine_cny)
            rows += _rows(self, "penalty", held or self.open_penalty or (_UNREADABLE,), verified=bool(held))
        return rows


Load = Mapping[str, str]
"""Facts of the load as the office has settled them (fact `load` of a case); they choose the law that hung on them."""


def grounds(
    definitions: Definitions, groups: Iterable[Group], day: date, role: str = "", load: Load | None = None
) -> dict[str, Ground]:
    """Return the law of each violation by its code; `role` is that of the party, whom some clauses fine apart."""
    return {one.violation: _ground(definitions, one, day, role, load or {}) for one in groups}


def open_cases(group: Group) -> tuple[Case, ...]:
    """Return what the law of a violation says by the load, as it was frozen with the findings; none where it is one."""
    rows = (row for fact in group.facts for row in fact.finding.get("cases") or ())
    return _once(_read(Case, row, Case()) for row in rows)


def settled(group: Group, load: Load) -> Case | None:
    """Return what the law says of the load that the office has settled; None where nothing was, or none fits it."""
    held = open_cases(group)
    return of_load(held, _known(load)) if held and load else None


def is_settled(group: Group, load: Load) -> bool:
    """Whether what was settled of the load leaves one row of the law."""
    return bool(load) and sum(may_hold(one.when, _known(load)) for one in open_cases(group)) == 1


def _known(load: Load) -> Known:
    return {fact: frozenset({value}) for fact, value in load.items()}


def words_of(definitions: Definitions, citations: Iterable[Citation]) -> str:
    """Return clauses as a sentence has them; PENDING where there is none."""
    return "、".join(cite(definitions, one) for one in citations) or PENDING


def measures(
    definitions: Definitions, groups: Iterable[Group], day: date, load: Load | None = None
) -> tuple[Citation, ...]:
    """Return the clauses of the violations that give the power to stop, seize or order, where printable."""
    found = []
    for group in groups:
        now = _rows_of(definitions, group, day, load or {})
        held_now = [one for row in now for one in row.penalty]
        # Where the violation's own clauses give the power to seize, its penalty is the basis too.
        own = bool(now) and all(SEIZE in row.powers for row in now)
        held = (
            _penalty_now(one, held_now) for one in _frozen(group, now, load or {})[1] if own or one.kind == "measure"
        )
        found += [one.basis for one in held if one.basis and one.basis.verified]
    return citable(definitions, found, day)


def measure_words(definitions: Definitions, groups: Iterable[Group], day: date, load: Load | None = None) -> str:
    """Return the clauses on which a measure rests, or that there is none to print."""
    return words_of(definitions, measures(definitions, groups, day, load))


def general_clause(definitions: Definitions, use: str, day: date) -> Citation | None:
    """Return the general clause of a use, or None where none may be printed."""
    rule = general(definitions, use, day)
    return rule if rule is not None and citable(definitions, [rule], day) else None


def _rows_of(definitions: Definitions, group: Group, day: date, load: Load) -> tuple[Violation, ...]:
    """Return the rows of the day that may hold for the load."""
    return candidates(rows_on(definitions.violations, group.violation, day), _known(load))


def _ground(definitions: Definitions, group: Group, day: date, role: str, load: Load) -> Ground:
    now = _rows_of(definitions, group, day, load)
    duty, penalty = _frozen(group, now, load)
    given = tuple(one for one in definitions.confirmations if one.code == group.violation)
    duty = tuple(_as_now(_renamed(one, "duty", given), [held for row in now for held in row.duty]) for one in duty)
    held_now = [one for row in now for one in row.penalty]
    penalty = tuple(_penalty_now(one, held_now, given) for one in _of_party(penalty, role))
    good = citable(definitions, duty, day)
    may = {_key(one) for one in citable(definitions, _bases(penalty), day)}
    good_fines = tuple(one for one in penalty if one.basis and _key(one.basis) in may and one.basis.verified)
    open_fines = tuple(one for one in _bases(penalty) if _key(one) not in may)
    title = str(group.title.get("zh") or group.violation)
    return Ground(group.violation, title, good, good_fines, tuple(one for one in duty if one not in good), open_fines)


def _frozen(group: Group, now: tuple[Violation, ...], load: Load) -> tuple[tuple[Citation, ...], tuple[Penalty, ...]]:
    """Return the law that was frozen with the findings; what was opened without any has the rows of the day.

    Where it hung on the load, what the law says of the load as it is settled comes to what holds for every load.
    """
    duty = tuple(_read(Citation, row, _UNREADABLE) for row in group.duty)
    penalty = tuple(_read(Penalty, row, Penalty(_UNREADABLE)) for row in group.penalty)
    chosen = settled(group, load)
    if chosen is not None:
        return _once((*duty, *chosen.duty)), _once((*penalty, *chosen.penalty))
    open_ = any(fact.finding.get("cases") for fact in group.facts)
    if duty or penalty or open_ or not now:
        return duty, penalty
    row = common(now)
    return row.duty, row.penalty


def _once(parts: Iterable[T]) -> tuple[T, ...]:
    """Return parts each once; their words are mappings, so that they cannot be keys."""
    held: list[T] = []
    held += (one for one in parts if one not in held)
    return tuple(held)


def _as_now(frozen: Citation, now: list[Citation]) -> Citation:
    """Return a clause with what is known of it today: confirmed since, or no longer held to be right."""
    same = [one for one in now if _key(one) == _key(frozen)]
    confirmed = [one for one in same if one.verified and one.confirmed]
    if confirmed:
        return confirmed[0]
    return replace(frozen, verified=frozen.verified and (not same or any(one.verified for one in same)))


def _of_party(penalty: Iterable[Penalty], role: str) -> tuple[Penalty, ...]:
    """Return the penalties of the party: those that name its role, else those of whoever answers for the violation."""
    fines = [one for one in penalty if one.kind == "penalty"]
    own = tuple(one for one in fines if role and one.subject == role)
    return own or tuple(one for one in fines if not one.subject)


def _bases(penalty: Iterable[Penalty]) -> tuple[Citation, ...]:
    return tuple(one.basis for one in penalty if one.basis)


def _renamed(frozen: Citation, part: str, given: Iterable[Confirmation], subject: str = "") -> Citation:
    """Return a clause with the number that was read where the row had another."""
    found = (one.as_clause for one in given if one.as_clause and one.covers(one.code, part, frozen, subject))
    return replace(frozen, clause=next(found, frozen.clause))


def _penalty_now(frozen: Penalty, now: list[Penalty], given: Iterable[Confirmation] = ()) -> Penalty:
    if frozen.basis is None:
        return frozen
    clause = _renamed(frozen.basis, "penalty", given, frozen.subject)
    same = [one for one in now if one.basis and one.subject == frozen.subject and _key(one.basis) == _key(clause)]
    basis = _as_now(clause, [one.basis for one in same if one.basis])
    if not basis.confirmed:
        return replace(frozen, basis=basis)
    told = next(one for one in same if one.basis == basis)
    return replace(frozen, basis=basis, min_cny=told.min_cny, max_cny=told.max_cny)


def _read(kind: type[T], plain: Mapping[str, Any], otherwise: T) -> T:
    """Return a frozen row; one of a shape that this version does not know is never printed."""
    try:
        return from_plain(kind, plain)
    except WireError:
        return otherwise


def _key(one: Citation) -> tuple[str, ...]:
    return tuple(str(getattr(one, name)) for name in _NAMED)


def _lies_in(one: Penalty, fine_cny: int) -> bool:
    return (one.min_cny or 0) <= fine_cny and (one.max_cny is None or fine_cny <= one.max_cny)


def _rows(ground: Ground, part: str, held: Iterable[Citation], *, verified: bool) -> tuple[Named, ...]:
    return tuple(Named(one.law, one.version, one.clause, verified, part, ground.violation) for one in held)
