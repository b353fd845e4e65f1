"""A waybill's QR text becomes fields; what cannot be true is named and left out, and the text is kept."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.facts.transport import Waybill
from checklists.facts.waybill import read
from checklists.wire import from_plain

LINE = {"un": "1830", "name": "硫酸", "class": "8", "packing_group": "II", "net_mass_kg": 28000}


def with_mass(mass: object) -> str:
    return json.dumps({"number": "YD1", "lines": [{**LINE, "net_mass_kg": mass}]})


def test_json_with_our_names_is_a_waybill() -> None:
    text = json.dumps({"number": "YD1", "plate": "蒙K12345", "driver": {"name": "张建国"}, "lines": [LINE]})
    found = read(text, known_un={"1830"})
    assert found.problems == ()
    bill = from_plain(Waybill, found.data)
    assert (bill.plate, bill.driver.name, bill.lines[0].net_mass_kg) == ("蒙K12345", "张建国", 28000)
    assert bill.raw == text


def test_pairs_with_chinese_names_are_a_waybill() -> None:
    found = read("运单编号：YD1；车牌号=蒙K12345；UN编号=UN1830；净重(t)=28.0")
    assert found.data["lines"] == [{"un": "1830", "net_mass_kg": 28000}]
    assert found.data["number"] == "YD1"


def test_a_link_gives_the_number_in_its_query() -> None:
    assert read("https://example.com/ydd?ydbh=YD77&t=1").data["number"] == "YD77"


@pytest.mark.parametrize(
    ("mass", "code"),
    [
        ("-28000", "mass_impossible"),
        (0, "mass_impossible"),
        ("9999999", "mass_impossible"),
        ("much", "number_unreadable"),
        ("1e5", "number_unreadable"),
        ("20,5 t", "number_unreadable"),
        ("10 t (gross)", "number_unreadable"),
    ],
)
def test_an_impossible_mass_is_named_and_stays_unknown(mass: object, code: str) -> None:
    found = read(with_mass(mass))
    assert [one.code for one in found.problems] == [code]
    assert "net_mass_kg" not in found.data["lines"][0]
    assert str(mass) in found.data["raw"]


def test_kilograms_and_tonnes_are_never_mixed_silently() -> None:
    assert [one.code for one in read("UN编号=1830;净重=28").problems] == ["unit_missing"]


def test_a_plate_that_cannot_be_is_kept_with_a_warning() -> None:
    found = read("车牌号=蒙K1234O")
    assert found.data["plate"] == "蒙K1234O"
    assert [(one.code, one.params["field"]) for one in found.problems] == [("confusable", "plate")]


def test_a_time_without_a_zone_is_beijing_time() -> None:
    assert read("起运时间=2026-11-21 09:30").data["start_at"] == "2026-11-21T09:30:00+08:00"


def test_other_text_is_kept_as_it_is() -> None:
    found = read("hello")
    assert found.data == {"raw": "hello"}
    assert [one.code for one in found.problems] == ["nothing_known"]


@given(st.text() | st.recursive(st.none() | st.text() | st.integers(), st.lists, max_leaves=5).map(json.dumps))
def test_no_text_breaks_it(text: str) -> None:
    assert read(text).data["raw"] == text


@given(st.dictionaries(st.sampled_from(["number", "plate", "driver", "lines", "start_at", "净重"]), st.text()))
def test_whatever_is_read_fits_a_waybill(fields: dict[str, str]) -> None:
    from_plain(Waybill, read(json.dumps(fields)).data)


FORM = """运单编号：YD20261121000123
运单状态：运输中
起运日期：2026年11月21日 9时5分
运输路线：鄂托克前旗→G109→S215→灵武
车辆号牌：蒙K·12345
道路运输证号：150624001234
挂车号牌：蒙K1234挂
驾驶员从业资格证号：15062419800101001X
货物信息：1，UN1830，硫酸，含酸高于51%，8，II，罐装，吨，28.5
2，UN1017，氯，2.3(5.1,8)，/，罐，t，2"""


def test_the_form_as_text_gives_trip_vehicle_and_lines() -> None:
    found = read(FORM)
    assert found.problems == ()
    bill = from_plain(Waybill, found.data)
    assert (bill.status, bill.plate, bill.vehicle_permit) == ("valid", "蒙K12345", "150624001234")
    assert bill.route == ("鄂托克前旗", "G109", "S215", "灵武")
    assert bill.driver.qualification.number == "15062419800101001X"


def test_a_goods_line_as_text_keeps_the_commas_of_name_and_class() -> None:
    acid, gas = read(FORM).data["lines"]
    acid_name = "硫酸，含酸高于51%"
    assert acid == {"un": "1830", "name": acid_name, "class": "8", "packing_group": "II", "net_mass_kg": 28500}
    assert gas == {"un": "1017", "name": "氯", "class": "2.3(5.1,8)", "net_mass_kg": 2000}


def test_objects_inside_give_the_fields_of_their_name() -> None:
    held = {
        "运单": {
            "运单编号": "YD1",
            "车辆信息": {"车辆号牌": "蒙K12345", "道路运输证号": "150624001234"},
            "挂车信息": {"车辆号牌": "蒙K1234挂"},
            "罐体信息": {"罐体编号": "G1"},
            "驾驶人": {"姓名": "张建国", "联系电话": "13800000000"},
        }
    }
    bill = from_plain(Waybill, read(json.dumps(held)).data)
    assert (bill.number, bill.plate, bill.trailer_plate, bill.tank) == ("YD1", "蒙K12345", "蒙K1234挂", "G1")
    assert (bill.driver.name, bill.driver.phone) == ("张建国", "13800000000")


@pytest.mark.parametrize(
    ("name", "value", "path", "kept"),
    [
        ("毛重(t)", "15.2", "gross_mass_kg", 15200),
        ("体积(m³)", "20", "volume_l", 20000),
        ("体积", "500升", "volume_l", 500),
        ("密度(g/cm3)", "1.84", "density_kg_m3", 1840),
        ("净爆炸质量", "120千克", "explosive_mass_kg", 120),
        ("件数", "560件", "packages", 560),
        ("数量", "300桶", "packages", 300),
        ("数量", "2.5吨", "net_mass_kg", 2500),
        ("数量", "20,000 kg", "net_mass_kg", 20000),
        ("数量", "10公吨", "net_mass_kg", 10000),
        ("数量", "10吨(罐装)", "net_mass_kg", 10000),
        ("数量", "12.3 m^3", "volume_l", 12300),
        ("数量", "12.3kL", "volume_l", 12300),
        ("数量", "12300公升", "volume_l", 12300),
        ("数量", "9吨/12.3m³", "net_mass_kg", 9000),
        ("数量", "9吨/12.3m³", "volume_l", 12300),
        ("舱号", "1", "compartment", "1"),
        ("舱号", "1号", "compartment", "1"),
        ("舱号", "01", "compartment", "1"),
        ("仓号", "第二舱", "compartment", "2"),
        ("仓号", "3#罐仓", "compartment", "3"),
        ("仓号", "前舱", "compartment", "前舱"),
        ("包装类别", "Ⅱ类", "packing_group", "II"),
        ("次要危险性", "6.1、8", "subsidiary", ["6.1", "8"]),
        ("次要危险性", "6类1项", "subsidiary", ["6.1"]),
        ("次要危险性", "第6.1项（8类）", "subsidiary", ["6.1", "8"]),
        ("次要危险性", "无", "subsidiary", []),
        ("例外或有限数量", "有限数量", "quantity", "limited"),
    ],
)
def test_each_field_of_a_line_is_read_in_its_unit(name: str, value: str, path: str, kept: object) -> None:
    found = read(json.dumps({"goods": [{"UN编号": "1830", name: value}]}))
    assert found.problems == ()
    assert found.data["lines"][0][path] == kept


@pytest.mark.parametrize(("name", "value"), [("体积(m3)", "900"), ("密度(kg/m3)", "0"), ("毛重(t)", "101")])
def test_an_amount_that_cannot_be_is_left_out_and_named(name: str, value: str) -> None:
    found = read(json.dumps({"goods": [{"UN编号": "1830", name: value}]}))
    assert found.data["lines"] == [{"un": "1830"}]
    assert len(found.problems) == 1


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("20261121", "2026-11-21T00:00:00+08:00"),
        ("20261121093000", "2026-11-21T09:30:00+08:00"),
        ("2026/11/21 9:30", "2026-11-21T09:30:00+08:00"),
        ("2026年11月21日", "2026-11-21T00:00:00+08:00"),
        ("2026-11-21T01:30:00Z", "2026-11-21T01:30:00+00:00"),
        ("1795224600000", "2026-11-21T09:30:00+08:00"),
    ],
)
def test_departure_is_read_however_it_is_written(written: str, iso: str) -> None:
    assert read(f"起运时间={written}").data["start_at"] == iso


@pytest.mark.parametrize("written", ["2026-13-01", "tomorrow", "99999999999999", "12"])
def test_what_is_no_time_is_named(written: str) -> None:
    found = read(f"运单编号=YD1;起运时间={written}")
    assert [one.code for one in found.problems] == ["date_unreadable"]
    assert "start_at" not in found.data


def test_a_status_in_other_words_stays_open_and_is_named() -> None:
    found = read("运单编号=YD1;运单状态=补录")
    assert found.data["status"] == "补录"
    assert [one.params["field"] for one in found.problems] == ["status"]


@pytest.mark.parametrize(("name", "number"), [("waybillNo", "YD1"), ("waybill_no", "YD1"), ("Waybill No", "YD1")])
def test_how_a_name_is_joined_does_not_matter(name: str, number: str) -> None:
    assert read(json.dumps({name: number})).data["number"] == number
