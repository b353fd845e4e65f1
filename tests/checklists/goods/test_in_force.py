"""The faults of the edition in force, row by row, by the commands that showed them; and the kinds behind the rows."""

import json
from copy import deepcopy
from itertools import product

import pytest

from checklists.__main__ import main
from checklists.authoring.loader import ROOT, read_plain
from checklists.facts.situation import situation
from checklists.goods import required_signs as signs
from checklists.goods.listing import load_tables
from checklists.inspection.entries import place
from checklists.rules.context import Context
from checklists.rules.fill_limits import fill_limits
from checklists.rules.rulebook import compare
from checklists.rules.scope import covers
from checklists.rules.signs import r10_signs

TABLES = load_tables()
GOODS = TABLES.goods


def run(capsys, *arguments):
    code = main(list(arguments))
    text = capsys.readouterr().out
    return code, json.loads(text) if text.startswith(("{", "[")) else text


def tanker(name: str, **changes):
    """The plain situation of an example with some of its parts replaced."""
    held = deepcopy(read_plain(ROOT / "examples" / f"{name}.yaml")["situation"])
    for path, value in changes.items():
        place(held, path.replace("__", "."), value)
    return situation(held)


def said(results, *cases):
    return {one.case: one.verdict for one in results if not cases or one.case in cases}


# Row 1 and its like: an entry that both new editions changed.


def test_row_1_ethyl_bromide_travels_as_class_3(capsys):
    seen = ("--containment", "tank", "--vehicle", "FL", "--panel", "336/1891", "--placards", "3,6.1")
    code, found = run(capsys, "signs", "--un", "1891", *seen)
    assert (code, found["conflicts"], found["required"]["vehicles"]) == (0, [], ["FL"])
    code, items = run(capsys, "equipment", "--un", "1891", "--containment", "tank", "--json")
    assert {"shovel", "drain_seal", "collecting_container"} <= {one["key"] for one in items["items"]}
    assert covers(("3",), GOODS.lookup("1891")[0]) is True
    assert covers(("6.1",), GOODS.lookup("1891")[0]) is False
    assert covers(("3", "剧毒化学品除外"), GOODS.lookup("1891")[0]) is None
    assert covers(("6.1", "剧毒化学品除外"), GOODS.lookup("1891")[0]) is None
    assert covers(("3", "危险货物运输"), GOODS.lookup("1891")[0]) is True
    (entry,) = run(capsys, "goods", "1891", "--json")[1]
    wanted = {"classification_code": "FT1", "limited_quantity": "1 L", "excepted_quantity": "E2", "packing_group": "II"}
    assert {column: entry[column] for column in wanted} == wanted


def test_row_1_before_the_first_of_october_2025_the_older_entry_answers(capsys):
    seen = ("--containment", "tank", "--panel", "336/1891", "--placards", "3,6.1", "--on", "2025-09-30")
    assert run(capsys, "signs", "--un", "1891", *seen)[0] == 1
    old = ("--containment", "tank", "--vehicle", "AT", "--panel", "60/1891", "--placards", "6.1")
    assert run(capsys, "signs", "--un", "1891", *old, "--on", "2025-09-30")[0] == 0
    assert run(capsys, "signs", "--un", "1891", *old, "--on", "2025-10-01")[0] == 1


def test_row_1_a_scope_of_class_3_is_enough_for_the_whole_check():
    line = {"un": "1891", "name": "乙基溴", "class": "3", "subsidiary": ["6.1"], "packing_group": "II"}
    held = tanker("clean-acid-tanker", waybill__lines=[{**line, "net_mass_kg": "28000"}])
    assert said(compare(Context(held, TABLES)), "carrier_scope")["carrier_scope"] == "consistent"


@pytest.mark.parametrize(
    ("number", "group", "panel", "placards", "old_panel", "old_placards"),
    [
        ("1872", None, "50/1872", "5.1", "56/1872", "5.1,6.1"),
        ("1835", "II", "86/1835", "8,6.1", "80/1835", "8"),
        ("3423", None, "668/3423", "6.1,8", "80/3423", "8"),
    ],
)
def test_rows_2_and_3_new_signs_are_right_and_the_old_ones_wrong(
    capsys, number, group, panel, placards, old_panel, old_placards
):
    asked = ("signs", "--un", number, "--containment", "tank", *(("--pg", group) if group else ()))
    assert run(capsys, *asked, "--panel", panel, "--placards", placards)[1]["conflicts"] == []
    wrong = run(capsys, *asked, "--panel", old_panel, "--placards", old_placards)[1]["conflicts"]
    assert [one["sign"] for one in wrong] == ["panel", "placards"]


def test_row_3_the_weak_solution_keeps_80_and_the_strong_one_is_3560(capsys):
    asked = ("signs", "--un", "1835", "--pg", "III", "--panel", "80/1835", "--placards", "8")
    assert run(capsys, *asked)[0] == 0
    (strong,) = run(capsys, "goods", "3560", "--json")[1]
    assert (strong["packing_group"], strong["hazard_id"], strong["tank_code"]) == ("I", "668", "L10CH")


# Row 4: new numbers.


@pytest.mark.parametrize(
    ("load", "category", "points"), [("3551=300kg", "2", 900), ("3554=300kg", "3", 300), ("3536=10kg", "2", 30)]
)
def test_row_4_new_numbers_have_their_transport_category(capsys, load, category, points):
    code, found = run(capsys, "thresholds", "--load", load, "--json")
    assert (code, found["loads"][0]["category"], found["points"]) == (0, category, points)


def test_row_4_new_numbers_have_their_signs_and_tanks(capsys):
    code, found = run(capsys, "signs", "--un", "3553", "--panel", "26/3553", "--placards", "2.1")
    assert (code, found["conflicts"][0]["required"]) == (1, ["23/3553"])
    assert run(capsys, "tank-fits", "--un", "3560", "--tank", "L4BN")[1]["fits"] is False
    assert run(capsys, "tank-fits", "--un", "3550", "--tank", "SGAH")[1]["fits"] is False
    assert run(capsys, "tank-fits", "--un", "3535", "--pg", "II", "--tank", "SGAH")[1]["fits"] is True
    (disilane,) = run(capsys, "goods", "3553", "--json")[1]
    assert (disilane["hazard_id"], disilane["tank_code"], disilane["vehicle_for_tank"]) == ("23", "PxBN(M)", "FL")


@pytest.mark.parametrize("un", ["3551", "3552", "3554", "3555", "3559", "3549"])
def test_row_4_a_hazard_number_of_the_railway_is_none_for_the_road(un):
    assert [one.accepts("hazard_id") for one in GOODS.lookup(un)] == [{""}]


def test_every_new_number_is_known_in_all_columns():
    new = [goods for row in GOODS.rows for goods in GOODS.lookup(row[0]) if goods.versions.before is None]
    assert {one.un for one in new} == {*(f"0{n}" for n in range(511, 515)), *(str(n) for n in range(3549, 3561))}
    for goods, column in product(new, ("labels", "tunnel_code", "transport_category", "tank_code", "hazard_id")):
        assert goods.told(column), (goods.un, column)


def test_row_5_a_deleted_number_names_its_successor(capsys):
    code, text = run(capsys, "goods", "1169")
    assert code == 0
    assert "1197" in text
    assert {(one["standing"], one["successor"]) for one in run(capsys, "goods", "1169", "--json")[1]} == {
        ("deleted", "1197")
    }
    assert {one["standing"] for one in run(capsys, "goods", "1169", "--on", "2025-09-30", "--json")[1]} == {"in_force"}
    assert "UN 1014" in run(capsys, "goods", "1014")[1]


# Row 6: tunnels.


def tunnel(un, category, regime="CN", **line):
    bans = [{"id": "T1", "tunnel": category, "roads": [], "areas": []}]
    held = tanker("clean-package-truck", waybill__lines=[{"un": un, **line}], place__bans=bans)
    (found,) = [one for one in compare(Context(held, TABLES, regime)) if one.rule == "R13"]
    return found.verdict, [one.value for one in found.warnings]


@pytest.mark.parametrize("un", ["2908", "2909", "2910", "2911"])
def test_row_6_excepted_packages_may_pass_every_tunnel(un):
    assert tunnel(un, "E")[0] == "consistent"
    assert [one.tunnel_code for one in GOODS.lookup(un)] == ["-"]


@pytest.mark.parametrize("un", ["3132", "3135"])
def test_row_6_these_are_closed_out_of_tunnels_e_alone(un):
    (goods,) = GOODS.lookup(un, "I")
    assert goods.tunnel_code == "E"
    assert tunnel(un, "E", packing_group="I")[0] == "conflict"
    assert tunnel(un, "D", packing_group="I")[0] == "consistent"


def test_row_7_one_source_alone_for_the_vehicle_is_shown_and_accuses_nobody(capsys):
    seen = ("--containment", "tank", "--vehicle", "AT", "--panel", "X323/1392", "--placards", "4.3")
    code, found = run(capsys, "signs", "--un", "1392", *seen)
    assert (code, found["conflicts"], found["required"]["vehicles"]) == (0, [], None)
    assert [(one["sign"], one["required"]) for one in found["undecided"]] == [("vehicle", ["AT", "FL"])]
    assert "FL / AT" in found["because"]
    assert run(capsys, "signs", "--un", "1392", *seen, "--regime", "eu")[1]["conflicts"][0]["required"] == ["FL"]


@pytest.mark.parametrize("un", ["1830", "1832", "1789", "1824"])
def test_row_8_a_tank_that_fits_is_asked_for_the_material_of_its_shell(capsys, un):
    asked = ("tank-fits", "--un", un, "--pg", "II", "--tank", "L4BN")
    found = run(capsys, *asked)[1]
    assert (found["fits"], found["questions"]) == (True, ["ask_shell"])
    assert "TU42" in found["because"]
    assert run(capsys, *asked, "--shell", "aluminium")[1]["fits"] is None
    assert run(capsys, *asked, "--shell", "steel")[1]["questions"] == []


def test_row_8_the_comparison_asks_too():
    held = tanker("clean-acid-tanker", tank__media=None)
    unfit = lambda found: next(one for one in found if one.case == "tank_code_unfit")  # noqa: E731
    here, there = (unfit(compare(Context(held, TABLES, regime))) for regime in ("CN", "EU"))
    assert (here.verdict, [one.value for one in here.warnings]) == ("consistent", ["TU42"])
    assert (there.verdict, there.missing) == ("cannot_tell", ("tank.shell",))
    steel = tanker("clean-acid-tanker", tank__media=None, tank__shell="steel")
    assert unfit(compare(Context(steel, TABLES, "EU"))).verdict == "consistent"


@pytest.mark.parametrize(
    ("arguments", "fits"),
    [
        (("1978", "P21BN"), None),
        (("1978", "P21BN", "--insulated", "yes"), True),
        (("1978", "P21BN", "--insulated", "no"), False),
        (("1978", "P23BN"), True),
        (("1978", "P20BN"), False),
        (("1965", "P22BN"), None),
        (("1965", "P22BN", "--mixture", "Mixture C"), False),
        (("1965", "P22BN", "--mixture", "混合物A"), True),
        (("1965", "P22BN", "--mixture", "B1", "--insulated", "yes"), True),
        (("1962", "P200BN"), None),
    ],
)
def test_row_9_a_gas_has_its_own_test_pressure(capsys, arguments, fits):
    un, tank, *rest = arguments
    assert run(capsys, "tank-fits", "--un", un, "--tank", tank, *rest)[1]["fits"] is fits


def test_row_9_both_pressures_are_said(capsys):
    assert "21 / 23 bar" in run(capsys, "tank-fits", "--un", "1978", "--tank", "P21BN")[1]["because"]


def gas(un, name, mass, litres, regime):
    line = {"un": un, "name": name, "net_mass_kg": str(mass)}
    held = tanker("clean-gas-tanker", waybill__lines=[line], tank__volume_l=str(litres), seen__gross_mass_kg=None)
    found = [one for one in fill_limits(Context(held, TABLES, regime)) if one.case == "gas_fill"]
    return found[0].verdict, {one.name: one.value for one in found[0].values}["limit.kg_per_litre"]


@pytest.mark.parametrize(
    ("un", "name", "mass", "limit", "here", "there"),
    [
        ("1965", "液化石油气（混合物C）", 23000, "0.42", "cannot_tell", "conflict"),
        ("1965", "液化石油气（混合物A）", 23000, "0.5", "consistent", "consistent"),
        ("1965", "液化石油气", 23000, "0.42 – ?", "cannot_tell", "cannot_tell"),
        ("1965", "液化石油气", 20000, "0.42 – ?", "consistent", "consistent"),
        ("1017", "氯", 65000, "1.25", "cannot_tell", "conflict"),
        ("1017", "氯", 62500, "1.25", "consistent", "consistent"),
        ("1005", "无水氨", 26501, "0.53", "cannot_tell", "conflict"),
        ("1005", "无水氨", 26500, "0.53", "consistent", "consistent"),
    ],
)
def test_row_10_kilograms_a_litre_accuse_only_where_adr_is_the_law(un, name, mass, limit, here, there):
    assert gas(un, name, mass, 50000, "CN") == (here, f"{limit} (ADR 4.3.3.2.5)")
    assert gas(un, name, mass, 50000, "EU") == (there, f"{limit} (ADR 4.3.3.2.5)")


def surge(levels, plates=None, litres="8000"):
    parts = [{"number": one, "volume_l": litres, "un": "1203"} for one in ("1", "2", "3")]
    held = tanker("clean-petrol-tanker", seen__levels=levels, tank__surge_plates=plates, tank__compartments=parts)
    return [one.verdict for one in fill_limits(Context(held, TABLES)) if one.case == "surge_fill"]


@pytest.mark.parametrize(
    ("level", "plates", "verdict"),
    [
        (50, None, "cannot_tell"),
        (50, "false", "conflict"),
        (50, "true", "consistent"),
        (79, "false", "conflict"),
        (80, "false", "consistent"),
        (21, "false", "conflict"),
        (20, "false", "consistent"),
    ],
)
def test_row_11_half_full_compartments_above_7500_litres_need_surge_plates(level, plates, verdict):
    assert surge({one: level for one in ("1", "2", "3")}, plates) == [verdict] * 3


@pytest.mark.parametrize(("un", "verdict"), [("1170", "conflict"), ("1263", "cannot_tell"), ("3257", "cannot_tell")])
def test_row_11_goods_that_may_be_viscous_accuse_nobody(un, verdict):
    line = {"un": un, "packing_group": "III" if un != "1170" else "II"}
    held = tanker("clean-acid-tanker", waybill__lines=[line], seen__levels={"": 50}, tank__surge_plates="false")
    assert said(fill_limits(Context(held, TABLES)), "surge_fill")["surge_fill"] == verdict


def test_row_11_a_level_is_asked_about_though_the_waybill_names_no_compartment():
    lines = [{"un": "1203", "packing_group": "II"}]
    held = tanker("clean-petrol-tanker", seen__levels={"1": 50, "2": 90, "3": 10}, waybill__lines=lines)
    found = {one.subject: one.verdict for one in fill_limits(Context(held, TABLES)) if one.case == "surge_fill"}
    assert found == {"tank.1": "cannot_tell", "tank.2": "consistent", "tank.3": "consistent"}


def test_row_11_smaller_ones_and_gases_that_fill_evenly_need_none():
    assert surge({"1": 50, "2": 50, "3": 50}, "false", litres="7500") == []
    line = {"un": "1971", "name": "压缩天然气", "net_mass_kg": "5000", "density_kg_m3": "200"}
    held = tanker("clean-gas-tanker", waybill__lines=[line], tank__surge_plates="false", seen__gross_mass_kg=None)
    assert [one for one in fill_limits(Context(held, TABLES)) if one.case == "surge_fill"] == []


@pytest.mark.parametrize("un", [None, "9999"])
def test_row_11_goods_that_nobody_named_are_open_and_no_pass(un):
    held = tanker("clean-acid-tanker", waybill__lines=[{"un": un}], seen__levels={"": 50}, tank__surge_plates="false")
    assert said(fill_limits(Context(held, TABLES)), "surge_fill")["surge_fill"] == "cannot_tell"


@pytest.mark.parametrize(("code", "verdicts"), [("P18BN", ["cannot_tell"]), (None, ["cannot_tell"]), ("L4BN", [])])
def test_row_10_in_a_tank_for_gases_goods_that_nobody_named_are_open(code, verdicts):
    held = tanker("clean-gas-tanker", waybill__lines=[{"net_mass_kg": "20000"}], tank__code=code)
    assert [one.verdict for one in fill_limits(Context(held, TABLES)) if one.case == "gas_fill"] == verdicts


@pytest.mark.parametrize(("day", "outdated"), [("2026-06-23", False), ("2026-06-24", True), ("2026-11-28", True)])
def test_row_12_the_list_of_the_eu_says_that_it_is_outdated(capsys, day, outdated):
    case = str(ROOT / "examples" / "clean-acid-tanker.yaml")
    found = run(capsys, "check", case, "--regime", "eu", "--on", day, "--json")[1]
    told = [one for one in found["results"] if one["case"] == "list_outdated"]
    assert bool(told) is outdated
    assert not outdated or "2025/1801" in json.dumps(told, ensure_ascii=False)
    assert ("已过时" in run(capsys, "check", case, "--regime", "eu", "--on", day)[1]) is outdated
    assert "已过时" not in run(capsys, "check", case, "--on", day)[1]


@pytest.mark.parametrize(
    ("regime", "at", "verdict"),
    [
        ("EU", "2026-12-31T12:00:00+08:00", "consistent"),
        ("EU", "2027-01-01T12:00:00+08:00", "conflict"),
        ("CN", "2027-01-01T12:00:00+08:00", None),
    ],
)
def test_row_13_plates_of_before_2005_end_with_2026(regime, at, verdict):
    panels = {side: {"hazard_id": "80", "un": "1830", "pre_2005": "true"} for side in ("front", "rear")}
    held = tanker("clean-acid-tanker", at=at, seen__panels=panels)
    assert said(r10_signs(Context(held, TABLES, regime)), "panel_old").get("panel_old") == verdict


# The kinds.


def numbers_that_differ(column):
    return sorted({row[0] for row in GOODS.rows for one in GOODS.lookup(row[0]) if one.differs(column)})


@pytest.mark.parametrize("regime", ["CN", "EU"])
@pytest.mark.parametrize("day", ["2025-03-01", "2025-09-30", "2026-11-28"])
def test_signs_right_by_any_edition_in_force_never_conflict(regime, day):
    at = f"{day}T12:00:00+08:00"
    changed = {row["un"] for row in TABLES.goods_changes if row["column"] in ("labels", "hazard_id")}
    for un in sorted({*changed, *numbers_that_differ("labels"), *numbers_that_differ("hazard_id")}):
        base = tanker("clean-acid-tanker", at=at, waybill__lines=[{"un": un, "packing_group": None}])
        for goods in Context(base, TABLES, regime).goods(un):
            for labels in signs.placards([(goods,)]) or ():
                for number in signs.hazard_ids((goods,), in_tank=False) or {""}:
                    panel = {"hazard_id": number, "un": un}
                    held = tanker(
                        "clean-acid-tanker",
                        at=at,
                        waybill__lines=[{"un": un, "packing_group": goods.packing_group or None}],
                        seen__panels={"front": panel, "rear": panel} if number else {},
                        seen__placards={side: sorted(labels) for side in ("left", "right", "rear")},
                    )
                    wrong = [one for one in r10_signs(Context(held, TABLES, regime)) if one.verdict == "conflict"]
                    assert not wrong or not labels, (un, goods.variant, labels, number)


@pytest.mark.parametrize("column", ["labels", "hazard_id", "class", "tank_code", "vehicle_for_tank", "tunnel_code"])
def test_a_difference_between_editions_in_force_is_always_told(capsys, column):
    for un in numbers_that_differ(column)[:10]:
        found = run(capsys, "goods", un, "--json")[1]
        assert any(column in one["differences"] for one in found), un


def test_what_is_demanded_is_the_union_of_the_editions_in_force():
    for row in GOODS.rows:
        for goods in GOODS.lookup(row[0]):
            for labels in goods.accepts("labels"):
                assert set(labels.split("+")) - {""} <= goods.every_label


@pytest.mark.parametrize(
    ("held", "regime", "verdict"),
    [("AT", "CN", "cannot_tell"), ("FL", "CN", "consistent"), ("AT", "EU", "conflict"), (None, "CN", "cannot_tell")],
)
def test_row_7_the_approval_of_the_vehicle_is_compared_with_every_edition_in_force(held, regime, verdict):
    line = {"un": "1392", "packing_group": "I", "name": "液态碱土金属汞齐"}
    types = {"vehicle__approval_type": held, "trailer__approval_type": held}
    found = compare(Context(tanker("clean-acid-tanker", waybill__lines=[line], **types), TABLES, regime))
    assert {one.verdict for one in found if one.case == "vehicle_type"} == {verdict}
