"""PINs that are tried first are refused with the reason; most others are left to choose from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobile.lock.weak_pins import LEAST_PIN, MOST_PIN, POPULAR, REASONS, weakness
from mobile.refusals import Refusal
from mobile.screens.shared.trouble import trouble_words
from mobile.words import words

GUESSED = {
    "repeat": "000000 888888 121212 123123 123321 112233 520520 100100 779977 997755 88888888 52015201"
    " 369369369 111222333 112233445566 772277227722",
    "run": "123456 654321 012345 890123 135790 135791 246802 975310 123789 456123 987321 12345678 789654"
    " 123456789 0987654321 456123789 683912345 135246 24681357 345612 561234 168169 20082009 202122"
    " 123400 987600 012399 192837 918273 405060 908070 125634 563412 87654300 333221 445566778 1029384756 010190",
    "keypad": "147258 159357 852741 147896 258963 147852 147258369 963852741 147896325"
    " 14725836 15935728 1472580 3691472580 2580147 2580258 7410852",
    "date": "150686 861506 061586 311299 991231 290200 19860215 15021986 02151986 1986021577 77715021986",
    "year": "198677 771986 621999 7359402031",
    "phone": "13968394725 139683947256",
    "popular": "246810 584520 7758521 142857 5201314 8008208820 683584520 7394142857"
    " 131452 114514 168520 520888 888520 666520 520666 168888 518888 271828 141421 138001 4138001380"
    " 131488 881314 314520 521138 235711 123581 7112358 955880 695588 683410086 119122 800138 380013 414213 592653"
    " 612328 1212399 8395588",
}


@pytest.mark.parametrize(("why", "pin"), [(why, pin) for why, pins in GUESSED.items() for pin in pins.split()])
def test_a_pin_that_is_tried_first_is_refused_with_its_reason(why, pin):
    assert weakness(pin) == why


@pytest.mark.parametrize(
    "pin", ["683947", "957264", "794638", "384976", "538697", "68394752", "683947526", "683947526183"]
)
def test_a_pin_without_a_pattern_is_taken(pin):
    assert weakness(pin) == ""


@pytest.mark.parametrize("number", ["T-6839", "蒙K68394", "150204683947001", "83947"])
def test_numbers_beside_the_officer_are_no_pins(number):
    assert weakness("683947", ["", "T-1", number]) == "known"


def test_a_short_number_forbids_nothing():
    assert weakness("683947", ["T1", "P-683"]) == ""


@given(st.integers(0, 28), st.integers(1, 12), st.integers(0, 99))
def test_every_birthday_is_refused_in_every_order(day, month, year):
    day = day or 1
    for pin in (f"{day:02}{month:02}{year:02}", f"{year:02}{month:02}{day:02}", f"{month:02}{day:02}{year:02}"):
        assert weakness(pin)


@pytest.mark.parametrize("digits", range(LEAST_PIN, MOST_PIN + 1))
def test_at_least_four_of_five_pins_are_left(digits):
    numbers = range(0, 10**digits, 10**digits // 10_007)
    assert sum(not weakness(f"{number:0{digits}}") for number in numbers) / len(numbers) > 0.8


def test_the_list_holds_only_what_no_pattern_says():
    assert all(weakness(pin) == "popular" for pin in POPULAR)


def test_every_reason_is_tried_here():
    assert {*GUESSED, "known"} == {*REASONS}


@pytest.mark.parametrize("why", REASONS)
def test_each_reason_has_words_in_both_languages(why):
    said = set()
    for words.lang in ("en", "zh_CN"):
        said.add(trouble_words(Refusal("pin_guessed", why=why)))
    assert len(said) == 2 and trouble_words(Refusal("pin_guessed")) not in said
