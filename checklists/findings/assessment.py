"""From entries to findings: what fails, which duty it breaks, who answers for it and which authority gets it.

`assess` is the one function that the tablet shows and the office computes again; the same entries, definitions and
tables give the same findings, in the same order, on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from checklists.definitions.definition import Checklist, Definitions
from checklists.facts.parties import Party, party_of
from checklists.facts.situation import Situation
from checklists.findings import applicability
from checklists.findings.finding import Alert, Assessment, Finding, ItemState
from checklists.findings.item_findings import Maker, Rows
from checklists.findings.item_state import Applying, Given
from checklists.findings.joining import joined
from checklists.findings.outcome import propose
from checklists.findings.proof import Held, Proof, prove
from checklists.goods.listing import Tables
from checklists.inspection.entries import Entry, merge, situation_of
from checklists.rules.context import Context
from checklists.rules.crosscheck import Result
from checklists.rules.repeats import repeated
from checklists.rules.rulebook import compare
from checklists.values import frozen

__all__ = [
    "Alert",
    "Assessment",
    "Comparison",
    "Finding",
    "ItemState",
    "ListState",
    "Party",
    "assess",
    "comparison_of",
    "conclude",
    "judge",
    "party_of",
    "stand",
]


@frozen
class Verdict:
    """What follows from the facts alone, whenever they were put down: what the rules say, and the derived facts."""

    results: tuple[Result, ...]
    known: applicability.Facts

    def applying(self, definitions: Definitions, checklist: Checklist) -> tuple[Applying, ...]:
        """Return the items of a checklist that apply, in its order, each with its results; worked out once."""
        for held_definitions, held_checklist, found in self._applying:
            if held_definitions is definitions and held_checklist is checklist:
                return found
        by_item = Rows(definitions, checklist.regime).by_item(self.results)
        found = tuple(
            Applying(item, section.id, by_item.get(item.id, ()))
            for section in checklist.sections
            for item in section.items
            if applicability.applies(item, self.known)
        )
        self._applying.append((definitions, checklist, found))
        return found

    @cached_property
    def _applying(self) -> list[tuple[Definitions, Checklist, tuple[Applying, ...]]]:
        return []


@frozen
class Comparison:
    """What the facts decide: the situation with its tables, and what follows."""

    context: Context
    verdict: Verdict

    @property
    def results(self) -> tuple[Result, ...]:
        """What the rules say."""
        return self.verdict.results

    @property
    def known(self) -> applicability.Facts:
        """The derived facts."""
        return self.verdict.known


@frozen
class ListState:
    """How the checklist stands: each item that is asked, by the comparison and by what was put down.

    Nothing follows from it yet. It is all that a screen needs that shows what a touch would answer.
    """

    comparison: Comparison
    given: Given
    items: tuple[ItemState, ...]


def assess(
    definitions: Definitions, tables: Tables, entries: Iterable[Entry], at: str, checklist: str = "cn-joint"
) -> Assessment:
    """Return what the entries amount to as of `at` (UTC text), by the checklist of that name.

    Raises KeyError where the definitions lack the checklist and WireError where a fact cannot be read.
    """
    held = merge(entries)
    return judge(definitions, tables, held, situation_of(held, at), definitions.checklists[checklist])


def judge(
    definitions: Definitions, tables: Tables, entries: tuple[Entry, ...], situation: Situation, checklist: Checklist
) -> Assessment:
    """Return the assessment of a situation with the answers in the entries (none for a situation from a file)."""
    comparison = comparison_of(Context(situation, tables, checklist.regime))
    return conclude(definitions, entries, stand(definitions, entries, comparison, checklist))


def comparison_of(context: Context) -> Comparison:
    """Return what the facts decide; it is the same for the same facts, whatever else is put down."""
    return Comparison(context, Verdict(compare(context), applicability.facts(context)))


def stand(
    definitions: Definitions, entries: tuple[Entry, ...], comparison: Comparison, checklist: Checklist
) -> ListState:
    """Return how the checklist stands by the entries and the comparison of their facts."""
    given = Given.of(entries)
    applying = comparison.verdict.applying(definitions, checklist)
    return ListState(comparison, given, tuple(given.state(one) for one in applying if given.asks(one)))


def conclude(definitions: Definitions, entries: tuple[Entry, ...], stands: ListState) -> Assessment:
    """Return what follows from how the list stands by these entries."""
    context, results, known = stands.comparison.context, stands.comparison.results, stands.comparison.known
    situation, given, rows = context.situation, stands.given, Rows(definitions, context.regime)
    made = Maker(rows, given, situation, known)
    found = joined(rows, tuple(finding for state in stands.items for finding in made.findings(state)))
    findings = linked(definitions, found)
    repeats = tuple(repeated(situation, [one.violation for one in findings]))
    alerts = rows.alerts(given.conflicting((*results, *repeats)))
    weighed = [(one.severity, one.measures) for one in findings] + [(one.severity, one.measures) for one in alerts]
    proposal = propose(weighed, known, definitions.measures, _without_photo(findings))
    proofs = _proofs(definitions, findings, Held.of(situation, entries, given.photos))
    told = (situation, (*results, *repeats), stands.items, findings, proposal, given.conflicts, alerts, proofs)
    return Assessment(*told, known=known, tiers=definitions.tiers)


def linked(definitions: Definitions, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings, each naming the other violations found that may be one act with it.

    No act is fined twice (行政处罚法 29), by whichever authority: a person decides before a second fine.
    """
    found = {one.violation for one in findings if one.violation}
    acts = [codes & found for codes in definitions.acts if len(codes & found) > 1]
    return tuple(
        replace(one, acts=tuple(sorted(others)))
        if (others := {code for act in acts if one.violation in act for code in act} - {one.violation})
        else one
        for one in findings
    )


def _proofs(definitions: Definitions, findings: Iterable[Finding], held: Held) -> tuple[Proof, ...]:
    kinds = definitions.evidence
    return tuple(prove(one.evidence, kinds, held, one.items, one.violation, one.case) for one in findings)


def _without_photo(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the items whose finding opens a case and has no photo yet."""
    return tuple(dict.fromkeys(one.item for one in findings if not one.photos and one.severity in ("I", "II")))
