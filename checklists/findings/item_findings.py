"""Making the findings of an item: which row a result leads to, and what of law and situation is frozen into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from checklists.definitions.citation import citable
from checklists.definitions.definition import Definitions, Item, RuleCase
from checklists.facts.parties import party_of
from checklists.facts.situation import Situation
from checklists.findings import applicability
from checklists.findings.finding import Alert, Finding, ItemState
from checklists.findings.item_state import Given
from checklists.law.cases import Case, candidates, case_of, common, with_open, within
from checklists.law.model import Citation, Penalty, Violation, bases, rows_on
from checklists.law.simple_procedure import Because, Simple, simple_of
from checklists.rules.crosscheck import Result
from checklists.values import frozen


@frozen
class Rows:
    """The data rows of one regime: what each rule's case leads to."""

    definitions: Definitions
    regime: str

    def of(self, result: Result) -> RuleCase | None:
        """Return the row of a result, or None where the regime has none."""
        return self._row(result.rule, result.case)

    def whole(self, rule: str, case: str) -> str:
        """Return the case of which a case is a part; itself where it is none."""
        row = self._row(rule, case)
        return (row.part_of if row else "") or case

    def same_as(self, rule: str, case: str) -> tuple[str, ...]:
        """Return the items on which an officer sees the fact of a case."""
        row = self._row(rule, case)
        return row.same_as if row else ()

    def _row(self, rule: str, case: str) -> RuleCase | None:
        return self.definitions.rules.get((self.regime, rule, case))

    def by_item(self, results: Iterable[Result]) -> dict[str, tuple[Result, ...]]:
        """Return the results by the item that they belong to."""
        found: dict[str, list[Result]] = {}
        for result in results:
            row = self.of(result)
            if row is not None and row.item:
                found.setdefault(row.item, []).append(result)
        return {item: tuple(held) for item, held in found.items()}

    def alerts(self, conflicting: Iterable[Result]) -> tuple[Alert, ...]:
        """Return what belongs to no item and is still told."""
        pairs = ((result, self.of(result)) for result in conflicting)
        told = ((result, row) for result, row in pairs if row and not row.item)
        return tuple(Alert(result, row.text, row.severity, row.measures, row.basis) for result, row in told)

    def rank(self, result: Result) -> tuple[int, str, int, str]:
        """Where a result stands among those of its item, in whatever order goods or sides were looked at."""
        place = self._places.get((self.regime, result.rule, result.case), 0)
        return len(result.rule), result.rule, place, result.subject

    def merged(self, results: Iterable[Result]) -> list[Result]:
        """One case seen on several sides (two orange plates alike) is one finding; its subjects are joined.

        So is a case with those that are a part of it.
        """
        by_case: dict[str, Result] = {}
        for result in results:
            case = self.whole(result.rule, result.case)
            by_case[case] = _joined(by_case[case], result) if case in by_case else result
        return list(by_case.values())

    @cached_property
    def _places(self) -> Mapping[tuple[str, str, str], int]:
        return {key: place for place, key in enumerate(self.definitions.rules)}


MORE = "more:"
"""Begins the case of a finding that an officer made on an item besides his first one; its number follows."""


def more_of(said: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Return what an answer says that is wrong with an item besides: one extinguisher missing, and another expired."""
    more = said.get("more")
    return tuple(one for one in more if isinstance(one, Mapping)) if isinstance(more, list | tuple) else ()


@frozen
class Maker:
    """Makes the findings of one item; it holds what every finding needs."""

    rows: Rows
    given: Given
    situation: Situation
    known: applicability.Facts

    def findings(self, state: ItemState) -> tuple[Finding, ...]:
        """Return the findings of an item: one for each case of a rule, else the officer's; then his further ones."""
        if state.state != "does_not_conform":
            return ()
        found = self.given.conflicting(state.results)
        answer = self.given.answers.get(state.item.id)
        said = answer.value if answer is not None and answer.value.get("result") == "does_not_conform" else {}
        more = enumerate(more_of(said), start=1)
        further = (self._make(state.item, one, case=f"{MORE}{number}") for number, one in more)
        if not found:
            return (self._make(state.item, said), *further)
        merged = self.rows.merged(found if len(found) == 1 else sorted(found, key=self.rows.rank))
        return (*(self._make(state.item, said, result) for result in merged), *further)

    def _make(self, item: Item, said: Mapping[str, Any], result: Result | None = None, case: str = "") -> Finding:
        row = self.rows.of(result) if result else None
        answer = self.given.answers.get(item.id)
        day = self.situation.day
        rows = candidates(self._law(item, said, row), self.known)
        violation = common(rows)
        # An officer's own violation goes before a case that names none: its words say that none is named.
        stated = row if row and (row.accuses or not said.get("violation")) else None
        own = stated if stated and (stated.severity or stated.measures) else violation
        agencies = violation.agency or item.agency
        party = party_of(violation.subject or item.duty_holder, self.situation, result.subject if result else "")
        procedure = simple_of(rows, party, self.rows.definitions.general, day)
        basis, duty, penalty, cases = self._split(row.basis if row and row.basis else item.basis, rows)
        if stated and not stated.verified:
            reading = (Case(duty=duty, penalty=penalty),) if stated.accuses else ()
            duty, penalty, cases = (), (), (*cases, *reading)
            procedure = Simple("unknown", Because("penalty_unverified"))
        return Finding(
            item=item.id,
            agency=agencies[0],
            severity=str(said.get("severity") or own.severity or applicability.severity(item, self.known)),
            measures=tuple(said.get("measures") or own.measures or item.measures),
            party=party,
            text=stated.text if stated else (violation.title if row else {}) or item.text,
            rule=result.rule if result else "",
            case=result.case if result else case,
            subject=result.subject if result else "",
            violation=violation.code,
            violation_title=violation.title,
            also_agencies=agencies[1:],
            also_items=row.also if row else (),
            values=result.values if result else (),
            basis=basis,
            duty=duty,
            penalty=penalty,
            verified=bool(citable(self.rows.definitions, bases(penalty) or bases(penalty, "measure"), day)),
            simple=procedure.allowed,
            simple_because=procedure.because,
            evidence=violation.evidence,
            entry=answer.id if said and answer else "",
            photos=tuple(one.id for one in self.given.photos if one.item == item.id),
            note=str(said.get("note") or ""),
            cases=cases,
        )

    def _law(self, item: Item, said: Mapping[str, Any], row: RuleCase | None) -> tuple[Violation, ...]:
        """Return the rows of the violation for that day: the officer's, else the rule's, else the item's first.

        A case that accuses of nothing has none, whatever its item has.
        """
        code = str(said.get("violation") or (row.violation if row else ""))
        if not code and (row is None or row.accuses):
            code = next(iter(item.violations), "")
        return rows_on(self.rows.definitions.violations, code, self.situation.day) or (Violation(code, {}),)

    def _split(
        self, basis: tuple[Citation, ...], rows: tuple[Violation, ...]
    ) -> tuple[tuple[Citation, ...], tuple[Citation, ...], tuple[Penalty, ...], tuple[Case, ...]]:
        """Return the clauses that hold for this load, and by case those of which that is open."""
        laws, shared = self.rows.definitions.laws, common(rows)
        held, open_basis = within(laws, basis, self.known)
        duty, open_duty = within(laws, shared.duty, self.known)
        penalty, open_penalty = within(laws, shared.penalty, self.known)
        cases = tuple(map(case_of, rows)) if len(rows) > 1 else ()
        return held, duty, penalty, with_open(cases, laws, (*open_basis, *open_duty), open_penalty)


def _joined(held: Result, result: Result) -> Result:
    new = tuple(value for value in result.values if value not in held.values)
    return replace(held, subject="、".join((held.subject, result.subject)), values=held.values + new)
