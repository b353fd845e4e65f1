"""The route table and the folders of screens say the same, and each row leads somewhere."""

from importlib import import_module
from pathlib import Path

import pytest

from mobile.routes import ROUTES, back_of, title_of
from mobile.words import Words

SCREENS = Path("mobile/screens")
AROUND = {"frame"}
"""What surrounds every screen has a view and is none."""


def test_each_folder_with_a_view_has_a_row_and_each_row_its_folder() -> None:
    folders = {one.parent.name for one in SCREENS.glob("*/view.py")} - AROUND
    assert folders == set(ROUTES)


@pytest.mark.parametrize("route", ROUTES.values(), ids=str)
def test_each_row_has_a_skin_with_its_class_and_a_flow_that_is_entered(driver, route) -> None:
    assert isinstance(getattr(import_module(route.view), route.screen), type)
    assert callable(import_module(route.flow).enter)


def test_each_folder_is_whole() -> None:
    for name in ROUTES:
        assert {"view.py", "view.kv", "flow.py"} <= {one.name for one in (SCREENS / name).iterdir()}
        assert list((SCREENS / name).rglob("state.py"))


def test_every_title_is_in_chinese() -> None:
    words = Words("zh_CN")
    assert [one.title for one in ROUTES.values() if words.say(one.title) == one.title] == []


def test_the_way_back_ends_at_the_queue_from_everywhere() -> None:
    for route in ROUTES.values():
        seen, name = [], route.name
        while name and name not in seen:
            seen.append(name)
            name = ROUTES[name].back
        assert seen[-1] == "queue" or route.aside or route.locked, seen


def test_what_only_the_lead_decides_belongs_to_an_inspection() -> None:
    assert all(one.of_inspection for one in ROUTES.values() if one.lead_only or one.after_seal)


def test_the_way_back_follows_where_the_officer_came_from_then_the_mode() -> None:
    assert back_of("identify", {}) == "queue"
    assert back_of("identify", {"mode": "scan"}) == "queue"
    assert back_of("identify", {"mode": "plate"}) == "identify"
    assert back_of("lesson", {"mode": "brief"}) == "queue"
    assert back_of("lesson", {"mode": "brief", "back": "shift"}) == "shift"
    assert back_of("lesson", {"back": "outcome"}) == "outcome"
    assert back_of("genuine", {"back": "reference"}) == "reference"
    assert back_of("sync", {}) == ""


def test_every_mode_of_the_waybill_but_the_scan_leads_back_to_it() -> None:
    from mobile.screens.identify.state import MODES

    assert [mode for mode in MODES if back_of("identify", {"mode": mode}) != "identify"] == ["scan"]


def test_a_place_whose_screen_is_gone_is_named_by_its_own_name() -> None:
    assert (title_of("walk"), title_of("gone")) == ("Walk", "gone")
