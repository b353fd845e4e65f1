"""The national checklist as it is shipped: counts, conditions and what an item rests on."""

import json
from datetime import date

import pytest

from checklists.definition import FACTS, Item
from checklists.loading import load_all, validate
from checklists.published import from_published, publish

DEFINITIONS = load_all()
CHECKLIST = DEFINITIONS.checklists["cn-joint"]


def item(number: str) -> Item:
    found = CHECKLIST.item(number)
    assert found is not None
    return found


def test_the_shipped_definitions_have_no_problem():
    assert validate() == []


def test_ninety_items_stand_in_seven_sections_and_eighty_are_on():
    sizes = {section.id: len(section.items) for section in CHECKLIST.sections}
    assert sizes == {"LIC": 18, "PLA": 10, "TNK": 19, "EQP": 16, "LOD": 14, "OPR": 8, "EDU": 5}
    assert sum(not one.optional for one in CHECKLIST.items()) == 80


def test_a_condition_that_depends_on_a_fact_makes_the_severity_heavier():
    assert (item("TNK-05").severity, item("TNK-05").severity_when) == ("II", {"leaking": "I"})
    assert (item("LOD-04").severity, item("LOD-04").severity_when) == ("II", {"undeclared": "I"})


def test_limited_quantities_skip_the_sections_of_dangerous_goods_but_keep_their_own_duties():
    skipped = {one.id for one in CHECKLIST.items() if one.applies_when.get("quantity") == ("full",)}
    assert {"PLA-01", "TNK-01", "VEH-03", "EQP-01", "LOD-01", "OPR-03"} <= skipped
    assert skipped.isdisjoint({"LIC-18", "LOD-11", "LOD-12", "EDU-01", "LIC-09"})
    assert item("LIC-18").applies_when == {"quantity": ("limited", "excepted")}


def test_a_packaged_load_sees_only_three_of_the_tank_rows():
    seen = [
        one.id
        for one in CHECKLIST.items()
        if one.id.startswith("TNK") and "packages" in one.applies_when.get("containment", ("packages",))
    ]
    assert seen == ["TNK-11", "TNK-13", "TNK-14"]


def test_measures_keep_who_a_case_is_handed_to():
    assert item("LOD-10").measures == ("T:M", "T:E")
    assert item("OPR-04").measures == ("H", "C")


def test_both_codes_of_a_permit_are_named_in_full():
    assert item("LIC-06").violations == ("CN-LIC-05", "CN-LIC-05b")


def test_a_clause_of_the_old_regulation_ends_and_an_open_one_follows():
    old, new = (one for one in item("LIC-10").basis if one.law.startswith("hazchem") and one.clause != "44")
    assert (old.clause, old.verified, old.in_force_to) == ("86(1)", True, date(2026, 4, 30))
    assert (new.clause, new.verified, new.in_force_from) == ("", False, date(2026, 5, 1))


def test_a_clause_is_verified_only_where_its_own_source_was_read():
    escort = {(one.law, one.clause): one.verified for one in item("LIC-11").basis if one.clause}
    assert escort and all(escort.values())
    assert [one.verified for one in item("LOD-03").basis] == [False]


@pytest.mark.parametrize("case", [("R4", "no_escort"), ("R10", "panel_unresolved")])
def test_signs_and_escort_rest_on_article_44_of_order_29(case):
    rule = DEFINITIONS.rules["CN", *case]
    basis = rule.basis or item(rule.item).basis
    assert ("order-29", "44", True) in {(one.law, one.clause, one.verified) for one in basis}


def test_an_unresolved_panel_also_asks_about_goods_and_waste():
    assert DEFINITIONS.rules["CN", "R10", "panel_unresolved"].also == ("LOD-04", "LIC-16")


def test_an_expired_trailer_permit_is_not_a_permit_left_at_home():
    assert DEFINITIONS.rules["CN", "R5", "trailer_permit_expired"].violation == "CN-LIC-05b"
    assert DEFINITIONS.rules["CN", "R5", "trailer_permit_absent"].violation == "CN-LIC-05"


def test_every_condition_names_a_known_fact():
    used = {fact for one in CHECKLIST.items() for fact in (*one.applies_when, *one.severity_when)}
    assert used <= FACTS.keys()
    assert FACTS.keys() - used <= {"env_hazard", "elevated_temp", "repeated"}


def test_what_is_published_comes_back_as_it_was():
    assert from_published(json.loads(json.dumps(publish(DEFINITIONS)))) == DEFINITIONS
