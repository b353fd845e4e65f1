"""The days of law: each version, citation and violation row in its period, without gap, overlap or reversal.

Where the law depends on the load, this holds for each kind of load that the rows of a code tell apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise, product

from checklists.authoring.text_tree import Report, close_to
from checklists.definitions.definition import FACTS, Definitions
from checklists.law import texts
from checklists.law.cases import Known, may_hold
from checklists.law.model import CONFIDENCE, READ, Citation, Law, LawVersion, Violation


def check_days(definitions: Definitions, report: Report) -> None:
    """Report every day that does not fit, and every citation of a law or version that is not there."""
    for law in definitions.laws.values():
        _check_law(law, report)
    by_code: dict[str, list[Violation]] = defaultdict(list)
    for row in definitions.violations:
        by_code[row.code].append(row)
    for code, rows in by_code.items():
        _check_rows(code, rows, by_code.keys(), report)
    for citation in citations(definitions):
        _check_citation(citation, definitions, report)


def citations(definitions: Definitions) -> Iterator[Citation]:
    """Yield every citation, wherever it stands."""
    for checklist in definitions.checklists.values():
        for item in checklist.items():
            yield from item.basis
    for row in definitions.violations:
        yield from row.duty
        yield from (one.basis for one in row.penalty if one.basis)
    for rule in definitions.rules.values():
        yield from rule.basis
    for measure in definitions.measures.values():
        yield from measure.basis
        for basis in measure.tracks.values():
            yield from basis
    for term in definitions.terms.values():
        yield from term.basis
    for lesson in definitions.lessons.values():
        for question in lesson.questions:
            yield from question.basis
        for slide in lesson.slides:
            for statement in slide.statements:
                yield from statement.basis
    yield from definitions.general


def _check_law(law: Law, report: Report) -> None:
    for version in law.versions:
        _check_confidence(version, report)
        _check_order(version, version.in_force_from, version.in_force_to, f"{law.id} {version.version}", report)
    dated = sorted((one for one in law.versions if one.in_force_from), key=lambda one: one.in_force_from or date.min)
    for earlier, later in pairwise(dated):
        if _overlap(earlier, later):
            report.about(later, f"{law.id}: {later.version} overlaps {earlier.version}", "end that one the day before")


def _check_confidence(thing: Citation | LawVersion, report: Report) -> None:
    if thing.confidence and thing.confidence not in CONFIDENCE:
        hint = close_to(thing.confidence, CONFIDENCE)
        report.about(thing, f"unknown confidence {thing.confidence!r}", hint, "confidence")
    elif thing.verified and thing.confidence not in READ:
        report.about(
            thing, f"verified, but rated {thing.confidence}: not read in full", "verified: false", "confidence"
        )


def _overlap(earlier: LawVersion, later: LawVersion) -> bool:
    """Whether two versions are in force on one day; an end that nobody read is open and says nothing."""
    return bool(earlier.in_force_to and later.in_force_from and later.in_force_from <= earlier.in_force_to)


def _check_rows(code: str, rows: list[Violation], codes: Iterable[str], report: Report) -> None:
    """Report what does not fit between the rows of one code: in time, for each load, and in their titles."""
    for row in rows:
        _check_order(row, row.effective_from, row.effective_to, code, report)
        _check_successor(row, codes, report)
        if row.title != rows[0].title:
            report.about(row, f"{code} has another title than its first row", "one code is one conduct", "title")
    for load in loads(rows):
        held = [row for row in rows if may_hold(row.applies_when, load)]
        named = ", ".join((code, *(f"{fact} {value}" for fact, values in load.items() for value in values or ())))
        if held:
            _check_load(named, held, codes, report)
        else:
            report.about(rows[0], f"{named}: no row", "add one, open where the law was not found")


def loads(rows: Iterable[Violation]) -> Iterator[Known]:
    """Yield every kind of load that the rows tell apart, as known facts; one without facts where they tell none."""
    facts = dict.fromkeys(fact for row in rows for fact in row.applies_when if FACTS.get(fact))
    for values in product(*(FACTS[fact] for fact in facts)):
        yield {fact: frozenset({value}) for fact, value in zip(facts, values, strict=True)}


def _check_load(named: str, rows: list[Violation], codes: Iterable[str], report: Report) -> None:
    """Report gaps and overlaps between the rows for one load, and a last row that ends with nothing after it."""
    rows.sort(key=lambda row: row.effective_from or date.min)
    for earlier, later in pairwise(rows):
        _check_neighbours(earlier, later, named, report)
    last = rows[-1]
    if last.effective_to and last.superseded_by not in codes:
        hint = "add an open row from the next day: same conduct and agency, no penalty, verified: false"
        report.about(last, f"{named} ends on {last.effective_to} and nothing follows", hint, "effective_to")


def _check_neighbours(earlier: Violation, later: Violation, named: str, report: Report) -> None:
    if earlier.effective_to is None or later.effective_from is None or later.effective_from <= earlier.effective_to:
        report.about(later, f"{named}: this period overlaps the one before", "end that one the day before")
    elif later.effective_from != earlier.effective_to + timedelta(days=1):
        gap = f"{named}: no row for {earlier.effective_to + timedelta(days=1)} to {later.effective_from}"
        report.about(later, gap, "begin on the day after the row before ends")


def _check_successor(row: Violation, codes: Iterable[str], report: Report) -> None:
    follows = row.superseded_by.partition("@")[0]
    if follows and follows not in codes:
        message = f"{row.code} is superseded by {follows!r}, which is not there"
        report.about(row, message, close_to(follows, codes), "superseded_by")


def _check_order(thing: object, first: date | None, last: date | None, name: str, report: Report) -> None:
    if first and last and first > last:
        report.about(thing, f"{name} begins on {first}, after it ends on {last}", "swap the two days or correct one")


def _check_citation(citation: Citation, definitions: Definitions, report: Report) -> None:
    law = definitions.laws.get(citation.law)
    if law is None:
        return report.about(citation, f"unknown law {citation.law!r}", close_to(citation.law, definitions.laws), "law")
    if citation.verified and not (citation.clause and citation.version and citation.source):
        report.about(citation, "verified, but clause, version or source is missing", "verified: false")
    if citation.confirmed:
        report.about(citation, "an office confirms, not the data", "leave confirmed out", "confirmed")
    if citation.clause and _is_read(citation) and not _has_words(citation):
        report.about(citation, f"{law.id} {citation.version} has no {citation.clause}", "look the article up", "clause")
    _check_confidence(citation, report)
    version = law.version(citation.version)
    if citation.version and version is None:
        names = [one.version for one in law.versions]
        report.about(citation, f"{law.id} has no version {citation.version!r}", close_to(citation.version, names))
    elif version and not _within(citation, version.in_force_from, version.in_force_to):
        days = f"{version.in_force_from or '…'} to {version.in_force_to or '…'}"
        report.about(citation, f"in force outside the days of {law.id} {version.version}", f"that version: {days}")
    name = f"{citation.law} {citation.clause}".strip()
    return _check_order(citation, citation.in_force_from, citation.in_force_to, name, report)


def _is_read(citation: Citation) -> bool:
    """Whether the product carries the whole law in that version, or at least the article."""
    law = (citation.law, citation.version)
    return law in texts.whole() or bool(texts.article(*law, citation.clause))


def _has_words(citation: Citation) -> bool:
    """Whether the article, paragraph and item of a clause are in the text that the product carries."""
    return bool(texts.passage(citation.law, citation.version, citation.clause))


def _within(citation: Citation, first: date | None, last: date | None) -> bool:
    starts = first is None or (citation.in_force_from is not None and citation.in_force_from >= first)
    return starts and (last is None or (citation.in_force_to is not None and citation.in_force_to <= last))
