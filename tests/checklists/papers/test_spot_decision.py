"""Deciding on the spot: only inside the law's range and the procedure's limit, and never a guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from checklists.definitions.definition import Definitions
from checklists.facts.parties import Party
from checklists.findings.assessment import Finding
from checklists.law.model import Citation, Penalty
from checklists.papers.amounts import capital
from checklists.papers.spot_decision import on_the_spot

DAY = date(2026, 11, 21)
ARTICLE = Citation("road-traffic-safety-law", "2021-04-29", "90", verified=True)
DUTY = Citation("road-transport-regulation", "2023-07-20", "28", verified=True)


@pytest.fixture
def tired() -> Finding:
    penalty = Penalty(ARTICLE, 20, 200)
    held = Finding("OPR-05", "P", "II", ("R",), Party("driver", "张建国"), {"zh": "疲劳驾驶"}, violation="CN-OPR-05")
    return replace(held, duty=(DUTY,), penalty=(penalty,), simple="yes")


def test_the_range_is_the_laws_up_to_the_limit_of_the_procedure(definitions: Definitions, tired: Finding) -> None:
    spot = on_the_spot(definitions, tired, "P", DAY)
    assert spot.allowed
    assert [(one.least, one.most) for one in spot.ranges] == [(20, 200)]
    partly = replace(tired, simple="partly", penalty=(Penalty(ARTICLE, 100, 2000),))
    assert [(one.least, one.most) for one in on_the_spot(definitions, partly, "P", DAY).ranges] == [(100, 200)]


@pytest.mark.parametrize(("amount", "inside"), [(0, False), (19, False), (20, True), (200, True), (201, False)])
def test_an_amount_is_inside_or_not(definitions: Definitions, tired: Finding, amount: int, inside: bool) -> None:
    assert bool(on_the_spot(definitions, tired, "P", DAY).range_of(amount)) is inside


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"violation": ""}, "no_violation"),
        ({"agency": "T"}, "other_agency"),
        ({"acts": ("CN-OPR-02",)}, "one_act"),
        ({"simple": "no"}, "not_simple"),
        ({"simple": "unknown"}, "not_simple"),
        ({"duty": ()}, "duty_unverified"),
        ({"duty": (replace(DUTY, verified=False),)}, "duty_unverified"),
        ({"party": Party("owner", "某某")}, "party_unknown"),
        ({"party": Party("driver")}, "party_unnamed"),
        ({"penalty": (Penalty(replace(ARTICLE, verified=False), 20, 200),)}, "penalty_unverified"),
        ({"penalty": (Penalty(ARTICLE, 20, None),)}, "penalty_unverified"),
        ({"penalty": (Penalty(ARTICLE, 500, 2000),)}, "penalty_unverified"),
        ({"penalty": ()}, "penalty_unverified"),
    ],
)
def test_why_it_may_not(definitions: Definitions, tired: Finding, changes: dict, because: str) -> None:  # type: ignore[type-arg]
    spot = on_the_spot(definitions, replace(tired, **changes), "P", DAY)
    assert (spot.allowed, spot.because) == (False, because)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (20, "贰拾元整"),
        (105, "壹佰零伍元整"),
        (200, "贰佰元整"),
        (1200, "壹仟贰佰元整"),
        (3000, "叁仟元整"),
        (3005, "叁仟零伍元整"),
        (30_000, "叁万元整"),
        (100_050, "壹拾万零伍拾元整"),
    ],
)
def test_amounts_are_written_out_as_on_official_papers(amount: int, written: str) -> None:
    assert capital(amount) == written
