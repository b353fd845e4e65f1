from datetime import datetime, timedelta

import pytest

from checklists.facts.registry import LISTS
from mobile.inspecting import acts
from tests.mobile.story import after, arrived, cleared, nothing, registry, seen, valid


def test_the_registry_is_asked_for_vehicle_trailer_tank_carrier_and_people():
    facts = {one.item: one.value for one in acts.look_up(arrived())}
    assert set(facts) == {"vehicle", "trailer", "tank", "carrier", "driver", "escort", *LISTS}
    assert facts["trailer"]["as_of"] == "2026-11-20T00:00:00.000Z" and facts["trailer"]["source"] == "registry"
    assert facts["tank"]["data"] == registry()["tank", "G2019-0815"]["data"]


def test_clearing_never_answers_what_a_rule_cannot_tell_or_found():
    drafts = acts.clear_section(seen(), "LIC", 1200)
    cleared_items = drafts[-1].value["items"]
    assert not {"LIC-07", "LIC-10", "LIC-11"} & set(cleared_items)
    assert "LIC-01" in cleared_items and drafts[-1].value["dwell_ms"] == 1200


def test_clearing_leaves_an_officers_own_answer_alone():
    held = after(arrived(), acts.answer("TNK-05", "does_not_conform"))
    assert "TNK-05" not in acts.clear_section(held, "TNK", 1)[-1].value["items"]
    done = after(held, acts.clear_section(held, "TNK", 1))
    assert "TNK-05" in {one.item for one in done.assessment.findings}


def test_clearing_where_nothing_is_known_states_no_fact():
    assert [one.kind for one in acts.clear_section(nothing(), "EQP", 1)] == ["section_clear"]


def test_clearing_twice_adds_no_finding_and_opens_nothing():
    held = cleared(valid(arrived()))
    assert cleared(held).assessment.findings == held.assessment.findings
    assert cleared(held).assessment.open == held.assessment.open


def test_an_answer_holds_only_what_was_said():
    assert dict(acts.answer("TNK-05", "conforms", note="", severity=None)[0].value) == {"result": "conforms"}


def test_a_lighter_decision_needs_a_reason_and_keeps_the_proposal_beside_it():
    with pytest.raises(ValueError, match="reason"):
        acts.decide(seen(), "release")
    proposal, decision = acts.decide(seen(), "release_after_correction", "已就近卸载")
    assert proposal.value == {"proposed": "hold"} and decision.value["reason"] == "已就近卸载"


def test_a_missing_orange_plate_is_a_fact_of_its_own():
    held = after(arrived(), acts.see_panel("rear", None, None, present=False))
    assert "panel_missing" in {one.case for one in held.assessment.findings}


def test_what_is_really_loaded_can_be_taken_back():
    held = after(seen(), acts.see_goods("1832"), acts.see_goods(None))
    assert held.assessment.situation.seen.goods is None


def test_the_depth_that_an_officer_chose_is_what_is_asked_and_another_than_proposed_needs_a_reason():
    held = arrived()
    quick = after(held, acts.choose_depth("fast-lane", "fast-lane"))
    assert (held.checklist, quick.checklist) == ("cn-joint", "fast-lane")
    assert len(quick.assessment.items) < len(held.assessment.items)
    with pytest.raises(ValueError):
        acts.choose_depth("fast-lane", "cn-joint", " ")


def test_how_long_somebody_looked_is_left_out_where_the_clock_was_set_back():
    now = datetime.fromisoformat("2026-11-21T01:30:00.000Z")
    assert acts.spent_ms(now, now + timedelta(seconds=3)) == 3000
    assert acts.spent_ms(now, now - timedelta(hours=2)) is None
    assert "dwell_ms" not in acts.clear_section(seen(), "LIC", None)[-1].value
    (answer,) = acts.looked(acts.answer("TNK-05", "conforms"), None)
    assert "dwell_ms" not in answer.value
