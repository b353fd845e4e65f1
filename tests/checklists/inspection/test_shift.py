"""Counting a shift and setting up its post."""

import pytest

from checklists.inspection.post import SETUP, asked
from checklists.inspection.shift import compare, counts

SEAL = {"kind": "inspection", "findings": [{"severity": "I"}, {"severity": "II"}], "photos": [{}, {}]}


def test_inspections_count_by_what_was_decided_else_proposed() -> None:
    decided = {**SEAL, "outcome": {"proposed": "hold", "decided": "release"}}
    counted = counts([decided, {**SEAL, "outcome": {"proposed": "hold", "decided": None}}, {"kind": "amendment"}])
    assert counted == {
        "inspections": 2,
        "others": 1,
        "outcomes": {"hold": 1, "release": 1},
        "findings": 4,
        "severities": {"I": 2, "II": 2},
        "photos": 4,
    }


def test_nothing_counts_as_zeros() -> None:
    assert counts([]) == {"inspections": 0, "others": 0, "outcomes": {}, "findings": 0, "severities": {}, "photos": 0}


def test_equal_counts_of_other_records_are_not_equal() -> None:
    shift = {"parts": ["a"], "counts": counts([SEAL])}
    assert compare(shift, [("a", SEAL)])["equal"]
    told = compare(shift, [("b", SEAL)])
    assert (told["equal"], told["lacking"], told["extra"], told["differs"]) == (False, ["a"], ["b"], [])


@pytest.mark.parametrize(
    ("dark", "expressway", "ids"),
    [
        (False, False, ["officers_2", "signs_200_m"]),
        (True, False, ["officers_3", "signs_500_m"]),
        (False, True, ["officers_2", "expressway_place", "signs_2_km"]),
        (True, True, ["officers_3", "expressway_place", "signs_2_km"]),
    ],
)
def test_the_post_is_asked_by_light_and_road(dark, expressway, ids) -> None:
    assert [one.id for one in asked(dark=dark, expressway=expressway)] == ids


def test_every_setup_is_said_in_both_languages() -> None:
    assert all(set(one.text) == {"zh", "en"} for one in SETUP)
