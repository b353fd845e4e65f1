"""The waiting line: any order of the same steps gives the same line, and nobody is taken or let on twice unseen."""

import itertools
import random

import pytest

from checklists.inspection.line import REASONS, Step, counts, line

_ids = itertools.count(1)


def step(vehicle, kind, number, device="a", at="02:00", **value):
    return Step(
        f"s{next(_ids)}", vehicle, device, number, device, device.upper(), f"2026-11-26T{at}:00.000Z", kind, value
    )


def came(vehicle, number, device="a", at="02:00", **value):
    return step(vehicle, "came", number, device, at, **value)


def states(steps):
    return {one.id: one.state for one in line(steps)}


def test_who_waits_longest_comes_first_by_the_clock_of_who_saw_him_come():
    steps = [came("v2", 2, at="02:10"), came("v1", 1, "b", at="02:05")]
    assert [one.id for one in line(steps)] == ["v1", "v2"]


def test_any_order_and_any_repetition_give_the_same_line():
    steps = [
        *(came("v1", 1, plate="蒙K1"), step("v1", "named", 2, "b", plate="蒙K12345", colour="yellow")),
        *(step("v1", "taken", 3, "b", inspection="i1"), came("v2", 2), step("v2", "passed", 4, reason="capacity")),
        *(step("v2", "back", 5), step("v2", "taken", 6, inspection="i2")),
    ]
    expected, shuffled = line(steps), random.Random(7)
    for _ in range(30):
        some = [*steps, *shuffled.sample(steps, 3)]
        shuffled.shuffle(some)
        assert line({one.id: one for one in some}.values()) == expected
    assert [(one.plate, one.state) for one in expected] == [("蒙K12345", "taken"), ("", "taken")]


def test_taken_by_two_tablets_in_two_checks_clashes_until_one_puts_it_back():
    both = [came("v", 1), step("v", "taken", 2, "a", inspection="i1"), step("v", "taken", 2, "b", inspection="i2")]
    (one,) = line(both)
    assert (one.clashes, {take.device for take in one.takes}) == (True, {"a", "b"})
    (one,) = line([*both, step("v", "back", 3, "b")])
    assert (one.clashes, one.state, [take.device for take in one.takes]) == (False, "taken", ["a"])


def test_two_tablets_in_one_check_do_not_clash():
    (one,) = line([came("v", 1), *(step("v", "taken", 2, device, inspection="i1") for device in "ab")])
    assert not one.clashes


def test_what_is_checked_was_not_let_on_whatever_was_written_meanwhile():
    steps = [came("v", 1), step("v", "taken", 2, "b", inspection="i1"), step("v", "passed", 2, "a", reason="capacity")]
    (one,) = line(steps)
    assert (one.state, one.clashes, counts(steps, "a")["unchecked"]) == ("taken", True, {})


def test_a_step_of_a_vehicle_that_never_came_is_no_vehicle():
    assert line([step("v", "taken", 1, inspection="i1")]) == ()


@pytest.mark.parametrize("reason", REASONS)
def test_who_went_on_is_counted_by_reason_and_a_mistake_is_not(reason):
    told = counts([came("v", 1), step("v", "passed", 2, reason=reason)], "a")
    assert told == ({} if reason == "mistake" else {"came": 1, "unchecked": {reason: 1}, "waiting": 0})


def test_two_tablets_of_a_post_add_up_to_each_vehicle_once():
    steps = [
        *(came("v1", 1, "a"), came("v2", 2, "b"), came("v3", 3, "a"), came("v4", 4, "a")),
        *(step("v1", "passed", 5, "b", reason="capacity"), step("v2", "passed", 6, "a", reason="drove_on")),
        step("v3", "taken", 7, "b", inspection="i3"),
    ]
    a, b = counts(steps, "a"), counts(steps, "b")
    assert (a["came"] + b["came"], a["waiting"] + b["waiting"]) == (4, 1)
    assert (a["unchecked"], b["unchecked"]) == ({"drove_on": 1}, {"capacity": 1})


def test_without_a_line_a_shift_says_nothing_of_one():
    assert counts([], "a") == {}
