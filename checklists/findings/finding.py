"""What follows from the entries, as it is shown, sealed and computed again: findings, states of items, alerts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from checklists.definitions.definition import Item, TierRow
from checklists.facts.parties import Party
from checklists.facts.situation import Situation
from checklists.findings.outcome import Proposal
from checklists.findings.proof import Proof
from checklists.inspection.entries import NOT_VERIFIED, Conflict
from checklists.law.cases import Case
from checklists.law.model import Citation, Penalty
from checklists.law.simple_procedure import NO_REASON, Because
from checklists.rules.crosscheck import Result, Value
from checklists.values import frozen


@frozen
class Finding:
    """A failed item, with everything that it rests on frozen into it.

    `agency` is the competent one that gets the case; `violation` is empty where the item names none (education only).
    `verified` is true only where a penalty basis may be printed for conduct on that day. `simple` says whether it may
    be decided on the spot, `evidence` what kinds a case of it needs, `acts` which other violations found may be the
    same act. `cases` stand there while the law depends on the load and the load is not settled: each is shown, and
    `basis`, `duty` and `penalty` hold only what all of them say. `joined` are other items that saw the same fact. Of
    several that an officer found on one item, `case` tells those after the first apart.
    """

    item: str
    agency: str
    severity: str
    measures: tuple[str, ...]
    party: Party
    text: Mapping[str, str]
    rule: str = ""
    case: str = ""
    subject: str = ""
    violation: str = ""
    violation_title: Mapping[str, str] = field(default_factory=dict)
    also_agencies: tuple[str, ...] = ()
    also_items: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    basis: tuple[Citation, ...] = ()
    duty: tuple[Citation, ...] = ()
    penalty: tuple[Penalty, ...] = ()
    verified: bool = False
    simple: str = "unknown"
    simple_because: Because = NO_REASON
    evidence: tuple[str, ...] = ()
    entry: str = ""
    photos: tuple[str, ...] = ()
    note: str = ""
    acts: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    joined: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[str, ...]:
        """Every item that it is the finding of, its own first."""
        return (self.item, *self.joined)


@frozen
class ItemState:
    """How an item stands. `must_answer` is true while a rule cannot tell, is stale, or two officers differ.

    `why` says of one that is `not_verified` why it could not be (`entries.WHY`).
    """

    item: Item
    section: str
    state: str
    because: str = ""
    must_answer: bool = False
    results: tuple[Result, ...] = ()
    why: str = ""


@frozen
class Alert:
    """A conflict that belongs to no item (an open stop order, a repeated violation): shown, and weighed."""

    result: Result
    text: Mapping[str, str]
    severity: str = ""
    measures: tuple[str, ...] = ()
    basis: tuple[Citation, ...] = ()


@frozen
class Assessment:
    """All that follows from the entries so far. `evidence` stands beside `findings`, in the same order.

    It is no part of a finding because signing the record must not change what is signed. `known` are the derived facts
    of `applicability`, `tiers` the rows by which `tiers.tier` judges the whole.
    """

    situation: Situation
    results: tuple[Result, ...]
    items: tuple[ItemState, ...]
    findings: tuple[Finding, ...]
    proposal: Proposal
    conflicts: tuple[Conflict, ...] = ()
    alerts: tuple[Alert, ...] = ()
    evidence: tuple[Proof, ...] = ()
    known: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    tiers: tuple[TierRow, ...] = ()

    @property
    def open(self) -> tuple[ItemState, ...]:
        """The items that still need an answer before sealing, walking order."""
        return tuple(one for one in self.items if one.state == "open")

    @property
    def unverified(self) -> tuple[ItemState, ...]:
        """The items that officers could not verify on the spot: answered, and never in order."""
        return tuple(one for one in self.items if one.state == NOT_VERIFIED)

    @property
    def warnings(self) -> tuple[Value, ...]:
        """The values on which editions of the goods list differ, each once, in the order of the rules."""
        return tuple(dict.fromkeys(value for result in self.results for value in result.warnings))
