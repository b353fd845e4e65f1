"""A waybill's QR text becomes fields; what cannot be true is named and left out, and the text is kept."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.transport import Waybill
from checklists.waybill import read
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
