"""R1: the waybill exists, is this vehicle's and this trip's, and says of its goods what the list says."""

import pytest

LINE = {"un": "1830", "name": "硫酸", "class": "8", "packing_group": "II", "net_mass_kg": 28000}

WRONG = [
    ("waybill__carried", "false", "not_carried"),
    ("waybill__consignor", "/", "incomplete"),
    ("waybill__loader", "无", "incomplete"),
    ("waybill__status", "cancelled", "not_standing"),
    ("waybill__status", "finished", "not_standing"),
    ("waybill__plate", "蒙K54321", "other_vehicle"),
    ("waybill__trailer_plate", "蒙K4321挂", "other_trailer"),
    ("waybill__tank", "G2019-0816", "other_tank"),
    ("waybill__vehicle_permit", "150624009999", "other_permit"),
]


@pytest.mark.parametrize(("path", "value", "case"), WRONG)
def test_one_wrong_fact_is_one_conflict(verdicts, path, value, case):
    assert [found for found, verdict in verdicts("R1", **{path: value}) if verdict == "conflict"] == [case]


@pytest.mark.parametrize("plate", ["蒙K 12345", "蒙Ｋ·12345", "蒙k-12345"])
def test_how_a_plate_is_written_does_not_matter(verdicts, plate):
    assert ("other_vehicle", "consistent") in verdicts("R1", waybill__plate=plate)


def test_nobody_asked_for_a_waybill_cannot_be_told(verdicts):
    found = verdicts("R1", waybill=None)
    assert ("not_carried", "cannot_tell") in found
    assert {verdict for _, verdict in found} == {"cannot_tell"}


def test_a_waybill_that_only_the_office_knows_was_not_shown(verdicts):
    assert ("not_carried", "cannot_tell") in verdicts("R1", sources={"waybill": {"kind": "registry"}})


def test_a_number_that_was_found_by_way_of_the_waybill_proves_nothing(verdicts):
    found = verdicts("R1", seen__trailer_plate=None, sources={"trailer": {"kind": "registry"}})
    assert ("other_trailer", "cannot_tell") in found


@pytest.mark.parametrize("path", ["plate", "trailer_plate", "tank", "number", "consignor", "lines"])
def test_what_the_waybill_does_not_say_cannot_be_told(verdicts, path):
    found = {verdict for _, verdict in verdicts("R1", **{f"waybill__{path}": None})}
    assert "cannot_tell" in found
    assert "conflict" not in found


def test_an_empty_and_cleaned_vehicle_needs_no_waybill(verdicts):
    assert verdicts("R1", seen__loaded="empty", waybill__carried="false") == []


def use(**changes):
    return [{"number": "YD20261121000123", "plate": "蒙K12345", "start_at": "2026-11-21T08:00:00+08:00", **changes}]


@pytest.mark.parametrize(
    ("uses", "case", "verdict"),
    [
        (use(), "used_on_other_trip", "consistent"),
        (use(plate="蒙K99999"), "used_by_other_vehicle", "conflict"),
        (use(start_at="2026-11-18T08:00:00+08:00"), "used_on_other_trip", "conflict"),
        (use(start_at="2026-11-21T00:00:00+08:00"), "used_on_other_trip", "consistent"),
        (use(number="YD1"), "used_by_other_vehicle", "consistent"),
        (use(plate=None), "used_on_other_trip", "cannot_tell"),
        (None, "used_by_other_vehicle", "cannot_tell"),
    ],
)
def test_a_waybill_number_is_good_for_one_vehicle_and_trip(verdicts, uses, case, verdict):
    assert (case, verdict) in verdicts("R1", waybill_uses=uses)


def line(verdicts, **changes):
    found = verdicts("R1", waybill__lines=[{**LINE, **changes}])
    return {case: verdict for case, verdict in found if case.startswith("line")}


@pytest.mark.parametrize(
    ("changes", "case", "verdict"),
    [
        ({"class": "6.1"}, "line_class", "conflict"),
        ({"class": "第8类"}, "line_class", "consistent"),
        ({"class": "８类 腐蚀性物质"}, "line_class", "consistent"),
        ({"class": None}, "line_class", "cannot_tell"),
        ({"subsidiary": ["6.1"]}, "line_subsidiary", "conflict"),
        ({"subsidiary": []}, "line_subsidiary", "consistent"),
        ({"class": "8+6.1"}, "line_subsidiary", "conflict"),
        ({"class": "8/6.1"}, "line_subsidiary", "cannot_tell"),
        ({"class": "8;6.1"}, "line_subsidiary", "cannot_tell"),
        ({"class": "8类8项"}, "line_subsidiary", "consistent"),
        ({"class": "第8类（GB 12268）"}, "line_subsidiary", "consistent"),
        ({"un": "2916", "subsidiary": ["8"]}, "line_subsidiary", "cannot_tell"),  # special provision 172
        ({"un": "2916", "packing_group": "III"}, "line_packing_group", "cannot_tell"),
        ({"un": "3540", "subsidiary": ["6.1"]}, "line_subsidiary", "cannot_tell"),
        ({"un": "0143", "subsidiary": []}, "line_subsidiary", "cannot_tell"),  # special provision 271
        ({"un": "0143", "subsidiary": ["8"]}, "line_subsidiary", "conflict"),
        ({"un": "3480", "subsidiary": ["8"]}, "line_subsidiary", "conflict"),
        ({"packing_group": "III"}, "line_packing_group", "conflict"),
        ({"packing_group": "包装Ⅱ类"}, "line_packing_group", "consistent"),
        ({"packing_group": None}, "line_packing_group", "cannot_tell"),
        ({"name": "硝酸"}, "line_name", "conflict"),
        ({"name": "硫酸，含酸高于51％"}, "line_name", "consistent"),
        ({"name": "硫酸（98%）"}, "line_name", "consistent"),
        ({"name": "SULPHURIC ACID"}, "line_name", "consistent"),
        ({"name": "特种清洗液甲"}, "line_name", "cannot_tell"),
        ({"name": None}, "line_name", "cannot_tell"),
        ({"un": "9999"}, "line_class", "cannot_tell"),
        ({"un": "1202", "name": "柴油", "class": "3", "packing_group": "III"}, "line_name", "consistent"),
        ({"un": "1230", "name": "甲醇", "class": "3(6.1)"}, "line_subsidiary", "consistent"),
        ({"un": "1230", "name": "甲醇", "class": "3"}, "line_subsidiary", "cannot_tell"),
        ({"un": "1230", "name": "甲醇", "class": "3(8)"}, "line_subsidiary", "conflict"),
        ({"un": "1005", "name": "无水氨", "class": "2.1", "packing_group": None}, "line_class", "conflict"),
        ({"un": "1005", "name": "无水氨", "class": "2.3", "packing_group": None}, "line_packing_group", "consistent"),
        ({"un": "1005", "name": "无水氨", "class": "2类3项"}, "line_class", "consistent"),
    ],
)
def test_a_line_says_what_the_goods_list_says(verdicts, changes, case, verdict):
    assert line(verdicts, **changes)[case] == verdict


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "cannot_tell"),
        ({"technical_name": "乙酸丁酯"}, "consistent"),
        ({"name": "易燃液体，未另作规定的（乙酸丁酯）"}, "consistent"),
        ({"technical_name": "/"}, "conflict"),
    ],
)
def test_goods_not_otherwise_specified_name_what_they_are(verdicts, changes, verdict):
    generic = {"un": "1993", "name": "易燃液体，未另作规定的", "class": "3", **changes}
    assert line(verdicts, **generic)["line_technical_name"] == verdict


def test_goods_with_a_name_of_their_own_need_no_technical_name(verdicts):
    assert "line_technical_name" not in line(verdicts)


@pytest.mark.parametrize("un", ["1891", "3423", "3507"])
def test_either_edition_of_the_list_is_good_and_warns(results, tables, un):
    row = tables.goods.lookup(un)[0]
    for value in {row.division, row.row["gb_class"]}:
        changes = {**LINE, "un": un, "name": row.name_zh, "class": value}
        found = next(one for one in results({"waybill.lines": [changes]}) if one.case == "line_class")
        assert found.verdict == "consistent"
        assert bool(found.warnings) == row.differs("class")


def test_a_value_that_no_edition_gives_is_a_conflict_even_where_they_differ(verdicts):
    assert line(verdicts, un="1891", name="乙基溴", **{"class": "8"})["line_class"] == "conflict"


def test_the_order_of_lines_does_not_matter(results):
    lines = [LINE, {**LINE, "un": "1789", "name": "盐酸"}, {**LINE, "class": "6.1"}]
    one, other = (
        [each.id for each in results({"waybill.lines": held}) if each.rule == "R1"] for held in (lines, lines[::-1])
    )
    assert one == other


def test_the_same_goods_in_two_compartments_are_one_answer(results):
    found = results({"waybill.lines": [{**LINE, "compartment": "1"}, {**LINE, "compartment": "2"}]})
    assert len([one for one in found if one.case == "line_class"]) == 1


@pytest.mark.parametrize(
    ("class_", "verdict"),
    [
        ("第八类", "consistent"),
        ("八类", "consistent"),
        ("第三类", "conflict"),
        ("六类一项", "conflict"),
        ("腐蚀品", "cannot_tell"),
    ],
)
def test_a_class_in_chinese_figures_is_one(verdicts, class_, verdict):
    lines = [{"un": "1830", "name": "硫酸", "class": class_, "packing_group": "II", "net_mass_kg": "28000"}]
    assert ("line_class", verdict) in verdicts("R1", waybill__lines=lines)
