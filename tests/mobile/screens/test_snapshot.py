"""The snapshot: a light for each rule, the worst first, and nothing green that is not known."""

from datetime import UTC, datetime

import pytest

from mobile.inspecting import acts
from mobile.screens.snapshot.state import snapshot_state
from mobile.words import words
from tests.mobile import story

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def lights(held):
    return {light.rule: light for light in snapshot_state(held, NOW).lights}


def test_conflicts_come_first_and_say_why() -> None:
    first = snapshot_state(story.arrived(), NOW).lights[0]
    assert (first.rule, first.verdict) == ("R5", "conflict")
    assert "2026-10-31" in first.reasons[0]


def test_what_was_not_seen_yet_cannot_be_told() -> None:
    light = lights(story.arrived())["R10"]
    assert light.verdict == "cannot_tell"
    assert light.reasons == ("still to be seen: orange plate、diamonds",)


def test_of_an_unknown_vehicle_no_light_is_a_pass() -> None:
    held = story.after(story.nothing(), acts.identify("蒙K99999", "yellow"))
    state = snapshot_state(held, NOW)
    assert "consistent" not in {light.verdict for light in state.lights}
    assert (state.known[0].source, state.known[0].stale) == ("not in the registry", True)
    assert state.goods == ()
    assert "not known" in state.goods_source


def test_old_registry_data_is_too_old_not_consistent() -> None:
    held = story.arrived()
    rows = {key: {**row, "as_of": "2026-08-01T00:00:00.000Z"} for key, row in story.registry().items()}
    old = story.nothing(used=story.kit().__class__(held.kit.definitions, held.kit.tables, lambda *key: rows.get(key)))
    old = story.after(old, acts.identify("蒙K12345", "yellow"), acts.waybill(story.situation()["waybill"]))
    old = story.after(old, acts.look_up(old))
    assert lights(old)["R6"].verdict == "stale"
    assert any(block.stale for block in snapshot_state(old, NOW).known)


def test_the_goods_are_shown_as_they_should_look() -> None:
    card = snapshot_state(story.arrived(), NOW).goods[0]
    assert (card.un, card.hazard_id, card.labels, card.detail) == ("1830", "80", ("8",), "class 8 · PG II · 28.000 t")


def test_goods_that_the_list_lacks_get_no_panel_and_no_diamond() -> None:
    line = {**story.situation()["waybill"]["lines"][0], "un": "9999"}
    card = snapshot_state(story.arrived(lines=[line]), NOW).goods[0]
    assert (card.un, card.hazard_id, card.labels) == ("9999", "", ())


def test_every_block_says_its_source_and_age() -> None:
    blocks = {block.unit: block for block in snapshot_state(story.arrived(), NOW).known}
    assert blocks["trailer"].source == "registry · 1 day old"
    assert "operating permit 2026-10-31" in blocks["trailer"].papers
