"""R21: the same violation within twelve months, under the plate, the credit code or the identity number."""

import pytest

from checklists.facts.situation import situation
from checklists.rules.repeats import repeated

BEFORE = {"violation": "CN-OPR-01", "on": "2026-06-01", "keys": ["蒙K12345"], "number": "A-1"}


def found(clean, past, *violations):
    return list(repeated(situation({**clean, "past": past}), violations or ["CN-OPR-01"]))


@pytest.mark.parametrize(
    ("on", "name"), [("vehicle", "plate"), ("trailer", "plate"), ("carrier", "uscc"), ("driver", "id_number")]
)
def test_the_same_violation_under_any_of_the_keys_is_a_repeat(clean, on, name):
    written = " ".join(clean[on][name]).lower()
    assert [one.subject for one in found(clean, [{**BEFORE, "keys": [written]}])] == ["CN-OPR-01"]


@pytest.mark.parametrize(
    ("changes", "repeats"),
    [
        ({"on": "2025-11-21"}, 1),
        ({"on": "2025-11-20"}, 0),
        ({"on": "2026-11-20"}, 1),
        ({"on": "2026-11-21"}, 0),
        ({"keys": ["蒙K99999"]}, 0),
        ({"keys": []}, 0),
        ({"violation": "CN-OPR-02"}, 0),
    ],
)
def test_it_has_to_be_the_same_within_a_year_and_before_today(clean, changes, repeats):
    assert len(found(clean, [{**BEFORE, **changes}])) == repeats


def test_several_repeats_of_one_violation_are_one_answer_in_order(clean):
    other = {**BEFORE, "on": "2026-01-15", "number": "A-0"}
    one, back = found(clean, [BEFORE, other]), found(clean, [other, BEFORE])
    assert one == back
    assert [value.value for value in one[0].values] == ["2026-01-15 A-0 蒙K12345", "2026-06-01 A-1 蒙K12345"]


def test_each_violation_is_told_once_however_often_it_was_found(clean):
    assert len(found(clean, [BEFORE], "CN-OPR-01", "CN-OPR-01", "")) == 1


def test_without_history_nothing_is_said(clean):
    assert found(clean, None) == []


def test_the_leap_day_goes_back_to_the_last_of_february(clean):
    held = {**clean, "at": "2028-02-29T10:00:00+08:00", "past": [{**BEFORE, "on": "2027-02-28"}]}
    assert len(list(repeated(situation(held), ["CN-OPR-01"]))) == 1
