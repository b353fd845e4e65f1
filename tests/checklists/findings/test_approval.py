"""A leader's approval: for which decisions it is needed, and for exactly which decision it was given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from checklists.authoring.casefile import check, read_case
from checklists.authoring.loader import ROOT
from checklists.definitions.definition import Definitions
from checklists.findings.approval import approval, decision, needed, report_due
from checklists.findings.assessment import Assessment
from checklists.goods.listing import Tables
from checklists.inspection.entries import Entry
from checklists.inspection.recheck import looked_again

AT = "2026-11-21T01:55:00.000Z"


@pytest.fixture
def story(definitions: Definitions, tables: Tables) -> Assessment:
    return check(read_case(ROOT / "examples" / "waste-acid-tanker.yaml"), definitions, tables)


def entry(kind: str, item: str, officer: str = "o1", seq: int = 1, **value: Any) -> Entry:
    return Entry(f"{kind}{item}{officer}{seq}", "i", "d", seq, officer, "T", AT, kind, item, value)


def test_holding_the_storys_tanker_needs_no_approval_and_seizing_it_does(
    definitions: Definitions, story: Assessment
) -> None:
    assert needed(definitions, story, "CN", "hold") == ()
    assert needed(definitions, story, "CN", "seize") == ("D",)
    assert needed(definitions, story, "EU", "seize") == ()


def test_a_measure_of_a_finding_needs_it_unless_the_vehicle_goes(definitions: Definitions, story: Assessment) -> None:
    asked = replace(story, proposal=replace(story.proposal, approval=("D",)))
    assert needed(definitions, asked, "CN", "hold") == ("D",)
    assert needed(definitions, asked, "CN", "release_after_correction") == ()


def test_an_approval_counts_for_its_very_decision_only() -> None:
    decided = {"proposed": "hold", "decided": "seize", "reason": None}
    named = decision(decided, ("D",))
    given = [entry("signature", "leader:周", role="leader", decision=named)]
    assert not approval(given, ("D",), decided).lacking
    assert approval(given, ("D",), {**decided, "reason": "泄漏"}).lacking
    assert approval(given, ("D", "X"), decided).lacking
    assert not approval((), (), decided).lacking


def test_an_urgent_measure_goes_on_and_is_reported_within_a_day(definitions: Definitions, tables: Tables) -> None:
    decided = {"decided": "seize"}
    note = entry("note", "approval", urgent=True, decision=decision(decided, ("D",)))
    held = approval([note], ("D",), decided)
    assert (held.lacking, held.urgent) == (False, note)
    at = datetime(2026, 11, 21, 1, 55, tzinfo=UTC)
    assert report_due(definitions, tables, at) == at + timedelta(hours=24)


def test_what_was_looked_at_again_is_corrected_unless_two_officers_differ() -> None:
    good = entry("note", "recheck:EQP-14", result="corrected")
    bad = entry("note", "recheck:EQP-14", officer="o2", seq=2, result="not_corrected")
    assert looked_again([good]).corrected("EQP-14") == good
    assert looked_again([good, bad]).corrected("EQP-14") is None
    assert looked_again([good, replace(bad, officer=good.officer)]).corrected("EQP-14") is None


def test_a_note_of_one_fault_says_nothing_of_the_others_and_one_of_the_item_speaks_of_all() -> None:
    one = entry("note", "recheck:EQP-02#a", seq=2, result="corrected")
    assert looked_again([one]).corrected("EQP-02#a") == one
    assert looked_again([one]).corrected("EQP-02#b") is None and looked_again([one]).last("EQP-02") is None
    whole = entry("note", "recheck:EQP-02", result="corrected")
    assert looked_again([whole]).corrected("EQP-02#b") == whole
    later = replace(one, value={"result": "not_corrected"})
    assert looked_again([whole, later]).corrected("EQP-02#a") is None
    assert looked_again([whole, replace(later, officer="o2")]).corrected("EQP-02#a") is None
