"""What clearing a section states: enough that a clean check is all told, and nothing that nobody looked at."""

from __future__ import annotations

import pytest

from checklists.facts.situation import situation
from checklists.inspection.confirmation import to_confirm
from checklists.inspection.entries import place
from checklists.rules.context import Context
from checklists.rules.rulebook import compare

SECTIONS = ("LIC", "PLA", "TNK", "EQP", "LOD", "OPR", "EDU")
SEEN_BY_NOBODY = ("seen.levels", "seen.gross_mass_kg", "place", "journey", "seen.goods", "seen.density_kg_m3")


@pytest.fixture
def arrived(clean):
    """The clean tanker of which nobody has seen anything yet."""
    clean["seen"] = {}
    clean["waybill"].pop("carried", None)
    return clean


def stated(held, tables, sections=SECTIONS):
    """The facts of every section one after the other, laid into the situation."""
    found = {}
    for section in sections:
        facts = dict(to_confirm(Context(situation(held), tables), section))
        for path, data in facts.items():
            place(held, path, data)
        found |= facts
    return found


@pytest.mark.parametrize("order", [SECTIONS, SECTIONS[::-1], ("TNK", "LOD", "EQP", "LIC", "PLA", "TNK", "EQP")])
def test_clearing_every_section_of_a_clean_tanker_leaves_only_its_weight_to_say(arrived, tables, order):
    stated(arrived, tables, (*order, *order))
    left = [one for one in compare(Context(situation(arrived), tables)) if one.verdict != "consistent"]
    assert [(one.rule, one.verdict) for one in left] == [("R18", "cannot_tell")]


def test_what_a_glance_does_not_show_is_never_stated(arrived, tables):
    arrived["place"] = {}
    found = stated(arrived, tables)
    assert not [path for path in found for never in SEEN_BY_NOBODY if path.startswith(never)]


def test_nothing_is_confirmed_of_which_nothing_is_known(tables):
    assert stated({"at": "2026-11-21T01:30:00Z"}, tables) == {}


def test_what_a_short_checklist_does_not_ask_is_not_stated_as_seen(arrived, tables):
    context = Context(situation(arrived), tables)
    extinguishers = {"extinguisher_count", "extinguisher_capacity", "extinguisher_cab", "extinguisher_other"}

    def asked(rule, case):
        return rule in ("R4", "R10") or case in extinguishers

    stated_ = {path for section in SECTIONS for path, _data in to_confirm(context, section, asked)}
    kit = {path for path in stated_ if path.startswith("seen.equipment.")}
    assert kit and kit <= {f"seen.equipment.{one}" for one in extinguishers}
    assert not [path for path in stated_ if "closures" in path or "safety_card" in path or "tank_number" in path]
    (crew,) = (data for path, data in to_confirm(context, "LIC", asked) if path == "seen.aboard")
    assert not [one for one in crew if "id_number" in one]


def test_people_and_trailer_are_those_of_the_waybill(arrived, tables):
    found = stated(arrived, tables, ["LIC"])
    assert [one["name"] for one in found["seen.aboard"]] == ["张建国", "李卫东"]
    assert found["seen.trailer_plate"] == "蒙K1234挂"


def test_the_tanks_devices_are_shut_and_its_number_is_the_waybills(arrived, tables):
    found = stated(arrived, tables, ["TNK"])
    assert found == {
        "seen.tank_number": "G2019-0815",
        "seen.emergency_valve": "closed",
        "seen.closures.valve": "closed",
        "seen.closures.cap": "closed",
        "seen.closures.manhole": "closed",
    }


def test_the_safety_card_is_for_the_goods_on_board(arrived, tables):
    assert stated(arrived, tables, ["EQP"])["seen.safety_card"] == {"present": True, "goods": ["1830"]}


def test_a_waybill_that_was_read_is_carried_and_one_that_the_office_knows_is_not(arrived, tables):
    assert stated(arrived, tables, ["LOD"])["waybill.carried"] is True
    arrived["waybill"].pop("carried")
    arrived["sources"] = {"waybill": {"kind": "registry"}}
    assert "waybill.carried" not in dict(to_confirm(Context(situation(arrived), tables), "LOD"))


def test_what_an_officer_put_down_is_never_overwritten(arrived, tables):
    seen = {
        "trailer_plate": "蒙K9999挂", "tank_number": "X1", "emergency_valve": "open", "closures": {"cap": "missing"},
        "safety_card": {"present": "false"}, "aboard": [{"role": "driver"}], "panels": {"front": {"present": "false"}},
        "placards": {"left": []}, "equipment": {"vest": "0"},
    }  # fmt: skip
    arrived["seen"] = seen
    arrived["waybill"]["carried"] = "false"
    found = stated(arrived, tables)
    assert not [path for path in found if path.startswith(("seen.panels", "seen.placards", "seen.aboard"))]
    assert found.keys().isdisjoint(
        {"seen.trailer_plate", "seen.tank_number", "seen.emergency_valve", "waybill.carried"}
    )
    assert found.keys().isdisjoint({"seen.closures.cap", "seen.safety_card", "seen.equipment.vest"})
    assert "seen.closures.valve" in found


def test_an_empty_clean_tank_needs_no_card_no_signs_and_no_shut_valves(arrived, tables):
    arrived["seen"] = {"loaded": "empty"}
    assert stated(arrived, tables, ["PLA", "EQP"]) == {}
    assert stated(arrived, tables, ["TNK"]) == {"seen.tank_number": "G2019-0815"}


def test_an_uncleaned_one_counts_as_loaded(arrived, tables):
    arrived["seen"] = {"loaded": "uncleaned"}
    assert {"seen.safety_card", "seen.emergency_valve", "seen.panels.front"} <= stated(arrived, tables).keys()


def test_goods_that_may_be_several_are_not_given_diamonds_or_plates(arrived, tables):
    arrived["waybill"]["lines"] = [{"un": "3170"}, {"un": "9999"}]
    assert stated(arrived, tables, ["PLA"]) == {}


def test_two_compartments_have_blank_plates_at_the_ends_and_their_own_beside_them(arrived, tables):
    arrived["waybill"]["lines"] = [
        {"un": "1202", "packing_group": "III", "compartment": "2"},
        {"un": "1203", "packing_group": "II", "compartment": "1"},
    ]
    found = stated(arrived, tables, ["PLA"])
    assert found["seen.panels.front"] == found["seen.panels.rear"] == {"blank": True}
    assert found["seen.panels.left.1"] == {"hazard_id": "33", "un": "1203"}
    assert found["seen.panels.right.2"] == {"hazard_id": "30", "un": "1202"}
    assert found["seen.placards.left"] == ["3"]
    seen = situation(arrived).seen
    assert set(seen.panels) == {"front", "rear", "left.1", "right.1", "left.2", "right.2"}
    assert seen.panels["right.2"].un == "1202"


def test_goods_that_endanger_the_environment_show_their_mark(arrived, tables):
    arrived["waybill"]["lines"] = [{"un": "3082", "packing_group": "III"}]
    assert stated(arrived, tables, ["PLA"])["seen.placards.rear"] == ["9", "MARK_ENV"]
