"""Earlier checks on the snapshot: holds on top, then each check with source and age, clean ones too."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from checklists.findings.approval import AGAINST_STOP
from mobile.inspecting import acts, conclusion
from mobile.inspecting.inspection import Officer
from mobile.screens.approve.state import approve_state
from mobile.screens.outcome.state import Pick, outcome_state
from mobile.screens.snapshot.attention.state import past_checks
from mobile.screens.snapshot.earlier.state import MOST_UNITS, earlier_state, hold_cards
from mobile.screens.snapshot.state import snapshot_state
from mobile.words import words
from tests.mobile import story

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
KEY = "蒙K12345|yellow"
HELD = {
    "inspection": "i-1", "at": "2026-11-20T23:00:00.000Z", "plate": "蒙K12345", "colour": "yellow", "outcome": "hold",
    "severity": "I", "site": "G65 服务区", "label": "T0001", "agencies": ["T"],
    "violations": ["CN-TNK-02", "CN-LIC-05b"], "about": {"vehicle": KEY, "trailer": "蒙K1234挂"},
}  # fmt: skip
CLEAN = {
    **HELD, "inspection": "i-2", "at": "2026-11-14T02:00:00.000Z", "outcome": "release", "severity": "",
    "violations": [], "label": "P0002", "agencies": ["P"],
}  # fmt: skip
ZHOU = Officer("lead", "周队长", "T-9", "T")


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def kit(rows, *, given=True):
    """The story's kit, with a store that finds the rows by any of their numbers."""

    def lookup(kind, key):
        if (kind, key) == ("feed", "history"):
            return {"data": {}, "as_of": "2026-11-21T02:57:00.000Z"} if given else None
        found = [one for one in rows if key in one["about"].values()] if kind == "history" else []
        if kind == "history":
            return {"data": {"rows": found}, "as_of": "2026-11-21T02:57:00.000Z"} if found else None
        return story.registry().get((kind, key))

    return replace(story.kit(), lookup=lookup)


def arrived(*rows, **more):
    held = story.nothing(used=kit(rows, **more))
    held = story.after(held, acts.identify("蒙K12345", "yellow"), acts.waybill(story.situation()["waybill"]))
    return story.after(held, acts.look_up(held, story.SITE))


def test_a_hold_is_on_top_with_post_time_and_what_to_look_at():
    (card,) = hold_cards(arrived(HELD, CLEAN), NOW)
    assert "held the vehicle" in card.title
    assert "G65 服务区 · T0001" in card.where and "07:00" in card.where and "4 hours old" in card.where
    assert "tractor 蒙K12345" in card.against and "trailer 蒙K1234挂" in card.against
    assert card.found.startswith("2 found") and "what is seen here counts" in card.look
    state = snapshot_state(arrived(HELD), NOW)
    assert state.tier.level == "high" and "held at an earlier check" in state.tier.reasons[0]


def test_every_check_has_its_age_its_place_and_what_came_of_it():
    state = earlier_state(arrived(HELD, CLEAN), NOW)
    held, clean = state.lines
    assert state.brief == "2 earlier checks: 4 hours old · 2 found"
    assert state.source == "office and this tablet, 3 minutes old"
    assert (held.tone, held.when) == ("danger", "4 hours old") and "not known to have been lifted" in held.what
    assert (clean.tone, clean.what) == ("neutral", "release · nothing found") and "P0002" in clean.where


def test_what_nobody_could_verify_does_not_read_as_clean_and_of_old_rows_nothing_is_said():
    left = {**CLEAN, "unverified": ["LIC-13", "LIC-08", "TNK-05"]}
    state = earlier_state(arrived(left), NOW)
    (line,) = state.lines
    assert line.tone == "unknown" and "release · nothing found · 3 could not be verified then: " in line.what
    assert line.what.endswith("…") and "LIC-13" not in line.what
    assert state.brief.endswith("nothing found · 3 could not be verified then")
    for clean in (CLEAN, {**CLEAN, "unverified": []}, {**CLEAN, "unverified": None}):
        (line,) = earlier_state(arrived(clean), NOW).lines
        assert (line.tone, line.what) == ("neutral", "release · nothing found")


def test_a_hold_that_was_lifted_stays_open_where_something_was_not_verified():
    free = {**CLEAN, "inspection": "i-3", "at": "2026-11-21T00:30:00.000Z", "agencies": ["T"]}
    held = {**HELD, "unverified": ["LIC-13"]}
    lines = {one.id: one for one in earlier_state(arrived(held, free), NOW).lines}
    assert (lines["i-1"].tone, lines["i-3"].tone) == ("unknown", "neutral")


def test_what_was_let_go_says_when_and_what_is_too_old_that_nobody_knows():
    free = {**CLEAN, "inspection": "i-3", "at": "2026-11-21T00:30:00.000Z", "agencies": ["T"]}
    lines = {one.id: one for one in earlier_state(arrived(HELD, free), NOW).lines}
    assert (lines["i-1"].tone, hold_cards(arrived(HELD, free), NOW)) == ("neutral", ())
    assert lines["i-1"].what.endswith("let go 08:30")
    old = {**HELD, "at": "2026-09-01T00:00:00.000Z"}
    (line,) = earlier_state(arrived(old), NOW).lines
    assert line.tone == "unknown" and line.what.endswith("no release known")
    amended = {**HELD, "outcome": "release", "outcome_before": "hold", "outcome_at": "2026-11-21T02:00:00.000Z"}
    (line,) = earlier_state(arrived(amended), NOW).lines
    assert line.what.endswith("held before, let go 10:00")


def test_another_vehicle_of_the_driver_or_carrier_is_named_and_comes_last():
    uscc = story.situation()["carrier"]["uscc"]
    other = {
        **CLEAN,
        "inspection": "i-9",
        "at": "2026-11-21T02:00:00.000Z",
        "plate": "蒙K777",
        "about": {"carrier": uscc},
    }
    first, last = earlier_state(arrived(CLEAN, other), NOW).lines
    assert (first.id, last.id) == ("i-2", "i-9") and "the same carrier, then with 蒙K777" in last.where


def test_none_and_not_known_are_two_things():
    assert "not known" in earlier_state(arrived(given=False), NOW).empty
    assert earlier_state(arrived(), NOW).empty == "No earlier check is known"
    many = [{**CLEAN, "inspection": f"n-{number}"} for number in range(9)]
    state = earlier_state(arrived(*many), NOW)
    assert (len(state.lines), state.more) == (MOST_UNITS, "and 5 more")


def test_what_an_earlier_check_found_is_not_said_twice():
    assert past_checks(arrived(HELD)) == ()
    assert [one.violation for one in arrived(HELD).assessment.situation.past or ()] == ["CN-TNK-02", "CN-LIC-05b"]


def test_letting_go_against_a_hold_needs_the_leaders_pin_and_nothing_else_does():
    held = arrived(HELD)
    assert held.assessment.proposal.outcome == "hold"
    assert conclusion.needed(held, "release") == (AGAINST_STOP,)
    assert conclusion.needed(held, "hold") == conclusion.needed(arrived(CLEAN), "release") == ()
    state = outcome_state(held, Pick("release", "x"))
    assert not state.approved and "although a stop stands" in state.approval and state.terms == ()
    decided = story.after(held, acts.decide(held, "release", "已修复"))
    assert conclusion.approval_of(decided).lacking
    with pytest.raises(ValueError, match="without a leader"):
        conclusion.go_on_urgently(decided, "x", NOW, NOW)
    approved = story.after(decided, conclusion.approve(decided, ZHOU))
    assert not conclusion.approval_of(approved).lacking
    assert conclusion.approval_of(approved).measures == ()


def test_the_leader_reads_what_stands_against_it_and_there_is_no_urgent_way():
    decided = story.after(arrived(HELD), acts.decide(arrived(HELD), "release", "已修复"))
    state = approve_state(decided, [ZHOU], NOW, urgent=True)
    assert (state.urgent, state.may_be_urgent) == (False, False)
    assert "G65 服务区 11-21 07:00" in state.found[0]
    (asked,) = state.asked
    assert "Whoever ordered the stop lifts it" in asked.pending
    assert not approve_state(decided, [], NOW).urgent


def test_a_stop_order_needs_it_too_also_when_an_officer_set_it_aside():
    order = {"number": "S17", "kind": "stop", "on": "trailer", "key": "蒙K1234挂", "authority": "大队", "text": "停运"}
    held = story.after(story.arrived(), [acts.fact("orders", [order], "registry", "2026-11-20T00:00:00.000Z")])
    assert conclusion.needed(held, "release") == (AGAINST_STOP,)
    result = next(one for one in held.assessment.results if one.rule == "R17" and one.verdict == "conflict")
    aside = story.after(held, acts.override(result, "解除决定已出示"))
    assert conclusion.needed(aside, "release") == (AGAINST_STOP,)


def test_a_paper_that_expires_within_thirty_days_is_told():
    tank = {**story.situation()["tank"], "inspection": {"valid_until": "2026-12-01"}}
    held = story.after(story.arrived(), [acts.fact("tank", tank, "registry", "2026-11-20T00:00:00.000Z")])
    blocks = {one.unit: one for one in snapshot_state(held, NOW).known}
    assert blocks["tank"].soon == "inspection: expires in 10 days"
    assert blocks["trailer"].soon == ""
