"""The campaigns of today at this post: shown, marked in the walk, carried by the record, and accusing nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from checklists.records.check_history import about
from mobile.inspecting import acts, campaigning
from mobile.screens.section.state import section_state
from mobile.screens.snapshot.campaign.state import campaign_cards
from mobile.screens.snapshot.flow import enter
from mobile.screens.snapshot.state import snapshot_state
from mobile.screens.walk.points.state import focus_first
from mobile.screens.walk.state import walk_state
from mobile.store import store
from mobile.words import words
from tests.mobile import story
from tests.mobile.field import hear, line, opened
from tests.mobile.screens.test_watch import Screen

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
ROW = {
    "id": "c-1", "name": "夜查", "why": "问题多", "unit": "示例县大队", "since": "2026-11-20", "until": "2026-11-22",
    "roads": ["G109"], "items": ["EQP-14"], "targets": [{"on": "vehicle", "key": "蒙K12345|yellow"}],
}  # fmt: skip
DAY_MS = 86_400_000


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def arrived(*rows):
    def lookup(kind, key):
        if kind == "campaign":
            return {"data": {"rows": list(rows)}, "as_of": story.AT} if rows else None
        return story.registry().get((kind, key))

    held = story.nothing(used=replace(story.kit(), lookup=lookup))
    held = story.after(held, acts.identify("蒙K12345", "yellow"), acts.waybill(story.situation()["waybill"]))
    return story.after(held, acts.look_up(held, story.SITE))


@pytest.mark.parametrize(
    ("changes", "site", "offset_ms", "holds"),
    [
        ({}, story.SITE, 0, True),
        ({}, "", 0, False),
        ({}, "S24 收费站", 0, False),
        ({"roads": []}, "", 0, True),
        ({"sites": ["园区东门"]}, "园区东门 ", 0, True),
        ({"agencies": ["M"]}, story.SITE, 0, False),
        ({"until": "2026-11-20"}, story.SITE, 0, False),
        ({"until": "2026-11-20"}, story.SITE, -DAY_MS, True),
        ({}, story.SITE, 2 * DAY_MS, False),
        ({"until": "soon"}, story.SITE, 0, False),
    ],
)
def test_it_holds_on_the_day_and_at_the_place_of_the_check(changes, site, offset_ms, holds):
    assert bool(campaigning.under(arrived({**ROW, **changes}), site, offset_ms)) is holds


def test_the_snapshot_says_what_it_looks_at_and_whom_it_looks_for_and_nothing_else_changes():
    with_it, without = arrived(ROW), arrived()
    one, other = (snapshot_state(held, NOW, site=story.SITE) for held in (with_it, without))
    (card,) = one.campaigns
    assert "夜查" in card.title and "2026-11-22" in card.title and card.focus
    assert "vehicle 蒙K12345" in card.targets and "accuses nobody" in card.targets
    assert replace(one, campaigns=()) == other and with_it.assessment.proposal == without.assessment.proposal


def test_a_target_comes_first_and_others_are_not_said_to_be_here():
    rows = {**ROW, "id": "c-0", "name": "别的", "targets": [{"on": "un", "key": "0000"}]}, ROW
    cards = campaign_cards(arrived(*rows), story.SITE, 0)
    assert [(one.id, bool(one.targets)) for one in cards] == [("c-1", True), ("c-0", False)]
    carrier = about(arrived().assessment.situation)["carrier"]
    (card,) = campaign_cards(arrived({**ROW, "targets": [{"on": "carrier", "key": carrier}]}), story.SITE, 0)
    assert carrier in card.targets


def test_a_short_checklist_says_what_it_leaves_out():
    held = arrived(ROW)
    short = next(name for name, one in held.kit.definitions.checklists.items() if one.based_on)
    lists = held.kit.definitions.checklists
    asked = {item.id for item in lists[short].items() if not item.optional}
    left = next(item.id for item in lists[held.checklist].items() if item.id not in asked and not item.optional)
    (card,) = campaign_cards(arrived({**ROW, "items": [left]}), story.SITE, 0, short)
    assert "leaves 1" in card.lacks
    (card,) = campaign_cards(arrived({**ROW, "items": [left]}), story.SITE, 0)
    assert not card.lacks


def test_the_touch_that_begins_the_check_writes_it_into_the_record_once(tmp_path):
    desk, screen = story.StoryDesk(arrived(ROW)), Screen()
    desk.open_store, desk.site = opened(tmp_path), story.SITE
    enter(desk, screen)
    screen.heard["on_walk"](screen)
    (note,) = [one for one in desk.held.all_of("note") if one.item == "campaign"]
    assert note.value == {"campaign": "c-1", "name": "夜查"}
    assert campaigning.carried(desk.held, story.SITE, 0) == ()
    store.release(desk.open_store)


def test_what_it_looks_at_is_marked_and_comes_first_in_the_walk_and_is_hidden_from_nobody():
    held = arrived(ROW)
    section = next(
        one.id
        for one in held.kit.definitions.checklists[held.checklist].sections
        if any(item.id == "EQP-14" for item in one.items)
    )
    before = section_state(held, section)
    carried = story.after(held, campaigning.carried(held, story.SITE, 0))
    after, usual = section_state(carried, section), section_state(carried, section, usual=True)
    assert [one.item for one in after.rows if one.focus] == ["EQP-14"] == [one.item for one in usual.rows if one.focus]
    assert {one.item for one in after.rows} == {one.item for one in before.rows} and not before.rows[0].focus
    place = [one.item for one in after.rows].index("EQP-14")
    assert place < [one.item for one in before.rows].index("EQP-14")
    assert [one.item for one in usual.rows] == [one.item for one in section_state(held, section, usual=True).rows]
    (tile,) = [one for one in walk_state(carried).tiles if one.focus]
    assert tile.section == section and "1" in tile.focus
    assert not any(one.focus for one in walk_state(held).tiles)


@pytest.mark.parametrize(
    ("ordered", "focus", "placed"),
    [
        ([(0, ""), (1, ""), (2, "")], [False, True, False], [(1, ""), (0, ""), (2, "")]),
        ([(1, "T"), (2, ""), (0, "P")], [True, False, True], [(2, "T"), (1, ""), (0, "P")]),
        ([], [], []),
    ],
)
def test_focus_goes_first_within_each_group(ordered, focus, placed):
    assert focus_first(ordered, focus) == placed


def test_the_feed_gives_all_campaigns_and_the_tombstone_takes_one_away(tmp_path):
    held = opened(tmp_path)
    assert store.lookup(held, "campaign", "*") is None
    for name in ("c-1", "c-2"):
        hear(held, line("campaign", name, {**ROW, "id": name}, until=ROW["until"]))
    assert len(store.lookup(held, "campaign", "*")["data"]["rows"]) == 2
    hear(held, line("campaign", "c-1"))
    assert [one["id"] for one in store.lookup(held, "campaign", "*")["data"]["rows"]] == ["c-2"]
    assert store.lookup(held, "campaign", "c-2") is None
    store.release(held)


def test_a_block_is_drawn_for_each():
    from mobile.screens.snapshot.view import SnapshotScreen

    screen = SnapshotScreen()
    rows = ROW, {**ROW, "id": "c-2"}, {**ROW, "id": "c-3", "targets": []}
    screen.show(snapshot_state(arrived(*rows), NOW, site=story.SITE))
    assert {one.test_id for one in screen.ids.campaigns.children} == {"campaign:c-1", "campaign:c-2"}
    assert [one.test_id for one in screen.ids.campaigns_more.children] == ["campaign:c-3"]
