"""One act, one finding: what several lines of the list see of one fact is joined, with the grounds of each.

Extinguishers out of date are too few extinguishers as well; that a load is beyond the scope an officer sees on the
licence and a rule on the waybill. Which cases and items are so is data: `part_of` and `same_as` of a rule's row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from checklists.findings.finding import Finding
from checklists.findings.item_findings import Rows
from checklists.findings.outcome import SEVERITIES

Part = TypeVar("Part")


def joined(rows: Rows, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings in their order, each fact once: the first line of the list that saw it stands for the rest.

    What a rule found stands before what an officer found besides.
    """
    heads: list[Finding] = []
    for one in sorted(findings, key=lambda one: not one.rule):
        place = next((place for place, head in enumerate(heads) if _is_one_fact(rows, head, one)), None)
        if place is None:
            heads.append(one)
        else:
            heads[place] = _join(heads[place], one)
    order = {one.item: place for place, one in reversed(list(enumerate(findings)))}
    return tuple(sorted(heads, key=lambda one: order[one.item]))


def _is_one_fact(rows: Rows, head: Finding, one: Finding) -> bool:
    """Whether two findings of different lines are one fact: the same violation of the same party, as the data say."""
    if head.item == one.item or not head.rule or not one.violation:
        return False
    if (head.violation, head.agency, head.party) != (one.violation, one.agency, one.party):
        return False
    if one.rule:
        return one.rule == head.rule and rows.whole(one.rule, one.case) == rows.whole(head.rule, head.case)
    return one.item in rows.same_as(head.rule, head.case)


def _join(head: Finding, one: Finding) -> Finding:
    said = "；".join(part for part in (head.note, one.note) if part)
    return replace(
        head,
        severity=min((head.severity, one.severity), key=_rank),
        measures=_both(head.measures, one.measures),
        text=_texts(head.text, one.text) if one.rule else head.text,
        subject="、".join(part for part in (head.subject, one.subject) if part),
        joined=(*head.joined, one.item),
        also_agencies=_both(head.also_agencies, one.also_agencies),
        values=_both(head.values, one.values),
        basis=_both(head.basis, one.basis),
        entry=head.entry or one.entry,
        photos=_both(head.photos, one.photos),
        note=said,
    )


def _rank(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)


def _both(one: tuple[Part, ...], other: tuple[Part, ...]) -> tuple[Part, ...]:
    return one + tuple(part for part in other if part not in one)


def _texts(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    marks = {"zh": "；"}
    return {lang: text + marks.get(lang, "; ") + other[lang] if lang in other else text for lang, text in one.items()}
