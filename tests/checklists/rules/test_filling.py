"""R8 and gauges: how full, how heavy, and whether the tank is larger than the vehicle may carry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.facts.situation import situation
from checklists.goods.listing import load_tables
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look
from checklists.rules.fill_limits import fill_limits
from checklists.rules.gauges import gauged_mass_kg, percent

TABLES = load_tables()
TWO = {
    "tank__max_fill_percent": "95",
    "tank__compartments": [{"number": "1", "volume_l": "10000"}, {"number": "2", "volume_l": "8000"}],
}


PLATE = {"tank__volume_l": "18000", "tank__density_kg_m3": "1660", "tank__max_fill_percent": None}


@pytest.fixture
def filling(verdicts):
    """Return (case, verdict) of R8 for 28,000 kg in a tank of 18,000 L made for 1,660 kg/m³, approved for 30,000 kg."""
    return lambda **changes: verdicts("R8", **(changes if "tank" in changes else {**PLATE, **changes}))


def only(found, case):
    return [verdict for one, verdict in found if one == case]


def lines(*held):
    keys = ("un", "compartment", "net_mass_kg", "density_kg_m3")
    return [dict(zip(keys, one, strict=False)) for one in held]


def test_more_than_the_plate_allows_is_overfilled(filling):
    assert only(filling(tank__max_fill_mass_kg="28000"), "over_fill_mass") == ["consistent"]
    assert only(filling(tank__max_fill_mass_kg="27999"), "over_fill_mass") == ["conflict"]


def test_the_weighed_mass_goes_before_the_declared(filling):
    found = filling(tank__max_fill_mass_kg="28500", seen__gross_mass_kg="44920")
    assert only(found, "over_fill_mass") == ["conflict"]


def test_a_gauge_reading_is_held_against_the_degree_on_the_plate(filling):
    plate = {"tank__max_fill_percent": "95"}
    assert only(filling(**plate, seen__levels={"": "95"}), "over_fill_degree") == ["consistent"]
    assert only(filling(**plate, seen__levels={"": "96"}), "over_fill_degree") == ["conflict"]


def test_without_a_gauge_mass_through_density_gives_the_degree(filling):
    # 28,000 kg at 1,660 kg/m³ are 16,867 L, 93.7 % of 18,000 L.
    assert only(filling(tank__max_fill_percent="94"), "over_fill_degree") == ["consistent"]
    assert only(filling(tank__max_fill_percent="93"), "over_fill_degree") == ["conflict"]


def test_the_density_for_which_a_tank_was_made_says_nothing_of_several_goods(filling):
    # Diesel of 840 kg/m³ in a tank made for petrol: 6,000 kg are 7,143 L, 89 % of 8,000 L, and by the plate 100 %.
    each = [{"number": one, "volume_l": "8000"} for one in ("1", "2")]
    plate = {"compartments": each, "density_kg_m3": "750", "max_fill_percent": "97"}
    put = lines(("1203", "1", "5400", "740"), ("1202", "2", "6000"))
    assert only(filling(tank=plate, waybill__lines=put), "over_fill_degree") == ["consistent", "cannot_tell"]
    put[1]["volume_l"] = "7143"
    assert only(filling(tank=plate, waybill__lines=put), "over_fill_degree") == ["consistent"] * 2
    one = lines(("1202", "1", "4000"), ("1202", "2", "6000"))
    assert only(filling(tank=plate, waybill__lines=one), "over_fill_degree") == ["consistent", "conflict"]


def test_one_compartment_that_only_the_waybill_names_is_not_the_whole_tank(filling):
    tank = {"volume_l": "24000", "max_fill_percent": "97"}
    one = lines(("1830", "2", "28000", "1840"))
    assert only(filling(tank=tank, waybill__lines=one), "over_fill_degree") == ["cannot_tell"]
    known = tank | {"compartments": [{"number": "2", "volume_l": "24000"}]}
    assert only(filling(tank=known, waybill__lines=one), "over_fill_degree") == ["consistent"]


def test_exactly_the_permitted_degree_is_no_fault(filling):
    # 28,000 kg at 1,600 kg/m³ are 17,500 L of 20,000 L: 87.5 %, and of 17,500 L all of it.
    exact = {"seen__density_kg_m3": "1600", "tank__volume_l": "17500"}
    assert only(filling(**exact, tank__max_fill_percent="100"), "over_fill_degree") == ["consistent"]
    assert only(filling(**exact, tank__max_fill_percent="99"), "over_fill_degree") == ["conflict"]


def test_the_officers_density_goes_before_the_waybills_and_the_plates(results):
    line = lines(("1830", None, "28000", "1700"))
    every = {"tank.max_fill_percent": "95", "waybill.lines": line, "seen.density_kg_m3": "1830"}

    def density(changes):
        (one,) = [one for one in results(changes) if one.case == "over_fill_degree"]
        return next(value.value for value in one.values if value.name.endswith("density_kg_m3"))

    assert density(every) == "1830"
    assert density({**every, "seen.density_kg_m3": None}) == "1700"
    assert density({**every, "seen.density_kg_m3": None, "waybill.lines": lines(("1830", None, "28000"))}) == "1840"


def test_without_any_density_the_degree_cannot_be_told(filling):
    found = filling(tank__max_fill_percent="95", tank__density_kg_m3=None)
    assert only(found, "over_fill_degree") == ["cannot_tell"]


def test_a_volume_on_the_waybill_needs_no_density(filling):
    held = {"tank__max_fill_percent": "95", "tank__density_kg_m3": None}
    line = {"un": "1830", "packing_group": "II", "net_mass_kg": "28000"}
    full = filling(**held, waybill__lines=[{**line, "volume_l": "17500"}])
    fine = filling(**held, waybill__lines=[{**line, "volume_l": "17100"}])
    assert (only(full, "over_fill_degree"), only(fine, "over_fill_degree")) == (["conflict"], ["consistent"])


def test_each_compartment_is_judged_by_itself(results):
    changes = {path.replace("__", "."): value for path, value in TWO.items()}
    found = results({**changes, "seen.levels": {"1": "90", "2": "97"}})
    degrees = {one.subject: one.verdict for one in found if one.case == "over_fill_degree"}
    assert degrees == {"tank.1": "consistent", "tank.2": "conflict"}


def test_compartments_without_gauges_are_judged_by_their_lines(results):
    changes = {path.replace("__", "."): value for path, value in TWO.items()}
    held = lines(("1203", "1", "7200", "740"), ("1202", "2", "6400", "830"))
    found = results({**changes, "waybill.lines": held})
    degrees = {one.subject: one.verdict for one in found if one.case == "over_fill_degree"}
    # 7,200 kg at 740 are 9,730 L of 10,000; 6,400 kg at 830 are 7,711 L of 8,000.
    assert degrees == {"tank.1": "conflict", "tank.2": "conflict"}


def test_the_order_of_compartments_and_lines_changes_nothing(results):
    held = lines(("1203", "1", "7200", "740"), ("1202", "2", "6400", "830"))
    changes = {"waybill.lines": held, **{path.replace("__", "."): value for path, value in TWO.items()}}
    other = {**changes, "waybill.lines": held[::-1], "tank.compartments": TWO["tank__compartments"][::-1]}
    assert [one for one in results(changes) if one.rule == "R8"] == [one for one in results(other) if one.rule == "R8"]


SPELT = ["1号", "第一舱", "1#", "01", "Ⅰ", "I", "①", "No.1", "1 ", "一", "舱1"]


@pytest.mark.parametrize("written", SPELT)
@pytest.mark.parametrize("where", ["tank.compartments", "waybill.lines", "seen.levels"])
def test_a_compartment_is_one_however_its_number_is_written(results, where, written):
    changes = {key.replace("__", "."): value for key, value in TWO.items()} | {"tank.surge_plates": "false"}
    changes["waybill.lines"] = lines(("1830", "1", "13000", "1830"), ("1830", "2", "15000", "1830"))
    changes["seen.levels"] = {"1": "50", "2": "97"}
    if where == "seen.levels":
        other = {**changes, where: {written: "50", "2": "97"}}
    else:
        key = "number" if where == "tank.compartments" else "compartment"
        held = [{**one, key: written} if one[key] == "1" else one for one in changes[where]]
        other = {**changes, where: held}
    told, found = results(changes), results(other)
    assert ("surge_fill", "conflict", "tank.1") in [(one.case, one.verdict, one.subject) for one in told]
    assert [one for one in found if one.rule == "R8"] == [one for one in told if one.rule == "R8"]


def test_a_gauge_that_the_plate_names_otherwise_leaves_its_section_open(results):
    changes = {key.replace("__", "."): value for key, value in TWO.items()}
    changes |= {"seen.levels": {"A": "50", "B": "90"}, "tank.surge_plates": "false"}
    found = [(one.subject, one.verdict, one.missing) for one in results(changes) if one.case == "surge_fill"]
    assert ("tank.1", "cannot_tell", ("seen.levels.1",)) in found
    assert not [one for one in results({**changes, "tank.surge_plates": "true"}) if one.case == "surge_fill"]


def test_two_readings_of_one_compartment_are_none(results):
    changes = {key.replace("__", "."): value for key, value in TWO.items()}
    found = results({**changes, "seen.levels": {"1": "50", "1号": "99", "2": "90"}})
    assert not [one for one in found if one.case == "over_fill_degree" and one.verdict == "conflict"]


def test_a_compartment_that_nothing_was_put_into_is_not_judged(results):
    changes = {path.replace("__", "."): value for path, value in TWO.items()}
    found = results({**changes, "waybill.lines": lines(("1203", "1", "7000", "740"))})
    assert [one.subject for one in found if one.case == "over_fill_degree"] == ["tank.1"]


def test_several_goods_in_unnamed_compartments_cannot_be_told(results):
    changes = {path.replace("__", "."): value for path, value in TWO.items()}
    found = results({**changes, "waybill.lines": lines(("1203", None, "7000", "740"), ("1202", None, "6000", "830"))})
    assert {one.verdict for one in found if one.case == "over_fill_degree"} == {"cannot_tell"}


@pytest.mark.parametrize("reading", ["101", "200", "-1", "0"])
def test_a_reading_that_no_gauge_gives_is_no_reading(filling, reading):
    found = filling(tank__max_fill_percent="95", seen__levels={"": reading})
    assert only(found, "over_fill_degree") == ["cannot_tell"]


@pytest.mark.parametrize("value", ["0", "-5", "101", "900"])
def test_a_degree_that_no_plate_has_is_not_known(filling, value):
    found = filling(tank__max_fill_percent=value, seen__levels={"": "99"})
    assert only(found, "over_fill_degree") == ["cannot_tell"]


@pytest.mark.parametrize(
    ("path", "value"),
    [("tank__density_kg_m3", "0"), ("tank__density_kg_m3", "-1660"), ("tank__density_kg_m3", "900000"),
     ("tank__volume_l", "0"), ("tank__volume_l", "-18000"), ("tank__volume_l", "8000"), ("tank__volume_l", "99999999")],
)  # fmt: skip
def test_absurd_numbers_lead_to_no_verdict(filling, path, value):
    found = filling(tank__max_fill_percent="95", **{path: value})
    assert only(found, "over_fill_degree") == ["cannot_tell"]


def test_where_nothing_is_known_of_the_filling_one_result_says_so(filling):
    found = filling(tank={"number": "G2019-0815"})
    assert found == [("over_fill_mass", "cannot_tell")]


def test_an_uncleaned_empty_tank_has_no_filling(filling):
    found = filling(seen__loaded="uncleaned", tank__max_fill_mass_kg="1")
    assert not only(found, "over_fill_mass")


@pytest.mark.parametrize("changes", [{"seen__loaded": "empty"}, {"tank": None, "waybill__tank": None}])
def test_nothing_is_said_without_a_tank_or_of_an_empty_and_clean_one(filling, changes):
    assert filling(**changes) == []


def test_a_tank_that_holds_far_more_than_the_approved_load_is_oversize(filling):
    assert only(filling(tank__volume_l="45000"), "oversize_tank") == ["conflict"]


def test_a_little_more_depends_on_the_degree_of_filling(filling):
    # 20,000 L at 1,660 kg/m³ are 33,200 kg, 30,000 are approved: 95 % is too much, 90 % is not.
    assert only(filling(tank__volume_l="20000"), "oversize_tank") == ["cannot_tell"]
    assert only(filling(tank__volume_l="20000", tank__max_fill_percent="95"), "oversize_tank") == ["conflict"]
    assert only(filling(tank__volume_l="20000", tank__max_fill_percent="90"), "oversize_tank") == ["consistent"]


@pytest.mark.parametrize("path", ["tank__density_kg_m3", "trailer__approved_mass_kg"])
def test_without_density_or_approved_load_the_size_cannot_be_told(filling, path):
    assert only(filling(**{path: None}), "oversize_tank") == ["cannot_tell"]


def test_a_plate_above_the_licence_is_oversize_too(filling):
    assert only(filling(tank__max_fill_mass_kg="30600"), "plate_over_licence") == ["consistent"]
    assert only(filling(tank__max_fill_mass_kg="30601"), "plate_over_licence") == ["conflict"]


@pytest.mark.parametrize("case", ["over_fill_mass", "over_fill_degree", "oversize_tank", "plate_over_licence"])
def test_every_case_leads_to_its_item(definitions, case):
    row = definitions.rules["CN", "R8", case]
    assert (row.item, row.violation) in (("LOD-09", "CN-LOD-08"), ("TNK-12", "CN-TNK-08"))


PETROL, LITRES = {"un": "1203", "net_mass_kg": "11000"}, {"un": "1203", "volume_l": "15000"}
DENSE = PETROL | {"density_kg_m3": "740"}


@pytest.mark.parametrize(
    ("line", "plates", "said"),
    [
        (LITRES, "false", [("conflict", ())]),
        (LITRES, None, [("cannot_tell", ("tank.surge_plates",))]),
        (LITRES, "true", [("consistent", ())]),
        (LITRES | {"volume_l": "24000"}, "false", [("consistent", ())]),
        (DENSE, "false", [("conflict", ())]),
        (PETROL, "false", [("cannot_tell", ("seen.density_kg_m3",))]),
        (PETROL, "true", []),
        ({"un": "1203"}, "false", []),
    ],
)
def test_a_half_full_tank_is_known_by_the_litres_of_the_waybill_too(line, plates, said):
    held = {"at": "2026-11-21T01:30:00Z", "waybill": {"lines": [line]}, "seen": {"containment": "tank"}}
    held["tank"] = {"volume_l": "30000", "surge_plates": plates}
    assert [(one.verdict, one.missing) for one in fill_limits(Context(situation(held), TABLES))] == said


def gauged(clean, **changes):
    clean["tank"].update(changes.pop("tank", {}))
    clean["seen"].update(changes)
    look = Look(Context(situation(clean), TABLES), "R18")
    return gauged_mass_kg(look), look


def test_gauge_volume_and_density_give_the_mass(clean):
    assert gauged(clean, tank={"volume_l": "18000"}, levels={"": "90"}, density_kg_m3="1830")[0] == 29646


def test_the_mass_of_all_compartments_is_added(clean):
    tank = {"compartments": TWO["tank__compartments"]}
    assert gauged(clean, tank=tank, levels={"1": "50", "2": "0"}, density_kg_m3="1830")[0] == 9150


def test_a_compartment_without_a_reading_leaves_the_mass_open(clean):
    mass, look = gauged(clean, tank={"compartments": TWO["tank__compartments"]}, levels={"1": "50"})
    assert mass is None
    assert "seen.levels.2" in look.missing


def test_without_gauges_nothing_is_remembered(clean):
    mass, look = gauged(clean)
    assert (mass, look.missing, look.values) == (None, [], [])


def test_one_measured_density_says_nothing_of_several_goods(clean):
    clean["waybill"]["lines"] = lines(("1203", "1", "7000"), ("1202", "2", "6000"))
    clean["tank"].pop("density_kg_m3")
    mass, look = gauged(clean, levels={"1": "50", "2": "50"}, density_kg_m3="740")
    assert mass is None
    assert "seen.density_kg_m3" in look.missing


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_share_is_within_half_a_tenth_of_a_percent(part, whole):
    whole_percent, tenth = percent(part, whole).split(".")
    assert abs((int(whole_percent) * 10 + int(tenth)) * whole - 1000 * part) * 2 <= whole


NUMBERS = st.one_of(st.none(), st.integers(-(2**40), 2**40))


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.dictionaries(st.sampled_from(["", "1", "2"]), st.integers(-300, 300)))
def test_any_numbers_get_an_answer_and_a_conflict_never_rests_on_absurd_ones(volume, density, most, plate, levels):
    from checklists.rules.filling import r8_filling

    tank = {"volume_l": volume, "density_kg_m3": density, "max_fill_percent": most, "max_fill_mass_kg": plate}
    held = {
        "at": "2026-11-21T01:30:00Z",
        "tank": {key: value for key, value in tank.items() if value is not None},
        "vehicle": {"approved_mass_kg": 30000},
        "waybill": {"lines": [{"un": "1830", "net_mass_kg": 28000}]},
        "seen": {"levels": levels},
    }
    found = list(r8_filling(Context(situation(held), TABLES)))
    assert found
    absurd = [value for value in (volume, density) if value is not None and value <= 0]
    size = [one.verdict for one in found if one.case == "oversize_tank"]
    assert not (absurd and "conflict" in size)


@pytest.mark.parametrize(("litres", "verdict"), [("17100", "consistent"), ("17101", "cannot_tell")])
def test_a_volume_that_fills_the_tank_further_than_its_mass_is_open(filling, litres, verdict):
    line = {"un": "1830", "net_mass_kg": "28000", "density_kg_m3": "1830", "volume_l": litres}
    found = filling(tank__max_fill_percent="95", waybill__lines=[line])
    assert only(found, "over_fill_degree") == [verdict]
