"""What the form of a step lets somebody choose from: people, agencies, violations, documents, terms, entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checklists.inspection.entries import merge
from checklists.words import LAW_FACTS, LAW_VALUES, say
from server.cases.casefile import CaseFile, Held
from server.cases.clockwork import needs_a_day
from server.cases.documents import BY_EVENT_ALONE, DOCUMENTS, may_issue
from server.cases.grouping import Group
from server.cases.words import CLOCKS
from server.console import pieces
from server.console.cases.telling import Teller
from server.console.findings import Text
from server.store import case_around, case_files, case_law, registry
from server.store import records as stored
from server.store.models import Case
from server.store.office_models import User


@dataclass(frozen=True)
class Option:
    """A value with its words: an id of the catalogue (`words`), a text by language, or text as it stands."""

    value: str
    words: str = ""
    text: Text | None = None
    plain: str = ""


@dataclass(frozen=True)
class Person:
    """Somebody who may be named: a user of the agency, an officer of the registry, or both."""

    login: str
    name: str
    card: str
    role: str = ""


@dataclass(frozen=True)
class Ranged:
    """A violation with the amounts that a fine for it is held to."""

    code: str
    title: Text
    verified: bool
    ranges: Sequence[tuple[int | None, int | None]]
    open: bool = False


@dataclass(frozen=True)
class Choices:
    """All of it, for one case."""

    people: Sequence[Person]
    on_the_road: Sequence[Person]
    owners: Sequence[Person]
    agencies: Sequence[Option]
    targets: Sequence[Option]
    violations: Sequence[Ranged]
    linked: Sequence[Option]
    facts: Sequence[Option]
    evidence: Sequence[Option]
    missing: Sequence[tuple[str, str, Text, Text]]
    of_the_office: frozenset[str]
    entries: Sequence[Option]
    issuable: Sequence[Option]
    due: Sequence[Option]
    issued: Sequence[Option]
    clocks: Sequence[Option]
    load: Sequence[tuple[str, Text, Sequence[Option]]] = ()

    def person(self, login: str) -> Person | None:
        """Return somebody by login, or None."""
        return next((one for one in self.people if one.login and one.login == login), None)


def choices_of(
    row: Case, file: CaseFile, teller: Teller, missing: Mapping[str, Sequence[str]], *, records: bool = True
) -> Choices:
    """Return what may be chosen from in a case; `missing` is the evidence that violations lack. Reads the store.

    Without `records` those of the stops are not read: nobody is named who was there, and no photo of theirs.
    """
    bench = case_law.current()
    groups = case_files.groups_of(file.id)
    people = _people(file.keeper)
    users = set(case_around.handlers(row))
    entries, road = _stops(row) if records else ([], [])
    held = {one.code: one for one in file.violations}
    return Choices(
        people=people,
        on_the_road=[one for one in _ordered(people, road)],
        owners=[one for one in people if one.login in users],
        agencies=[
            Option(code, text=teller.agency(code)) for code in sorted(bench.definitions.agencies) if code != file.keeper
        ],
        targets=_targets(file),
        violations=[_ranged(one, held[one.violation], file) for one in groups if one.violation in held],
        linked=_linked(file, groups, teller),
        facts=[
            Option(fact.key, text=fact.finding.get("text") or teller.title(group.violation))
            for group in groups
            for fact in group.facts
        ],
        evidence=[Option(code, text=one.text) for code, one in bench.definitions.evidence.items()],
        missing=[
            (code, kind, teller.title(code), teller.evidence(kind)) for code, kinds in missing.items() for kind in kinds
        ],
        of_the_office=frozenset(code for code, one in bench.definitions.evidence.items() if one.by == "office"),
        entries=entries,
        issuable=_issuable(file),
        due=[Option(kind, DOCUMENTS[kind].title) for kind in dict.fromkeys(one.kind for one in file.papers_due)],
        issued=[
            Option(one.id, DOCUMENTS[one.kind].title, plain=one.number)
            for one in file.papers
            if one.status == "issued" and one.id and one.kind not in BY_EVENT_ALONE
        ],
        clocks=[Option(one.rule, CLOCKS[one.rule]) for one in needs_a_day(file.clocks)],
        load=load_of(file),
    )


def load_of(file: CaseFile) -> list[tuple[str, Text, list[Option]]]:
    """Return the facts of the load on which law of the case depends, each in words with its values."""
    hangs = {fact: values for one in file.violations for fact, values in one.hangs_on.items()}
    return [
        (fact, _text(LAW_FACTS.get(fact, fact)), [Option(one, text=_text(_value(fact, one))) for one in values])
        for fact, values in hangs.items()
    ]


def _value(fact: str, value: str) -> str:
    return LAW_VALUES.get(f"{fact}:{value}", LAW_VALUES.get(value, value))


def _text(words: str) -> Text:
    return {short: say(lang)(words) for short, lang in (("zh", "zh_CN"), ("en", "en"))}


def _ranged(group: Group, held: Held, file: CaseFile) -> Ranged:
    open_ = not held.verified and any(fact not in (file.facts.get("load") or {}) for fact in held.hangs_on)
    return Ranged(group.violation, group.title, held.verified, held.ranges, open_)


def _people(agency: str) -> list[Person]:
    """Return users and officers of an agency, each once by name; the registry knows the cards."""
    cards = {
        str(one.get("name")): str(one.get("card") or "") for one in registry.officers() if one.get("agency") == agency
    }
    users = User.select().where(User.agency == agency, User.closed_at.is_null()).order_by(User.login)
    held = [Person(str(one.login), str(one.name), cards.pop(str(one.name), ""), str(one.role)) for one in users]
    return [*held, *(Person("", name, card, "officer") for name, card in cards.items())]


def _ordered(people: Sequence[Person], names: Iterable[str]) -> Iterable[Person]:
    """Yield those who were there, by name."""
    for name in dict.fromkeys(names):
        yield from [one for one in people if one.name == name][:1]


def _stops(row: Case) -> tuple[list[Option], list[str]]:
    """Return the photos of the records as evidence that may be named, and who wrote in them."""
    found: list[Option] = []
    names: list[str] = []
    for inspection in case_around.stops(row):
        union = stored.parts_of(inspection)
        entries = merge(*(pieces.known_entries(part) for part in union.values()))
        names += [one.name for one in pieces.officers(entries)]
        found += [
            Option(one.id, plain=f"{one.item or ''} {one.at[:16]}".strip()) for one in entries if one.kind == "photo"
        ]
    return found, names


def _targets(file: CaseFile) -> list[Option]:
    ids = list(file.around.get("merge_targets") or ())
    rows = Case.select().where(Case.id.in_(ids)).order_by(Case.number) if ids else ()
    return [Option(str(one.id), plain=f"{one.number} {one.party_name}".strip()) for one in rows]


def _linked(file: CaseFile, groups: Sequence[Group], teller: Teller) -> list[Option]:
    """Return the violations that a decision about one act may name: those here and those that may be the same act."""
    codes = dict.fromkeys([*(one.violation for one in groups), *(code for pair in file.links for code in pair)])
    return [Option(code, text=teller.title(code)) for code in codes]


def _issuable(file: CaseFile) -> list[Option]:
    """Return the documents that may be issued now: those that are due first."""
    due = [] if file.state == "archived" else [one.kind for one in file.papers_due]
    now = [kind for kind in DOCUMENTS if may_issue(kind, file.state) and DOCUMENTS[kind].agency in ("", file.agency)]
    kinds = (one for one in dict.fromkeys([*due, *now]) if one not in BY_EVENT_ALONE)
    return [Option(kind, DOCUMENTS[kind].title) for kind in kinds]
