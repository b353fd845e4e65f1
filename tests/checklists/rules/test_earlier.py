"""R17: whom an earlier check holds, and what lets it go."""

import pytest

HELD = {
    "inspection": "i-1", "at": "2026-11-21T07:30:00+08:00", "plate": "蒙K12345", "colour": "yellow",
    "site": "G65 检查点", "label": "T0001", "agencies": ["T"], "outcome": "hold",
    "about": {"vehicle": "蒙K12345|yellow", "trailer": "蒙K1234挂"},
}  # fmt: skip
FREE = {
    **HELD, "inspection": "i-2", "at": "2026-11-21T08:30:00+08:00", "outcome": "release_after_correction",
    "label": "T0002",
}  # fmt: skip


def said(verdicts, *history, **facts):
    told = verdicts("R17", history=list(history), **facts)
    return [verdict for case, verdict in told if case == "held"]


def test_a_hold_that_nobody_lifted_stops_and_one_that_was_lifted_does_not(verdicts):
    assert said(verdicts, HELD) == ["conflict"]
    assert said(verdicts, HELD, FREE) == said(verdicts, FREE) == said(verdicts) == []


def test_where_no_history_was_given_nothing_is_said(verdicts):
    assert [case for case, _ in verdicts("R17", history=None)] == ["stop_order"]


@pytest.mark.parametrize("outcome", ["transfer_load", "escort_to_safe_place", "seize"])
def test_every_outcome_after_which_it_stays_holds(verdicts, outcome):
    assert said(verdicts, {**HELD, "outcome": outcome}) == ["conflict"]


@pytest.mark.parametrize("outcome", ["", "of_a_later_version"])
def test_what_nobody_decided_or_nobody_knows_here_neither_holds_nor_lifts(verdicts, outcome):
    assert said(verdicts, {**HELD, "outcome": outcome}) == []
    assert said(verdicts, HELD, {**FREE, "outcome": outcome}) == ["conflict"]


def test_another_agency_lifts_nothing(verdicts):
    assert said(verdicts, HELD, {**FREE, "agencies": ["P"], "label": "P0001"}) == ["conflict"]
    assert said(verdicts, HELD, {**FREE, "agencies": ["P", "T"], "label": "P0001"}) == []


def test_an_amendment_of_the_same_check_lifts_it(verdicts):
    amended = {"outcome": "release", "outcome_before": "hold", "outcome_at": "2026-11-21T08:00:00+08:00"}
    assert said(verdicts, {**HELD, **amended}) == []


def test_a_release_that_may_have_come_before_the_hold_lifts_nothing(verdicts):
    near = {**FREE, "at": "2026-11-21T07:35:00+08:00"}
    assert said(verdicts, HELD, near) == ["conflict"]
    # One tablet's clock is one clock.
    assert said(verdicts, HELD, {**near, "label": "T0001"}) == []


def test_a_hold_of_long_ago_stops_nobody(verdicts):
    assert said(verdicts, {**HELD, "at": "2026-10-22T10:00:00+08:00"}) == ["conflict"]
    assert said(verdicts, {**HELD, "at": "2026-10-21T10:00:00+08:00"}) == []


def test_the_same_signs_on_another_colour_are_another_vehicle(verdicts):
    blue = {**HELD, "about": {"vehicle": "蒙K12345|blue"}, "colour": "blue"}
    assert said(verdicts, blue) == []
    assert said(verdicts, blue, vehicle__colour=None) == ["cannot_tell"]
    assert said(verdicts, {**HELD, "about": {"vehicle": "蒙K12345"}}) == ["conflict"]


def test_a_trailer_that_was_held_behind_another_tractor_is_held(verdicts):
    other = {**HELD, "plate": "蒙K99999", "about": {"trailer": "蒙K1234挂"}}
    assert said(verdicts, other) == ["conflict"]
    # The tractor alone was let go: that takes nothing from the trailer.
    alone = {**FREE, "about": {"vehicle": "蒙K12345|yellow"}}
    assert said(verdicts, HELD, alone) == ["conflict"]


def test_a_driver_or_carrier_of_a_held_vehicle_holds_no_other(verdicts):
    assert said(verdicts, {**HELD, "about": {"driver": "15062419800101001X", "carrier": "91150600MA0N3K4P0Q"}}) == []


def test_the_newest_hold_of_an_agency_stands_for_all_and_that_of_another_beside_it(verdicts):
    again = {**HELD, "inspection": "i-3", "at": "2026-11-21T08:00:00+08:00"}
    police = {**again, "inspection": "i-4", "agencies": ["P"], "label": "P0001"}
    assert said(verdicts, HELD, again) == ["conflict"]
    assert said(verdicts, HELD, again, police) == ["conflict", "conflict"]
