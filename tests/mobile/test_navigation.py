"""Which screen comes to the front, and what a tablet that joined may not open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mobile.navigation import Navigation
from mobile.refusals import Refusal
from mobile.routes import ROUTES
from mobile.store import store as stores
from tests.mobile import story
from tests.mobile.field import opened


@pytest.fixture
def shown():
    return []


@pytest.fixture
def navigation(shown):
    return Navigation(lambda screen, where: shown.append((screen, dict(where))))


def test_what_the_lead_alone_decides_leads_a_joined_tablet_to_the_page_of_both(navigation, shown) -> None:
    joined = replace(story.nothing(), lead_device="another")
    for screen in ROUTES:
        navigation.go(screen, {"mode": "x"}, None, joined)
    led = [name for name, (screen, where) in zip(ROUTES, shown, strict=True) if (screen, where) == ("pair", {})]
    assert led == ["quick", "outcome", "approve", "sign", "papers"]


def test_the_lead_and_a_tablet_with_nothing_in_hand_go_where_they_want(navigation, shown) -> None:
    navigation.go("outcome", {}, None, story.nothing())
    navigation.go("papers", {}, None, None)
    assert shown == [("outcome", {}), ("papers", {})]


def test_on_a_full_disk_the_officer_still_gets_there_and_the_reason_comes_back(
    navigation, shown, tmp_path, monkeypatch
) -> None:
    def full(*_: object) -> None:
        raise Refusal("disk_full")

    monkeypatch.setattr(stores, "remember_view", full)
    problem = navigation.go("walk", {}, opened(tmp_path), None)
    assert problem is not None
    assert (problem.code, shown, navigation.screen) == ("disk_full", [("walk", {})], "walk")


def test_a_place_is_kept_for_each_open_inspection_and_only_on_its_own_screens(navigation, tmp_path) -> None:
    store, held = opened(tmp_path), story.nothing()
    stores.open_inspection(store, held.inspection, held.officer.id, held.opened_at)
    navigation.go("deviation", {"item": "EQP-14"}, store, held)
    navigation.go("bill", {}, store, held)
    again = Navigation(lambda _screen, _where: None)
    assert again.recall(store, "") == held.inspection
    assert again.place(held.inspection) == ("deviation", {"item": "EQP-14"})
    assert again.place("unheard of") == ("identify", {})
    assert again.goes_on(store, held.inspection)
    assert not again.goes_on(store, "")
