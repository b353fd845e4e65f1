"""Definitions as the JSON-able package that the office publishes and the tablet reads: text, whole numbers, no YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from checklists.definitions.carrier_formula import CarrierFormula
from checklists.definitions.definition import CheckedBefore, Checklist, Definitions, RuleCase, TierRow
from checklists.definitions.forms import Form
from checklists.definitions.lesson import Lesson, Slide
from checklists.law.confirmations import Confirmation, confirmed
from checklists.law.model import Evidence, GeneralRule, Law, Measure, Term, Violation
from checklists.wire import from_plain, to_plain


def publish(definitions: Definitions) -> dict[str, Any]:
    """Return the definitions as plain values; what has a name of its own stands in lists, in the order given."""
    return {
        "checklists": to_plain(list(definitions.checklists.values())),
        "laws": to_plain(list(definitions.laws.values())),
        "violations": to_plain(definitions.violations),
        "rules": to_plain(list(definitions.rules.values())),
        "acts": to_plain(definitions.acts),
        "agencies": to_plain(definitions.agencies),
        "measures": to_plain(list(definitions.measures.values())),
        "general": to_plain(definitions.general),
        "terms": to_plain(list(definitions.terms.values())),
        "evidence": to_plain(list(definitions.evidence.values())),
        "tiers": to_plain(definitions.tiers),
        "carrier_tiers": to_plain(definitions.carrier_tiers),
        "lessons": to_plain([replace(one, slides=()) for one in definitions.lessons.values()]),
        "papers": to_plain(definitions.forms),
        "checked_before": to_plain(definitions.checked_before),
        **_slides(definitions),
    }


def _slides(definitions: Definitions) -> dict[str, Any]:
    """Return the slides beside their lessons: a tablet from before there were slides refuses a lesson that has some."""
    held = {one.lesson: to_plain(one.slides) for one in definitions.lessons.values() if one.slides}
    return {"slides": held} if held else {}


def from_published(package: Mapping[str, Any]) -> Definitions:
    """Return the definitions of a package. Raises KeyError or WireError where it is not one."""
    checklists = from_plain(tuple[Checklist, ...], package["checklists"], "checklists")
    laws = from_plain(tuple[Law, ...], package["laws"], "laws")
    rules = from_plain(tuple[RuleCase, ...], package["rules"], "rules")
    measures = from_plain(tuple[Measure, ...], package["measures"], "measures")
    # A package of before there were confirmations, and of an office that has none, leaves them out.
    given = from_plain(tuple[Confirmation, ...], package.get("confirmations", ()), "confirmations")
    # A package from before there were lessons stays readable: old records are computed again from it.
    lessons = from_plain(tuple[Lesson, ...], package.get("lessons", ()), "lessons")
    slides = from_plain(dict[str, tuple[Slide, ...]], package.get("slides", {}), "slides")
    return Definitions(
        checklists={one.name: one for one in checklists},
        laws={one.id: one for one in laws},
        violations=confirmed(from_plain(tuple[Violation, ...], package["violations"], "violations"), given),
        rules={one.key: one for one in rules},
        acts=from_plain(tuple[frozenset[str], ...], package["acts"], "acts"),
        agencies=from_plain(dict[str, dict[str, str]], package["agencies"], "agencies"),
        measures={one.code: one for one in measures},
        general=from_plain(tuple[GeneralRule, ...], package["general"], "general"),
        terms={one.id: one for one in from_plain(tuple[Term, ...], package["terms"], "terms")},
        evidence={one.code: one for one in from_plain(tuple[Evidence, ...], package["evidence"], "evidence")},
        # Packages from before there were tiers stay readable.
        tiers=from_plain(tuple[TierRow, ...], package.get("tiers", []), "tiers"),
        carrier_tiers=from_plain(tuple[CarrierFormula, ...], package.get("carrier_tiers", []), "carrier_tiers"),
        lessons={one.lesson: replace(one, slides=slides.get(one.lesson, ())) for one in lessons},
        # A package of before the forms were data has none: the papers then have their titles and no version.
        forms=from_plain(tuple[Form, ...], package.get("papers", ()), "papers"),
        confirmations=given,
        # A package of before recommends nothing to whoever was checked before.
        checked_before=from_plain(CheckedBefore, package.get("checked_before", {}), "checked_before"),
    )
