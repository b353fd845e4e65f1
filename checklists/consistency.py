"""What must hold between definitions once each file is well formed: references, periods, bases, duty holders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from checklists.binding import Report, close_to
from checklists.definition import FACTS, SEVERITIES, Checklist, Definitions, Item, RuleCase
from checklists.law import SIMPLE, SUBJECTS, Citation, Violation

PHOTO = ("on_deviation", "always", "never")
AGENCY_NAMES = ("zh", "en", "short_zh", "short_en")


def check(definitions: Definitions, report: Report) -> None:
    """Report every inconsistency."""
    codes = {one.code for one in definitions.violations}
    for checklist in definitions.checklists.values():
        _check_checklist(checklist, definitions, codes, report)
    for row in definitions.violations:
        _check_violation(row, definitions, report)
    _check_periods(definitions.violations, report)
    items = {item.id for checklist in definitions.checklists.values() for item in checklist.items()}
    for rule in definitions.rules.values():
        _check_rule(rule, items, codes, report)
    for act in definitions.acts:
        _known(act, act, codes, "violation", report)
    for agency in definitions.agencies.values():
        for name in AGENCY_NAMES:
            if not agency.get(name):
                report.about(agency, f"an agency has no {name}", f"give {', '.join(AGENCY_NAMES)}")
    for citation in _citations(definitions):
        _check_citation(citation, definitions, report)


def _known(thing: object, names: Iterable[str], known: Collection[str], what: str, report: Report) -> None:
    for name in names:
        if name not in known:
            report.about(thing, f"unknown {what} {name!r}", close_to(name, known))


def _check_checklist(checklist: Checklist, definitions: Definitions, codes: set[str], report: Report) -> None:
    seen: set[str] = set()
    for item in checklist.items():
        if item.id in seen:
            report.about(item, f"item {item.id} is defined twice", "ids are never reused")
        seen.add(item.id)
        _check_item(item, definitions, codes, report)


def _check_item(item: Item, definitions: Definitions, codes: set[str], report: Report) -> None:
    _known(item, item.violations, codes, "violation", report)
    _known(item, item.agency, definitions.agencies, "agency", report)
    _known(item, (item.severity, *item.severity_when.values()), SEVERITIES, "severity", report)
    _known(item, (*item.applies_when, *item.severity_when), FACTS, "fact", report)
    _known(item, (item.photo,), PHOTO, "photo rule", report)
    _known(item, (one.partition(":")[0] for one in item.measures), definitions.measures, "measure", report)
    addressees = [one.partition(":")[2] for one in item.measures]
    _known(item, filter(None, addressees), definitions.agencies, "agency", report)
    for fact, allowed in item.applies_when.items():
        _known(item, allowed, FACTS.get(fact) or allowed, f"value of {fact}", report)
    _check_duty(item, definitions.violations, report)


def _check_duty(item: Item, violations: Iterable[Violation], report: Report) -> None:
    rows = [row for row in violations if row.code in item.violations]
    if not item.agency:
        report.about(item, f"{item.id} has no agency", "name the agency that looks at it, the owner first")
    if not item.violations and item.measures != ("EDU",):
        report.about(item, f"{item.id} leads to no violation", "name one, or make it a lesson: measures [EDU]")
    if item.violations and not item.basis:
        report.about(item, f"{item.id} has no basis", "cite the law, with an empty clause if the number is not known")
    all_known = {row.code for row in rows} == set(item.violations)
    if all_known and not item.duty_holder and not any(row.subject for row in rows):
        report.about(item, f"{item.id} has no duty holder", "name one; its violations have no subject")
    _known(item, filter(None, [item.duty_holder]), SUBJECTS, "duty holder", report)


def _check_violation(row: Violation, definitions: Definitions, report: Report) -> None:
    _known(row, row.agency, definitions.agencies, "agency", report)
    _known(row, (row.simple,), SIMPLE, "value of simple", report)
    _known(row, filter(None, [row.subject]), SUBJECTS, "subject", report)
    if not row.agency:
        report.about(row, f"{row.code} has no competent agency", "name it, the one that gets the case first")
    bases = [one.basis for one in row.penalty]
    if row.verified and not (bases and all(one and one.verified for one in bases)):
        report.about(row, f"{row.code} is verified but its penalty is not", "verified: false")
    if not (row.duty or row.penalty or row.note):
        report.about(row, f"{row.code} has neither duty nor penalty", "say in a note what is missing")
    _check_amounts(row, report)


def _check_amounts(row: Violation, report: Report) -> None:
    for one in row.penalty:
        amounts = [amount for amount in (one.min_cny, one.max_cny) if amount is not None]
        if not amounts and not one.text:
            report.about(one, f"{row.code}: a penalty without amount or text", "say what follows")
        if amounts != sorted(amounts):
            report.about(one, f"{row.code}: the least amount is above the greatest")


def _check_periods(rows: Iterable[Violation], report: Report) -> None:
    """Report gaps and overlaps between the rows of one code, and a last row that ends with nothing after it."""
    by_code: dict[str, list[Violation]] = defaultdict(list)
    for row in rows:
        by_code[row.code].append(row)
    for code, dated in by_code.items():
        dated.sort(key=lambda row: row.effective_from or date.min)
        for earlier, later in pairwise(dated):
            _check_neighbours(earlier, later, report)
        if dated[-1].effective_to and dated[-1].superseded_by not in by_code:
            hint = "add an open row from the next day: same conduct and agency, no penalty, verified: false"
            report.about(dated[-1], f"{code} ends on {dated[-1].effective_to} and nothing follows", hint)


def _check_neighbours(earlier: Violation, later: Violation, report: Report) -> None:
    if earlier.effective_to is None or later.effective_from is None or later.effective_from <= earlier.effective_to:
        report.about(later, f"{later.code}: this period overlaps the one before", "end that one the day before")
    elif later.effective_from != earlier.effective_to + timedelta(days=1):
        gap = f"{later.code}: no row for {earlier.effective_to + timedelta(days=1)} to {later.effective_from}"
        report.about(later, gap, "begin on the day after the row before ends")


def _check_rule(rule: RuleCase, items: set[str], codes: set[str], report: Report) -> None:
    _known(rule, filter(None, (rule.item, *rule.also)), items, "item", report)
    _known(rule, filter(None, [rule.violation]), codes, "violation", report)
    if not rule.item and (rule.violation or rule.also):
        report.about(rule, f"{rule.rule} {rule.case} names a violation without an item", "name the item it belongs to")
    _known(rule, filter(None, [rule.severity]), SEVERITIES, "severity", report)


def _citations(definitions: Definitions) -> Iterator[Citation]:
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
    yield from definitions.general


def _check_citation(citation: Citation, definitions: Definitions, report: Report) -> None:
    law = definitions.laws.get(citation.law)
    if law is None:
        return _known(citation, [citation.law], definitions.laws, "law", report)
    if citation.verified and not (citation.clause and citation.version and citation.source):
        report.about(citation, "verified, but clause, version or source is missing", "verified: false")
    version = law.version(citation.version)
    if citation.version and version is None:
        known = [one.version for one in law.versions]
        report.about(citation, f"{law.id} has no version {citation.version!r}", close_to(citation.version, known))
    elif version and not _within(citation, version.in_force_from, version.in_force_to):
        report.about(citation, f"in force outside the days of {law.id} {version.version}", "see law/laws.yaml")
    if citation.in_force_from and citation.in_force_to and citation.in_force_from > citation.in_force_to:
        report.about(citation, "in_force_from is after in_force_to")
    return None


def _within(citation: Citation, first: date | None, last: date | None) -> bool:
    starts = first is None or (citation.in_force_from is not None and citation.in_force_from >= first)
    return starts and (last is None or (citation.in_force_to is not None and citation.in_force_to <= last))
