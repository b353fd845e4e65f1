"""Every plate and paper that is met on the road can be typed, and folds as the kernel folds it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.facts.identifiers.checks import check_id, check_plate
from mobile.sign_input import (
    CHINESE,
    COUNTRIES,
    CYRILLIC,
    LATIN,
    PAPERS,
    PLATES,
    Signs,
    pressed,
    with_country,
    with_kind,
)

MET = [
    ("foreign", "MN", "1234УБА", "foreign"),
    ("foreign", "RU", "А123ВС75", "foreign"),
    ("foreign", "KZ", "123ABC02", "foreign"),
    ("foreign", "VN", "51C-12345", ""),
    ("army", "", "VA12345", "army"),
    ("army", "", "军A12345", "army"),
    ("armed_police", "", "WJ13消0001", "armed_police"),
    ("embassy", "", "使123456", "embassy"),
    ("emergency", "", "冀S1234应急", "emergency"),
    ("civil_aviation", "", "京民航1234", "civil_aviation"),
    ("temporary", "", "蒙A1234临", ""),
    ("other", "", "蒙A1234超", ""),
]


def typed(kind, country, text):
    """The text as an officer types it: the page is changed where a sign is not on the one in front."""
    signs = with_kind(Signs("plate"), kind)
    signs = with_country(signs, country) if country else signs
    while signs.text:
        signs = pressed(signs, "←")
    for sign in text:
        page = next((one for one in signs.pages if sign in Signs("plate", kind, page=one).keys), signs.page)
        signs = pressed(Signs("plate", kind, country, page, signs.text), sign)
    return signs


@pytest.mark.parametrize(("kind", "country", "text", "form"), MET)
def test_a_plate_that_is_met_on_the_road_can_be_typed_and_is_read_by_its_form(kind, country, text, form):
    signs = typed(kind, country, text)
    assert (signs.text, signs.is_enough) == (text, True)
    assert check_plate(signs.text).form == form


def test_letters_that_only_look_latin_fold_to_the_plate_that_exists():
    assert check_plate(typed("foreign", "KZ", "A123BC75").text).value == "А123ВС75"


@pytest.mark.parametrize(
    "number", ["E12345678", "EA1234567", "H12345678", "HA1234567", "C12345678", "12345678", "AB1234567"]
)
def test_the_number_of_a_foreigners_paper_can_be_typed(number):
    signs = with_kind(Signs("paper"), "passport")
    for sign in number:
        signs = pressed(signs, sign)
    assert signs.text == number
    assert check_id(number).value == number


@pytest.mark.parametrize("keys", [LATIN, CYRILLIC, *CHINESE.values()])
def test_no_page_has_more_than_four_rows_of_ten_keys_and_none_twice(keys):
    assert len(keys) <= 40
    assert len({*keys}) == len(keys)


def test_every_kind_begins_with_a_page_that_it_has():
    for kind in PLATES:
        signs = with_kind(Signs("plate"), kind)
        assert signs.page in signs.pages or signs.wants_country
        assert signs.keys
    for country in COUNTRIES:
        signs = with_country(with_kind(Signs("plate"), "foreign"), country)
        assert signs.page in signs.pages and not signs.wants_country
    assert all(with_kind(Signs("paper"), kind).page == "latin" for kind in PAPERS)


def test_another_kind_begins_anew():
    signs = typed("foreign", "MN", "1234УБА")
    assert with_kind(signs, "armed_police").text == "WJ"
    assert with_kind(signs, "army").text == ""


@given(st.text(LATIN + CYRILLIC + "←!a", max_size=60))
def test_what_is_not_on_the_page_and_what_is_too_much_is_never_typed(presses):
    signs = with_country(with_kind(Signs("plate"), "foreign"), "RU")
    for sign in presses:
        signs = pressed(signs, sign)
    assert len(signs.text) <= 16
    assert set(signs.text) <= set(CYRILLIC)
