"""Definitions as rows for reviewers: items in the columns of XLSForm and ours, violations by the day, rule cases."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from checklists.definitions.definition import Checklist, Definitions, Item, RuleCase
from checklists.law.model import Citation, Penalty, Violation

Row = dict[str, str]

ZH, EN = "中文", "English"
_TYPES = {"status": "select_one answer", "number": "decimal"}
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def items(definitions: Definitions, checklist: Checklist) -> Iterator[Row]:
    """Yield the sections as groups and every item in walking order, as an XLSForm has them."""
    for section in checklist.sections:
        yield _item_row(type="begin_group", name=section.id, **_labels(section.title))
        for item in section.items:
            yield _item(item, definitions)
        yield _item_row(type="end_group", name=section.id)


def violations(definitions: Definitions, checklist: Checklist) -> Iterator[Row]:
    """Yield each dated row of the violations that belong to the checklist: those its items or comparisons name.

    Without any that name it, a violation belongs to the regime whose agencies handle it.
    """
    agencies = {code for item in checklist.items() for code in item.agency}
    named = set(_codes(definitions, checklist))
    others = {one.code for one in definitions.violations} - set(_all_codes(definitions))
    for one in definitions.violations:
        if one.code in named or (one.code in others and agencies & set(one.agency)):
            yield _violation(one, definitions)


def rules(definitions: Definitions, checklist: Checklist) -> Iterator[Row]:
    """Yield what each case of a comparison leads to under the checklist's regime."""
    for one in definitions.rules.values():
        if one.regime == checklist.regime:
            yield _rule(one, checklist, definitions)


def write(rows: Iterable[Row], stream: TextIO) -> int:
    """Write the rows as CSV and return how many; no cell can be taken for a formula."""
    held = list(rows)
    writer = csv.DictWriter(stream, list(held[0]) if held else [])
    writer.writeheader()
    writer.writerows({key: safe(cell) for key, cell in row.items()} for row in held)
    return len(held)


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet reads as a formula."""
    return f"'{cell}" if cell.startswith(_RISKY) else cell


def _item(item: Item, definitions: Definitions) -> Row:
    asked = item.input == "status"
    return _item_row(
        type=f"select_one {item.id}" if item.input == "choice" else _TYPES.get(item.input, item.input),
        name=item.id,
        **_labels(item.text),
        **{f"hint::{ZH}": item.look.get("zh", ""), f"hint::{EN}": item.look.get("en", "")},
        relevant=relevant(item.applies_when),
        required="no" if item.optional or not asked else "yes",
        constraint=". >= 0" if item.input == "number" else "",
        choices=", ".join(one.value for one in item.choices),
        severity=item.severity if asked else "",
        severity_when=", ".join(f"{fact}: {level}" for fact, level in item.severity_when.items()),
        agency=", ".join(item.agency),
        measures=", ".join(item.measures),
        violation=", ".join(item.violations),
        duty_holder=item.duty_holder,
        photo=item.photo if asked else "",
        **_based(item.basis, definitions),
        source=item.source,
        note=item.note,
    )


_ITEM_COLUMNS = (
    *("type", "name", f"label::{ZH}", f"label::{EN}", f"hint::{ZH}", f"hint::{EN}", "relevant", "required"),
    *("constraint", "choices", "severity", "severity_when", "agency", "measures", "violation", "duty_holder", "photo"),
    *("basis", "verified", "source", "note"),
)


def _item_row(**cells: str) -> Row:
    return {name: cells.get(name, "") for name in _ITEM_COLUMNS}


def relevant(conditions: Mapping[str, Iterable[str]]) -> str:
    """Return a condition as an XLSForm expression; a fact that is not known leaves the item on."""
    parts = (
        " or ".join([f"${{{fact}}} = ''", *(f"selected(${{{fact}}}, '{value}')" for value in allowed)])
        for fact, allowed in conditions.items()
    )
    return " and ".join(f"({part})" for part in parts)


def _violation(one: Violation, definitions: Definitions) -> Row:
    return {
        "code": one.code,
        **{f"label::{ZH}": one.title.get("zh", ""), f"label::{EN}": one.title.get("en", "")},
        "relevant": relevant(one.applies_when),
        "effective_from": one.effective_from.isoformat() if one.effective_from else "",
        "effective_to": one.effective_to.isoformat() if one.effective_to else "",
        "superseded_by": one.superseded_by,
        "subject": one.subject,
        "agency": ", ".join(one.agency),
        "simple": one.simple,
        "points": one.points,
        "severity": one.severity,
        "measures": ", ".join(one.measures),
        "powers": ", ".join(one.powers),
        "duty": "\n".join(cited(basis, definitions) for basis in one.duty),
        f"penalty::{ZH}": "\n".join(_penalty(each, "zh", definitions) for each in one.penalty),
        f"penalty::{EN}": "\n".join(_penalty(each, "en", definitions) for each in one.penalty),
        "evidence": ", ".join(one.evidence),
        "verified": _yes(one.verified),
        "source": one.source,
        "note": one.note,
    }


def _penalty(one: Penalty, lang: str, definitions: Definitions) -> str:
    amounts = ("" if amount is None else str(amount) for amount in (one.min_cny, one.max_cny))
    span = "–".join(amounts)
    basis = cited(one.basis, definitions) if one.basis else ""
    kind = f"[{one.kind}]" if one.kind != "penalty" else ""
    whom = f"({one.subject})" if one.subject else ""
    return " | ".join(filter(None, (kind, basis, f"{span} CNY" if span != "–" else "", one.text.get(lang, ""), whom)))


def _rule(one: RuleCase, checklist: Checklist, definitions: Definitions) -> Row:
    item = checklist.item(one.item)
    code = one.violation or (item.violations[0] if item and item.violations else "")
    graded = next((row for row in definitions.violations if row.code == code and row.severity), None)
    severity, measures = (graded or item or one).severity, (graded or item or one).measures
    return {
        "rule": one.rule,
        "case": one.case,
        **_labels(one.text),
        "item": one.item,
        "also": ", ".join(one.also),
        "violation": code,
        "severity": severity,
        "measures": ", ".join(measures),
        **_based(one.basis or (item.basis if item else ()), definitions),
    }


def _labels(text: Mapping[str, str]) -> Row:
    return {f"label::{ZH}": text.get("zh", ""), f"label::{EN}": text.get("en", "")}


def _based(basis: tuple[Citation, ...], definitions: Definitions) -> Row:
    sure = bool(basis) and all(one.verified for one in basis)
    return {"basis": "\n".join(cited(one, definitions) for one in basis), "verified": _yes(sure) if basis else ""}


def cited(one: Citation, definitions: Definitions) -> str:
    """Return a citation as reviewers read it: short title, version, clause, days, and what is not verified."""
    law = definitions.laws.get(one.law)
    days = f"[{one.in_force_from or ''}…{one.in_force_to or ''}]" if one.in_force_from or one.in_force_to else ""
    name = (law.short if law else "") or one.law
    return " ".join(
        filter(None, (name, one.version, one.clause or "?", days, one.confidence, "" if one.verified else "待核"))
    )


def _codes(definitions: Definitions, checklist: Checklist) -> Iterator[str]:
    yield from (code for item in checklist.items() for code in item.violations)
    yield from (one.violation for one in definitions.rules.values() if one.regime == checklist.regime)


def _all_codes(definitions: Definitions) -> Iterator[str]:
    for checklist in definitions.checklists.values():
        yield from _codes(definitions, checklist)


def _yes(held: bool) -> str:
    return "yes" if held else "no"
