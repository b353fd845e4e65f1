"""The queue shows what is open, what waits and what was sealed today."""

from datetime import UTC, datetime

import pytest

from checklists.wire import to_plain
from mobile.states.queue import OpenCheck, SentCheck, queue_state, salvage_words
from mobile.words import words
from tests.mobile import story

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


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


def test_an_open_check_shows_plate_carrier_and_where_it_stands() -> None:
    check = OpenCheck("i-1", story.AT, "walk", story.arrived().entries)
    card = queue_state([check], [], NOW, ready=True).open[0]
    assert (card.plate, card.colour, card.detail, card.time) == ("蒙K12345", "yellow", "Walk", "begun 09:30")
    assert card.carrier == "鄂尔多斯市路安危货运输有限公司"


def test_a_check_of_which_nothing_is_known_has_an_empty_plate() -> None:
    card = queue_state([OpenCheck("i-1", story.AT, "identify")], [], NOW, ready=True).open[0]
    assert (card.plate, card.carrier) == ("", "")


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
