"""Deciding on the spot (当场行政处罚): whether a finding may be, within which amounts, and the decision on paper.

The officer chooses an amount inside the range that the law sets and up to the limit of the procedure; none is proposed.
Only a range whose clause is verified counts, and one act that may be fined elsewhere too is left to the office.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from checklists import words
from checklists.definitions.citation import citable, cite
from checklists.definitions.definition import Definitions
from checklists.facts.parties import kind_of
from checklists.findings.finding import Assessment, Finding
from checklists.law.model import Citation, GeneralRule, Violation
from checklists.law.simple_procedure import limits_for
from checklists.papers.amounts import capital
from checklists.papers.paper import Block, Notice, signature
from checklists.papers.paragraphs import (
    Facts,
    duties,
    fact,
    form_of,
    notice,
    party_head,
    sentence,
    stated,
    with_clauses,
)
from checklists.values import frozen


def _(message: str) -> str:
    return message


@frozen
class Range:
    """The amounts in yuan, both included, that may be decided on the spot by one clause."""

    basis: Citation
    least: int
    most: int


@frozen
class OnTheSpot:
    """Whether a finding may be decided on the spot. `because` is a code of `words.SPOT_REASONS` or SIMPLE_REASONS."""

    because: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    ranges: tuple[Range, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether there is a range to choose from."""
        return bool(self.ranges)

    def range_of(self, amount_cny: int) -> Range | None:
        """Return the range in which an amount lies, or None."""
        return next((one for one in self.ranges if one.least <= amount_cny <= one.most), None)


def on_the_spot(definitions: Definitions, one: Finding, ours: str, day: date) -> OnTheSpot:
    """Return whether officers of the agency `ours` may decide the finding here, and why not."""
    if not one.violation:
        return OnTheSpot("no_violation")
    if one.agency != ours:
        return OnTheSpot("other_agency")
    if one.acts:
        return OnTheSpot("one_act", {"codes": "、".join(one.acts)})
    if one.simple not in ("yes", "partly"):
        return OnTheSpot(one.simple_because.code or "not_simple", one.simple_because.values)
    if not one.party.name:
        return OnTheSpot("party_unnamed")
    if not duties(definitions, one, day, "zh_CN"):
        return OnTheSpot("duty_unverified")
    rule = _limits(definitions, one)
    limit = rule.limits_cny.get(kind_of(one.party)) if rule else None
    if limit is None:
        return OnTheSpot("party_unknown", {"limits": "—"})
    ranges = tuple(_ranges(definitions, one, limit, day))
    return OnTheSpot("on_the_spot", {"limit": str(limit)}, ranges) if ranges else OnTheSpot("penalty_unverified")


def penalty_decision(
    definitions: Definitions,
    assessment: Assessment,
    facts: Facts,
    one: Finding,
    amount_cny: int,
    ours: str,
    lang: str = "zh_CN",
) -> Notice:
    """Return the decision. Raises ValueError for an amount that may not be decided on the spot."""
    say, day = words.say(lang), assessment.situation.day
    spot = on_the_spot(definitions, one, ours, day)
    held = spot.range_of(amount_cny)
    if held is None:
        raise ValueError(f"{amount_cny} yuan may not be decided on the spot for {one.violation} ({spot.because})")
    form = form_of(definitions, "penalty", facts)
    term = definitions.terms.get("payment")
    days = str(term.amount) if term and term.amount else "____"
    decided = say(_("{basis}: a fine of {amount} yuan ({capital}).")).format(
        basis=cite(definitions, held.basis, lang), amount=f"{amount_cny:,}", capital=capital(amount_cny)
    )
    blocks = [
        Block("table", rows=party_head(assessment.situation, facts, one.party, lang)),
        Block("heading", say(_("Facts"))),
        Block("text", "\n".join(part for part in (f"{fact(one, lang)}（{'、'.join(one.items)}）", one.note) if part)),
        Block("heading", say(_("Rules broken"))),
        Block("text", "；".join(duties(definitions, one, day, lang))),
        Block("heading", say(_("Decision"))),
        Block("text", with_clauses(definitions, decided, (_procedure(definitions, one),), day, lang)),
        Block("text", with_clauses(definitions, sentence(form, "pay", lang, days=days), ("payment",), day, lang)),
        Block("text", with_clauses(definitions, sentence(form, "late", lang), ("surcharge",), day, lang)),
        Block("text", sentence(form, "told", lang)),
        Block("heading", say(_("Statement and defence of the party"))),
        Block("text", stated(facts, lang)),
        Block("text", sentence(form, "remedies", lang)),
        *(signature(each, say) for each in facts.signatures),
    ]
    return notice(form, facts, blocks, lang)


def _procedure(definitions: Definitions, one: Finding) -> str:
    rule = _limits(definitions, one)
    return rule.use if rule else ""


def _limits(definitions: Definitions, one: Finding) -> GeneralRule | None:
    return limits_for(Violation(one.violation, {}, agency=(one.agency,)), definitions.general)


def _ranges(definitions: Definitions, one: Finding, limit: int, day: date) -> list[Range]:
    found = []
    for penalty in one.penalty:
        if (
            penalty.subject
            or penalty.basis is None
            or penalty.max_cny is None
            or not citable(definitions, [penalty.basis], day)
        ):
            continue
        least, most = max(penalty.min_cny or 1, 1), min(penalty.max_cny, limit)
        if least <= most:
            found.append(Range(penalty.basis, least, most))
    return found
