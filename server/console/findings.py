"""Findings as a page shows them: what was found, the values compared, the law behind it, the photos beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from checklists import words
from checklists.definitions.citation import agency as agency_name
from checklists.definitions.definition import Definitions
from checklists.inspection.capture import Taken
from checklists.law.cases import scope
from server.cases.opening import Finding, identity
from server.console import law
from server.console.law import Cited, Fine
from server.console.place import Place

Text = Mapping[str, str]


@dataclass(frozen=True)
class Shot:
    """A photo as shown: where it belongs, and its files that are here by role; `whole` once the original is here.

    `withdrawn` is why an officer took it back; None where it stands.
    """

    entry: str
    item: str
    files: Mapping[str, str]
    whole: bool
    at: str = ""
    officer: str = ""
    taken: Taken | None = None
    place: Place = field(default_factory=Place)
    withdrawn: str | None = None

    @property
    def small(self) -> str:
        """The digest of the smallest file that is here, or nothing."""
        return self._first("thumbnail", "working", "original")

    @property
    def large(self) -> str:
        """The digest of the best file that is here, or nothing."""
        return self._first("original", "working", "thumbnail")

    def _first(self, *roles: str) -> str:
        return next((self.files[role] for role in roles if role in self.files), "")


@dataclass(frozen=True)
class Compared:
    """One value that a rule compared: its path, what it was, where it came from."""

    path: str
    value: str
    source: str


@dataclass(frozen=True)
class Ordered:
    """A measure: its code, its words, to whom it is handed over, and its basis."""

    code: str
    text: Text
    to: Text
    basis: Sequence[Cited]


@dataclass(frozen=True)
class Case:
    """What the law says if the load is of one kind, while that is not settled: none of the cases accuses alone."""

    when: Text
    basis: Sequence[Cited]
    fines: Sequence[Fine]


@dataclass(frozen=True)
class Shown:
    """A finding on a page. `origin`: shown (by the tablet), new (after sync), gone (the office no longer finds it)."""

    number: int
    origin: str
    key: str
    item: str
    item_text: Text
    section: str
    text: Text
    rule: str
    case: str
    subject: str
    severity: str
    violation: str
    violation_title: Text
    agency: str
    agency_text: Text
    party: Mapping[str, str]
    values: Sequence[Compared]
    basis: Sequence[Cited]
    fines: Sequence[Fine]
    cases: Sequence[Case]
    measures: Sequence[Ordered]
    simple: str
    note: str
    acts: Sequence[str]
    photos: Sequence[Shot]

    @property
    def penalty_verified(self) -> bool:
        """Whether any penalty range of the finding may be relied on."""
        return any(one.verified for one in self.fines)


def told(shown: Sequence[Finding], found: Iterable[tuple[str, Finding]]) -> list[tuple[str, Finding]]:
    """Return the findings of a record with their origin: as the tablet showed them, then what the office adds.

    Findings stay as the officer saw them; one that the office no longer finds is marked, never removed.
    """
    by_key = {identity(finding): difference for difference, finding in found}
    new = [("new", finding) for difference, finding in found if difference == "new"]
    return [("gone" if by_key.get(identity(one)) == "gone" else "shown", one) for one in shown] + new


def show(
    definitions: Definitions, number: int, origin: str, finding: Finding, day: date, shots: Iterable[Shot] = ()
) -> Shown:
    """Return one finding as it is shown for conduct on that day."""
    item = str(finding.get("item") or "")
    agency = str(finding.get("agency") or "")
    item_text, section = _item(definitions, item)
    return Shown(
        number=number,
        origin=origin,
        key=identity(finding).key,
        item=item,
        item_text=item_text,
        section=section,
        text=finding.get("text") or {},
        rule=str(finding.get("rule") or ""),
        case=str(finding.get("case") or ""),
        subject=str(finding.get("subject") or ""),
        severity=str(finding.get("severity") or ""),
        violation=str(finding.get("violation") or ""),
        violation_title=finding.get("violation_title") or {},
        agency=agency,
        agency_text=agency_text(definitions, agency),
        party=finding.get("party") or {},
        values=_values(finding.get("values") or ()),
        basis=law.citations(definitions, [*(finding.get("basis") or ()), *(finding.get("duty") or ())], day),
        fines=law.fines(definitions, finding.get("penalty") or (), day),
        cases=[_case(definitions, one, day) for one in finding.get("cases") or ()],
        measures=[measure(definitions, code, day, agency) for code in finding.get("measures") or ()],
        simple=str(finding.get("simple") or "unknown"),
        note=str(finding.get("note") or ""),
        acts=list(finding.get("acts") or ()),
        photos=[shot for shot in shots if shot.item == item or shot.entry in (finding.get("photos") or ())],
    )


def _case(definitions: Definitions, plain: Mapping[str, Any], day: date) -> Case:
    when = plain.get("when") or {}
    text = {short: words.law_case(when, words.say(lang)) for short, lang in (("zh", "zh_CN"), ("en", "en"))}
    return Case(
        text,
        law.citations(definitions, plain.get("duty") or (), day),
        law.fines(definitions, plain.get("penalty") or (), day),
    )


def agency_text(definitions: Definitions, code: str) -> Text:
    """Return the short names of an agency, else its code."""
    names = definitions.agencies.get(code, {})
    short = {lang: names.get(f"short_{lang}") or agency_name(definitions, code, lang) for lang in ("zh", "en")}
    return short if code else {}


def measure(definitions: Definitions, code: str, day: date, agency: str = "") -> Ordered:
    """Return a measure (`H`, or `T:P`: handed over to P) as it is shown, by the rules of the agency that orders it.

    A clause of a law that covers some loads only is left out: the load is not looked at here.
    """
    name, _colon, target = code.partition(":")
    held = definitions.measures.get(name)
    cited = held.basis_for(agency) if held else ()
    basis = [one for one in cited if one.in_force(day) and not scope(definitions.laws, one)]
    plain: list[Mapping[str, Any]] = [
        {"law": one.law, "version": one.version, "clause": one.clause, "verified": one.verified} for one in basis
    ]
    text = held.text if held else {"zh": name}
    return Ordered(name, text, agency_text(definitions, target), law.citations(definitions, plain, day))


def violation_titles(definitions: Definitions, codes: Iterable[str]) -> dict[str, Text]:
    """Return the titles of violations by code."""
    wanted = set(codes)
    return {row.code: row.title for row in definitions.violations if row.code in wanted}


def item_text(definitions: Definitions, item: str) -> Text:
    """Return the words of an item, none where no checklist has it."""
    return _item(definitions, item)[0]


def _item(definitions: Definitions, item: str) -> tuple[Text, str]:
    for checklist in definitions.checklists.values():
        for section in checklist.sections:
            for one in section.items:
                if one.id == item:
                    return one.text, section.id
    return {}, item.partition("-")[0]


def _values(plain: Iterable[Mapping[str, Any]]) -> list[Compared]:
    return [
        Compared(str(one.get("name") or ""), str(one.get("value") or ""), str(one.get("source") or "")) for one in plain
    ]
