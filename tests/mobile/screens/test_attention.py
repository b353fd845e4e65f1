"""The head of the snapshot: tier, orders that block, history, depth, and the card for a leak."""

from datetime import UTC, datetime

import pytest

from checklists.findings.tiers import Tier, tier
from mobile.inspecting import acts
from mobile.screens.snapshot.attention.state import order_cards, past_checks, past_words, tier_mark
from mobile.screens.snapshot.depth.state import DepthPick, choose, depth_state
from mobile.screens.snapshot.response.state import response_state
from mobile.screens.snapshot.state import snapshot_state
from mobile.words import words
from tests.mobile import story

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
STOP = {
    "number": "S17", "kind": "stop", "on": "trailer", "key": "蒙K1234挂", "since": "2026-11-09",
    "authority": "执法大队", "text": "修复前不得运输",
}  # fmt: skip
LOW, HIGH = Tier("low"), Tier("high")


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def with_list(name, rows):
    drafts = [acts.fact(name, rows, "registry", "2026-11-20T00:00:00.000Z")]
    return story.after(story.arrived(), drafts)


def test_a_stop_order_says_who_what_and_that_there_is_no_release() -> None:
    held = with_list("orders", [STOP])
    (card,) = order_cards(held)
    assert (card.number, card.authority, card.what) == ("S17", "执法大队", "修复前不得运输")
    assert "蒙K1234挂" in card.against and "2026-11-09" in card.against
    assert "Not to be released" in card.blocks and held.assessment.proposal.outcome == "hold"
    assert tier_mark(tier(held.assessment), 1).level == "high"


def test_an_order_that_an_officer_set_aside_with_a_reason_blocks_no_more() -> None:
    held = with_list("orders", [STOP])
    result = next(one for one in held.assessment.results if one.rule == "R17")
    assert order_cards(story.after(held, acts.override(result, "解除决定已出示"))) == ()


def test_what_was_found_before_has_day_words_and_number() -> None:
    rows = [{"violation": "CN-LIC-05b", "on": day, "number": "N1"} for day in ("2026-03-01", "2026-09-01")]
    held = with_list("past", rows)
    assert [one.day for one in past_checks(held)] == ["2026-09-01", "2026-03-01"]
    assert past_checks(held)[0].what != "CN-LIC-05b" and past_words(held) == ""
    assert "no violation" in past_words(story.arrived())
    assert "not known" in past_words(story.nothing())


def test_the_tier_says_its_reasons_and_that_there_is_none() -> None:
    assert tier_mark(LOW, 0).reasons == ("nothing stands out in what is known",)
    assert [tier_mark(LOW, unverified).tone for unverified in (0, 8)] == ["good", "neutral"]
    mark = snapshot_state(story.arrived(), NOW).tier
    assert (mark.level, len(mark.reasons)) == ("medium", 1)
    assert "Trailer permit has expired" in mark.reasons[0]


def test_a_low_tier_proposes_the_short_check_and_any_other_the_whole() -> None:
    held = story.arrived()
    assert depth_state(held, LOW).proposed == "fast-lane"
    assert depth_state(held, HIGH).proposed == "cn-joint"


def test_less_than_proposed_needs_a_reason_and_more_is_free() -> None:
    held = story.arrived()
    assert depth_state(held, HIGH, DepthPick("fast-lane")).lacking
    given = depth_state(held, HIGH, DepthPick("fast-lane", "队长决定"))
    assert not given.lacking and given.own_reason == "队长决定"
    (draft,) = choose(held, given)
    assert draft.value == {"checklist": "fast-lane", "proposed": "cn-joint", "reason": "队长决定"}
    (deeper,) = choose(held, depth_state(held, LOW, DepthPick("cn-joint")))
    assert deeper.value == {"checklist": "cn-joint", "proposed": "fast-lane", "reason": ""}


def test_the_depth_is_put_down_once_and_the_usual_one_not_at_all() -> None:
    held = story.arrived()
    assert choose(held, depth_state(held, HIGH)) == ()
    after = story.after(held, choose(held, depth_state(held, LOW)))
    assert after.checklist == "fast-lane"
    assert choose(after, depth_state(after, LOW)) == ()
    # What was proposed has changed: the choice is open again.
    assert depth_state(after, HIGH).chosen == "cn-joint"


def gas(un):
    line = {"un": un, "name": "x", "net_mass_kg": 1000}
    return story.arrived(lines=[line])


def test_the_card_for_a_leak_has_its_distances_by_size_and_hour() -> None:
    day = response_state(gas("1005"), NOW)
    assert (day.large, day.night) == (True, False)
    assert [(one.value, one.unit) for one in day.figures] == [("150", "m"), ("800", "m"), ("1.6", "km")]
    night = response_state(gas("1005"), NOW.replace(hour=15))
    assert night.night and night.figures[1].value == "1.8"
    assert response_state(gas("1005"), NOW, large=False).figures[0].value == "30"
    assert day.guides[0].labels == ("2.3", "8")


def test_what_nobody_knows_and_what_no_list_has_are_said() -> None:
    unknown = response_state(story.nothing(), NOW)
    assert "Nobody knows" in unknown.warning
    assert [one.value for one in unknown.figures] == ["100", "—", "800"]
    assert "9999" in response_state(gas("9999"), NOW).warning


def test_the_signs_on_the_vehicle_count_as_well_until_it_is_known_what_is_aboard() -> None:
    held = story.after(gas("1830"), acts.see_panel("rear", "268", "1005"))
    assert {one.un for one in response_state(held, NOW).guides} == {"1830", "1005"}
