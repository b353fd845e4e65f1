"""R7: what tractor and trailer are approved as, against what the goods need."""

import pytest

from checklists.facts.situation import situation
from checklists.goods.listing import load_tables
from checklists.rules.approval_type import r7_approval_type, type_of
from checklists.rules.context import Context

TABLES = load_tables()


def judged(un, vehicle=None, trailer=None, *, tank=True, **seen):
    held = {"at": "2026-11-21T01:30:00Z", "waybill": {"lines": [{"un": un}] if un else None}, "seen": seen}
    held |= {"tank": {}} if tank else {}
    held |= {"vehicle": {"approval_type": vehicle}}
    held |= {"trailer": {"approval_type": trailer or None}} if trailer is not None else {}
    return [(one.subject, one.verdict) for one in r7_approval_type(Context(situation(held), TABLES))]


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


def test_tractor_and_trailer_are_told_apart():
    assert judged("1203", "FL", "AT") == [("vehicle", "consistent"), ("trailer", "conflict")]
    assert judged("1203", "FL", "") == [("vehicle", "consistent"), ("trailer", "cannot_tell")]


@pytest.mark.parametrize(
    ("vehicle", "verdict"),
    [("EX/II", "consistent"), ("EXIII", "consistent"), ("FL", "conflict"), ("AT", "conflict"), (None, "cannot_tell")],
)
def test_explosives_in_packages_need_a_vehicle_of_type_ex(vehicle, verdict):
    assert judged("0081", vehicle, tank=False, containment="packages") == [("vehicle", verdict)]


def test_packages_of_other_goods_ask_for_no_type():
    assert judged("1203", "AT", tank=False, containment="packages") == []


def test_an_empty_clean_tank_and_unknown_goods_ask_for_no_type():
    assert judged("1203", "AT", loaded="empty") == []
    assert judged(None, "AT") == []


def test_an_uncleaned_tank_counts_as_loaded():
    assert judged("1203", "AT", loaded="uncleaned") == [("vehicle", "conflict")]


@pytest.mark.parametrize(("said", "read"), [("ex-iii", "EX/III"), ("EX/II", "EX/II"), (" FL ", "FL"), ("f l", "FL")])
def test_a_type_is_read_as_it_is_written_on_papers(said, read):
    assert type_of(said) == read
