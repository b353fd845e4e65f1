"""A waybill on paper: what is copied is judged as it stands, and nothing is filled in that the paper does not say."""

from __future__ import annotations

import pytest

from demo.driver import NotTouchable
from mobile.app import LujianApp
from mobile.inspecting import acts, kit
from mobile.screens.bill.state import (
    bill_state,
    line_fields,
    line_of,
    line_trouble,
    read_field,
    text_at,
    with_field,
    with_line,
)
from mobile.screens.compare.state import compare_state
from mobile.screens.identify.state import identify_state
from mobile.store import store
from mobile.words import words
from tests.mobile import story, tablet
from tests.mobile.closing import NOW, kept

GOODS = story.kit().tables.goods
ACID = next(one for one in GOODS.lookup("1830"))


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def field(held, path, **refused):
    return next(one for one in bill_state(held, refused).fields if one.path == path)


def known():
    return story.after(story.nothing(), acts.identify("蒙K12345", "yellow"))


def test_nothing_is_filled_in_and_what_is_known_is_offered() -> None:
    held = story.after(known(), acts.look_up(known()))
    assert {one.text for one in bill_state(held, {}).fields} == {""}
    assert field(held, "plate").known == "蒙K12345"
    assert field(held, "carrier").known == story.situation()["carrier"]["name"]
    assert field(story.after(held, acts.waybill({"plate": "蒙K12345"})), "plate").known == ""


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("start_at", "2026-11-21 08:00", "2026-11-21T08:00:00+08:00"),
        ("driver.name", " 王强 ", "王强"),
        ("route", "G65、G109", ["G65", "G109"]),
        ("start_at", "next week", None),
        ("number", "  ", None),
    ],
)
def test_a_field_is_read_as_its_code_would_be(path, text, value) -> None:
    assert read_field(path, text, GOODS)[0] == value
    bill = with_field({"number": "7", "driver": {"phone": "1"}}, path, value)
    assert read_field(path, text_at(bill, path), GOODS)[0] == value
    assert bill["driver"]["phone"] == "1"


def test_what_cannot_be_true_stays_to_be_read_with_the_reason() -> None:
    shown = field(known(), "start_at", start_at="32.13.2026")
    assert (shown.text, "not a date" in shown.trouble) == ("32.13.2026", True)


def test_a_number_with_a_wrong_sign_is_taken_and_said() -> None:
    value, problems = read_field("driver.id_number", "150624198001010011", GOODS)
    assert value == "150624198001010011"
    assert [one.code for one in problems] == ["check_sign"]


def test_an_emptied_field_is_not_known_again() -> None:
    assert with_field({"driver": {"name": "王强"}, "number": "7"}, "driver.name", None) == {"number": "7"}


def test_a_line_holds_what_the_paper_says_and_not_what_the_list_has() -> None:
    shown = {one.path: (one.text, one.listed) for one in line_fields({}, ACID)}
    assert shown["class"] == ("", "8") and shown["packing_group"] == ("", "II")
    line = line_of("1830", {}, {"name": "硫酸", "class": "", "net_mass_kg": "27.5 t"})
    assert line == {"un": "1830", "name": "硫酸", "net_mass_kg": "27.5 t"}


@pytest.mark.parametrize(
    ("mass", "said"),
    [("", ""), ("27500", ""), ("27.5 t", ""), ("500 L", ""), ("much", "not a number"), ("900 t", "imp")],
)
def test_a_mass_that_cannot_be_is_refused_before_the_line_is_taken(mass, said) -> None:
    told = line_trouble(line_of("1830", {}, {"net_mass_kg": mass}), GOODS)
    assert said in told and bool(said) == bool(told)


def test_lines_are_changed_and_taken_away_in_their_place() -> None:
    bill = with_line(with_line({}, 0, {"un": "1830"}), 1, {"un": "1203"})
    assert with_line(bill, 0, {"un": "1832"})["lines"] == [{"un": "1832"}, {"un": "1203"}]
    assert with_line(with_line(bill, 0, None), 0, None) == {}


def test_a_copied_paper_is_compared_like_a_scanned_one() -> None:
    bill = with_line({"plate": "蒙K12345"}, 0, {"un": "1830", "class": "3"})
    held = story.after(known(), acts.waybill(bill))
    assert compare_state(held).cells["goods", "waybill"].value.startswith("UN 1830")
    assert ("R1", "line_class") in {
        (one.rule, one.case) for one in held.assessment.results if one.verdict == "conflict"
    }
    panel = identify_state(held, NOW).bill
    assert (panel.by_hand, panel.raw, "By hand" in panel.source) == (True, "", True)


def test_a_paper_with_a_whole_code_is_not_copied_over() -> None:
    assert not identify_state(story.arrived(raw="{}"), NOW).bill.by_hand
    assert identify_state(story.after(known(), acts.waybill({"raw": "https://x.invalid/1"})), NOW).bill.by_hand


# -- by touches


@pytest.fixture
def app(driver, tmp_path, monkeypatch):
    monkeypatch.setattr(kit, "load", lambda _store: story.kit())
    made = LujianApp(tablet.made(tmp_path))
    made.desk.start_sync = lambda: None
    driver.start(made)
    made.desk.unlock("officer-1", tablet.PIN)
    kept(made.desk.open_store, known())
    made.desk.resume("inspection-1")
    yield made
    made.on_stop()


def write(driver, name, text):
    driver.tap(driver.find_id(name).ids.field.ids.input)
    driver.type_text(text)
    driver.step(2)


def there(driver, name):
    try:
        return driver.find_id(name)
    except NotTouchable:
        return None


def test_a_paper_is_copied_by_touches_and_every_field_is_kept_at_once(driver, app) -> None:
    app.desk.go("identify")
    driver.step(2)
    driver.tap_id("copy_bill")
    driver.step(2)
    write(driver, "copied:number", "1506240001")
    driver.tap_id("copied:plate:known")
    driver.step(2)
    assert app.desk.held.fact("waybill") == {"number": "1506240001", "plate": "蒙K12345"}
    driver.tap_id("add_goods")
    driver.step(3)
    driver.tap(driver.find_id("goods_search").ids.input)
    driver.type_text("1830")
    driver.step_until(lambda: there(driver, f"row:1830|{ACID.variant}|{ACID.packing_group}"))
    driver.tap_id(f"row:1830|{ACID.variant}|{ACID.packing_group}")
    driver.step(2)
    write(driver, "of_line:net_mass_kg", "much")
    driver.tap_id("line_done")
    driver.step(2)
    assert "不是数字" in driver.find_id("line_trouble").text
    driver.find_id("of_line:net_mass_kg").text = "12000"
    driver.tap_id("as_listed")
    driver.tap_id("line_done")
    driver.step(2)
    (line,) = app.desk.held.fact("waybill")["lines"]
    assert (line["un"], line["class"], line["net_mass_kg"]) == ("1830", "8", 12000)
    driver.tap_id("bill_done")
    driver.step(2)
    assert app.desk.screen == "identify"
    stored = store.entries(app.desk.open_store, "inspection-1")
    assert [one.value["data"].get("lines") for one in stored if one.item == "waybill"][-1] == [line]


def test_what_is_really_loaded_may_be_any_goods_of_the_list(driver, app) -> None:
    app.desk.go("compare")
    driver.step(2)
    driver.tap_id("what_is_loaded")
    driver.step(2)
    driver.tap_id("other_goods")
    driver.step(2)
    driver.tap(driver.find_id("goods_search").ids.input)
    driver.type_text("1203")
    driver.step_until(lambda: there(driver, "row:1203|1|II"))
    driver.tap_id("row:1203|1|II")
    driver.step(2)
    assert app.desk.held.fact("seen.goods") == "1203"
