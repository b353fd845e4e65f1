"""The draw of control photos: fixed by the inspection, more of it for a higher tier."""

from __future__ import annotations

from collections import Counter

import pytest

from checklists.findings.applicability import facts
from checklists.findings.control_photos import QUICK_RATES, draw
from checklists.law.cases import holds
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


@pytest.mark.parametrize("level", ["low", "medium", "high", "?"])
def test_of_quick_checks_a_share_is_drawn_in_every_tier(level):
    drawn = sum(len(draw(f"check-{n}", level, ITEMS, quick=True)) for n in range(400))
    assert drawn / 4 == pytest.approx(QUICK_RATES.get(level, 200), abs=6)


def test_no_paper_is_drawn_that_this_load_may_not_have():
    known = facts(valid(arrived()).context)
    drawn = {one.item for n in range(200) for one in draw(f"check-{n}", "high", ITEMS, known=known)}
    may = {one.item for n in range(200) for one in draw(f"check-{n}", "high", ITEMS)}
    sure = {one.item.id for one in ITEMS if holds(one.item.applies_when, known)}
    assert drawn <= sure and may - sure


def test_only_what_a_picture_can_show_is_drawn_and_never_two_of_a_section():
    for n in range(60):
        sections = [one.section for one in draw(f"check-{n}", "high", ITEMS)]
        assert len(set(sections)) == len(sections) == 2
        assert not {"OPR", "EDU"} & set(sections)


def test_where_nothing_is_open_nothing_is_drawn():
    assert all(one.section == "LOD" for one in draw("check-1", "high", cleared(valid(arrived())).assessment.items))
