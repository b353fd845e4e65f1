"""The watch list on the snapshot: who asks, why, what to do, until when; it stops nobody and is told of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mobile.inspecting import acts, watching
from mobile.screens.snapshot.flow import enter
from mobile.screens.snapshot.state import snapshot_state
from mobile.screens.snapshot.watch.state import watch_cards
from mobile.store import store
from mobile.words import words
from tests.mobile import story
from tests.mobile.field import hear, line, opened

NOW, TODAY = datetime(2026, 11, 21, 3, 0, tzinfo=UTC), date(2026, 11, 21)
ROW = {
    "id": "w-1", "on": "vehicle", "key": "蒙K12345|yellow", "unit": "示例县大队", "officer": "王警官", "contact": "110",
    "why": "上周弃车离开", "do": "call", "text": "留下电话", "since": "2026-11-20", "until": "2026-11-22",
}  # fmt: skip


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def arrived(*rows, colour="yellow"):
    def lookup(kind, key):
        found = [one for one in rows if kind == "watch" and key in (one["key"], one["key"].partition("|")[0])]
        return {"data": {"rows": found}, "as_of": story.AT} if found else story.registry().get((kind, key))

    held = story.nothing(used=replace(story.kit(), lookup=lookup))
    held = story.after(held, acts.identify("蒙K12345", colour), acts.waybill(story.situation()["waybill"]))
    return story.after(held, acts.look_up(held, story.SITE))


def test_it_says_who_asks_why_what_to_do_and_until_when():
    (card,) = watch_cards(arrived(ROW), TODAY)
    assert "vehicle 蒙K12345" in card.title and card.who == "示例县大队 王警官 · 110" and card.why == "上周弃车离开"
    assert card.do == "call who asks while it stands here: 留下电话" and card.until == "until 2026-11-22"
    assert not card.done


def test_it_stops_nobody_and_changes_no_tier_and_no_outcome():
    with_it, without = arrived(ROW), arrived()
    assert with_it.assessment.proposal == without.assessment.proposal
    one, other = snapshot_state(with_it, NOW), snapshot_state(without, NOW)
    assert one.watches and replace(one, watches=()) == other


@pytest.mark.parametrize(
    ("now", "offset_ms", "stands"),
    [
        (datetime(2026, 11, 22, 15, 59, tzinfo=UTC), 0, True),
        (datetime(2026, 11, 22, 16, 1, tzinfo=UTC), 0, False),
        (datetime(2026, 11, 22, 16, 1, tzinfo=UTC), -120_000, True),
        (datetime(2026, 11, 22, 15, 59, tzinfo=UTC), 120_000, False),
        (datetime(2026, 11, 19, 15, 0, tzinfo=UTC), 0, False),
    ],
)
def test_it_ends_by_the_offices_clock_also_where_nothing_is_heard(now, offset_ms, stands):
    assert bool(snapshot_state(arrived(ROW), now, offset_ms=offset_ms).watches) is stands


def test_the_same_signs_on_another_colour_are_another_vehicle():
    assert watch_cards(arrived(ROW, colour="blue"), TODAY) == ()


def test_a_trailer_a_carrier_and_a_driver_are_found_by_their_numbers():
    told = story.situation()
    rows = [
        {**ROW, "id": "trailer", "key": f"{told['trailer']['plate']}|yellow"},
        {**ROW, "id": "carrier", "on": "carrier", "key": told["carrier"]["uscc"]},
        {**ROW, "id": "driver", "on": "person", "key": told["driver"]["id_number"]},
        {**ROW, "id": "later", "on": "satellite"},
        {**ROW, "id": "torn", "until": ""},
    ]
    assert {one.id for one in watch_cards(arrived(*rows), TODAY)} == {"trailer", "carrier", "driver"}


def test_the_record_says_once_that_it_was_shown_and_that_it_was_done():
    held = arrived(ROW)
    assert watching.unheard(held, TODAY)
    held = story.after(held, watching.shown(held, TODAY))
    assert watching.said(held) == {"w-1": {"shown"}} and watching.shown(held, TODAY) == ()
    held = story.after(held, watching.done(held, "w-1"))
    assert watching.said(held) == {"w-1": {"shown", "done"}} and watching.done(held, "w-1") == ()
    (card,) = watch_cards(held, TODAY)
    assert card.done and not watching.unheard(held, TODAY)


class Screen:
    """A screen that remembers what it was shown and whom it tells."""

    def __init__(self):
        self.heard = {}

    def bind(self, **events):
        self.heard |= events

    def show(self, state):
        self.state = state


def test_the_touch_that_begins_the_check_says_what_was_shown(tmp_path):
    desk, screen = story.StoryDesk(arrived(ROW)), Screen()
    desk.open_store = opened(tmp_path)
    enter(desk, screen)
    screen.heard["on_watched"](screen, "w-1")
    assert screen.state.watches[0].done
    screen.heard["on_walk"](screen)
    assert watching.said(desk.held) == {"w-1": {"done"}}
    store.release(desk.open_store)


def test_who_registers_is_led_from_what_is_known_to_the_papers(tmp_path):
    desk, screen = story.StoryDesk(arrived(ROW)), Screen()
    desk.open_store, desk.registers = opened(tmp_path), True
    enter(desk, screen)
    assert screen.state.registers
    screen.heard["on_walk"](screen)
    assert desk.went == [("carried", {"back": "snapshot", "then": "pair"})]
    store.release(desk.open_store)


def test_the_feed_leads_to_it_by_its_number_and_the_tombstone_takes_it_away(tmp_path):
    held = opened(tmp_path)
    hear(held, line("watch", "w-1", ROW, until=ROW["until"]))
    for key in ("蒙K12345", "蒙K12345|yellow"):
        assert store.lookup(held, "watch", key)["data"]["rows"] == [ROW]
    assert store.lookup(held, "watch", "蒙K12345|blue") is None
    hear(held, line("watch", "w-1", {**ROW, "key": "蒙K99999|yellow"}))
    assert store.lookup(held, "watch", "蒙K12345") is None
    hear(held, line("watch", "w-1"))
    assert store.lookup(held, "watch", "蒙K99999") is None
    store.release(held)


def test_a_block_is_drawn_and_says_that_it_was_done():
    from mobile.screens.snapshot.view import SnapshotScreen

    screen, asked = SnapshotScreen(), []
    screen.bind(on_watched=lambda _screen, entry: asked.append(entry))
    screen.show(snapshot_state(arrived(ROW, {**ROW, "id": "w-2"}), NOW))
    (first,), (second,) = screen.ids.watch_first.children, screen.ids.watch_more.children
    assert (first.key, second.key) == ("w-1", "w-2")
    first.dispatch("on_watched")
    assert asked == ["w-1"]
