"""A PIN that somebody new gives twice, and what a signature says of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mobile.lock.pins import NewPin, PinReset
from mobile.refusals import Refusal

PIN = "271828"


class Door:
    """A tablet that only its own officer can unlock; `full` is its disk, `by` who vouches for whoever is new."""

    def __init__(self, *, full: bool = False, by: str = "") -> None:
        self.pins, self.full, self.by = {"li": "314159"}, full, by

    def officers(self) -> set[str]:
        return set(self.pins)

    def check_pin(self, officer: str, pin: str) -> None:
        if self.pins[officer] != pin:
            raise Refusal("pin_wrong")

    def judge_pin(self, pin: str) -> None:
        if len(set(pin)) == 1:
            raise Refusal("pin_guessed")

    def asks_code(self, officer: str) -> bool:
        return False

    def proved(self, officer: str) -> bool:
        return False

    def proof(self, officer: str) -> str | None:
        return None if officer == "li" else self.by

    def add_officer(self, officer: str, pin: str) -> None:
        if self.full:
            raise Refusal("disk_full")
        self.pins[officer] = pin

    def change_pin(self, officer: str, old: str, new: str) -> None:
        self.pins[officer] = new


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as told:
        call()
    return told.value.code


def test_a_signature_says_that_a_pin_was_set_just_now_and_who_vouches_for_it() -> None:
    new, by_code = NewPin(Door()), NewPin(Door(by="code"))
    assert new.given("wang", PIN, own=False) is None and by_code.given("wang", PIN, own=False) is None
    assert new.given("wang", PIN, own=False) == {"pin_set_now": True, "identity": "unverified"}
    assert by_code.given("wang", PIN, own=False) == {"pin_set_now": True, "pin_by_code": True, "identity": "code"}
    assert by_code.given("wang", PIN, own=False) == {"identity": "code"}
    assert new.given("li", "314159", own=True) == {}


def test_two_pins_that_differ_begin_anew() -> None:
    new = NewPin(Door())
    assert new.given("wang", PIN, own=False) is None
    assert refusal(lambda: new.given("wang", "161803", own=False)) == "pin_differs" and not new.first


def test_where_a_new_pin_could_not_be_kept_it_is_asked_for_anew() -> None:
    reset = PinReset(Door(full=True), "wang")
    reset.give(PIN)
    assert reset.step == "again"
    assert refusal(lambda: reset.give(PIN)) == "disk_full" and reset.step == "new"
