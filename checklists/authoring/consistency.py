"""What must hold between definitions once each file is well formed: names that are known, bases, duty holders."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from checklists.authoring.periods import check_days
from checklists.authoring.text_tree import Report, close_to
from checklists.definitions.definition import (
    FACTS,
    INPUTS,
    SEVERITIES,
    STATES,
    TIER_LEVELS,
    TIER_REASONS,
    Checklist,
    Definitions,
    Item,
    RuleCase,
)
from checklists.definitions.forms import PAPERS, Form
from checklists.findings.outcome import OUTCOMES
from checklists.law.cases import scope
from checklists.law.model import (
    EVIDENCE_BY,
    PENALTIES,
    ROLLS_TO,
    SENSES,
    SIMPLE,
    START_DAYS,
    SUBJECTS,
    UNITS,
    Citation,
    Conditions,
    Evidence,
    GeneralRule,
    Law,
    Measure,
    Penalty,
    Term,
    Violation,
)

PHOTO = ("on_deviation", "always", "never")
AGENCY_NAMES = ("zh", "en", "short_zh", "short_en")


def check(definitions: Definitions, report: Report) -> None:
    """Report every inconsistency."""
    codes = {one.code for one in definitions.violations}
    for checklist in definitions.checklists.values():
        known(checklist, [checklist.status], STATES, "status", report, "status")
        for item in () if checklist.based_on else checklist.items():
            _check_item(item, checklist, definitions, codes, report)
    for law in definitions.laws.values():
        _check_conditions(law, law.applies_when, report)
    for row in definitions.violations:
        _check_violation(row, definitions, report)
    for rule in definitions.rules.values():
        _check_rule(rule, definitions, codes, report)
    for act in definitions.acts:
        known(act, act, codes, "violation", report, "violations")
    for measure in definitions.measures.values():
        _check_measure(measure, report)
    for term in definitions.terms.values():
        _check_term(term, definitions, report)
    for evidence in definitions.evidence.values():
        _check_evidence(evidence, report)
    for form in definitions.forms:
        _check_form(form, report)
    for rule_of_all in definitions.general:
        _check_general(rule_of_all, definitions, report)
    for tier in definitions.tiers:
        known(tier, [tier.reason], TIER_REASONS, "reason", report, "reason")
        known(tier, [tier.level], TIER_LEVELS, "level", report, "level")
    for agency in definitions.agencies.values():
        for name in AGENCY_NAMES:
            if not agency.get(name):
                report.about(agency, f"an agency has no {name}", f"give {', '.join(AGENCY_NAMES)}")
    check_days(definitions, report)


def known(thing: object, names: Iterable[str], words: Collection[str], what: str, report: Report, at: str = "") -> None:
    """Report each name that is not among the words, on the line of the field `at`."""
    for name in names:
        if name not in words:
            report.about(thing, f"unknown {what} {name!r}", close_to(name, words), at)


def _check_item(
    item: Item, checklist: Checklist, definitions: Definitions, codes: Collection[str], report: Report
) -> None:
    known(item, item.violations, codes, "violation", report, "violations")
    known(item, item.agency, definitions.agencies, "agency", report, "agency")
    known(item, [item.severity], SEVERITIES, "severity", report, "severity")
    known(item, item.severity_when.values(), SEVERITIES, "severity", report, "severity_when")
    known(item, item.applies_when, FACTS, "fact", report, "applies_when")
    known(item, item.severity_when, FACTS, "fact", report, "severity_when")
    known(item, [item.photo], PHOTO, "photo rule", report, "photo")
    known(item, [item.input], INPUTS, "input", report, "input")
    _check_measures(item, item.measures, checklist.regime, definitions, report)
    for fact, allowed in item.applies_when.items():
        known(item, allowed, FACTS.get(fact) or allowed, f"value of {fact}", report, "applies_when")
    if bool(item.choices) != (item.input == "choice"):
        report.about(item, f"{item.id}: choices and input do not fit", "a choice line lists choices, no other does")
    if not item.agency:
        report.about(item, f"{item.id} has no agency", "name the agency that looks at it, the owner first")
    if item.input == "status":
        _check_duty(item, definitions.violations, report)
    elif item.violations or item.measures:
        report.about(item, f"{item.id} is only written down and cannot fail", "no violations and measures, or a status")


def _check_measures(
    thing: object, measures: Iterable[str], regime: str, definitions: Definitions, report: Report
) -> None:
    pairs = [one.partition(":") for one in measures]
    of_regime = [one.code for one in definitions.measures.values() if one.regime == regime]
    known(thing, (code for code, _, _ in pairs), of_regime, f"measure of {regime}", report, "measures")
    known(thing, (to for _, colon, to in pairs if colon), definitions.agencies, "agency", report, "measures")


def _check_duty(item: Item, violations: Iterable[Violation], report: Report) -> None:
    rows = [row for row in violations if row.code in item.violations]
    lesson = item.severity == "III" and item.measures == ("EDU",)
    if not (item.violations or lesson or item.note):
        hint = "name one, make it a lesson (severity III, measures [EDU]), or say in a note why it has none"
        report.about(item, f"{item.id} leads to no violation", hint)
    if item.violations and not item.basis:
        report.about(item, f"{item.id} has no basis", "cite the law, with an empty clause if the number is not known")
    all_known = {row.code for row in rows} == set(item.violations)
    if all_known and not item.duty_holder and not any(row.subject for row in rows):
        report.about(item, f"{item.id} has no duty holder", "name one; its violations have no subject")
    known(item, filter(None, [item.duty_holder]), SUBJECTS, "duty holder", report, "duty_holder")


def _check_violation(row: Violation, definitions: Definitions, report: Report) -> None:
    known(row, row.agency, definitions.agencies, "agency", report, "agency")
    known(row, [row.simple], SIMPLE, "value of simple", report, "simple")
    known(row, filter(None, [row.subject]), SUBJECTS, "subject", report, "subject")
    known(row, filter(None, [row.severity]), SEVERITIES, "severity", report, "severity")
    known(row, (one.partition(":")[0] for one in row.measures), definitions.measures, "measure", report, "measures")
    known(row, row.powers, definitions.measures, "measure", report, "powers")
    known(row, row.evidence, definitions.evidence, "evidence", report, "evidence")
    _check_conditions(row, row.applies_when, report)
    _check_scopes(row, definitions.laws, report)
    for one in row.penalty:
        known(one, [one.kind], PENALTIES, "kind of penalty", report, "kind")
        known(one, filter(None, [one.subject]), SUBJECTS, "subject", report, "subject")
    if not row.agency:
        report.about(row, f"{row.code} has no competent agency", "name it, the one that gets the case first")
    bases = [one.basis for one in row.penalty]
    if row.verified and not (bases and all(one and one.verified for one in bases)):
        report.about(row, f"{row.code} is verified but its penalty is not", "verified: false", "verified")
    if not (row.duty or row.penalty or row.note):
        report.about(row, f"{row.code} has neither duty nor penalty", "say in a note what is missing")
    _check_amounts(row, report)


def _check_conditions(thing: Law | Violation, when: Conditions, report: Report) -> None:
    """Report a condition on a fact that is none, or that any text may answer: no row could be missing then."""
    finite = [fact for fact, values in FACTS.items() if values]
    known(thing, when, finite, "fact on which law may depend", report, "applies_when")
    for fact, allowed in when.items():
        known(thing, allowed, FACTS.get(fact) or allowed, f"value of {fact}", report, "applies_when")


def _check_scopes(row: Violation, laws: Mapping[str, Law], report: Report) -> None:
    """Report a clause of a law that covers some loads alone in a row for others too: it would accuse them wrongly."""
    parts: list[Citation | Penalty] = [*row.duty, *row.penalty]
    for part in parts:
        for fact, allowed in scope(laws, part).items():
            if not set(row.applies_when.get(fact, FACTS.get(fact, ()))) <= set(allowed):
                hint = f"applies_when: {{{fact}: [{', '.join(allowed)}]}}, and a row of its own for other loads"
                report.about(row, f"{row.code} cites a law that only covers {fact} {', '.join(allowed)}", hint, "code")


def _check_amounts(row: Violation, report: Report) -> None:
    for one in row.penalty:
        amounts = [amount for amount in (one.min_cny, one.max_cny) if amount is not None]
        if not amounts and not one.text:
            report.about(one, f"{row.code}: a penalty without amount or text", "say what follows")
        if amounts != sorted(amounts):
            report.about(one, f"{row.code}: the least amount is above the greatest", "swap them", "min_cny")


def _check_rule(rule: RuleCase, definitions: Definitions, codes: Collection[str], report: Report) -> None:
    regimes = {one.regime for one in definitions.checklists.values()}
    if regimes:
        known(rule, [rule.regime], regimes, "regime", report, "regime")
    lists = [one for one in definitions.checklists.values() if one.regime == rule.regime]
    items = {item.id for one in lists for item in one.items()}
    known(rule, filter(None, [rule.item]), items, f"item of {rule.regime}", report, "item")
    known(rule, rule.also, items, f"item of {rule.regime}", report, "also")
    known(rule, rule.same_as, items, f"item of {rule.regime}", report, "same_as")
    known(rule, filter(None, [rule.violation]), codes, "violation", report, "violation")
    cases = {case for regime, name, case in definitions.rules if (regime, name) == (rule.regime, rule.rule)}
    known(rule, filter(None, [rule.part_of]), cases, f"case of {rule.rule}", report, "part_of")
    known(rule, filter(None, [rule.severity]), SEVERITIES, "severity", report, "severity")
    _check_measures(rule, rule.measures, rule.regime, definitions, report)
    if not rule.item and (rule.violation or rule.also):
        report.about(rule, f"{rule.rule} {rule.case} names a violation without an item", "name the item it belongs to")
    if not rule.accuses and (rule.violation or rule.verified):
        hint = "leave out the violation and say verified: false, with a note why"
        report.about(rule, f"{rule.rule} {rule.case} accuses of nothing and yet names law", hint, "accuses")


def _check_measure(measure: Measure, report: Report) -> None:
    known(measure, filter(None, [measure.outcome]), OUTCOMES, "outcome", report, "outcome")
    known(measure, measure.done_by, OUTCOMES, "outcome", report, "done_by")


def _check_form(form: Form, report: Report) -> None:
    known(form, [form.kind], PAPERS, "kind of paper", report, "kind")


def _check_term(term: Term, definitions: Definitions, report: Report) -> None:
    known(term, [term.sense], SENSES, "sense", report, "sense")
    known(term, filter(None, [term.unit]), UNITS, "unit", report, "unit")
    known(term, filter(None, [term.start_day]), START_DAYS, "start day", report, "start_day")
    known(term, filter(None, [term.rolls_to]), ROLLS_TO, "day", report, "rolls_to")
    known(term, filter(None, [term.track]), definitions.agencies, "track", report, "track")
    known(term, filter(None, [term.extends]), definitions.terms, "term", report, "extends")
    if (term.amount is None) != (not term.unit):
        report.about(term, f"{term.id} has an amount without a unit or the reverse", "give both, or neither")
    if term.amount is not None and term.amount < 1:
        report.about(term, f"{term.id} lasts less than one of its unit", "give a whole number from 1 on", "amount")


def _check_evidence(evidence: Evidence, report: Report) -> None:
    known(evidence, [evidence.by], EVIDENCE_BY, "way to get evidence", report, "by")
    if bool(evidence.paths) != (evidence.by == "fact"):
        report.about(evidence, f"{evidence.code}: paths and by do not fit", "by: fact, and only it, names paths", "by")


def _check_general(rule: GeneralRule, definitions: Definitions, report: Report) -> None:
    known(rule, rule.agency, definitions.agencies, "agency", report, "agency")
    known(rule, rule.limits_cny, ("person", "unit"), "limit", report, "limits_cny")
    uses = {one.use for one in definitions.general}
    known(rule, filter(None, [rule.instead_of]), uses, "use", report, "instead_of")
