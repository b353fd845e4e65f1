"""Every field of a paper has a place in a situation, and what is needed of a paper comes first, its day last."""

import pytest

from checklists.facts.carried import KINDS, QUANTITIES, differs, papers
from checklists.facts.situation import Situation
from checklists.inspection.entries import keys_of
from checklists.wire import from_plain

VEHICLES = [(trailer, tank) for trailer in (False, True) for tank in (False, True)]
PLAIN = {"scope": ["8"], "media": ["1830"], "day": "2028-01-31", "mass": 9000, "volume": 24000}


@pytest.mark.parametrize(("trailer", "tank"), VEHICLES)
def test_each_field_is_a_fact_that_a_situation_takes(trailer, tank):
    for paper in papers(trailer=trailer, tank=tank):
        for one in paper.fields:
            keys = keys_of(one.path)
            assert keys is not None and one.kind in KINDS, one.path
            data = PLAIN.get(one.kind, "text")
            for key in reversed(keys):
                data = {key: data}
            from_plain(Situation, {"at": "2026-11-21T01:30:00.000Z", **data})
        assert not paper.absent or keys_of(paper.absent)


@pytest.mark.parametrize(("trailer", "tank"), VEHICLES)
def test_what_is_needed_stands_first_and_ends_with_the_day(trailer, tank):
    for paper in papers(trailer=trailer, tank=tank)[:-1]:
        needed = [one.needed for one in paper.fields]
        assert needed == sorted(needed, reverse=True)
        assert [one.kind for one in paper.fields if one.needed][-1] == "day"


def test_a_trailer_and_a_tank_bring_their_papers():
    keys = {one.key for one in papers(trailer=True, tank=True)}
    assert keys - {one.key for one in papers(trailer=False, tank=False)} == {
        *("trailer_permit", "trailer_licence", "tank_report"),
    }


def test_the_tank_is_permitted_with_what_carries_it():
    def permitted(*, trailer):
        return {one.path for paper in papers(trailer=trailer, tank=True) for one in paper.fields} & {
            *("vehicle.tank", "trailer.tank"),
        }

    assert (permitted(trailer=True), permitted(trailer=False)) == ({"trailer.tank"}, {"vehicle.tank"})


def test_a_number_is_in_whole_kilograms_or_litres():
    assert {kind: one.unit for kind, one in QUANTITIES.items()} == {"mass": "kg", "volume": "m³"}
    assert QUANTITIES["volume"].per_unit == 1000


@pytest.mark.parametrize(
    ("paper", "registry", "otherwise"),
    [
        ("2028-01-31", "2028-01-31", False),
        ("2028-01-31", "2027-01-31", True),
        (["8", "3"], ["3", "8"], False),
        (["8"], ["3", "8"], True),
        (["1830", "等"], ["UN 1830", "UN 1832"], False),
        (["1203", "等"], ["UN 1830", "UN 1832"], True),
        (9000, 9000, False),
    ],
)
def test_a_list_that_was_read_in_part_differs_by_what_it_names(paper, registry, otherwise):
    assert differs(paper, registry) == otherwise
