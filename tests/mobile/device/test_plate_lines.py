"""Plates among lines of text: only what is whole and fits is suggested, and only known confusions are undone."""

import pytest

from checklists.facts.identifiers.plate_forms import FORMS, form_of
from mobile.device.plate_lines import MOST, Line, ReadPlate, plate_of, plates_in


def line(text, left=100, top=100, width=300, height=60):
    return Line(text, left, top, left + width, top + height)


def two(upper, lower, gap=10, shift=0):
    return [line(upper, 150 + shift, 100, 150, 60), line(lower, 100, 160 + gap, 300, 100)]


@pytest.mark.parametrize(
    "text", ["蒙K12345", "蒙K·12345", "蒙 K-1234挂", "粤BD12345", "京A12345F", "粤Z1234港", "鲁B1234警"]
)
def test_a_whole_plate_is_suggested_without_its_dot(text) -> None:
    assert plate_of(text) == text.replace("·", "").replace(" ", "").replace("-", "")


@pytest.mark.parametrize(
    ("read", "plate"),
    [
        ("闫A12345", "闽A12345"),
        ("闰A12345", "闽A12345"),
        ("音D·8K123", "晋D8K123"),
        ("普D12345", "晋D12345"),
        ("蒙K1234桂", "蒙K1234挂"),
        ("蒙K1234掛", "蒙K1234挂"),
        ("蒙K1O3O5", "蒙K10305"),
        ("蒙K1I345", "蒙K11345"),
        ("闫AO2345", "闽A02345"),
    ],
)
def test_a_known_confusion_is_undone(read, plate) -> None:
    assert plate_of(read) == plate


def test_guangxi_stays_a_province() -> None:
    assert plate_of("桂A12345") == "桂A12345"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345",
        "K12345",
        "京1773B",
        "蒙K1234",
        "蒙K123挂",
        "陕+R4104",
        "消ME9377",
        "闫A1234桂",
        "蒙O12345",
        "蒙KB12X45",
        "运单编号YD1",
        "1234УБА",
        "WJ内12345",
        "蒙K123456789",
    ],
)
def test_what_lacks_a_sign_or_fits_no_form_of_the_country_is_not_suggested(text) -> None:
    assert plate_of(text) == ""


@pytest.mark.parametrize("form", FORMS)
def test_a_plate_with_any_sign_missing_is_never_made_whole(form) -> None:
    plate = "".join(signs[0] for signs in FORMS[form])
    for place in range(len(plate)):
        got = plate_of(plate[:place] + plate[place + 1 :])
        assert got in ("", plate[:place] + plate[place + 1 :]) and len(got) < len(plate)


def test_every_suggestion_has_a_form_and_says_that_a_picture_was_read() -> None:
    found = plates_in([line("音D12345"), line("蒙K1234挂", width=200), line("危险品", width=500)])
    assert found == (ReadPlate("晋D12345", "音D12345", "picture"), ReadPlate("蒙K1234挂", "", "picture"))
    assert all(form_of(one.signs) for one in found)


def test_at_most_three_are_suggested_the_widest_first_and_each_once() -> None:
    lines = [line(f"蒙K1234{n}", width=100 + n) for n in range(5)]
    found = [one.signs for one in plates_in([*lines, line("蒙K·12344", width=90)])]
    assert found == ["蒙K12344", "蒙K12343", "蒙K12342"] and len(found) == MOST


@pytest.mark.parametrize(("upper", "lower", "plate"), [("蒙·K", "1234挂", "蒙K1234挂"), ("蒙K", "1O345", "蒙K10345"),
                                                       ("闫A", "12345", "闽A12345")])  # fmt: skip
def test_a_plate_of_two_lines_is_joined(upper, lower, plate) -> None:
    assert [one.signs for one in plates_in(two(upper, lower))] == [plate]
    assert [one.signs for one in plates_in(two(upper, lower, gap=-30))] == [plate]


def test_lines_that_are_no_plate_together_are_not_joined() -> None:
    assert plates_in(two("蒙K", "1234挂", gap=200)) == ()
    assert plates_in(two("蒙K", "1234挂", shift=400)) == ()
    assert plates_in(two("蒙K", "234挂")) == ()
    assert plates_in(two("K", "1234挂")) == ()
    assert plates_in([line("蒙K", 100, 100, 300), line("1234挂", 150, 170, 200)]) == ()


def test_of_two_lower_lines_the_nearer_one_belongs_to_the_upper() -> None:
    assert [one.signs for one in plates_in([*two("蒙K", "1234挂"), line("99999", 100, 190, 300, 100)])] == ["蒙K1234挂"]
