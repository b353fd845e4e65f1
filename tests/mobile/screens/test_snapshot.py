"""The snapshot: a light for each rule, the worst first, and nothing green that is not known."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from checklists.findings.tiers import Reason, Tier, tier
from mobile.inspecting import acts
from mobile.screens.snapshot.attention.state import tier_mark
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


def of_tier(told, *, given=True):
    """The story's vehicle where the office gives tiers, and says this of the carrier."""
    rows = {**story.registry()}
    uscc = next(key for kind, key in rows if kind == "carrier")
    if given:
        rows["feed", "carrier_tier"] = {"data": {}, "as_of": "2026-11-21T02:00:00.000Z"}
    if told:
        rows["carrier_tier", uscc] = {"data": told, "as_of": "2026-11-20T02:00:00.000Z"}
    held = story.arrived()
    used = story.kit().__class__(held.kit.definitions, held.kit.tables, lambda *key: rows.get(key))
    held = story.nothing(used=used)
    held = story.after(held, acts.identify("蒙K12345", "yellow"), acts.waybill(story.situation()["waybill"]))
    return story.after(held, acts.look_up(held))


TIGHT = {"level": "tightened", "since": "2026-11-20", "points": 15, "reasons": [
    {"code": "correction_overdue", "number": "T-2026-00031", "on": "2026-11-02", "points": 15},
]}  # fmt: skip


def test_how_closely_the_office_wants_the_carrier_checked_is_shown_with_its_reasons_and_age() -> None:
    blocks = {block.unit: block for block in snapshot_state(of_tier(TIGHT), NOW).known}
    level = blocks["level"]
    assert (level.whose, level.source) == ("checked closely · since 2026-11-20", "office · 1 hour old")
    assert level.papers == "an order to correct is overdue: T-2026-00031"
    stands = of_tier(TIGHT).assessment.situation.carrier_tier
    mark = tier_mark(Tier("medium", (Reason("carrier_tightened", "medium"),)), 0, stands)
    assert mark.reasons == ("its carrier is checked closely: an order to correct is overdue: T-2026-00031",)


def test_a_carrier_of_whom_the_office_says_nothing_is_unknown_and_asks_for_more_than_a_clean_one() -> None:
    levels = {}
    for name, held in (("unknown", of_tier(None)), ("none", of_tier(None, given=False)), ("tight", of_tier(TIGHT))):
        stands = held.assessment.situation.carrier_tier
        levels[name] = (stands.level if stands else "", [one.code for one in tier(held.assessment).reasons])
    assert levels["none"][0] == "" and not any(one.startswith("carrier") for one in levels["none"][1])
    assert levels["unknown"][0] == "unknown" and "carrier_unknown" in all_reasons(of_tier(None))
    assert "carrier_tightened" in all_reasons(of_tier(TIGHT))
    drawn = {"level": "reduced", "salt": "x", "full_percent": 100, "reasons": []}
    assert "carrier_drawn" in all_reasons(of_tier(drawn))
    assert not any(one.startswith("carrier") for one in all_reasons(of_tier({**drawn, "full_percent": 0})))


def all_reasons(held) -> list[str]:
    """Return every reason for attention of the carrier alone, also those behind the first three."""
    rows = tuple(row for row in held.assessment.tiers if row.reason.startswith("carrier"))
    return [one.code for one in tier(replace(held.assessment, tiers=rows)).reasons]
