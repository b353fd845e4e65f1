"""The formula for carriers is checked before it is published: each fault by name, and ours has none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from checklists.authoring.formula_check import check_formulas
from checklists.authoring.text_tree import Report
from checklists.definitions.carrier_formula import CarrierFormula, Decay, Weight
from checklists.definitions.definition import Definitions
from checklists.definitions.publication import from_published, publish
from tests.loaded import load_all

OURS = load_all().carrier_tiers
FORMULA = replace(OURS[0], in_force_to=None)


def faults(*formulas: CarrierFormula) -> str:
    report = Report()
    for one in (*formulas, *(weight for each in formulas for weight in each.weights)):
        report.places[id(one)] = ("carrier_tiers.yaml", 1)  # as the loader notes it
    check_formulas(Definitions(carrier_tiers=formulas), report)
    return "\n".join(str(one) for one in report.problems)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"decay": ()}, "decay is empty"),
        ({"decay": (Decay(90, 50), Decay(180, 100))}, "what is older counts more"),
        ({"holders": {"postman": 100}}, "unknown holder 'postman'"),
        ({"holders": {"carrier": 120}}, "no share of a hundred"),
        ({"rejects": ("IV",)}, "unknown severity 'IV'"),
        ({"full_percent": 0}, "full_percent is below 1"),
        ({"tighten_of": 1}, "fewer are looked at"),
        ({"reduce_below": 99}, "more points may reduce than tighten"),
        ({"weights": (Weight("rumour", 5),)}, "unknown counted 'rumour'"),
    ],
)
def test_a_fault_is_named(changes: dict[str, Any], said: str) -> None:
    assert said in faults(replace(FORMULA, **changes))


def test_two_versions_never_hold_on_one_day() -> None:
    second = replace(FORMULA, version="2", in_force_from=date(2027, 1, 1))
    assert "is in force beside 2" in faults(FORMULA, second)
    assert faults(replace(FORMULA, in_force_to=date(2026, 12, 31)), second) == ""
    assert "two formulas have one version" in faults(FORMULA, FORMULA)


def test_ours_has_no_fault_claims_no_law_and_survives_publishing() -> None:
    assert faults(*OURS) == "" and {(one.source, one.verified) for one in OURS} == {("own", False)}
    package = publish(load_all())
    assert from_published(package).carrier_tiers == OURS
    del package["carrier_tiers"]
    assert from_published(package).carrier_tiers == ()
