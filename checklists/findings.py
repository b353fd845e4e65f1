"""From entries to findings: what fails, which duty it breaks, who answers for it and which authority gets it.

`assess` is the one function that the tablet shows and the office computes again; the same entries, definitions and
tables give the same findings, in the same order, on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from checklists import applicability
from checklists.crosscheck import Context, Result, Value
from checklists.definition import Checklist, Definitions, Item, RuleCase
from checklists.goods import Tables
from checklists.inspection import Conflict, Entry, all_of, answers, cleared, conflicts, situation_of, standing
from checklists.law import Citation, Penalty, Violation, printable, violation_on
from checklists.outcome import Proposal, propose
from checklists.rules import compare
from checklists.rules.past import repeated
from checklists.situation import Situation


@dataclass(frozen=True)
class Party:
    """Who answers for a violation. `key` is the credit code or identity number, else the name, else empty."""

    role: str
    name: str = ""
    key: str = ""


@dataclass(frozen=True)
class Finding:
    """A failed item, with everything that it rests on frozen into it.

    `agency` is the competent one that gets the case; `violation` is empty where the item names none (education only).
    `verified` is true only where a penalty basis may be printed for conduct on that day.
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
    entry: str = ""
    photos: tuple[str, ...] = ()
    note: str = ""
    acts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ItemState:
    """How an item stands. `must_answer` is true while a rule cannot tell, is stale, or two officers differ."""

    item: Item
    section: str
    state: str
    because: str = ""
    must_answer: bool = False
    results: tuple[Result, ...] = ()


@dataclass(frozen=True)
class Alert:
    """A conflict that belongs to no item (an open stop order, a repeated violation): shown, and weighed."""

    result: Result
    text: Mapping[str, str]
    severity: str = ""
    measures: tuple[str, ...] = ()
    basis: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Assessment:
    """All that follows from the entries so far. `open` lists the items that still need an answer before sealing."""

    situation: Situation
    results: tuple[Result, ...]
    items: tuple[ItemState, ...]
    findings: tuple[Finding, ...]
    proposal: Proposal
    conflicts: tuple[Conflict, ...] = ()
    alerts: tuple[Alert, ...] = ()

    @property
    def open(self) -> tuple[ItemState, ...]:
        """The items that nobody has answered yet, walking order."""
        return tuple(one for one in self.items if one.state == "open")


def assess(
    definitions: Definitions, tables: Tables, entries: Iterable[Entry], at: str, checklist: str = "cn-joint"
) -> Assessment:
    """Return what the entries amount to as of `at` (UTC text), by the checklist of that name.

    Raises KeyError where the definitions lack the checklist and WireError where a fact cannot be read.
    """
    held = tuple(entries)
    return judge(definitions, tables, held, situation_of(held, at), definitions.checklists[checklist])


def judge(
    definitions: Definitions, tables: Tables, entries: tuple[Entry, ...], situation: Situation, checklist: Checklist
) -> Assessment:
    """Return the assessment of a situation with the answers in the entries (none for a situation from a file)."""
    context = Context(situation, tables)
    results = compare(context)
    known = applicability.facts(context)
    rows = _Rows(definitions, checklist.regime)
    by_item = rows.by_item(results)
    given = _Given.of(entries)
    items = tuple(
        _state(item, section.id, given, by_item.get(item.id, ()))
        for section in checklist.sections
        for item in section.items
        if given.asks(item, by_item.get(item.id, ())) and applicability.applies(item, known)
    )
    made = _Maker(rows, given, situation, known)
    findings = tuple(finding for state in items for finding in made.findings(state))
    findings = tuple(replace(one, acts=_acts(definitions, one, findings)) for one in findings)
    repeats = repeated(situation, [one.violation for one in findings])
    alerts = rows.alerts(given.conflicting((*results, *repeats)))
    weighed = [(one.severity, one.measures) for one in findings]
    weighed += [(one.severity, one.measures) for one in alerts]
    proposal = propose(weighed, known, definitions.measures, _missing_evidence(findings))
    return Assessment(situation, (*results, *repeats), items, findings, proposal, given.conflicts, alerts)


@dataclass(frozen=True)
class _Rows:
    """The data rows of one regime: what each rule's case leads to."""

    definitions: Definitions
    regime: str

    def of(self, result: Result) -> RuleCase | None:
        return self.definitions.rules.get((self.regime, result.rule, result.case))

    def by_item(self, results: Iterable[Result]) -> dict[str, tuple[Result, ...]]:
        found: dict[str, list[Result]] = {}
        for result in results:
            row = self.of(result)
            if row is not None and row.item:
                found.setdefault(row.item, []).append(result)
        return {item: tuple(held) for item, held in found.items()}

    def alerts(self, conflicting: Iterable[Result]) -> tuple[Alert, ...]:
        pairs = ((result, self.of(result)) for result in conflicting)
        told = ((result, row) for result, row in pairs if row and not row.item)
        return tuple(Alert(result, row.text, row.severity, row.measures, row.basis) for result, row in told)


@dataclass(frozen=True)
class _Given:
    """What the officers put down, worked out once: answers and clearings by item, overrides, photos, disputes."""

    answers: Mapping[str, Entry]
    cleared: Mapping[str, Entry]
    overridden: frozenset[str]
    photos: tuple[Entry, ...]
    conflicts: tuple[Conflict, ...]

    @classmethod
    def of(cls, entries: tuple[Entry, ...]) -> _Given:
        overridden = frozenset(standing(entries, "override"))
        return cls(answers(entries), cleared(entries), overridden, all_of(entries, "photo"), conflicts(entries))

    def asks(self, item: Item, results: Iterable[Result]) -> bool:
        """Whether the item stands on the list: an optional one only when a rule or an officer found something on it."""
        return not item.optional or item.id in self.answers or bool(self.conflicting(results))

    def disputed(self, item: Item) -> bool:
        return any(one.kind == "answer" and one.item == item.id for one in self.conflicts)

    def conflicting(self, results: Iterable[Result]) -> list[Result]:
        return [one for one in results if one.verdict == "conflict" and one.id not in self.overridden]


def _state(item: Item, section: str, given: _Given, results: tuple[Result, ...]) -> ItemState:
    unsure = any(one.verdict in ("cannot_tell", "stale") for one in results)
    answer = given.answers.get(item.id)
    state, because = "open", ""
    if item.input != "status":
        return ItemState(item, section, "recorded")
    if given.disputed(item):
        return ItemState(item, section, "open", "", must_answer=True, results=results)
    if given.conflicting(results):
        state, because = "does_not_conform", "rule"
    elif answer is not None:
        state, because = str(answer.value.get("result", "open")), "officer"
    elif unsure:
        return ItemState(item, section, "open", "", must_answer=True, results=results)
    elif item.id in given.cleared:
        state, because = "conforms", "section"
    elif results:
        state, because = "conforms", "rule"
    return ItemState(item, section, state, because, results=results)


@dataclass(frozen=True)
class _Maker:
    """Makes the findings of one item; it holds what every finding needs."""

    rows: _Rows
    given: _Given
    situation: Situation
    known: applicability.Facts

    def findings(self, state: ItemState) -> tuple[Finding, ...]:
        if state.state != "does_not_conform":
            return ()
        found = _merged(self.given.conflicting(state.results))
        if not found:
            return (self._make(state.item, None, None),)
        return tuple(self._make(state.item, result, self.rows.of(result)) for result in found)

    def _make(self, item: Item, result: Result | None, row: RuleCase | None) -> Finding:
        answer = self.given.answers.get(item.id)
        said = answer.value if answer is not None and answer.value.get("result") == "does_not_conform" else {}
        code = str(said.get("violation") or (row.violation if row else "") or next(iter(item.violations), ""))
        violation = violation_on(self.rows.definitions.violations, code, self.situation.day) or Violation(code, {})
        agencies = violation.agency or item.agency
        return Finding(
            item=item.id,
            agency=agencies[0],
            severity=str(said.get("severity") or violation.severity or applicability.severity(item, self.known)),
            measures=tuple(said.get("measures") or violation.measures or item.measures),
            party=party_of(violation.subject or item.duty_holder, self.situation),
            text=row.text if row else item.text,
            rule=result.rule if result else "",
            case=result.case if result else "",
            subject=result.subject if result else "",
            violation=code,
            violation_title=violation.title,
            also_agencies=agencies[1:],
            also_items=row.also if row else (),
            values=result.values if result else (),
            basis=row.basis if row and row.basis else item.basis,
            duty=violation.duty,
            penalty=violation.penalty,
            verified=bool(printable([one.basis for one in violation.penalty if one.basis], self.situation.day)),
            simple=violation.simple,
            entry=answer.id if said and answer else "",
            photos=tuple(one.id for one in self.given.photos if one.item == item.id),
            note=str(said.get("note") or ""),
        )


def _merged(results: list[Result]) -> list[Result]:
    """One case seen on several sides (two orange plates alike) is one finding; its subjects are joined."""
    by_case: dict[str, Result] = {}
    for result in results:
        held = by_case.get(result.case)
        if held is None:
            by_case[result.case] = result
        else:
            new = tuple(value for value in result.values if value not in held.values)
            joined = "、".join((held.subject, result.subject))
            by_case[result.case] = replace(held, subject=joined, values=held.values + new)
    return list(by_case.values())


def party_of(subject: str, situation: Situation) -> Party:
    """Return who answers: the person himself for drivers, the consignor or loader of the waybill, else the carrier."""
    bill = situation.waybill
    if subject == "driver":
        person = situation.driver or (bill.driver if bill else None)
        aboard = next((one for one in situation.seen.aboard or () if one.role == "driver"), None)
        name = (aboard and aboard.name) or (person and person.name) or ""
        key = (aboard and aboard.id_number) or (person and person.id_number) or name
        return Party("driver", name, key)
    if subject in ("consignor", "loader", "filler"):
        name = (bill and (bill.consignor if subject == "consignor" else bill.loader)) or ""
        return Party(subject, name, name)
    carrier, vehicle = situation.carrier, situation.vehicle
    name = carrier.name or vehicle.carrier or (bill and bill.carrier) or ""
    key = carrier.uscc or vehicle.carrier_uscc or (bill and bill.carrier_uscc) or name
    return Party("carrier", name, key)


def _acts(definitions: Definitions, finding: Finding, findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the other violations found that may be one act with this one: a person decides before a second fine."""
    found = {one.violation for one in findings if one.violation and one.violation != finding.violation}
    return tuple(sorted({one for act in definitions.acts if finding.violation in act for one in act & found}))


def _missing_evidence(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the items whose finding opens a case and has no photo yet."""
    return tuple(dict.fromkeys(one.item for one in findings if not one.photos and one.severity in ("I", "II")))
