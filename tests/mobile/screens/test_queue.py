"""The queue shows what is open, what waits and what was sealed today."""

from datetime import UTC, datetime, timedelta

import pytest

from checklists.wire import to_plain
from mobile.screens.queue.state import OpenCheck, SentCheck, queue_state, salvage_words, shift_words
from mobile.screens.shared.tier import tier_of
from mobile.words import words
from tests.mobile import story

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
BEGUN = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
SOON = BEGUN + timedelta(minutes=4)


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def sealed(state="delivered", sealed_at="2026-11-21T02:00:00.000Z", **more) -> SentCheck:
    part = {
        "kind": "inspection",
        "inspection": "i-1",
        "sealed_at": sealed_at,
        "findings": [{"severity": "I"}],
        "outcome": {"proposed": "hold", "decided": None},
        "entries": [to_plain(entry) for entry in story.arrived().entries],
    }
    return SentCheck(part, state, **more)


def test_a_sealed_practice_check_waits_for_nobody() -> None:
    card = queue_state([], [sealed("waiting")], SOON, ready=True, practising=True).sealed[0]
    assert (card.state, card.tone) == ("Practice, not sent", "neutral")


def test_an_open_check_shows_plate_carrier_and_where_it_stands() -> None:
    check = OpenCheck("i-1", story.AT, "walk", story.arrived().entries, "王强")
    card = queue_state([check], [], SOON, ready=True).open[0]
    assert (card.plate, card.colour, card.detail, card.time) == ("蒙K12345", "yellow", "王强 · Walk", "begun 09:30")
    assert (card.state, card.tone) == ("here 4 min", "neutral")
    assert card.carrier == "鄂尔多斯市路安危货运输有限公司"


def test_a_check_of_which_nothing_is_known_has_an_empty_plate() -> None:
    card = queue_state([OpenCheck("i-1", story.AT, "identify")], [], SOON, ready=True).open[0]
    assert (card.plate, card.carrier) == ("", "")


@pytest.mark.parametrize(
    ("minutes", "state", "tone"),
    [(11, "waits 11 min", "neutral"), (45, "waits 45 min", "unknown"), (60, "waits 60 min", "danger")],
)
def test_a_check_that_nobody_touches_waits_and_the_wait_grows_loud(minutes, state, tone) -> None:
    check = OpenCheck("i-1", story.AT, "walk", story.arrived().entries)
    queue = queue_state([check], [], BEGUN + timedelta(minutes=minutes), ready=True)
    assert (queue.open, [(one.state, one.tone) for one in queue.waiting]) == ((), [(state, tone)])


def test_yesterdays_open_check_says_since_when_it_waits() -> None:
    queue = queue_state([OpenCheck("i-1", story.AT, "walk")], [], BEGUN + timedelta(days=2), ready=True)
    assert queue.waiting[0].state == "waits since 11-21 09:30"


def test_what_another_officer_holds_waits_however_fresh_and_the_longest_wait_comes_first() -> None:
    mine = OpenCheck("i-1", "2026-11-21T01:33:00.000Z", "walk")
    theirs = OpenCheck("i-2", "2026-11-21T01:33:00.000Z", "walk", holder="李敏", mine=False)
    old = OpenCheck("i-3", "2026-11-21T01:00:00.000Z", "walk")
    queue = queue_state([mine, theirs, old], [], SOON, ready=True)
    assert [one.key for one in queue.open] == ["i-1"]
    assert [one.key for one in queue.waiting] == ["i-3", "i-2"]


def test_a_sealed_check_carries_its_worst_finding_on_the_stripe() -> None:
    assert queue_state([], [sealed()], NOW, ready=True).sealed[0].tier == "high"


@pytest.mark.parametrize(
    ("severities", "level"), [(("III", "I"), "high"), (("II",), "medium"), (("III",), "low"), ((), "")]
)
def test_the_stripe_of_a_sealed_check_is_its_worst_finding(severities, level) -> None:
    assert tier_of(severities) == level


def test_the_shift_says_place_and_time_or_that_it_is_missing_or_forgotten() -> None:
    assert shift_words("", "G18", NOW) == ("unknown", "No shift is open")
    assert shift_words(story.AT, "G18", NOW) == ("neutral", "G18 · since 09:30")
    assert shift_words(story.AT, "G18", NOW + timedelta(days=1))[0] == "unknown"


def test_a_sealed_check_says_what_was_found_decided_and_sent() -> None:
    card = queue_state([], [sealed(photos=5, photos_received=3)], NOW, ready=True).sealed[0]
    assert card.detail == "1 finding · hold at a safe place · photos 3/5"
    assert (card.state, card.tone, card.time) == ("Delivered", "good", "sealed 10:00")


def test_what_waits_comes_before_what_was_delivered() -> None:
    states = [one.state for one in queue_state([], [sealed(), sealed("waiting")], NOW, ready=True).sealed]
    assert states == ["Waiting to be sent", "Delivered"]


def test_yesterdays_delivered_check_is_gone_and_an_undelivered_one_stays() -> None:
    old = "2026-11-19T02:00:00.000Z"
    cards = queue_state([], [sealed(sealed_at=old), sealed("rejected", old)], NOW, ready=True).sealed
    assert [(one.state, one.tone) for one in cards] == [("Needs you", "danger")]


def test_without_checklists_the_queue_says_so_and_nothing_begins() -> None:
    state = queue_state([], [], NOW, ready=False)
    assert (state.may_begin, state.empty) == (False, True)
    assert [tone for tone, _text in state.notices] == ["unknown"]


def test_a_salvage_says_what_was_kept_and_lost() -> None:
    text = salvage_words({"entry_row": 40, "sealed_row": 2}, {"entry_row": 1})
    assert "40 entries, 2 sealed records" in text
    assert "1 row is missing" in text
