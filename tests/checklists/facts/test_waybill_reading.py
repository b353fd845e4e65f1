"""Rows 43 to 49: whatever a waybill's text holds is kept or named, in whatever form and code it was written."""

from __future__ import annotations

import base64
import json
from time import process_time
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.facts.transport import Waybill
from checklists.facts.waybill import read
from checklists.facts.waybill_codes import Code, joined, read_code
from checklists.facts.waybill_goods import goods_line
from checklists.goods import tanks
from checklists.wire import from_plain

TWO = "运单号:YD1;车牌号:蒙K12345;UN编号:1830;货物名称:硫酸;数量:10吨;UN编号:1789;货物名称:盐酸;数量:8吨"
LINES = [{"un": "1830", "name": "硫酸", "net_mass_kg": 10000}, {"un": "1789", "name": "盐酸", "net_mass_kg": 8000}]
PAIRS = [one.split(":") for one in TWO.split(";")]


def codes(text):
    return [one.code for one in read(text).problems]


@pytest.mark.parametrize(
    "text",
    [
        TWO,
        TWO.replace(";", "\n"),
        TWO.replace(";", "\r\n"),
        TWO.replace(";", "，"),
        TWO.replace(";", "|"),
        TWO.replace(";", "｜"),
        TWO.replace(";", "/"),
        "https://example.com/y?" + "&".join(f"{name}={value}" for name, value in PAIRS),
        "https://example.com/y?" + "&".join(f"{quote(name)}={quote(value)}" for name, value in PAIRS),
        "https://example.com/y?" + "&".join("=".join(quote(one, encoding="gbk") for one in pair) for pair in PAIRS),
        "https://example.com/#/y?" + "&".join(f"{name}={value}" for name, value in PAIRS),
        "{" + ",".join(f'"{name}":"{value}"' for name, value in PAIRS) + "}",
        TWO.encode(),
        TWO.encode("gb18030"),
        TWO.encode("gb18030").decode("latin-1"),
    ],
)
def test_row_43_two_goods_are_two_lines(text):
    found = read(text)
    assert found.problems == ()
    assert (found.data["number"], found.data["plate"], found.data["lines"]) == ("YD1", "蒙K12345", LINES)


def test_row_43_fields_by_columns_are_lines_too():
    assert read("un=1830&un=1789&name=硫酸&name=盐酸").data["lines"] == [
        {"un": "1830", "name": "硫酸"},
        {"un": "1789", "name": "盐酸"},
    ]


def test_row_43_what_belongs_to_no_line_for_certain_is_named():
    found = read("un=1830;un=1789;name=硫酸")
    assert found.data["lines"] == [{"un": "1830"}, {"un": "1789"}]
    assert [(one.code, one.params["value"]) for one in found.problems] == [("line_unclear", "硫酸")]


@pytest.mark.parametrize(
    "text",
    [
        "UN编号:UN1830/UN1789;货物名称:硫酸/盐酸;数量:10吨/8吨",
        "货物名称:硫酸、盐酸;UN编号:１８３０、１７８９;净重:10吨、8吨",
        "UN编号:UN1830，UN1789，货物名称:硫酸，盐酸，净重:10吨，8吨",
        '{"un":["1830","1789"],"name":["硫酸","盐酸"],"净重":["10吨","8吨"]}',
        '{"lines":[{"un":"1830/1789","name":"硫酸/盐酸","mass":"10吨/8吨"}]}',
    ],
)
def test_several_un_numbers_in_one_field_are_as_many_lines(text):
    found = read(text)
    assert (found.data["lines"], found.problems) == (LINES, ())


@pytest.mark.parametrize(
    "text",
    ["UN编号:UN1830和UN1789", "UN编号:1830;1789", "UN编号:UN1830\nUN1789", "UN编号:UN1830 UN1789", "un=1830+1789"],
)
def test_of_several_un_numbers_none_is_left_behind(text):
    assert read(text).data["lines"] == [{"un": "1830"}, {"un": "1789"}]


@pytest.mark.parametrize("text", ["体积:18m³", "次要危险性:6.1/8", "数量:9吨/12.3m³", "货物名称:酸,混合"])
def test_what_is_not_given_for_each_of_several_un_numbers_is_no_lines(text):
    found = read(f"UN编号:1830/1789;{text}")
    assert found.data["lines"] == [{"un": "1830"}, {"un": "1789"}]
    assert {one.code for one in found.problems} == {"line_unclear"}


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("UN编号:UN1830/UN1789;数量:18吨", {"total_mass_kg": 18000}),
        ("UN编号:1830;1789;货物名称:硫酸;盐酸;数量:18吨", {"total_mass_kg": 18000}),
        ("UN编号:1830/1789;件数:40", {"total_packages": 40}),
        ('{"lines":[{"un":"1830"},{"un":"1789"}],"数量(t)":"18"}', {"total_mass_kg": 18000}),
        ("UN编号:1830;净重:10吨;UN编号:1789;净重:8吨;总质量:18吨", {"total_mass_kg": 18000}),
        ("UN编号:1830;UN编号:1789;合计重量:18吨", {"total_mass_kg": 18000}),
        ("合计重量(kg):18000", {"total_mass_kg": 18000}),
        ("UN编号:1830;净重:10吨;UN编号:1789;净重:8吨", {}),
    ],
)
def test_an_amount_of_all_goods_is_a_total_and_no_lines(text, total):
    found = read(text)
    assert {name: one for name, one in found.data.items() if name.startswith("total")} == total
    assert found.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "货物名称:汽油;柴油",
        "货物名称:汽油；柴油",
        "货物名称:汽油;货物名称:柴油",
        '{"un":"1203","name":["汽油","柴油"],"数量":"10吨"}',
    ],
)
def test_several_names_beside_one_un_number_are_goods_of_their_own(text):
    found = read(text if text[0] == "{" else f"UN编号:1203;{text};数量:10吨")
    assert found.data["lines"] == [{"un": "1203"}, {"name": "汽油；柴油"}]
    assert (found.data["total_mass_kg"], found.problems) == (10000, ())


def test_more_names_than_un_numbers_are_goods_of_their_own():
    found = read("UN编号:1203;1202;货物名称:汽油;柴油;煤油;数量:10吨")
    assert found.data["lines"] == [{"un": "1203"}, {"un": "1202"}, {"name": "汽油；柴油；煤油"}]
    assert (found.data["total_mass_kg"], found.problems) == (10000, ())


def test_several_names_alone_are_as_many_lines():
    found = read("货物名称:汽油;柴油;数量:10吨")
    assert (found.data["lines"], found.data["total_mass_kg"]) == ([{"name": "汽油"}, {"name": "柴油"}], 10000)


@pytest.mark.parametrize(
    "behind", ["罐装", "10吨", "8类", "II", "托运人", "", "备注:无", "98%", "H2SO4", "CAS号7664-93-9"]
)
def test_what_is_no_name_behind_one_is_no_other_goods(behind):
    assert read(f"UN编号:1830;货物名称:硫酸;{behind}").data["lines"] == [{"un": "1830", "name": "硫酸"}]


def test_a_bracket_behind_a_name_belongs_to_it():
    found = read("UN编号:1993;货物名称:易燃液体;（乙醇）;数量:20吨;30桶")
    line = {"un": "1993", "name": "易燃液体（乙醇）", "net_mass_kg": 20000, "packages": 30}
    assert (found.data["lines"], found.problems) == ([line], ())


@pytest.mark.parametrize("number", ["1830或1789", "1830-1789", "18301789", "1830/178", "1830/1789(废酸)"])
def test_un_numbers_that_may_be_one_or_a_range_are_not_read(number):
    found = read(f"UN编号:{number}")
    assert (found.data.get("lines"), [one.code for one in found.problems]) == (None, ["field_unreadable"])


def test_one_un_number_given_for_each_compartment_is_one_goods():
    assert read("UN编号:1830/1830;净重:5吨").data["lines"] == [{"un": "1830", "net_mass_kg": 5000}]
    assert read("UN编号:1830/1830;货物名称:硫酸;净重:5吨/6吨;舱号:1/2").data["lines"] == [
        {"un": "1830", "name": "硫酸", "net_mass_kg": 5000, "compartment": "1"},
        {"un": "1830", "name": "硫酸", "net_mass_kg": 6000, "compartment": "2"},
    ]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("车牌号:蒙K12345;车牌号:蒙K54321", "plate", "蒙K12345 / 蒙K54321"),
        ('{"车牌号":"蒙K12345","plate":"蒙K54321"}', "plate", "蒙K12345 / 蒙K54321"),
        ("UN编号:1830;净重:10吨;净重:12吨", "net_mass_kg", "10吨 / 12吨"),
        ("1，UN1830，硫酸，8，II，28吨，30吨", "net_mass_kg", "28吨 / 30吨"),
    ],
)
def test_row_43_what_is_given_twice_with_other_content_is_a_problem_and_not_known(text, field, value):
    found = read(text)
    assert [(one.code, one.params["field"], one.params["value"]) for one in found.problems] == [
        ("given_twice", field, value)
    ]
    assert field not in found.data
    assert all(field not in line for line in found.data.get("lines", ()))


def test_row_43_the_same_twice_is_no_problem():
    assert read("车牌号:蒙K12345(黄);车牌号:蒙K·12345;UN编号:1830;UN编号:1830").data == {
        "plate": "蒙K12345",
        "plate_colour": "yellow",
        "lines": [{"un": "1830"}],
        "raw": "车牌号:蒙K12345(黄);车牌号:蒙K·12345;UN编号:1830;UN编号:1830",
    }


FUELS = [
    {"un": "1203", "name": "汽油", "class": "3", "packing_group": "II", "net_mass_kg": 22000},
    {"un": "1202", "name": "柴油", "class": "3", "packing_group": "III", "net_mass_kg": 10000},
]


@pytest.mark.parametrize(
    "text",
    [
        "货物:UN1203 汽油 3 II 22吨、UN1202 柴油 3 III 10吨",
        "货物:UN1203 汽油 3 II 22吨,UN1202 柴油 3 III 10吨",
        "货物:UN1203 汽油 3 II 22吨 UN1202 柴油 3 III 10吨",
        "UN1203 汽油 3 II 22吨 UN1202 柴油 3 III 10吨",
        "货物:1、UN1203 汽油 3 II 22吨 2、UN1202 柴油 3 III 10吨",
        "1) UN1203 汽油 3 II 22吨 2) UN1202 柴油 3 III 10吨",
        "1，UN1203，汽油，3，II，罐装，吨，22，2，UN1202，柴油，3，III，罐装，吨，10",
        "UN1203，汽油，3，II，罐装，22，吨，UN1202，柴油，3，III，罐装，10，吨",
        "货物1:UN1203 汽油 3 II 22吨;货物2:UN1202 柴油 3 III 10吨",
        "货物:(UN1203)汽油 3 II 22吨和(UN1202)柴油 3 III 10吨",
        "UN1203汽油22吨 3 II，UN1202柴油10吨 3 III",
        "UN1203 汽油 3 II 净重:22吨 UN1202 柴油 3 III 净重: 10吨",
    ],
)
def test_several_goods_in_one_text_are_each_a_line(text):
    found = read(text)
    assert (found.data["lines"], found.problems) == (FUELS, ())


@pytest.mark.parametrize(
    "text",
    ["UN1203、UN1202 汽油、柴油 32吨", "UN1203/UN1202 汽油/柴油 22吨", "UN3077 环境有害物质（含UN1202） 9 III 5吨"],
)
def test_where_one_cannot_say_whose_an_amount_is_there_is_no_line(text):
    found = read(f"货物:{text}")
    assert "lines" not in found.data
    assert [(one.code, one.params["value"]) for one in found.problems] == [("line_unreadable", text)]


@pytest.mark.parametrize("between", [",", "，", " ", "、", "|"])
def test_what_is_no_field_of_a_goods_line_does_not_end_in_it(between):
    found = read(f"UN1203 汽油 3 II 22吨{between}车牌号:蒙K12345{between}驾驶员:张建国")
    assert (found.data["plate"], found.data["driver"], found.problems) == ("蒙K12345", {"name": "张建国"}, ())
    assert found.data["lines"] == FUELS[:1]


def test_a_sum_behind_the_goods_is_no_name():
    found = read("UN1203 汽油 3 II 22吨、UN1202 柴油 3 III 10吨 合计32吨")
    assert found.data["lines"] == FUELS
    assert [one.params["value"] for one in found.problems] == ["合计32吨"]


@pytest.mark.parametrize(
    "text",
    [
        "UN编号:1203;货物名称:汽油;数量:20吨;UN编号2:0081;货物名称2:炸药;数量2:1吨",
        "UN编号1:1203,货物名称1:汽油,数量1:20吨,UN编号2:0081,货物名称2:炸药,数量2:1吨",
        "UN编号1:1203;UN编号2:0081;货物名称1:汽油;货物名称2:炸药;数量(1):20吨;数量(2):1吨",
        '{"UN编号1":"1203","货物名称1":"汽油","净重1(t)":"20","UN编号2":"0081","货物名称2":"炸药","净重2(t)":"1"}',
    ],
)
def test_a_number_behind_a_fields_name_is_that_of_its_line(text):
    found = read(text)
    assert found.data["lines"] == [
        {"un": "1203", "name": "汽油", "net_mass_kg": 20000},
        {"un": "0081", "name": "炸药", "net_mass_kg": 1000},
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "UN编号:1203;货物名称:汽油;UN编号:1202;货物名称:柴油;数量:32吨",
        "UN编号1:1203;货物名称1:汽油;UN编号2:1202;货物名称2:柴油;数量:32吨",
        "UN编号:1203;UN编号:1202;货物名称:汽油;货物名称:柴油;数量:32吨",
    ],
)
def test_an_amount_given_once_behind_all_goods_is_no_lines(text):
    found = read(text)
    assert found.data["lines"] == [{"un": "1203", "name": "汽油"}, {"un": "1202", "name": "柴油"}]
    assert [(one.code, one.params["value"]) for one in found.problems] == [("line_unclear", "32吨")]


def test_a_field_of_the_same_name_in_another_unit_stays_with_its_line():
    lines = read("UN编号:1203;数量:300桶;UN编号:1202;数量:10吨").data["lines"]
    assert lines == [{"un": "1203", "packages": 300}, {"un": "1202", "net_mass_kg": 10000}]


FIELDS = {
    "运单号": st.from_regex(r"YD[0-9]{4}", fullmatch=True),
    "车牌号": st.from_regex(r"蒙[A-H][0-9]{5}", fullmatch=True),
    "承运人": st.from_regex(r"[甲乙丙丁]{2}公司", fullmatch=True),
    "UN编号": st.from_regex(r"1[0-9]{3}", fullmatch=True),
    "货物名称": st.from_regex(r"[硫硝盐]酸", fullmatch=True),
    "净重": st.integers(1, 40).map(lambda tonnes: f"{tonnes}吨"),
    "体积": st.integers(1, 40).map(lambda cubic: f"{cubic}m³"),
}
PAIRED = st.lists(
    st.sampled_from(sorted(FIELDS)).flatmap(lambda name: st.tuples(st.just(name), FIELDS[name])), min_size=1, max_size=9
)


@given(PAIRED, st.sampled_from(["pairs", "link", "json"]))
def test_a_waybills_text_keeps_every_value_that_it_held(pairs, form):
    """Declared, or named in a problem: nothing that was recognised vanishes."""
    text = {
        "pairs": ";".join(f"{name}:{value}" for name, value in pairs),
        "link": "https://example.com/?" + "&".join(f"{name}={value}" for name, value in pairs),
        "json": "{" + ",".join(f'"{name}":"{value}"' for name, value in pairs) + "}",
    }[form]
    found = read(text)
    from_plain(Waybill, found.data)
    told = json.dumps([{**found.data, "raw": ""}, [dict(one.params) for one in found.problems]], ensure_ascii=False)
    for name, value in pairs:
        kept = {"净重": value[:-1] + "000", "体积": value[:-2] + "000"}.get(name, value)
        assert kept in told or value in told


def test_row_44_bytes_come_first_and_are_kept_where_the_text_does_not_give_them_back():
    data = "运单号:YD1;车牌号:蒙K12345;驾驶员:张建国".encode("gb18030")
    found = read_code(Code(data.decode("latin-1"), data)).data
    assert (found["plate"], found["driver"], found["number"]) == ("蒙K12345", {"name": "张建国"}, "YD1")
    assert base64.b64decode(found["raw_base64"]) == data
    assert "raw_base64" not in read("运单号:YD1".encode()).data


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("运单号:YD1;车牌号:ÃÉK12345", "plate"),
        ("运单号:YD1;驾驶员:ÕÅ½¨¹ú", "driver.name"),
        ("运单号:YD1;承运人:\ufffd\ufffd公司", "carrier"),
        ("运单号:YD1;UN编号:18", "un"),
        ("运单号:YD1;车牌号:无", "plate"),
        ("运单号:YD1;驾驶员身份证号:见附件", "driver.id_number"),
    ],
)
def test_row_44_a_value_that_cannot_be_one_never_becomes_declared(text, field):
    found = read(text)
    assert set(found.data) == {"number", "raw"}
    assert [(one.code, one.params["field"]) for one in found.problems] == [("field_unreadable", field)]


def parts(text, at):
    data = text.encode()
    return Code("", data[:at], 1, 2, 7), Code("", data[at:], 2, 2, 7)


@pytest.mark.parametrize("at", [40, 41, 42, 60])
def test_row_45_one_waybill_over_two_codes_is_joined_when_both_are_there(at):
    first, second = parts(TWO, at)
    (whole,) = joined([second, first, second])
    assert read_code(whole).data["lines"] == LINES


PARTS = (Code(TWO[:30], TWO[:30].encode(), 1, 2, 7), Code(TWO[30:], TWO[30:].encode(), 2, 2, 7))
OTHER = "运单号:YD2;车牌号:蒙K54321;UN编号:1203"


def test_row_45_parts_of_two_waybills_are_not_put_together():
    held = (PARTS[0], Code(OTHER[:8], OTHER[:8].encode(), 1, 2, 7), PARTS[1])
    assert all(one.parts == 2 for one in joined(held)) and len(joined(held)) == 3


def test_row_45_a_part_without_bytes_is_not_left_out():
    (whole,) = joined((PARTS[0], Code(TWO[30:], b"", 2, 2, 7)))
    assert whole.source == TWO
    (whole,) = joined((PARTS[0], Code(TWO[:30], b"", 1, 2, 7), PARTS[1]))
    assert whole.source == TWO.encode()


@pytest.mark.parametrize("number", [0, 3])
def test_row_45_a_part_of_a_number_that_there_is_not_belongs_to_no_whole(number):
    held = (PARTS[0], Code(TWO[30:], b"", number, 2, 7))
    assert len(joined(held)) == 2


def test_row_45_a_part_says_which_it_is_and_declares_nothing():
    first, _second = parts(TWO, 66)
    found = read_code(first)
    assert set(found.data) <= {"raw", "raw_base64"}
    assert [(one.code, one.params["part"], one.params["parts"]) for one in found.problems] == [
        ("part_of_several", "1", "2")
    ]
    assert joined([first, Code("other", b"other")]) == (Code("other", b"other"), first)


@pytest.mark.parametrize("amount", ["12.3m³", "12.3 m3", "12.3立方米", "12.3方", "12300L", "12300升"])
def test_row_46_a_volume_in_a_line_is_kept(amount):
    line = read(f"运单号:YD1;货物信息:1，UN1170，乙醇，3，II，罐装，{amount}").data["lines"][0]
    assert line["volume_l"] == 12300
    for mark in ("，", "/", " / "):
        both = read(f"1，UN1170，乙醇，3，II，罐装，9.7 吨{mark}{amount}").data["lines"][0]
        assert (both["net_mass_kg"], both["volume_l"]) == (9700, 12300)


JSON = json.dumps({"运单编号": "YD1", "车牌号": "蒙K12345"}, ensure_ascii=False)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + JSON,
        f"[{JSON}]",
        json.dumps(JSON),
        json.dumps({"data": JSON}),
        json.dumps({"content": JSON}),
        json.dumps({"code": 0, "result": json.loads(JSON)}),
        "\ufeff运单编号:YD1;车牌号:蒙K12345",
    ],
)
def test_row_47_a_byte_order_mark_a_list_of_one_and_json_in_json_are_read(text):
    found = read(text)
    assert (found.data["number"], found.data["plate"], found.problems) == ("YD1", "蒙K12345", ())


def test_row_47_an_object_that_is_no_waybill_is_not_looked_into():
    assert read(json.dumps({"公司": {"id": 1, "name": "甲", "status": 1}})).data.keys() == {"raw"}


@pytest.mark.parametrize(
    "text",
    [
        "UN 1170 乙醇 3 II 20吨",
        "UN1170 乙醇 3 II 20 吨",
        "1. UN 1170 乙醇，3，II，20吨",
        "UN 1170 20吨 乙醇 3 II",
        "UN1170、乙醇、3、II、20吨",
        "UN1170，乙醇，20吨，3，II",
        "UN1170 乙醇 3类 Ⅱ级 20吨",
        "UN1170 乙醇 3 PG II 20公吨",
        "UN1170/乙醇/3/II/20吨",
        "UN1170 乙醇 3 II 20吨，罐装，备注",
        "UN1170，乙醇 3，II 20 吨",
        "UN1170-乙醇-3-II-20吨(罐装)",
        "UN No. 1170 乙醇 3 II 20吨",
        "联合国编号1170 乙醇 3 II 20吨",
        "UN 1170 乙醇 3 II 20,000kg",
        "UN1170,乙醇,3,II,20,000kg",
    ],
)
def test_row_48_a_line_in_free_order_gives_all_its_fields(text):
    found = read(text)
    (line,) = found.data["lines"]
    assert {**line, "class": line["class"][0]} == {
        "un": "1170",
        "name": "乙醇",
        "class": "3",
        "packing_group": "II",
        "net_mass_kg": 20000,
    }
    assert found.problems == ()


@pytest.mark.parametrize(
    ("amount", "problem", "value"),
    [("20,500kg", "given_twice", "20500kg / 500kg"), ("20蒲式耳", "number_unreadable", "20蒲式耳")],
)
def test_row_48_an_amount_that_cannot_be_read_is_named_and_no_name(amount, problem, value):
    found = read(f"UN1170,乙醇,3,II,{amount}")
    assert found.data["lines"] == [{"un": "1170", "name": "乙醇", "class": "3", "packing_group": "II"}]
    assert [(one.code, one.params["value"]) for one in found.problems] == [(problem, value)]


@pytest.mark.parametrize("text", ["UN 1005 氨，无水的 2.3 (8) 20吨", "UN1005，氨，无水的，2.3，(8)，20吨"])
def test_row_48_subsidiary_hazards_apart_from_the_class_are_no_name(text):
    (line,) = read(text).data["lines"]
    assert (line["class"], line["subsidiary"], line["net_mass_kg"]) == ("2.3", ["8"], 20000)
    assert line["name"].replace(",", "，") == "氨，无水的"


def test_row_48_figures_and_commas_of_a_name_stay_in_it():
    assert dict(goods_line("1，UN1150，1，2-二氯乙烯，3，II，罐装，吨，20"))["name"] == "1,2-二氯乙烯"
    assert dict(goods_line("UN 1170 ETHANOL SOLUTION 3 II 20 t"))["name"] == "ETHANOL SOLUTION"


@pytest.mark.parametrize(
    ("text", "name", "class_"),
    [
        ("1,2-二氯乙烷，UN1184，20吨", "1,2-二氯乙烷", None),
        ("UN1184，1，2-二氯乙烷，20吨", "1,2-二氯乙烷", None),
        ("UN2831，1,1,1-三氯乙烷，20吨", "1,1,1-三氯乙烷", None),
        ("2,4,6-三硝基甲苯，UN0209，1.1D，5吨", "2,4,6-三硝基甲苯", "1.1D"),
        ("UN1010，2，1,3-丁二烯，5吨", "1,3-丁二烯", "2"),
        ("UN2313，3，4-甲基吡啶，5吨", "4-甲基吡啶", "3"),
    ],
)
def test_the_figures_in_front_of_a_name_are_no_class(text, name, class_):
    found = dict(goods_line(text))
    assert (found["name"], found.get("class")) == (name, class_)


@pytest.mark.parametrize("mark", ["；", " ", "，", ", ", "\n"])
@pytest.mark.parametrize(("first", "second", "places"), [("1#舱", "2#舱", ["1", "2"]), ("货物一", "货物2", [None] * 2)])
def test_goods_one_behind_the_other_under_their_own_names_are_each_its_own(mark, first, second, places):
    found = read(f"{first}：UN1203 汽油 10吨{mark}{second}：UN1202 柴油 8吨")
    lines = found.data["lines"]
    assert [(one["name"], one.get("compartment")) for one in lines] == list(zip(["汽油", "柴油"], places, strict=True))
    assert not found.problems


def test_a_number_behind_somebodys_name_is_his():
    bill = read("驾驶员：张建国，身份证号：150624********001X，押运员：李四，身份证号：150624198203030038").data
    assert bill["driver"] == {"name": "张建国", "id_number": "150624********001X"}
    assert bill["escort"]["id_number"] == "150624198203030038"


@pytest.mark.parametrize(
    "written", ["张建国 13800000000", "张建国13800000000", "张建国(13800000000)", "张建国，电话：13800000000"]
)
def test_the_telephone_number_beside_somebodys_name_is_his(written):
    assert read(f"驾驶员:{written};押运员:李四").data["driver"] == {"name": "张建国", "phone": "13800000000"}


def test_a_telephone_number_beside_several_names_is_nobodys():
    assert read("驾驶员:张建国/王刚 13800000000").data["driver"] == {"name": "张建国/王刚 13800000000"}


@pytest.mark.parametrize("written", ["L1,5BN", "L1.5BN", "Ｌ１，５ＢＮ", "l1·5bn"])
def test_row_49_a_comma_in_a_tank_code_is_a_point(written):
    assert str(tanks.parse(written)) == "L1.5BN"


@pytest.mark.parametrize(
    ("head", "part"),
    [
        ("数量:", ", "),
        ("数量:", " ,"),
        ("UN1203,", "1,2,"),
        ("1，UN1203，", "UN1203/"),
        ("1，UN1203，", "（含UN1202"),
        ("货物:", "UN1203"),
        ("货物:UN1203 汽油 3 II ", "1 "),
        ("UN1203,", "20,000kg,"),
        ('{"lines":"UN1203 ', "UN "),
        ("途经:", "次要危险性:6.1+8、"),
        ("", "UN编号:1203;"),
    ],
)
def test_a_long_text_is_read_in_a_time_that_grows_as_it_does(head, part):
    begun = process_time()
    read(head + part * (20_000 // len(part)))
    assert process_time() - begun < 5


ACID = {"un": "1830", "name": "硫酸", "net_mass_kg": 10000}
SALT = {"un": "1789", "name": "盐酸", "net_mass_kg": 8000}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("货物：硫酸(UN1830)10吨；盐酸(UN1789)8吨", [ACID, SALT]),
        ("货物：硫酸(UN1830) 10吨、盐酸(UN1789) 8吨", [ACID, SALT]),
        ("货物：硫酸 UN1830 10吨\n盐酸 UN1789 8吨", [ACID, SALT]),
        ("1、硫酸 UN1830 10吨\n2、盐酸 UN1789 8吨", [ACID, SALT]),
        ("货物名称:硫酸(UN1830)10吨；盐酸(UN1789)8吨", [ACID, SALT]),
        ("货物名称：硫酸，8类，II类包装，UN1830，10吨", [{**ACID, "class": "8类", "packing_group": "II"}]),
        ("UN编号:1830;货物名称:硫酸(UN1830);数量:10吨", [ACID]),
        (
            "货物:1,2-二氯乙烷,UN1184,3,II",
            [{"un": "1184", "name": "1,2-二氯乙烷", "class": "3", "packing_group": "II"}],
        ),
        ("YD1,蒙K12345,UN1830,硫酸,10吨", [ACID]),
    ],
)
def test_goods_named_before_their_number_are_read_and_none_is_lost(text: str, lines: list[dict[str, Any]]) -> None:
    assert read(text).data["lines"] == lines


HEAD = "运单编号{0}车牌号{0}UN编号{0}货物名称{0}数量"
ROWS = ("YD1{0}蒙K12345{0}1830{0}硫酸{0}10吨", "YD1{0}蒙K12345{0}1789{0}盐酸{0}8吨")


@pytest.mark.parametrize("mark", ["\t", "|", ","])
def test_a_table_gives_each_row_the_names_of_its_head(mark: str) -> None:
    found = read("\n".join((HEAD, *ROWS)).format(mark))
    assert found.problems == ()
    assert (found.data["number"], found.data["plate"], found.data["lines"]) == ("YD1", "蒙K12345", [ACID, SALT])


def test_rows_of_two_waybills_are_none_for_certain() -> None:
    found = read("\n".join((HEAD, ROWS[0], ROWS[1].replace("YD1", "YD2"))).format("\t"))
    assert "number" not in found.data
    assert [one.code for one in found.problems] == ["given_twice"]


@pytest.mark.parametrize(
    "text",
    [
        "运单编号\tYD1\n车牌号\t蒙K12345\nUN编号\t1830\n货物名称\t硫酸\n数量\t10吨",
        "运单编号|YD1|车牌号|蒙K12345|UN编号|1830|货物名称|硫酸|数量|10吨",
        "<运单><运单编号>YD1</运单编号><车牌号>蒙K12345</车牌号><UN编号>1830</UN编号><货物名称>硫酸</货物名称>"
        "<数量>10吨</数量></运单>",
        "ydgl://w?" + urlencode({"ydbh": "YD1", "cph": "蒙K12345", "un": "1830", "品名": "硫酸", "数量": "10吨"}),
        "https://a.cn/w?q=" + quote("运单编号:YD1;车牌号:蒙K12345;UN编号:1830;货物名称:硫酸;数量:10吨"),
        "https://a.cn/w?q=" + quote(quote("运单编号:YD1;车牌号:蒙K12345;UN编号:1830;货物名称:硫酸;数量:10吨")),
        quote("运单编号:YD1;车牌号:蒙K12345;UN编号:1830;货物名称:硫酸;数量:10吨"),
        quote("运单编号:YD1;车牌号:蒙K12345;UN编号:1830;货物名称:硫酸;数量:10吨", encoding="gb18030"),
        json.dumps(
            {"ydbh": "YD1", "cph": "蒙K12345", "cargo": [{"unNo": "1830", "cargoName": "硫酸", "quantity": "10t"}]}
        ),
    ],
)
def test_other_shapes_of_one_waybill_say_the_same(text: str) -> None:
    found = read(text)
    assert found.problems == ()
    assert (found.data["number"], found.data["plate"], found.data["lines"]) == ("YD1", "蒙K12345", [ACID])


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("20 桶", {"packages": 20}),
        ("20钢瓶", {"packages": 20}),
        ("20包", {"packages": 20}),
        ("10吨(20桶)", {"net_mass_kg": 10000, "packages": 20}),
        ("10吨，20桶", {"net_mass_kg": 10000, "packages": 20}),
        ("10吨整", {"net_mass_kg": 10000}),
        ("10t(净重)", {"net_mass_kg": 10000}),
        ("10MT", {"net_mass_kg": 10000}),
        ("0.4千克", {"net_mass_kg": 1}),
    ],
)
def test_amounts_as_people_write_them(said: str, line: dict[str, int]) -> None:
    assert read(f"UN编号:1830;数量:{said}").data["lines"] == [{"un": "1830", **line}]


@pytest.mark.parametrize("said", ["20桶(200L)", "20×200L", "50kg×20", "10~12吨", "约10吨", "十吨", "1车", "毛重10吨"])
def test_an_amount_that_may_be_another_is_named_and_not_taken(said: str) -> None:
    found = read(f"UN编号:1830;数量:{said}")
    assert found.data["lines"] == [{"un": "1830"}]
    assert [one.code for one in found.problems] == ["number_unreadable"]


@pytest.mark.parametrize("said", ["1970-01-01", "0", "0000000000", "2126-11-21 08:30"])
def test_a_departure_in_no_year_of_waybills_is_named_and_accuses_nobody(said: str) -> None:
    found = read(f"运单编号:YD1;起运时间:{said}")
    assert "start_at" not in found.data
    assert [one.code for one in found.problems] == ["date_unreadable"]


@pytest.mark.parametrize(
    ("said", "status"), [("YD1(作废)", "cancelled"), ("YD1【已完成】", "finished"), ("YD1(2)", None)]
)
def test_a_status_behind_the_number_is_one(said: str, status: str | None) -> None:
    found = read(f"运单编号:{said};车牌号:蒙K12345")
    assert found.data.get("status") == status
    assert found.data["number"] == ("YD1" if status else said)


BOTH = [{"un": "1830", "name": "硫酸"}, {"un": "1789", "name": "盐酸"}]


@pytest.mark.parametrize(
    "text",
    [
        "货物一：UN1830 硫酸\n货物二：UN1789 盐酸",
        "货物1名称：硫酸\n货物1UN编号：1830\n货物2名称：盐酸\n货物2UN编号：1789",
        "UN编号  货物名称\n1830  硫酸\n1789  盐酸",
        "UN编号\t货物名称\t备注\n1830\t硫酸\t\n1789\t盐酸",
        "| UN编号 | 货物名称 |\n|---|---|\n| 1830 | 硫酸 |\n| 1789 | 盐酸 |",
        'UN编号,货物名称,数量\n1830,"硫酸"\n1789,盐酸',
        "a.cn/w?un=1830&un=1789&" + urlencode([("品名", "硫酸"), ("品名", "盐酸")]),
        "https://a.cn/?goods[0][un]=1830&goods[0][name]=硫酸&goods[1][un]=1789&goods[1][name]=盐酸",
        "https://a.cn/?un[]=1830&un[]=1789&name[]=硫酸&name[]=盐酸",
        "货物：UN1830 硫酸<br>UN1789 盐酸",
        "货物：UN1830#硫酸#@UN1789#盐酸#",
        "货物：UN1830，硫酸。UN1789，盐酸。",
        json.dumps("UN1830 硫酸;UN1789 盐酸", ensure_ascii=False),
    ],
)
def test_both_goods_are_read_in_whatever_list_they_stand(text: str) -> None:
    found = read(text)
    assert found.problems == ()
    assert found.data["lines"] == BOTH


def test_goods_under_the_name_of_a_compartment_are_in_it() -> None:
    lines = read("1#舱：UN1203 汽油 10吨\n2#舱：UN1202 柴油 8吨").data["lines"]
    assert [(one["un"], one["compartment"]) for one in lines] == [("1203", "1"), ("1202", "2")]


def test_a_number_of_goods_that_stands_in_no_line_is_named() -> None:
    found = read("UN编号:1830;货物名称:硫酸;备注:另有UN1789盐酸8吨", {"1830", "1789"})
    assert [one["un"] for one in found.data["lines"]] == ["1830"]
    assert [(one.code, one.params["value"]) for one in found.problems] == [("line_unclear", "1789")]
    assert read("UN编号:1830;备注:UN2026号文", {"1830"}).problems == ()
