"""What signs goods need, and the command that says so."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.__main__ import main
from checklists.goods.listing import load_tables
from checklists.goods.required_signs import (
    certain_placards,
    has_mark,
    on_vehicle,
    placards,
    required,
    vehicle_fits,
    vehicle_may,
    vehicles,
)

TABLES = load_tables()
UNS = sorted({row[0] for row in TABLES.goods.rows})
TYPES = [row["code"] for row in TABLES.vehicle_types]


def load(un, group=None):
    return TABLES.goods.lookup(un, group)


def test_one_goods_in_a_tank_has_its_numbers_front_and_rear():
    plates = required([load("1230")], "tank").plates
    assert [(one.side, one.blank, one.un, one.hazard_ids) for one in plates] == [
        ("front", False, "1230", {"336"}),
        ("rear", False, "1230", {"336"}),
    ]


def test_several_goods_in_a_tank_are_blank_at_the_ends_and_numbered_beside():
    plates = required([load("1203"), load("1202")], "tank").plates
    assert [one.side for one in plates if one.blank] == ["front", "rear"]
    assert {(one.side, one.un) for one in plates if not one.blank} == {
        (side, un) for side in ("left", "right") for un in ("1202", "1203")
    }


def test_whether_packages_need_numbers_is_not_known():
    assert {one.blank for one in required([load("1203")], "packages").plates} == {None}
    assert {one.blank for one in required([load("1203"), load("1202")], "packages").plates} == {None}


def test_subsidiary_hazards_have_their_diamond():
    assert placards([load("1230")]) == {frozenset({"3", "6.1"})}
    assert placards([load("1017")]) == {frozenset({"2.3", "5.1", "8"})}


def test_diamonds_of_all_goods_hang_together():
    assert placards([load("1230"), load("1830")]) == {frozenset({"3", "6.1", "8"})}


def test_editions_that_differ_leave_both_sets_right():
    assert placards([load("3507", "I")]) == {frozenset({"8", "6.1"}), frozenset({"8", "6.1", "7D"})}


def test_a_label_that_the_newer_editions_take_away_or_add_is_no_choice():
    assert placards([load("1872", "III")]) == {frozenset({"5.1"})}
    assert placards([load("1835", "II")]) == {frozenset({"8", "6.1"})}


def test_a_set_is_certain_only_where_every_entry_has_it():
    assert certain_placards([load("1830")]) == {frozenset({"8"})}
    assert not certain_placards([load("1950")])


@pytest.mark.parametrize(
    ("label", "shown"),
    [("1.1D", "1"), ("1.4S", "1.4"), ("7A", "7D"), ("9A", "9"), ("3", "3"), ("MARK_HOT", "MARK_HOT")],
)
def test_a_label_has_its_model_on_vehicles(label, shown):
    assert on_vehicle(label) == shown


@pytest.mark.parametrize(
    ("un", "mark", "needed"),
    [("3257", "MARK_HOT", True), ("3258", "MARK_HOT", True), ("2448", "MARK_HOT", None), ("1203", "MARK_HOT", False),
     ("3082", "MARK_ENV", True), ("3077", "MARK_ENV", True), ("1203", "MARK_ENV", None)],
)  # fmt: skip
def test_marks_are_for_what_the_list_says_is_hot_or_hurts_the_environment(un, mark, needed):
    assert has_mark([load(un)], mark) is needed


def test_the_vehicle_is_the_one_that_the_list_names():
    assert vehicles([load("1230")]) == {"FL"}
    assert vehicles([load("1202")]) is None
    assert required([load("1230")], "packages").vehicles is None


@pytest.mark.parametrize(
    ("asked", "vehicle", "fit"),
    [("AT", "FL", True), ("FL", "AT", False), ("FL", "FL", True), ("EX/II", "EX/III", True), ("FL", "XX", None),
     ("", "FL", None)],
)  # fmt: skip
def test_a_vehicle_may_carry_what_the_table_says_it_may_also_carry(asked, vehicle, fit):
    assert vehicle_fits(asked, vehicle, TABLES.vehicle_types) is fit


def test_of_several_goods_one_that_the_vehicle_may_not_carry_is_enough():
    assert vehicle_may([load("1830"), load("1203")], "AT", TABLES.vehicle_types) is False
    assert vehicle_may([load("1830"), load("1203")], "FL", TABLES.vehicle_types) is True
    assert vehicle_may([load("1202")], "FL", TABLES.vehicle_types) is True
    assert vehicle_may([load("1202")], "AT", TABLES.vehicle_types) is None


@given(st.lists(st.sampled_from(UNS), max_size=4), st.sampled_from(["tank", "packages", "bulk", None]))
def test_the_order_of_goods_changes_no_sign(uns, containment):
    loads = [load(un) for un in uns]
    assert required(loads, containment) == required(loads[::-1], containment)


@given(st.sampled_from(TYPES), st.sampled_from(TYPES), st.sampled_from(TYPES))
def test_vehicles_stand_in_for_each_other_along_a_chain(asked, middle, vehicle):
    if vehicle_fits(asked, middle, TABLES.vehicle_types) and vehicle_fits(middle, vehicle, TABLES.vehicle_types):
        assert vehicle_fits(asked, vehicle, TABLES.vehicle_types)


def signs(capsys, *arguments):
    code = main(["signs", *arguments])
    out = capsys.readouterr().out
    return code, json.loads(out) if out else None


def test_the_command_says_what_goods_need(capsys):
    code, said = signs(capsys, "--un", "1230", "--pg", "II")
    assert (code, said["conflicts"]) == (0, [])
    assert [(one["hazard_id"], one["un"]) for one in said["required"]["panels"]] == [("336", "1230")] * 2
    assert [one["label"] for one in said["required"]["placards"]] == ["3", "6.1"]
    assert said["required"]["vehicles"] == ["FL"]


@pytest.mark.parametrize(
    ("seen", "wrong"),
    [
        (["--panel", "33/1203"], ["panel"]),
        (["--panel", "30/1230"], ["panel"]),
        (["--panel", "blank"], ["panel"]),
        (["--placards", "3"], ["placards"]),
        (["--placards", "3,6.1,8"], ["placards"]),
        (["--vehicle", "AT"], ["vehicle"]),
        (["--panel", "33/1203", "--placards", "3", "--vehicle", "AT"], ["panel", "placards", "vehicle"]),
        (["--panel", "336/1230", "--placards", "6.1,3", "--vehicle", "FL"], []),
        (["--panel", "blank", "--vehicle", "AT", "--containment", "package"], []),
    ],
)
def test_the_command_says_which_seen_sign_conflicts(capsys, seen, wrong):
    code, said = signs(capsys, "--un", "1230", *seen)
    assert [one["sign"] for one in said["conflicts"]] == wrong
    assert code == (1 if wrong else 0)


def test_a_diamond_too_few_and_one_too_many_are_named(capsys):
    _, said = signs(capsys, "--un", "1230", "--placards", "3,8")
    assert (said["conflicts"][0]["missing"], said["conflicts"][0]["extra"]) == (["6.1"], ["8"])


def test_a_blank_plate_and_one_for_a_compartment_are_right_on_a_tank_of_several_goods(capsys):
    assert signs(capsys, "--un", "1203", "--un", "1202", "--panel", "blank")[0] == 0
    assert signs(capsys, "--un", "1203", "--un", "1202", "--panel", "30/1202")[0] == 0
    assert signs(capsys, "--un", "1203", "--un", "1202", "--panel", "80/1830")[0] == 1


@pytest.mark.parametrize(
    "arguments",
    [["--un", "9999"], ["--un", "1203", "--panel", "x"], ["--un", "1203", "--vehicle", "ZZ"]],
)
def test_the_command_refuses_what_it_does_not_know(capsys, arguments):
    assert signs(capsys, *arguments) == (2, None)


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (("--un", "1202", "--un", "1203", "--sides", "bare", "--panel", "33/1203"), 0),
        (("--un", "1202", "--un", "1203", "--sides", "bare", "--panel", "30/1202"), 1),
        (("--un", "1202", "--un", "1830", "--sides", "bare", "--panel", "30/1202"), 1),
        (("--un", "2031", "--panel", "85/2031", "--placards", "8"), 1),
        (("--un", "2031", "--panel", "80/2031", "--placards", "8"), 0),
    ],
)
def test_the_command_knows_the_exceptions_of_the_plates(capsys, arguments, wrong):
    assert signs(capsys, *arguments)[0] == wrong
