"""R2 to R18, one thing wrong at a time; the tanker without it is clean."""

import pytest

from checklists.facts.situation import situation
from checklists.rules.context import Context
from checklists.rules.rulebook import compare
from checklists.rules.scope import covers

WRONG = [
    ("R2", "carrier__licence__scope", ["3"], "carrier_scope"),
    ("R2", "trailer__permit__scope", ["2.1", "3"], "vehicle_scope"),
    ("R3", "driver__qualification__valid_until", "2026-11-20", "driver_expired"),
    ("R3", "driver__qualification__status", "revoked", "driver_revoked"),
    ("R3", "escort__qualification__category", "driver", "escort_category"),
    ("R3", "escort__qualification", {"carried": "false"}, "escort_absent_qualification"),
    ("R3", "waybill__driver__id_number", "150624198001010000", "driver_mismatch"),
    ("R4", "seen__aboard", [{"role": "driver", "name": "张建国"}], "no_escort"),
    ("R4", "waybill__escort__id_number", "150624198203030099", "escort_not_on_waybill"),
    ("R5", "vehicle__permit__valid_until", "2026-11-20", "vehicle_permit_expired"),
    ("R5", "trailer__permit__status", "revoked", "trailer_permit_revoked"),
    ("R5", "vehicle__permit__carried", "false", "vehicle_permit_absent"),
    ("R5", "vehicle__liability_insurance__valid_until", "2025-01-01", "liability_insurance_expired"),
    ("R6", "tank__inspection__valid_until", "2026-11-20", "tank_inspection_expired"),
    ("R7", "tank__media", ["1789", "1824"], "goods_not_on_list"),
    ("R9", "trailer__approved_mass_kg", "27999", "over_approved_mass"),
    ("R9", "vehicle__gross_limit_kg", "43799", "over_gross_limit"),
    ("R9", "vehicle__traction_mass_kg", "34999", "over_traction"),
    ("R10", "seen__panels__rear", {"present": "false"}, "panel_missing"),
    ("R10", "seen__panels__front__hazard_id", "88", "panel_wrong"),
    ("R10", "seen__panels__front__un", "1832", "panel_unresolved"),
    ("R10", "seen__placards__left", [], "placard_missing"),
    ("R10", "seen__placards__left", ["3"], "placard_wrong"),
    ("R12", "seen__equipment__drain_seal", "0", "drain_seal"),
    ("R12", "seen__equipment__wheel_chock", "1", "wheel_chock"),
    ("R12", "seen__equipment__extinguisher_capacity", "11", "extinguisher_capacity"),
    ("R18", "seen__gross_mass_kg", "44920", "mass_differs"),
]


@pytest.mark.parametrize(("rule", "path", "value", "case"), WRONG, ids=[f"{one[0]}-{one[3]}-{one[1]}" for one in WRONG])
def test_one_wrong_fact_is_one_conflict(verdicts, rule, path, value, case):
    found = [found for found, verdict in verdicts(rule, **{path: value}) if verdict == "conflict"]
    assert found == [case]


def test_the_tanker_as_it_should_be_has_no_conflict(results):
    assert [one for one in results({}) if one.verdict != "consistent"] == []


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ("R2", "carrier__licence"), ("R2", "waybill__lines"), ("R3", "driver__qualification"), ("R4", "seen__aboard"),
        ("R5", "trailer__permit"), ("R6", "tank__inspection"), ("R7", "waybill__lines"),
        ("R9", "vehicle__kerb_mass_kg"), ("R10", "waybill__lines"), ("R12", "waybill__lines"),
        ("R18", "trailer__kerb_mass_kg"),
    ],
)  # fmt: skip
def test_what_is_not_known_cannot_be_told(verdicts, rule, path):
    found = verdicts(rule, **{path: None})
    assert "cannot_tell" in {verdict for _, verdict in found}
    assert "conflict" not in {verdict for _, verdict in found}


def test_the_last_valid_day_is_still_valid(verdicts):
    assert ("tank_inspection_expired", "consistent") in verdicts("R6", tank__inspection__valid_until="2026-11-21")


def test_the_day_is_that_of_beijing_not_of_greenwich(verdicts):
    found = verdicts("R6", at="2026-11-21T23:30:00Z", tank__inspection__valid_until="2026-11-21")
    assert found == [("tank_inspection_expired", "conflict")]


def test_nobody_but_the_driver_aboard_leaves_the_escorts_papers_open(verdicts):
    found = dict(verdicts("R3", seen__aboard=[{"role": "driver", "name": "张建国"}]))
    assert found["escort_expired"] == "cannot_tell"


@pytest.mark.parametrize("goods", [None, "9999"])
def test_a_driver_alone_misses_no_escort_while_the_load_is_not_known(verdicts, goods):
    alone = {"waybill": None, "seen__aboard": [{"role": "driver", "name": "张建国"}], "seen__goods": goods}
    assert verdicts("R4", **alone) == [("no_escort", "cannot_tell")]


def test_a_driver_alone_with_goods_that_officers_established_misses_his_escort(verdicts):
    alone = {"waybill": None, "seen__aboard": [{"role": "driver", "name": "张建国"}], "seen__goods": "1203"}
    assert verdicts("R4", **alone) == [("no_escort", "conflict")]


def test_an_escort_who_is_the_driver_is_no_escort(verdicts):
    same = [{"role": role, "name": "张建国", "id_number": "15062419800101001X"} for role in ("driver", "escort")]
    assert ("escort_is_driver", "conflict") in verdicts("R4", seen__aboard=same)


def test_what_is_loaded_decides_whether_sign_or_waybill_is_wrong(verdicts):
    assert ("panel_wrong", "conflict") in verdicts("R10", seen__panels__front__un="1832", seen__goods="1830")
    assert ("goods_differ", "conflict") in verdicts("R10", seen__panels__front__un="1832", seen__goods="1832")


def test_without_a_list_the_tank_code_decides(verdicts):
    assert verdicts("R7", tank__media=None) == [("tank_code_unfit", "consistent")]
    assert verdicts("R7", tank__media=None, tank__code="LGBF") == [("tank_code_unfit", "conflict")]
    assert verdicts("R7", tank__media=None, tank__code=None) == [("tank_code_unfit", "cannot_tell")]


def test_difference_of_exactly_two_percent_is_within_tolerance(verdicts):
    assert verdicts("R18", seen__gross_mass_kg="44360") == [("mass_differs", "consistent")]
    assert verdicts("R18", seen__gross_mass_kg="44361") == [("mass_differs", "conflict")]
    assert verdicts("R18", seen__gross_mass_kg="43239") == [("mass_differs", "conflict")]


def test_the_storys_difference_reads_four_point_zero_percent(results):
    (found,) = [one for one in results({"seen.gross_mass_kg": "44920"}) if one.rule == "R18"]
    assert {one.name: one.value for one in found.values}["difference_percent"] == "4.0"


def test_a_weighbridge_value_replaces_the_declared_mass(verdicts):
    assert ("over_approved_mass", "consistent") in verdicts("R9", seen__gross_mass_kg="44920")
    assert ("over_approved_mass", "conflict") in verdicts("R9", seen__gross_mass_kg="45801")


def test_registry_data_older_than_its_limit_are_stale_not_green(verdicts):
    old = {"tank": {"kind": "registry", "as_of": "2026-09-01T00:00:00Z"}}
    assert verdicts("R6", sources=old) == [("tank_inspection_expired", "stale")]


def test_a_trailer_on_the_waybill_that_the_registry_lacks_cannot_be_told(verdicts):
    assert ("trailer_permit_expired", "cannot_tell") in verdicts("R5", trailer=None)


@pytest.mark.parametrize("mass", ["0", "-5", "100000000"])
@pytest.mark.parametrize("path", ["seen__gross_mass_kg", "vehicle__kerb_mass_kg", "trailer__approved_mass_kg"])
def test_an_absurd_mass_is_no_mass(verdicts, path, mass):
    found = dict(verdicts("R9", **{path: mass}))
    assert found["over_approved_mass"] == "cannot_tell"


def test_a_waybill_without_mass_compares_with_nothing(verdicts):
    line = {"un": "1830", "packing_group": "II", "net_mass_kg": "0"}
    assert verdicts("R18", waybill__lines=[line]) == [("mass_differs", "cannot_tell")]


def in_all(verdicts, total, *masses):
    lines = [{"un": "1830", "packing_group": "II", "net_mass_kg": one} for one in masses]
    changes = {"waybill__lines": lines, "waybill__total_mass_kg": total}
    limits = dict(verdicts("R9", **changes, seen__gross_mass_kg=None, trailer__approved_mass_kg="27999"))
    return limits["over_approved_mass"], dict(verdicts("R18", **changes))["mass_differs"]


def test_a_total_beside_lines_without_mass_is_what_is_declared(verdicts):
    assert in_all(verdicts, 28000, None, None) == ("conflict", "consistent")
    assert in_all(verdicts, 27999, None, 10000) == ("consistent", "consistent")
    assert in_all(verdicts, 20000, None, None) == ("consistent", "conflict")
    assert in_all(verdicts, 28000, 18000, 10000) == ("conflict", "consistent")


def test_a_total_that_its_lines_contradict_declares_nothing(verdicts):
    assert in_all(verdicts, 27000, 18000, 10000) == ("cannot_tell", "cannot_tell")
    assert in_all(verdicts, 9000, None, 10000) == ("cannot_tell", "cannot_tell")
    assert in_all(verdicts, None, None, 10000) == ("cannot_tell", "cannot_tell")


def test_packages_are_counted_against_the_total_where_the_lines_have_none(verdicts):
    changes = {"waybill__lines": [{"un": "1830"}, {"un": "1789"}], "waybill__total_packages": 40}
    assert ("packages_differ", "consistent") in verdicts("R18", **changes, seen__packages=40)
    assert ("packages_differ", "conflict") in verdicts("R18", **changes, seen__packages=41)


@pytest.mark.parametrize("goods", ["汽油", "12", "9999", "UN ABCD"])
def test_goods_found_that_are_no_number_of_the_list_accuse_nobody_and_pass_nothing(results, goods):
    found = [one for one in results({"seen.goods": goods}) if one.rule in ("R1", "R2", "R7", "R10", "R11", "R16")]
    assert [one.id for one in found if one.verdict == "conflict"] == []
    about = {one.rule for one in found if one.verdict == "cannot_tell"}
    assert about >= {"R2", "R7", "R10", "R11", "R16"}


def test_a_number_found_is_one_however_it_is_written(results):
    said = [
        [(one.id, one.verdict) for one in results({"seen.goods": goods})]
        for goods in ("1830", "UN 1830", "ＵＮ１８３０")
    ]
    assert said[0] == said[1] == said[2]


def limited(*gross_kg, **more):
    lines = [{"un": "1263", "packing_group": "II", "quantity": "limited", "gross_mass_kg": one} for one in gross_kg]
    return {"waybill__lines": lines, "tank": None, "waybill__tank": None, "trailer__tank": None} | more


ALONE = {"seen__aboard": [{"role": "driver", "name": "张建国", "id_number": "15062419800101001X"}]}
DANGEROUS_ONLY = ["R2", "R4", "R6", "R7"]


@pytest.mark.parametrize("rule", DANGEROUS_ONLY)
@pytest.mark.parametrize("gross", ["1", "8000"])
def test_what_travels_as_ordinary_goods_is_not_asked_what_dangerous_goods_are(verdicts, rule, gross):
    assert verdicts(rule, **limited(gross), **ALONE) == []


def test_ordinary_goods_need_no_qualification_but_the_driver_is_who_he_is_said_to_be(verdicts):
    lines = limited("8000", driver=None, **ALONE)
    assert verdicts("R3", **lines) == [("driver_mismatch", "consistent")]
    assert verdicts("R3", **lines, waybill__driver__id_number="150624198001010000") == [("driver_mismatch", "conflict")]


def test_ordinary_goods_need_the_papers_of_any_lorry(verdicts):
    found = dict(verdicts("R5", **limited("8000"), vehicle__safety_inspection__valid_until="2026-01-01"))
    assert found == {
        "safety_inspection_expired": "conflict",
        "compulsory_insurance_expired": "consistent",
        "trailer_safety_inspection_expired": "consistent",
    }


def test_ordinary_goods_may_not_be_too_heavy_either(verdicts):
    found = dict(verdicts("R9", **limited("8000"), seen__gross_mass_kg="49001"))
    assert (found["over_approved_mass"], found["over_gross_limit"]) == ("conflict", "conflict")


@pytest.mark.parametrize("gross", [("8001",), ("4000", "4001"), ("8001", None)])
def test_above_the_limit_limited_quantities_are_dangerous_goods(verdicts, gross):
    assert verdicts("R4", **limited(*gross), **ALONE) == [("no_escort", "conflict")]


def test_the_amount_that_decides_is_shown(results):
    lines = [{"un": "1263", "quantity": "excepted", "packages": "1001"}]
    (found,) = [one for one in results({"waybill.lines": lines}) if one.rule == "R4"]
    assert ("excepted.packages", "1001") in [(one.name, one.value) for one in found.values]


@pytest.mark.parametrize("rule", ["R2", "R3", "R4", "R5"])
def test_an_amount_that_is_missing_leaves_open_what_only_dangerous_goods_are_asked(verdicts, results, rule):
    wrong = {"vehicle__permit__valid_until": "2026-01-01", "vehicle__permit__scope": ["3"], **ALONE}
    found = dict(verdicts(rule, **limited(None), **wrong))
    assert "conflict" not in found.values() and "cannot_tell" in found.values()


def test_an_empty_clean_tank_needs_no_escort_and_an_uncleaned_one_does(verdicts):
    assert verdicts("R4", seen__loaded="empty", **ALONE) == []
    assert verdicts("R4", seen__loaded="uncleaned", **ALONE) == [("no_escort", "conflict")]


@pytest.mark.parametrize(
    ("rule", "path", "case"),
    [
        ("R5", "carrier__licence", "carrier_licence"),
        ("R5", "vehicle__permit", "vehicle_permit"),
        ("R5", "trailer__permit", "trailer_permit"),
        ("R5", "vehicle__liability_insurance", "liability_insurance"),
        ("R5", "trailer__liability_insurance", "liability_insurance"),
        ("R6", "tank__inspection", "tank_inspection"),
    ],
)
def test_a_vehicle_that_is_empty_and_clean_is_not_accused_of_carrying_without_its_papers(verdicts, rule, path, case):
    for fact, value, how in (("valid_until", "2026-11-20", "expired"), ("status", "revoked", "revoked")):
        wrong = {f"{path}__{fact}": value}
        assert (f"{case}_{how}", "conflict") in verdicts(rule, **wrong)
        assert (f"{case}_{how}", "conflict") in verdicts(rule, seen__loaded="uncleaned", **wrong)
        assert (f"{case}_{how}", "cannot_tell") in verdicts(rule, seen__loaded="empty", **wrong)
    assert (f"{case}_expired", "consistent") in verdicts(rule, seen__loaded="empty")


def test_a_permit_that_is_known_to_hold_no_longer_is_not_merely_one_not_carried(verdicts):
    for fact, value, how in (("valid_until", "2026-11-20", "expired"), ("status", "revoked", "revoked")):
        found = verdicts("R5", vehicle__permit__carried="false", **{f"vehicle__permit__{fact}": value})
        assert (f"vehicle_permit_{how}", "conflict") in found


def test_an_empty_vehicle_needs_what_every_vehicle_needs(verdicts):
    found = verdicts("R5", seen__loaded="empty", vehicle__safety_inspection__valid_until="2026-11-20")
    assert ("safety_inspection_expired", "conflict") in found
    assert ("vehicle_permit_absent", "conflict") in verdicts(
        "R5", seen__loaded="empty", vehicle__permit__carried="false"
    )


def test_what_was_unloaded_is_not_compared_with_its_waybill(verdicts):
    assert verdicts("R18", seen__loaded="uncleaned", seen__gross_mass_kg="15900") == []
    assert set(dict(verdicts("R9", seen__loaded="empty", seen__gross_mass_kg=None)).values()) == {"consistent"}


def test_goods_that_officers_established_are_no_longer_exempt_but_the_declared_ones_are(verdicts):
    assert verdicts("R4", **limited("100"), **ALONE, seen__goods="1832") == [("no_escort", "conflict")]
    assert verdicts("R4", **limited("100"), **ALONE, seen__goods="1263") == []


BARE = {
    "containment": "packages",
    "panels": {"front": {"present": "false"}},
    "placards": {"left": []},
    "aboard": [{"role": "driver", "name": "张建国"}],
    "equipment": {"extinguisher_count": "0"},
}


def accused(tables, regime, *uns):
    lines = [{"un": un, "net_mass_kg": "5000"} for un in uns]
    held = {"at": "2026-11-21T01:30:00Z", "waybill": {"lines": lines}, "seen": BARE}
    found = list(compare(Context(situation(held), tables, regime)))
    assert all("goods.provisions" in one.missing for one in found if one.case == "no_escort" and one.missing)
    return {one.rule for one in found if one.verdict == "conflict"}


@pytest.mark.parametrize("regime", ["CN", "EU"])
@pytest.mark.parametrize("un", ["1845", "1910", "2807", "3335", "2908", "2910", "3166", "3171", "3363", "3556"])
def test_goods_outside_the_rules_or_under_their_own_lack_neither_sign_nor_escort_nor_equipment(tables, regime, un):
    assert accused(tables, regime, un) == set()
    assert accused(tables, regime, un, "1830") >= {"R4", "R10"}


@pytest.mark.parametrize(
    ("un", "regime", "exempt"),
    [("1845", "EU", True), ("1845", "CN", None), ("2908", "EU", None), ("3166", "EU", None), ("1830", "EU", False)],
)
def test_only_adr_says_for_sure_that_goods_are_outside_of_it(tables, un, regime, exempt):
    declared = {"waybill": {"lines": [{"un": un}]}}
    for known in (declared, {"seen": {"goods": un}}, declared | {"seen": {"goods": un}}):
        assert Context(situation({"at": "2026-11-21T01:30:00Z", **known}), tables, regime).exempt is exempt


II, III = {"packing_group": "II"}, {"packing_group": "III"}
LINES = [{"un": "1830", "packing_group": "II", "net_mass_kg": "14000"}, {"un": "1203", "net_mass_kg": "14000"}]


@pytest.mark.parametrize("lines", [LINES, LINES[::-1]])
def test_one_line_outside_scope_or_list_is_enough_whatever_the_order(results, lines):
    found = {one.case: one for one in results({"waybill.lines": lines}) if one.rule in ("R2", "R7")}
    assert (found["vehicle_scope"].verdict, found["goods_not_on_list"].verdict) == ("conflict", "conflict")
    assert [one.value for one in found["goods_not_on_list"].values if one.name == "goods"] == ["UN 1203 3"]


@pytest.mark.parametrize("scope", ["8", "第8类", "8类", "UN1830", "un 1830", "8项"])
def test_a_scope_may_be_written_in_several_ways(verdicts, scope):
    assert ("carrier_scope", "consistent") in verdicts("R2", carrier__licence__scope=["3", scope])


@pytest.mark.parametrize(
    ("scope", "named", "others"),
    [
        ("2类1项", "1978", "1066"), ("第2类第1项", "1978", "1017"), ("２．１", "1978", "1066"),
        ("２类", "1066", "1203"), ("第2类第1、2项", "1066", "1017"), ("危险货物运输(3类)", "1203", "1830"),
        ("第3类易燃液体", "1203", "1830"), ("第三类", "1203", "1830"), ("二类一项", "1978", "1066"),
        ("3、8", "1830", "1978"), ("2-9类", "1830", "0081"),
        ("4类1项", "1325", "1361"), ("1.1D", "0081", "0029"), ("8类（腐蚀品）", "1830", "1203"),
        ("道路危险货物运输（2类1项、3类）", "1203", "1066"), ("UN 1203、1202", "1202", "1230"),
    ],
)  # fmt: skip
def test_a_scope_is_read_as_permits_write_it(tables, scope, named, others):
    first, other = (tables.goods.lookup(un)[0] for un in (named, others))
    assert (covers((scope,), first), covers((scope,), other)) == (True, False)


@pytest.mark.parametrize(
    ("scope", "un"),
    [
        ("3类(剧毒化学品除外)", "1203"), ("2-9类（不含6.1项）", "1203"), ("2类易燃气体", "1017"),
        ("2类(易燃气体)", "1017"), ("3类（仅限汽油）", "1230"), ("6.1-8类", "1203"),
        ("除剧毒化学品、3类外", "1203"), ("", "1203"),
    ],
)  # fmt: skip
def test_a_scope_that_narrows_what_it_names_is_open(tables, scope, un):
    assert covers((scope,), tables.goods.lookup(un)[0]) is None


def test_an_empty_scope_is_not_known_and_one_that_says_none_is(verdicts):
    assert ("carrier_scope", "cannot_tell") in verdicts("R2", carrier__licence__scope=[])
    assert ("carrier_scope", "conflict") in verdicts("R2", carrier__licence__scope=["无"])


def test_a_scope_in_other_words_is_not_guessed(verdicts):
    assert ("carrier_scope", "cannot_tell") in verdicts("R2", carrier__licence__scope=["危险货物运输", "3"])


def test_goods_of_two_packing_groups_that_the_tank_may_and_may_not_carry_are_open(verdicts):
    tank = {"tank__media": None, "tank__code": "L4BN"}
    found = [verdicts("R7", **tank, waybill__lines=[{"un": "1106", **group}]) for group in ({}, II, III)]
    assert [one[0][1] for one in found] == ["cannot_tell", "conflict", "consistent"]


def test_a_permitted_list_may_name_the_goods_in_words(verdicts):
    assert verdicts("R7", tank__media=["硫酸"]) == [("goods_not_on_list", "consistent")]
    assert verdicts("R7", tank__media=["某种酸"]) == [("goods_not_on_list", "cannot_tell")]


def test_a_gauge_tells_the_mass_where_no_weighbridge_does(results):
    gauge = {
        "seen.gross_mass_kg": None,
        "seen.levels": {"": "80"},
        "seen.density_kg_m3": "1840",
        "tank.volume_l": "20000",
    }
    (found,) = [one for one in results(gauge) if one.rule == "R18"]
    assert {one.name: one.value for one in found.values}["difference_kg"] == "1440"
    assert found.verdict == "conflict"


def test_a_weighbridge_goes_before_a_gauge(verdicts):
    gauge = {"seen__levels": {"": "10"}, "seen__density_kg_m3": "1840"}
    assert verdicts("R18", **gauge) == [("mass_differs", "consistent")]


def test_packages_counted_are_compared_with_those_declared(verdicts):
    lines = [{"un": "1830", "packing_group": "II", "net_mass_kg": "28000", "packages": "20"}]
    assert ("packages_differ", "consistent") in verdicts("R18", waybill__lines=lines, seen__packages="20")
    assert ("packages_differ", "conflict") in verdicts("R18", waybill__lines=lines, seen__packages="19")
    assert ("packages_differ", "cannot_tell") in verdicts("R18", seen__packages="19")


def test_a_lorry_and_its_trailer_carry_on_both(verdicts):
    lorry = {"vehicle__kind": "lorry", "vehicle__approved_mass_kg": "12000", "trailer__approved_mass_kg": "16000"}
    assert ("over_approved_mass", "consistent") in verdicts("R9", **lorry)
    assert "over_traction" not in dict(verdicts("R9", **lorry))


def test_the_papers_of_another_driver_than_the_one_aboard_are_not_his(verdicts):
    other = [{"role": "driver", "name": "王五", "id_number": "150624199001010001"}]
    found = dict(verdicts("R3", seen__aboard=other, driver__qualification__valid_until="2026-01-01"))
    assert (found["driver_expired"], found["driver_mismatch"]) == ("cannot_tell", "conflict")


def test_one_of_two_drivers_is_the_one_on_the_waybill_in_any_order(verdicts):
    two = [{"role": "driver", "name": "王五"}, {"role": "driver", "name": "张建国"}]
    for aboard in (two, two[::-1]):
        assert ("driver_mismatch", "consistent") in verdicts("R3", seen__aboard=aboard)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ("escort_expired", "consistent")),
        ({"escort__qualification__valid_until": None}, ("escort_absent_qualification", "conflict")),
        ({"escort__qualification__valid_until": "2026-11-20"}, ("escort_expired", "conflict")),
        ({"escort__qualification__category": "driver"}, ("escort_category", "conflict")),
        (
            {"escort__id_number": None, "sources": {"escort": {"kind": "registry"}}},
            ("escort_absent_qualification", "conflict"),
        ),
    ],
)
def test_who_shows_no_qualification_but_is_known_to_hold_one_is_not_without_one(verdicts, changes, said):
    assert said in verdicts("R3", escort__qualification__carried="false", **changes)


@pytest.mark.parametrize(
    ("category", "verdict"),
    [
        ("escort", "consistent"),
        ("Escort", "consistent"),
        ("押运员", "consistent"),
        ("道路危险货物运输押运人员", "consistent"),
        ("driver、escort", "consistent"),
        ("道路危险货物运输驾驶员、押运人员", "consistent"),
        ("道路货物运输驾驶员/押运员", "consistent"),
        ("driver", "conflict"),
        ("道路危险货物运输驾驶员", "conflict"),
        ("道路货物运输驾驶员", "cannot_tell"),
        ("爆炸品道路运输押运人员", "cannot_tell"),
        ("", "cannot_tell"),
        (None, "cannot_tell"),
    ],
)
def test_a_qualification_is_for_every_category_on_it_however_that_is_written(verdicts, category, verdict):
    found = [one for one in verdicts("R3", escort__qualification__category=category) if one[0].startswith("escort_")]
    assert verdict in [said for case, said in found if case != "escort_mismatch"]


def test_a_pass_by_a_qualification_that_was_not_shown_says_so(results):
    found = results({"driver.qualification.carried": "false"})
    assert [one.caveats for one in found if one.case == "driver_expired"] == [("driver.qualification.carried",)]


def test_an_expired_carrier_licence_and_a_trailers_own_policy_are_looked_at(verdicts):
    assert ("carrier_licence_expired", "conflict") in verdicts("R5", carrier__licence__valid_until="2026-01-01")
    policy = {"trailer__compulsory_insurance": {"valid_until": "2026-01-01"}}
    assert verdicts("R5", **policy).count(("compulsory_insurance_expired", "conflict")) == 1


def test_every_case_that_these_rules_may_find_has_its_row(definitions):
    papers = ["vehicle_permit", "trailer_permit", "safety_inspection", "trailer_safety_inspection"]
    papers += ["carrier_licence", "compulsory_insurance", "liability_insurance"]
    wanted = {("R5", f"{paper}_{how}") for paper in papers for how in ("expired", "revoked")}
    wanted |= {("R6", "tank_inspection_expired"), ("R6", "tank_inspection_revoked"), ("R18", "packages_differ")}
    assert wanted <= {(rule, case) for _, rule, case in definitions.rules}


def test_those_aboard_are_no_difference_of_a_small_load(verdicts):
    small = {"waybill__lines": [{"un": "1830", "net_mass_kg": "200"}]}
    assert verdicts("R18", **small, seen__gross_mass_kg="16150") == [("mass_differs", "consistent")]
    assert verdicts("R18", **small, seen__gross_mass_kg="16151") == [("mass_differs", "conflict")]
    assert verdicts("R18", **small, seen__gross_mass_kg="15990") == [("mass_differs", "conflict")]
    assert verdicts("R18", **small, seen__net_mass_kg="300") == [("mass_differs", "conflict")]


def test_a_tractor_is_not_weighed_without_its_trailer(verdicts):
    alone = {"trailer": None, "waybill__trailer_plate": None, "vehicle__kind": "tractor"}
    assert verdicts("R18", **alone) == [("mass_differs", "cannot_tell")]


def test_a_paper_of_another_status_than_those_known_is_open(verdicts):
    assert ("vehicle_permit_revoked", "conflict") in verdicts("R5", vehicle__permit__status="Revoked")
    found = dict(verdicts("R5", vehicle__permit__status="注销"))
    assert found["vehicle_permit_expired"] == "cannot_tell"


def test_of_two_drivers_the_qualification_of_each_is_wanted(verdicts):
    two = [{"role": "driver", "name": "张建国"}, {"role": "driver", "name": "李四"}]
    assert ("driver_expired", "cannot_tell") in verdicts("R3", seen__aboard=two)
    assert ("driver_expired", "conflict") in verdicts(
        "R3", seen__aboard=two, driver__qualification__valid_until="2026-01-01"
    )


@pytest.mark.parametrize(
    ("media", "verdict"), [("丙烷", "cannot_tell"), ("丁烷", "cannot_tell"), ("液化石油气", "consistent")]
)
def test_a_tank_for_one_gas_does_not_pass_for_a_mixture_that_may_need_more_pressure(verdicts, media, verdict):
    lines = [{"un": "1965", "name": "液化石油气", "class": "2.1"}]
    found = verdicts("R7", waybill__lines=lines, tank__media=[media], tank__code="P25BN")
    assert ("goods_not_on_list", verdict) in found


PACKED = {"tank": None, "waybill__tank": None, "seen__tank_number": None, "seen__containment": "packages"}


def packed(verdicts, gross, weighed):
    line = {"un": "1830", "packing_group": "II", "net_mass_kg": 20000, "gross_mass_kg": gross}
    found = verdicts("R18", **PACKED, waybill__lines=[line], seen__gross_mass_kg=weighed)
    return dict(found)["mass_differs"]


@pytest.mark.parametrize(
    ("gross", "weighed", "verdict"),
    [
        (22000, 37800, "consistent"),
        (22000, 35800, "consistent"),
        (22000, 38240, "consistent"),
        (22000, 38241, "conflict"),
        (22000, 35399, "conflict"),
        (None, 37800, "cannot_tell"),
        (None, 35399, "conflict"),
        (37800, 37800, "cannot_tell"),
    ],
)
def test_goods_in_packages_weigh_what_they_do_with_these(verdicts, gross, weighed, verdict):
    assert packed(verdicts, gross, weighed) == verdict


def test_a_load_that_only_its_packages_make_too_heavy_has_to_be_weighed(verdicts):
    line = {"un": "1830", "packing_group": "II", "net_mass_kg": 29000, "gross_mass_kg": 30001}
    found = dict(verdicts("R9", **PACKED, waybill__lines=[line], seen__gross_mass_kg=None))
    assert found["over_approved_mass"] == "cannot_tell"
    line["gross_mass_kg"] = 30000
    found = dict(verdicts("R9", **PACKED, waybill__lines=[line], seen__gross_mass_kg=None))
    assert found["over_approved_mass"] == "consistent"


@pytest.mark.parametrize(
    ("un", "quantity", "verdict"),
    [("1830", "limited", None), ("1051", "limited", "conflict"), ("1689", "limited", "conflict"),
     ("0082", "excepted", "conflict"), ("1830", "excepted", None)],
)  # fmt: skip
def test_goods_that_the_list_never_lets_travel_so_are_not_exempt_by_their_waybill(verdicts, un, quantity, verdict):
    line = {"un": un, "quantity": quantity, "gross_mass_kg": 500, "packages": 50}
    found = dict(verdicts("R4", waybill__lines=[line], **ALONE))
    assert found.get("no_escort") == verdict


@pytest.mark.parametrize(("gross", "said"), [("16950", []), ("16951", [("mass_differs", "cannot_tell")])])
@pytest.mark.parametrize("loaded", ["empty", "uncleaned"])
def test_what_is_unloaded_and_weighs_far_more_than_its_vehicle_is_open(verdicts, loaded, gross, said):
    assert verdicts("R18", seen__loaded=loaded, seen__gross_mass_kg=gross) == said


@pytest.mark.parametrize("tank", [{"tank__code": "LGBF"}, {"tank__shell": "aluminium"}])
def test_a_list_that_the_tank_itself_forbids_is_no_pass(verdicts, tank):
    found = verdicts("R7", tank__media=["1830"], **tank)
    assert ("goods_not_on_list", "consistent") in found
    assert ("tank_code_unfit", "cannot_tell") in found


def test_a_list_that_fits_its_tank_is_enough(verdicts):
    found = [one for one in verdicts("R7", tank__media=["1830"]) if one[0] != "vehicle_type"]
    assert found == [("goods_not_on_list", "consistent")]
