"""The lock screen: who unlocks, and the enrolment step by step."""

from datetime import UTC, datetime

import pytest

from mobile.lock.outside import Outside
from mobile.screens.unlock.flow import address
from mobile.screens.unlock.state import Enrolling, enrol_state, take_pin, unlock_state
from mobile.words import words

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
OFFICERS = ({"id": "a", "name": "王强", "agency": "T"}, {"id": "b", "name": "李敏", "agency": "P"})
TWO = {"a": "王强", "b": "李敏"}


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def locked(officers=TWO, chosen="", trouble="", **outside):
    told = {"packages": {}, "unsent": (0, 0), "free_bytes": 5 * 10**9, **outside}
    return unlock_state(officers, chosen, trouble, Outside(**told), NOW)


def test_with_two_officers_nobody_is_chosen_for_them() -> None:
    assert (locked().chosen, locked().prompt) == ("", "Choose who you are")


def test_a_single_officer_is_chosen_at_once() -> None:
    state = locked({"a": "王强"})
    assert (state.chosen, state.prompt) == ("a", "PIN of 王强")


def test_the_locked_tablet_tells_ages_and_what_waits_but_no_vehicle() -> None:
    facts = dict(locked(packages={"registry": "2026-11-18T09:00:00.000Z"}, unsent=(2, 1)).facts)
    assert facts == {"Registry": "3 days old", "Not sent yet": "2 records · 1 photo file", "Free space": "5.0 GB"}


def test_the_pin_is_asked_twice() -> None:
    once = take_pin(Enrolling(step="pin", officer="a"), "957264")
    assert (once.step, take_pin(once, "957264").step) == ("again", "packages")


def test_two_pins_that_differ_begin_again() -> None:
    differs = take_pin(Enrolling(step="again", pin="957264"), "957265")
    assert (differs.step, differs.pin) == ("pin", "")
    assert "differ" in differs.trouble


def test_a_pin_is_not_in_what_is_printed_of_the_enrolment() -> None:
    assert "957264" not in repr(Enrolling(pin="957264"))


def test_work_begins_when_the_checklists_and_tables_are_there() -> None:
    some = enrol_state(Enrolling(step="packages", packages=("definitions",)), "")
    both = enrol_state(Enrolling(step="packages", packages=("definitions", "reference")), "")
    assert (some.may_go_on, both.may_go_on) == (False, True)
    assert [done for _name, done in both.progress] == [True, True, False]


def test_officers_are_shown_with_their_agency() -> None:
    cards = enrol_state(Enrolling(step="officer", officers=OFFICERS), "").officers
    assert [(one.name, one.agency) for one in cards] == [("王强", "Transport"), ("李敏", "Traffic police")]


@pytest.mark.parametrize(
    ("typed", "asked"), [("office.example", "https://office.example"), ("http://127.0.0.1:8", "http://127.0.0.1:8")]
)
def test_an_address_without_a_scheme_is_https(typed, asked) -> None:
    assert address(typed) == asked


def test_no_empty_card_stands_beside_the_officers_of_an_enrolment(driver) -> None:
    from mobile.screens.unlock.view import UnlockScreen

    screen = driver.show(UnlockScreen())
    for step, there in (("office", True), ("officer", False), ("pin", True)):
        screen.show(enrol_state(Enrolling(step=step, officers=OFFICERS), ""))
        driver.step(2)
        assert (screen.card.parent is screen) is there
