"""R7: what tractor and trailer are approved as, against what the goods need."""

import pytest

from checklists.facts.situation import situation
from checklists.goods.listing import load_tables
from checklists.rules.approval_type import r7_approval_type, types_of
from checklists.rules.context import Context

TABLES = load_tables()


def judged(un, vehicle=None, trailer=None, *, tank=True, regime="CN", lines=None, **seen):
    lines = lines or ([{"un": un}] if un else None)
    held = {"at": "2026-11-21T01:30:00Z", "waybill": {"lines": lines}, "seen": seen}
    held |= {"tank": {}} if tank else {}
    held |= {"vehicle": {"approval_type": vehicle}}
    held |= {"trailer": {"approval_type": trailer or None}} if trailer is not None else {}
    return [(one.subject, one.verdict) for one in r7_approval_type(Context(situation(held), TABLES, regime))]


def explosives(vehicle, regime, *lines, trailer=None):
    held = [{"un": un, **({"explosive_mass_kg": str(mass)} if mass else {})} for un, mass in lines]
    return judged(None, vehicle, trailer, tank=False, regime=regime, lines=held, containment="packages")


@pytest.mark.parametrize(
    ("un", "vehicle", "verdict"),
    [
        ("1203", "FL", "consistent"),
        ("1203", "fl", "consistent"),
        ("1203", "AT", "conflict"),
        ("1203", None, "cannot_tell"),
        ("1203", "拖拉机", "cannot_tell"),
        ("1965", "AT", "conflict"),
        ("1965", "FL", "consistent"),
        ("1203", "OX", "conflict"),
    ],
)
def test_a_tank_vehicle_has_to_be_of_the_type_that_its_goods_need(un, vehicle, verdict):
    assert judged(un, vehicle) == [("vehicle", verdict)]


def test_goods_that_any_tank_vehicle_may_carry_ask_nothing():
    assert judged("1830") == judged("1830", "AT") == []


def test_goods_that_are_not_known_leave_open_whether_the_type_is_enough():
    unknown = [{"un": "1203"}, {"name": "重铬酸钾"}]
    assert judged(None, "FL", lines=unknown) == [("vehicle", "cannot_tell")]
    assert judged(None, "AT", lines=unknown) == [("vehicle", "conflict")]


def test_tractor_and_trailer_are_told_apart():
    assert judged("1203", "FL", "AT") == [("vehicle", "consistent"), ("trailer", "conflict")]
    assert judged("1203", "FL", "") == [("vehicle", "consistent"), ("trailer", "cannot_tell")]


@pytest.mark.parametrize(
    ("vehicle", "verdict"),
    [("EX/II", "consistent"), ("EXIII", "consistent"), ("FL", "conflict"), ("AT", "conflict"), (None, "cannot_tell")],
)
def test_explosives_in_packages_need_a_vehicle_of_type_ex(vehicle, verdict):
    assert explosives(vehicle, "CN", ("0081", 500)) == [("vehicle", verdict)]


def test_packages_of_other_goods_ask_for_no_type():
    assert judged("1203", "AT", tank=False, containment="packages") == []


def test_an_empty_clean_tank_and_unknown_goods_ask_for_no_type():
    assert judged("1203", "AT", loaded="empty") == []
    assert judged(None, "AT") == []


def test_an_uncleaned_tank_counts_as_loaded():
    assert judged("1203", "AT", loaded="uncleaned") == [("vehicle", "conflict")]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("ex-iii", ("EX/III",)),
        ("EX/II", ("EX/II",)),
        ("EX/Ⅱ型", ("EX/II",)),
        (" FL ", ("FL",)),
        ("f l", ("FL",)),
        ("ＦＬ", ("FL",)),
        ("FL型", ("FL",)),
        ("FL、AT", ("FL", "AT")),
        ("AT/FL", ("AT", "FL")),
        ("EX/II/EX/III", ("EX/II", "EX/III")),
        ("", ()),
    ],
)
def test_types_are_read_as_they_are_written_on_papers(said, read):
    assert types_of(said) == read


@pytest.mark.parametrize("vehicle", ["FL、AT", "AT/FL", "拖拉机、FL"])
def test_one_of_several_types_is_enough(vehicle):
    assert judged("1203", vehicle) == [("vehicle", "consistent")]


def test_a_type_that_was_made_for_goods_is_never_wrong_for_them():
    assert judged("2015", "OX") == [("vehicle", "cannot_tell")]
    assert judged(None, "OX", lines=[{"un": "2015"}, {"un": "1203"}]) == [("vehicle", "conflict")]


@pytest.mark.parametrize(
    ("regime", "mass", "said"),
    [
        ("CN", 50, ["cannot_tell"]),
        ("EU", 50, []),
        ("CN", None, ["cannot_tell"]),
        ("EU", None, ["cannot_tell"]),
        ("CN", 500, ["conflict"]),
        ("EU", 500, ["conflict"]),
    ],
)
def test_a_small_load_of_explosives_may_travel_on_any_vehicle(regime, mass, said):
    assert [verdict for _, verdict in explosives("AT", regime, ("0336", mass))] == said


@pytest.mark.parametrize(
    ("vehicle", "lines", "verdict"),
    [
        ("EX/II", [("0081", 1000)], "consistent"),
        ("EX/II", [("0081", 1001)], "conflict"),
        ("EX/III", [("0081", 16000)], "consistent"),
        ("EX/III", [("0081", 16001)], "conflict"),
        ("EX/II", [("0224", 7)], "conflict"),
        ("EX/II", [("0336", 15000)], "consistent"),
        ("EX/II", [("0081", 600), ("0081", 600)], "conflict"),
        ("EX/II", [("0081", 600), ("0336", 600)], "conflict"),  # all of it counts as 1.1: 7.5.5.2.2
        ("EX/II", [("0081", 600), ("0336", 400)], "consistent"),
        ("EX/II", [("0331", 800), ("0009", 300)], "conflict"),  # 1.5D beside 1.2 counts as 1.1
        ("EX/II", [("0331", 3000), ("0336", 1999)], "consistent"),
        ("EX/II", [("0331", 3000), ("0336", 2001)], "conflict"),
        ("EX/II", [("0081", 600), ("0014", 600)], "consistent"),
        ("EX/II", [("0081", None)], "cannot_tell"),
        ("EX/II、EX/III", [("0081", 1001)], "consistent"),
    ],
)
def test_a_vehicle_for_explosives_carries_so_much_of_each_division(vehicle, lines, verdict):
    assert explosives(vehicle, "EU", *lines) == [("vehicle", verdict)]
    assert explosives(vehicle, "CN", *lines) == [("vehicle", "cannot_tell" if verdict == "conflict" else verdict)]


def test_tractor_and_trailer_of_unlike_types_leave_the_limit_open():
    found = explosives("EX/II", "EU", ("0081", 1001), trailer="EX/III")
    assert found == [("vehicle", "cannot_tell"), ("trailer", "consistent")]


@pytest.mark.parametrize(
    ("kind", "vehicle", "trailer", "said"),
    [
        ("truck", "FL", "EX/III", [("vehicle", "cannot_tell"), ("trailer", "consistent")]),
        (None, "AT", "EX/II", [("vehicle", "cannot_tell"), ("trailer", "consistent")]),
        ("tractor", "FL", "EX/III", [("vehicle", "conflict"), ("trailer", "consistent")]),
        ("truck", "EX/III", "FL", [("vehicle", "consistent"), ("trailer", "conflict")]),
        ("truck", "MEMU", None, [("vehicle", "cannot_tell")]),
    ],
)
def test_a_lorry_may_draw_a_trailer_for_explosives_and_one_that_makes_them_carries_some(kind, vehicle, trailer, said):
    held = {
        "at": "2026-11-21T01:30:00Z",
        "waybill": {"lines": [{"un": "0081", "explosive_mass_kg": "500"}]},
        "vehicle": {"kind": kind, "approval_type": vehicle},
        "trailer": trailer and {"approval_type": trailer},
        "seen": {"containment": "packages"},
    }
    found = r7_approval_type(Context(situation(held), TABLES, "EU"))
    assert [(one.subject, one.verdict) for one in found] == said


@pytest.mark.parametrize(
    ("un", "vehicle", "volume", "verdict"),
    [
        ("1223", "MEMU", "5000", "cannot_tell"),
        ("1965", "MEMU", "5000", "conflict"),
        ("1203", "AT", "1000", "cannot_tell"),
        ("1203", "AT", "1001", "conflict"),
    ],
)
def test_a_unit_that_makes_explosives_and_a_small_tank_ask_for_no_tank_vehicle(un, vehicle, volume, verdict):
    held = {
        "at": "2026-11-21T01:30:00Z",
        "waybill": {"lines": [{"un": un}]},
        "vehicle": {"approval_type": vehicle},
        "tank": {"volume_l": volume},
        "seen": {"containment": "tank"},
    }
    assert [one.verdict for one in r7_approval_type(Context(situation(held), TABLES, "EU"))] == [verdict]
