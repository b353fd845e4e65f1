"""R2 to R18, one thing wrong at a time; the tanker without it is clean."""

import pytest

WRONG = [
    ("R2", "carrier__licence__scope", ["3"], "carrier_scope"),
    ("R2", "trailer__permit__scope", ["2.1", "3"], "vehicle_scope"),
    ("R3", "driver__qualification__valid_until", "2026-11-20", "driver_expired"),
    ("R3", "driver__qualification__status", "revoked", "driver_revoked"),
    ("R3", "escort__qualification__category", "driver", "escort_category"),
    ("R3", "escort__qualification__carried", "false", "escort_absent_qualification"),
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
