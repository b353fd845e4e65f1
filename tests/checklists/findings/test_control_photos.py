"""The draw of control photos: fixed by the inspection, more of it for a higher tier."""

from __future__ import annotations

from collections import Counter

import pytest

from checklists.findings.control_photos import draw
from tests.mobile.story import arrived, cleared, valid

ITEMS = valid(arrived()).assessment.items


def test_the_same_inspection_draws_the_same_whenever_it_is_asked():
    assert draw("check-7", "medium", ITEMS) == draw("check-7", "medium", tuple(reversed(ITEMS)))[::-1]


def test_another_inspection_draws_something_else():
    assert len({draw(f"check-{n}", "low", ITEMS) for n in range(40)}) > 10


@pytest.mark.parametrize(("level", "least", "most"), [("low", 1, 1), ("medium", 1, 2), ("high", 2, 2), ("?", 2, 2)])
def test_a_full_check_always_has_one_and_a_high_tier_two(level, least, most):
    counts = Counter(len(draw(f"check-{n}", level, ITEMS)) for n in range(60))
    assert (min(counts), max(counts)) == (least, most)


def test_a_quick_check_has_none_unless_the_tier_is_high():
    assert draw("check-1", "low", ITEMS, quick=True) == draw("check-1", "medium", ITEMS, quick=True) == ()
    assert len(draw("check-1", "high", ITEMS, quick=True)) == 1


def test_only_what_a_picture_can_show_is_drawn_and_never_two_of_a_section():
    for n in range(60):
        sections = [one.section for one in draw(f"check-{n}", "high", ITEMS)]
        assert len(set(sections)) == len(sections) == 2
        assert not {"OPR", "EDU"} & set(sections)


def test_where_nothing_is_open_nothing_is_drawn():
    assert all(one.section == "LOD" for one in draw("check-1", "high", cleared(valid(arrived())).assessment.items))
