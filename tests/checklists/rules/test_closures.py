"""R19: every closing device that the tank has is shut; what nobody looked at is open."""

import pytest

from checklists.facts.situation import situation
from checklists.inspection.entries import place
from checklists.rules.closures import DEVICES, devices, path
from checklists.rules.context import Context

WRONG = [
    ("seen__emergency_valve", "open", "emergency_valve_open"),
    ("seen__emergency_valve", "broken", "emergency_valve_broken"),
    ("seen__emergency_valve", "missing", "emergency_valve_missing"),
    ("seen__closures__valve", "open", "valve_open"),
    ("seen__closures__valve", "missing", "valve_missing"),
    ("seen__closures__cap", "open", "cap_open"),
    ("seen__closures__cap", "missing", "cap_missing"),
    ("seen__closures__manhole", "open", "manhole_open"),
    ("seen__closures__manhole", "missing", "manhole_missing"),
    ("seen__closures__breather", "open", "breather_open"),
]


@pytest.mark.parametrize(("where", "state", "case"), WRONG)
def test_a_device_that_is_not_shut_is_one_conflict(verdicts, where, state, case):
    assert [found for found, verdict in verdicts("R19", **{where: state}) if verdict == "conflict"] == [case]


@pytest.mark.parametrize(("rule", "case"), [("R19", case) for _, _, case in WRONG] + [("R19", "breather_missing")])
def test_every_case_leads_to_an_item_and_a_violation(definitions, rule, case):
    row = definitions.rules["CN", rule, case]
    assert row.item in ("TNK-06", "TNK-07", "TNK-09")
    assert row.violation == "CN-TNK-06"


def test_a_tank_with_everything_shut_has_no_result_but_consistent(verdicts):
    assert {verdict for _, verdict in verdicts("R19")} == {"consistent"}


@pytest.mark.parametrize("device", ["valve", "cap", "manhole"])
def test_a_device_nobody_looked_at_cannot_be_told(verdicts, device):
    seen = {one: "closed" for one in ("valve", "cap", "manhole") if one != device}
    assert (f"{device}_open", "cannot_tell") in verdicts("R19", seen__closures=seen)


def test_a_word_that_is_no_state_states_nothing(verdicts):
    assert ("cap_open", "cannot_tell") in verdicts("R19", seen__closures__cap="broken")


def test_a_tank_emptied_at_the_top_needs_no_shut_off_valve(verdicts):
    found = verdicts("R19", tank__outlet="top", seen__emergency_valve=None)
    assert not [case for case, _ in found if case.startswith("emergency")]


def test_the_tank_code_says_where_it_is_emptied_when_the_papers_do_not(verdicts):
    bottom = verdicts("R19", tank__outlet=None, seen__emergency_valve=None)
    top = verdicts("R19", tank__outlet=None, tank__code="L4DH", seen__emergency_valve=None)
    assert ("emergency_valve_open", "cannot_tell") in bottom
    assert not [case for case, _ in top if case.startswith("emergency")]


def test_an_unknown_outlet_leaves_the_shut_off_valve_open(results):
    found = results({"tank.outlet": None, "tank.code": None, "seen.emergency_valve": None})
    (one,) = [one for one in found if one.rule == "R19" and one.subject == "emergency_valve"]
    assert (one.verdict, set(one.missing)) == ("cannot_tell", {"tank.outlet", "seen.emergency_valve"})


def test_a_breather_is_asked_for_only_where_the_code_has_one(verdicts):
    assert not [case for case, _ in verdicts("R19") if case.startswith("breather")]
    assert ("breather_open", "cannot_tell") in verdicts("R19", tank__code="LGBF")
    assert ("breather_missing", "conflict") in verdicts("R19", tank__code="LGBF", seen__closures__breather="missing")


def test_a_breather_that_the_code_does_not_have_cannot_be_missing(verdicts):
    assert not [case for case, _ in verdicts("R19", seen__closures__breather="missing") if case.startswith("breather")]


@pytest.mark.parametrize("changes", [{"seen__loaded": "empty"}, {"tank": None, "waybill__tank": None}])
def test_nothing_is_said_without_a_tank_or_of_an_empty_and_clean_one(verdicts, changes):
    assert verdicts("R19", **changes, seen__emergency_valve="open") == []


def test_an_uncleaned_empty_tank_has_to_be_shut_too(verdicts):
    assert ("valve_open", "conflict") in verdicts("R19", seen__loaded="uncleaned", seen__closures__valve="open")


def test_the_devices_of_a_tank_are_those_that_its_papers_tell(clean, tables):
    assert devices(Context(situation(clean), tables)) == ("emergency_valve", "valve", "cap", "manhole")
    place(clean, "tank.code", "LGBF")
    assert devices(Context(situation(clean), tables)) == DEVICES
    place(clean, "tank", None)
    place(clean, "waybill.tank", None)
    assert devices(Context(situation(clean), tables)) == ()


def test_what_clearing_states_for_each_device_settles_every_one(clean, tables, results):
    stated = {path(device): "closed" for device in devices(Context(situation(clean), tables))}
    found = results({"seen.closures": {}, "seen.emergency_valve": None, **stated})
    assert {one.verdict for one in found if one.rule == "R19"} == {"consistent"}
