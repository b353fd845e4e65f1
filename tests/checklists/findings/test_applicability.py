"""Which facts the situation gives, and which items they show: unknown never hides one."""

from __future__ import annotations

import pytest

from checklists.definitions.definition import FACTS
from checklists.facts.provinces import province
from checklists.facts.situation import situation
from checklists.findings.applicability import applies, facts
from checklists.inspection.entries import place
from checklists.rules.context import Context
from tests.loaded import load_all

ITEMS = load_all().checklists["cn-joint"].items


@pytest.fixture
def known(clean, tables):
    """The facts of the clean tanker with some paths changed, each as a word, or None."""

    def judge(changes=()):
        for path, value in dict(changes).items():
            place(clean, path, value)
        return facts(Context(situation(clean), tables))

    return judge


def goods(un, **more):
    return {"waybill.lines": [{"un": un, "net_mass_kg": "20000", **more}]}


def limited(*gross_kg):
    lines = [{"un": "1263", "packing_group": "II", "quantity": "limited", "gross_mass_kg": one} for one in gross_kg]
    return {"waybill.lines": lines}


def excepted(*packages):
    lines = [{"un": "1263", "packing_group": "II", "quantity": "excepted", "packages": one} for one in packages]
    return {"waybill.lines": lines}


@pytest.mark.parametrize(
    ("fact", "changes", "value"),
    [
        ("env_hazard", goods("3082"), "yes"), ("env_hazard", goods("1830"), None),
        ("elevated_temp", goods("3257"), "yes"), ("elevated_temp", goods("3256"), "yes"),
        ("elevated_temp", goods("2448"), "yes"), ("elevated_temp", goods("1830"), None),
        ("elevated_temp", goods("1965"), "no"),
        ("special_plate", goods("3257"), "yes"), ("special_plate", goods("1830"), None),
        ("restricted_goods", goods("1203"), "yes"), ("restricted_goods", goods("1830"), "no"),
        ("restricted_goods", goods("9999"), None),
        ("size_limited_goods", goods("0081"), "yes"), ("size_limited_goods", goods("1830"), None),
        ("size_limited_goods", goods("1203"), "no"),
        ("route_permit", goods("0081"), "yes"), ("route_permit", goods("2916"), "yes"),
        ("route_permit", goods("1017"), None), ("route_permit", goods("1830"), "no"),
        ("safety_board", goods("0081"), "yes"), ("safety_board", goods("2916"), "no"),
        ("highly_toxic", goods("1017"), None), ("highly_toxic", goods("1230"), None),
        ("highly_toxic", goods("1830"), "no"),
        ("hazardous_waste", goods("1832"), "yes"), ("hazardous_waste", goods("1830", name="废硫酸"), None),
        ("hazardous_waste", goods("1830", name="硫酸"), "no"),
        ("made_before_2025_04", {"vehicle.registered_on": "2025-03-31"}, "yes"),
        ("made_before_2025_04", {"vehicle.registered_on": "2025-04-01"}, "no"), ("made_before_2025_04", {}, None),
        ("incident", {"seen.leaking": "true"}, "yes"), ("incident", {"seen.leaking": "false"}, None),
        ("undeclared", {"seen.goods": "1832"}, "yes"), ("undeclared", {"seen.goods": "UN 1830"}, "no"),
        ("undeclared", {"waybill.lines": [{"name": "汽油"}], "seen.goods": "1203"}, None),
        ("undeclared", {"waybill.lines": [{"name": "汽油"}, {"un": "1203"}], "seen.goods": "1203"}, "no"),
        ("several_goods", {}, "no"), ("several_goods", {"waybill.lines": [{"un": "1203"}, {"un": "1202"}]}, "yes"),
        ("several_goods", {"waybill.lines": [{"name": "汽油、柴油"}]}, None),
        ("several_goods", {"waybill.lines": [{"name": "汽油"}, {"name": "柴油"}]}, None),
        ("several_goods", {"waybill.lines": [{"un": "1203"}, {"name": "柴油"}]}, None),
        ("several_goods", {"seen.goods": "1832"}, None),
        ("small_vehicle", {"vehicle.gross_limit_kg": "3500"}, "yes"),
        ("heavy", {"vehicle.gross_limit_kg": "3501"}, "yes"),
        ("tank_fixed", {}, None), ("stopped", {}, None), ("case_opened", {}, None),
        ("hazchem", {}, None), ("hazchem", {"seen.facts.hazchem": "yes"}, "yes"),
        ("hazchem", {"seen.facts.hazchem": " no "}, "no"), ("hazchem", {"seen.facts.hazchem": "perhaps"}, None),
        ("hazchem", {"seen.facts.highly_toxic": "yes"}, "yes"), ("hazchem", {"seen.facts.highly_toxic": "no"}, None),
        ("hazchem", {"seen.facts.toxic_or_precursor": "yes"}, "yes"), ("hazchem", {"seen.loaded": "empty"}, "no"),
        ("hazchem", goods("0082"), "no"), ("hazchem", goods("0336"), "no"), ("hazchem", goods("2916"), "no"),
        ("hazchem", goods("0503"), None), ("hazchem", goods("9999"), None), ("hazchem", limited(900), None),
        ("special_law", goods("0082"), "explosives"), ("special_law", goods("0029"), "explosives"),
        ("special_law", goods("0065"), "explosives"), ("special_law", goods("0336"), "fireworks"),
        ("special_law", goods("2916"), "radioactive"), ("special_law", goods("1830"), "none"),
        ("special_law", goods("0503"), None), ("special_law", goods("0027"), None),
        ("special_law", goods("0073"), None),
        ("special_law", {"seen.facts.special_law": "fireworks", **goods("0027")}, "fireworks"),
        ("special_law", {"seen.loaded": "empty"}, "none"),
        ("toxic_or_precursor", {"seen.facts.highly_toxic": "yes"}, "yes"), ("toxic_or_precursor", {}, None),
        ("permit_issued", {}, "yes"), ("permit_issued", {"trailer.permit": None}, None),
        ("terminal_fault", {"terminal": {"online": "false"}}, "offline"), ("terminal_fault", {}, None),
    ],
)  # fmt: skip
def test_a_fact_is_what_situation_and_tables_tell_or_it_is_not_known(known, fact, changes, value):
    assert known(changes).get(fact) == (None if value is None else {value})


def test_a_load_of_both_kinds_is_neither_for_sure(known):
    mixed = {"waybill.lines": [{"un": "0082", "net_mass_kg": "100"}, {"un": "1830", "net_mass_kg": "100"}]}
    found = known(mixed)
    assert (found["hazchem"], found["special_law"]) == (None, {"explosives", "none"})


@pytest.mark.parametrize(
    ("origin", "destination", "value"),
    [
        ("内蒙古自治区鄂尔多斯市", "内蒙古包头市", "no"), ("河北省石家庄市", "山西太原", "yes"),
        ("鄂尔多斯", "山西太原", None),
        ("河北区昆纬路", "北京市朝阳区", None), ("山东路1号", "山东省济南市", None), (None, "北京", None),
    ],
)  # fmt: skip
def test_a_trip_crosses_a_province_only_where_both_ends_name_theirs(known, origin, destination, value):
    found = known({"waybill.origin": origin, "waybill.destination": destination})["crosses_province"]
    assert found == (None if value is None else {value})


def test_a_city_that_is_called_like_a_province_is_no_province():
    assert [province(text) for text in ("海南藏族自治州", "河北区", "海南省三亚市")] == [None, None, "海南"]


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        (limited("3000", "5000"), {"limited"}), (limited("3000", "5001"), {"limited", "full"}),
        (limited("3000", None), None), (limited("8001", None), {"limited", "full"}),
        (excepted("1000"), {"excepted"}), (excepted("500", "501"), {"excepted", "full"}), (excepted(None), None),
        (goods("1830"), {"full"}), ({"waybill": None}, None),
        ({"waybill.lines": [*limited("100")["waybill.lines"], {"un": "1830"}]}, {"limited", "full"}),
        ({"waybill.lines": [*limited(None)["waybill.lines"], {"un": "1830"}]}, {"limited", "full"}),
    ],
)  # fmt: skip
def test_how_the_load_travels_counts_amounts_above_their_limit_as_full(known, changes, kinds):
    assert known(changes)["quantity"] == kinds


def test_what_an_officer_states_stands_before_what_is_derived(known):
    found = known({"seen.facts": {"stopped": "yes", "restricted_goods": "yes", "hazardous_waste": "no"}})
    assert [found[name] for name in ("stopped", "restricted_goods", "hazardous_waste")] == [{"yes"}, {"yes"}, {"no"}]


def test_a_fact_of_an_unknown_name_or_value_is_ignored(known):
    found = known({"seen.facts": {"phase_of_the_moon": "full", "stopped": "perhaps", "loaded": ""}})
    assert "phase_of_the_moon" not in found and found.get("stopped") is None and found["loaded"] is None


def test_every_fact_that_is_derived_is_one_that_conditions_may_name(known):
    found = known()
    assert found.keys() <= FACTS.keys()
    assert all(FACTS[name] == () or value is None or value <= set(FACTS[name]) for name, value in found.items())


def shown(found):
    return {one.id for one in ITEMS() if applies(one, found)}


def test_a_tanker_of_acid_is_asked_nothing_of_explosives_poisons_or_packages(known):
    hidden = {"LIC-14", "LIC-15", "PLA-08", "PLA-10", "TNK-10", "TNK-11", "EQP-10", "LOD-13", "OPR-02", "OPR-06"}
    assert shown(known()).isdisjoint(hidden)
    assert {"LIC-09", "PLA-02", "TNK-02", "TNK-07", "EQP-11", "EQP-14", "LOD-09"} <= shown(known())


def test_goods_that_nobody_knows_hide_nothing_that_depends_on_them(known):
    held = {"LIC-14", "LIC-15", "PLA-08", "EQP-10", "EQP-11", "OPR-02", "OPR-06"}
    assert held <= shown(known(goods("9999")))


def test_ordinary_goods_are_asked_what_every_lorry_is_asked_and_their_own_paper(known):
    found = shown(known(limited("8000") | {"tank": None, "waybill.tank": None}))
    own = {"LIC-01", "LIC-03", "LIC-06", "LIC-18", "VEH-03", "LOD-05", "LOD-06", "LOD-07", "LOD-12", "OPR-04", "OPR-08"}
    assert own <= found
    assert found.isdisjoint({"LIC-05", "LIC-09", "LIC-10", "LIC-11", "LIC-13", "PLA-01", "EQP-01", "LOD-01", "OPR-01"})


@pytest.mark.parametrize("changes", [limited("8001"), limited(None), excepted("1001"), excepted(None)])
def test_too_much_of_them_or_an_unknown_amount_is_asked_everything(known, changes):
    assert {"LIC-09", "LIC-11", "LIC-18", "PLA-01", "EQP-01", "LOD-01", "OPR-01"} <= shown(known(changes))
