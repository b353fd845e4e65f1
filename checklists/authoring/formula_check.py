"""What must hold of the formula for carriers once its file is well formed: known names, dates, sane numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from checklists.authoring.text_tree import Report, close_to
from checklists.definitions.carrier_formula import CARRIER_COUNTED, CarrierFormula
from checklists.definitions.definition import SEVERITIES, Definitions
from checklists.law.model import SUBJECTS

_HOLDERS = (*SUBJECTS, "escort")


def check_formulas(definitions: Definitions, report: Report) -> None:
    """Report every fault of the versions, and versions that hold on the same day."""
    for one in definitions.carrier_tiers:
        for name, text in _faults(one):
            report.about(one, f"formula {one.version}: {text}", "see checklists/definitions/carrier_formula.py", name)
        for each in one.weights:
            if each.counted not in CARRIER_COUNTED:
                hint = close_to(each.counted, CARRIER_COUNTED)
                report.about(each, f"unknown counted {each.counted!r}", hint, "counted")
    _check_days(definitions.carrier_tiers, report)


def _faults(one: CarrierFormula) -> Iterator[tuple[str, str]]:
    """Yield the field and what is wrong with it."""
    steps = [(each.until_days, each.percent) for each in one.decay]
    if not steps or steps != sorted(steps, key=lambda each: (each[0], -each[1])) or len(dict(steps)) < len(steps):
        yield "decay", "decay is empty or not in the order of days"
    if [percent for _days, percent in steps] != sorted((percent for _days, percent in steps), reverse=True):
        yield "decay", "what is older counts more"
    named = [*one.rejects, *(severity for each in one.weights for severity in each.when)]
    for severity in named:
        if severity not in SEVERITIES:
            yield "rejects", f"unknown severity {severity!r}"
    for role in one.holders:
        if role not in _HOLDERS:
            yield "holders", f"unknown holder {role!r}"
    shares: Mapping[str, int] = {**one.holders, "full_percent": one.full_percent}
    for name, percent in [*shares.items(), *(("decay", percent) for _days, percent in steps)]:
        if not 0 <= percent <= 100:
            yield "full_percent" if name == "full_percent" else "decay", f"{name} {percent} is no share of a hundred"
    for name in ("least", "tighten_count", "per_checks", "relax", "reduce", "hand_days", "full_percent"):
        if getattr(one, name) < 1:
            yield name, f"{name} is below 1: then it would never be looked at, or at once"
    if one.tighten_of < one.tighten_count:
        yield "tighten_of", "fewer are looked at than are needed"
    if one.reduce_below > one.tighten_from:
        yield "reduce_below", "more points may reduce than tighten"


def _check_days(formulas: tuple[CarrierFormula, ...], report: Report) -> None:
    if len({one.version for one in formulas}) < len(formulas):
        report.about(formulas[-1], "two formulas have one version", "give the new one the next", "version")
    ordered = sorted(formulas, key=lambda one: one.in_force_from)
    for one, following in pairwise(ordered):
        if one.in_force_to is None or one.in_force_to >= following.in_force_from:
            hint = f"end it on the day before {following.in_force_from.isoformat()}"
            report.about(one, f"formula {one.version} is in force beside {following.version}", hint, "in_force_to")
