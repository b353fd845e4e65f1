"""Twelve lines of goods, and one among them that may not travel with the others."""

from datetime import UTC, datetime

import pytest

from checklists.papers.notices import Facts
from checklists.papers.paragraphs import finding_blocks
from mobile.inspecting import acts
from mobile.screens.deviation.state import Sheet, deviation_state
from mobile.screens.section.state import section_state
from mobile.screens.snapshot.state import snapshot_state
from mobile.words import words
from tests.mobile.story import after, arrived

NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
PAINTS = ("1090", "1170", "1203", "1219", "1230", "1263", "1294", "1307", "1866", "1993", "2055")


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def mixed():
    lines = [{"un": un, "net_mass_kg": 50} for un in ("0336", *PAINTS)]
    return arrived(lines=lines)


def test_one_culprit_among_twelve_lines_is_one_box_that_names_it_and_all_others():
    (told,) = (one for one in deviation_state(mixed(), Sheet("LOD-11")).compared if one.verdict == "conflict")
    (_what, culprit, _source), (_with, others, _none), (_basis, rule, _worked_out) = told.rows
    assert culprit == "UN 0336 (1.4G)"
    assert [one[3:7] for one in others.split("、")] == list(PAINTS) and "UN 1203 (3)" in others
    assert len({told.id, *told.also}) == len(PAINTS) and "7.5.2.1" in rule


def test_the_line_of_the_list_shows_it_once():
    (row,) = (one for one in section_state(mixed(), "LOD").rows if one.item == "LOD-11")
    assert len([one for one in row.lights if one.verdict == "conflict"]) == 1


def test_the_snapshot_says_it_in_one_line():
    (light,) = (one for one in snapshot_state(mixed(), NOW).lights if one.rule == "R11")
    (said,) = light.reasons
    assert all(un in said for un in ("0336", *PAINTS))


def loaded(*uns):
    held = arrived(lines=[{"un": un, "net_mass_kg": 50} for un in uns])
    return [one for one in deviation_state(held, Sheet("LOD-11")).compared if one.verdict == "cannot_tell"]


def test_what_two_goods_would_do_to_each_other_is_told_of_many_as_of_one_pair():
    cyanide = "hydrogen cyanide"
    (pair,), (group,) = loaded("1689", "1830"), loaded("1689", "1789", "1830")
    assert len(group.also) == 1
    assert all(any(cyanide in value for _what, value, _source in one.rows) for one in (pair, group))


def test_pairs_that_do_different_things_to_each_other_are_told_apart():
    told = loaded("1942", "1830", "1203", "2014")
    assert all(not one.also for one in told)
    assert len({value for one in told for _what, value, _source in one.rows if " × " in value}) == len(told) == 3


def test_set_aside_is_the_whole_or_what_is_left_is_told_apart():
    held = mixed()
    results = {one.id: one for one in held.assessment.results}
    (told,) = (one for one in deviation_state(held, Sheet("LOD-11")).compared if one.verdict == "conflict")
    one = after(held, acts.override(results[told.id], "misread"))
    kept, aside = deviation_state(one, Sheet("LOD-11")).compared
    assert {one.overridden: len(one.also) for one in (kept, aside)} == {"misread": 0, "": len(PAINTS) - 2}


def test_the_paper_says_it_in_one_sentence():
    held = mixed()
    (finding,) = (one for one in held.assessment.findings if one.item == "LOD-11")
    facts = Facts("D01-X000001", "x", "x", held.assessment.situation.at, (), "hold", ())
    (block,) = finding_blocks(held.kit.definitions, [finding], facts, held.assessment.situation.day, "zh", handled=True)
    said = next(line for line in block.text.splitlines() if "同车" in line)
    assert said == "UN 0336 与 " + "、".join(f"UN {un}" for un in PAINTS) + " 同车"
