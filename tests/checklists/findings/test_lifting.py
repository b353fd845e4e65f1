"""What lifts a hold after the seal: put right is what was seen, and a leader stands in for what was not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checklists.authoring.casefile import check, read_case
from checklists.authoring.loader import ROOT
from checklists.definitions.definition import Definitions
from checklists.findings.approval import AGAINST_STOP
from checklists.findings.assessment import Assessment
from checklists.findings.fault import fault
from checklists.findings.lifting import AGAINST_FINDING, approvals, still_holds, unmended, ways
from checklists.goods.listing import Tables
from checklists.inspection.entries import Entry
from checklists.inspection.recheck import looked_again


@pytest.fixture
def story(definitions: Definitions, tables: Tables) -> Assessment:
    return check(read_case(ROOT / "examples" / "waste-acid-tanker.yaml"), definitions, tables)


def test_what_nobody_saw_to_be_put_right_is_left(definitions: Definitions, story: Assessment) -> None:
    notes = tuple(
        Entry(f"n{at}", "i", "d", at, "o", "T", "", "note", f"recheck:{fault(one)}", {"result": "corrected"})
        for at, one in enumerate(story.findings)
    )
    assert unmended(story, looked_again(notes)) == ()
    assert unmended(story, looked_again(notes[1:])) == story.findings[:1]
    assert not still_holds(definitions, ()) and still_holds(definitions, story.findings)


def test_put_right_is_only_said_where_something_was_found_and_all_of_it_was(story: Assessment) -> None:
    found = story.findings
    assert ways(found, (), deadline=True) == ("release_after_correction",)
    assert ways(found, found[:1], deadline=False) == ("release",)
    assert ways(found, found[:1], deadline=True) == ("correct_by_deadline", "release")
    assert ways((), (), deadline=False) == ("release",)


def test_a_leader_ends_what_a_leader_approved_and_stands_in_for_what_is_left(
    definitions: Definitions, story: Assessment
) -> None:
    grave = [one for one in story.findings if one.severity == "I"]
    light = [replace(one, severity="III", measures=("L",)) for one in story.findings]
    assert approvals(definitions, story, (), ("D", AGAINST_STOP)) == ("D",)
    assert approvals(definitions, story, grave, ()) == (AGAINST_FINDING,)
    assert approvals(definitions, story, light, ()) == ()
