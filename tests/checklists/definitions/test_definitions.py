"""The national checklist as it is shipped: counts, conditions and what an item rests on."""

import json
from datetime import date

import pytest

from checklists.authoring.loader import validate
from checklists.definitions.definition import FACTS, Item
from checklists.definitions.publication import from_published, publish
from tests.loaded import load_all

DEFINITIONS = load_all()
CHECKLIST = DEFINITIONS.checklists["cn-joint"]


ROWS = """
LIC-01 P II H,D CN-LIC-11 -
LIC-02 P I H,C CN-LIC-10 -
LIC-03 P II H,C CN-VEH-04 -
LIC-04 P II D CN-LIC-12 -
LIC-05 T I H,C,U CN-LIC-01,CN-LIC-02 quantity
LIC-06 T II R,C CN-LIC-05,CN-LIC-05b -
LIC-07 T II R,C CN-LIC-05,CN-LIC-05b trailer
LIC-08? T III L CN-VEH-05 quantity
LIC-09 T I H,C CN-LIC-03 quantity
LIC-10 T I H,C CN-LIC-04 quantity
LIC-11 P I H,C CN-OPR-01 loaded,quantity
LIC-12 T,P II R,C CN-LIC-06 -
LIC-13 T II L CN-LIC-07 quantity
LIC-14 P I H,D,C CN-LIC-08 highly_toxic,quantity
LIC-15 P I H,T:P CN-LIC-09 class,quantity
LIC-16 X II C,T:X CN-LIC-13 hazardous_waste
LIC-17 X I H,T:X CN-LIC-14 crosses_province,hazardous_waste
LIC-18 T III R CN-LOD-11 quantity
PLA-01 P II R,H,C CN-PLA-01,CN-PLA-02 quantity
PLA-02 P II R,C CN-PLA-02 quantity
PLA-03? P III R CN-PLA-02 quantity,small_vehicle
PLA-04 P III R CN-PLA-02 quantity,special_plate
PLA-05 P III R CN-PLA-02 quantity
PLA-06? P III R CN-PLA-02 containment,quantity
PLA-07? P III EDU - made_before_2025_04,quantity
PLA-08 P II R,C CN-PLA-03 quantity,safety_board
PLA-09? P III R CN-VEH-06 heavy
PLA-10 T II R,C CN-LOD-12 containment,quantity
TNK-01 T,M I H,C,T:M CN-TNK-01 containment,quantity
TNK-02 T I H,U,C CN-TNK-02 containment,quantity,tank_kind
TNK-03 M,T I H,T:M CN-TNK-03 containment,quantity,tank_kind
TNK-04 M II L,T:M CN-TNK-04 containment,quantity
TNK-05 T II* N,H,U CN-TNK-05 containment,quantity
TNK-06 T I R,H CN-TNK-06 containment,quantity
TNK-07 T,P I H,C CN-TNK-06 containment,outlet,quantity
TNK-08 T,M II L,C CN-TNK-07 containment,quantity
TNK-09 T II R CN-TNK-06 containment,quantity
TNK-10 T II R CN-EQP-02 containment,labels,quantity
TNK-11 P II R CN-VEH-01 labels,quantity
TNK-12 P I H,C CN-TNK-08 containment,quantity
TNK-13 T,P II L,C CN-VEH-02 -
TNK-14 T I H,U,C CN-TNK-09 quantity,tank_fixed
VEH-01 T,P II R,C CN-VEH-03 quantity
VEH-02? P III R CN-VEH-03 heavy_or_tractor
VEH-03 P II R,H,C CN-VEH-01 -
VEH-04 P,T I D,C CN-VEH-07 -
VEH-05? T II C CN-VEH-08 quantity,size_limited_goods
EQP-01 T,P II R,C CN-EQP-01 quantity
EQP-02 T,P II R CN-EQP-01 quantity
EQP-03 T III R CN-EQP-01 quantity
EQP-04 P III R CN-EQP-01 quantity
EQP-05 T III R CN-EQP-01 labels,quantity
EQP-06 T III R CN-EQP-01 quantity
EQP-07 T III R CN-EQP-01 quantity
EQP-08 T III R CN-EQP-01 quantity
EQP-09 T III R CN-EQP-01 quantity
EQP-10 T II R,C CN-EQP-01 labels,quantity
EQP-11 T III R CN-EQP-01 labels,quantity
EQP-12 T III R CN-EQP-01 labels,quantity
EQP-13 T III R CN-EQP-01 labels,quantity
EQP-14 T II R,C CN-EQP-01 containment,quantity
EQP-15? T III R CN-EQP-01 quantity
EQP-16 T II R,C CN-LOD-03 quantity
LOD-01 T II C CN-LOD-02,CN-LOD-01 quantity
LOD-02 T II C CN-LOD-01 quantity
LOD-03 T II C CN-LOD-01 quantity
LOD-04 T II* H,C CN-LOD-04 quantity
LOD-05 T II C CN-LOD-05 -
LOD-06 P I U,D,C CN-LOD-06 -
LOD-07 T II U,C CN-LOD-07 -
LOD-08 T I H,U,C CN-LIC-02 quantity
LOD-09 T,M I U,C,T:M CN-LOD-08 containment,quantity
LOD-10 M,E,T II T:M,T:E CN-LOD-09 quantity
LOD-11 T I U,C CN-LOD-10 several_goods
LOD-12 T I H,C CN-LOD-13 declared
LOD-13 T,P II R CN-LOD-12 containment
LOD-14? P II R,C CN-OPR-06 -
OPR-01 P I R,C CN-OPR-02 quantity
OPR-02 P I H,C CN-OPR-03 quantity,route_permit
OPR-03 P II C CN-OPR-04 quantity
OPR-04 P II H,C CN-OPR-05 -
OPR-05 P II R,C CN-OPR-07 quantity,stopped
OPR-06 P,T II R CN-OPR-03 quantity,restricted_goods
OPR-07 P I N CN-OPR-08 incident,quantity
OPR-08 P I H,C CN-OPR-09 -
EDU-01 T,P III EDU CN-EDU-01 -
EDU-02? T III EDU CN-EDU-01 containment,quantity
EDU-03 T III L CN-EDU-02 quantity
EDU-04 T,P III EDU - -
EDU-05 T II L,C CN-EDU-03 case_opened
"""
"""Each item as the sources have it: id (`?`: optional, off), agencies, severity (`*`: heavier by a fact), measures,
violations, and the facts that its condition names."""


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


def as_row(one: Item) -> str:
    optional, heavier = "?" * one.optional, "*" * bool(one.severity_when)
    lists = (one.measures, one.violations, sorted(one.applies_when))
    shown = (",".join(held) or "-" for held in lists)
    return " ".join((one.id + optional, ",".join(one.agency), one.severity + heavier, *shown))


def test_every_item_is_the_one_of_the_sources():
    assert [as_row(one) for one in CHECKLIST.items()] == ROWS.strip().splitlines()


def test_every_item_says_what_to_look_at_in_both_languages_and_where_it_comes_from():
    for one in CHECKLIST.items():
        assert all(text.get(lang) for text in (one.text, one.look) for lang in ("zh", "en")), one.id
        assert one.source and one.photo == "on_deviation", one.id


def test_every_clause_says_its_law_its_version_or_that_it_is_not_known_and_whether_it_was_read():
    for one in CHECKLIST.items():
        for cited in one.basis:
            version = DEFINITIONS.laws[cited.law].version(cited.version)
            assert version is not None or not cited.verified, (one.id, cited)
            assert not cited.verified or (cited.clause and cited.source), (one.id, cited)
            if version is not None:
                assert (cited.in_force_from or version.in_force_from) == cited.in_force_from, (one.id, cited)


def test_a_condition_that_depends_on_a_fact_makes_the_severity_heavier():
    assert (item("TNK-05").severity, item("TNK-05").severity_when) == ("II", {"leaking": "I"})
    assert (item("LOD-04").severity, item("LOD-04").severity_when) == ("II", {"undeclared": "I"})


def test_limited_quantities_skip_what_is_asked_of_dangerous_goods_alone_and_keep_their_own_duties():
    skipped = {one.id for one in CHECKLIST.items() if one.applies_when.get("quantity") == ("full",)}
    assert {"LIC-05", "LIC-09", "LIC-11", "PLA-01", "TNK-01", "EQP-01", "LOD-01", "OPR-03"} <= skipped
    assert skipped.isdisjoint(
        {"LIC-01", "LIC-03", "LIC-18", "VEH-03", "LOD-05", "LOD-06", "LOD-11", "LOD-12", "OPR-08"}
    )
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


def test_a_clause_of_the_old_regulation_ends_and_one_of_the_law_follows():
    old, new = (one for one in item("LIC-10").basis if one.law.startswith("hazchem") and one.clause != "44")
    assert (old.clause, old.verified, old.in_force_to) == ("86(1)", True, date(2026, 4, 30))
    assert (new.clause, new.verified, new.in_force_from) == ("66¶1", True, date(2026, 5, 1))


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
    of_law = {fact for row in DEFINITIONS.violations for fact in row.applies_when}
    of_law |= {fact for law in DEFINITIONS.laws.values() for fact in law.applies_when}
    assert FACTS.keys() - used - of_law <= {"env_hazard", "elevated_temp", "repeated"}


def test_what_is_published_comes_back_as_it_was():
    assert from_published(json.loads(json.dumps(publish(DEFINITIONS)))) == DEFINITIONS


def test_a_package_from_before_the_load_decided_reads_as_one_row_a_code():
    plain = json.loads(json.dumps(publish(DEFINITIONS)))
    for law in plain["laws"]:
        law.pop("applies_when", None)
        for version in law.get("versions", ()):
            version.pop("confidence", None)
    for row in plain["violations"]:
        row.pop("applies_when", None)
    for measure in plain["measures"]:
        measure.pop("tracks", None)
    old = from_published(plain)
    assert not [row.code for row in old.violations if row.applies_when]
    assert all(not law.applies_when for law in old.laws.values())
