"""Gaps that leave the definitions usable but that a reviewer must close or explain; `validate` alone reports them."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.authoring.inventory import Cases, cases_by_rule
from checklists.authoring.text_tree import Report, close_to
from checklists.definitions.definition import Definitions, RuleCase


def complete(definitions: Definitions, report: Report) -> None:
    """Report rows that nothing can reach, and unverified rows that do not say what is missing."""
    can_yield = cases_by_rule()
    for rule in definitions.rules.values():
        _check_case(rule, can_yield, report)
    _check_violations(definitions, report)
    for law in definitions.laws.values():
        for version in law.versions:
            if not (version.verified or version.note):
                report.about(version, f"{law.id} {version.version} is not verified and no note says why", _SAY)


_SAY = "say in a note what was not read or is unsure"


def _check_case(rule: RuleCase, can_yield: dict[str, Cases], report: Report) -> None:
    cases = can_yield.get(rule.rule)
    if cases is None:
        report.about(rule, f"no rule is called {rule.rule!r}", close_to(rule.rule, can_yield), "rule")
    elif not cases.has(rule.case):
        hint = "correct the case, or remove the row: it is never used"
        report.about(rule, f"{rule.rule} never says {rule.case!r}", hint, "case")


def _check_violations(definitions: Definitions, report: Report) -> None:
    named = set(_named(definitions))
    for row in definitions.violations:
        if not (row.verified or row.note):
            report.about(row, f"{row.code} is not verified and no note says why", _SAY)
        if row.code not in named and not row.note:
            hint = "name it there, or say in a note where it is found"
            report.about(row, f"no item and no rule leads to {row.code}", hint)


def _named(definitions: Definitions) -> Iterator[str]:
    for checklist in definitions.checklists.values():
        for item in checklist.items():
            yield from item.violations
    yield from (rule.violation for rule in definitions.rules.values())
