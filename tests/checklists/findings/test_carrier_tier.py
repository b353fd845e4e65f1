"""In which tier a carrier stands: tables of results, and that what is bad never makes it better."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists import words
from checklists.definitions.carrier_formula import CARRIER_LEVELS, formula_on
from checklists.findings.carrier_tier import REASONS, Against, Check, Held, carrier_tier
from tests.loaded import load_all

FORMULAS = load_all().carrier_tiers
TODAY = date(2026, 11, 29)
FORMULA = formula_on(FORMULAS, TODAY)
assert FORMULA is not None
GRAVE, LIGHT = Held("I", "carrier"), Held("III", "carrier")


def checks(*results: str, every: int = 3) -> list[Check]:
    """Return checks, the last one yesterday: a clean, g grave, l light, q a clean short one."""
    found = {"a": (), "g": (GRAVE,), "l": (LIGHT,), "q": ()}
    days = [TODAY - timedelta(days=1 + every * (len(results) - 1 - n)) for n in range(len(results))]
    return [
        Check(f"inspection:{n}", day, found[one], full=one != "q", plate="蒙K12345")
        for n, (one, day) in enumerate(zip(results, days, strict=True))
    ]


CASES = (
    ("", "unknown"),
    ("aa", "unknown"),
    ("aaa", "normal"),
    ("qqqqqqqqqqqq", "unknown"),
    ("aaaaaaaaaa", "reduced"),
    ("qaqaqaqaqaqaqaqaqaqa", "reduced"),
    ("aaaaaaaaaag", "normal"),
    ("aaaaaaaaaal", "reduced"),
    ("aag", "normal"),
    ("gg", "tightened"),
    ("gaaag", "tightened"),
    ("gaaaag", "tightened"),  # by its points, not by its row
    ("ggaaaa", "tightened"),
    ("ggaaaaa", "tightened"),
)


@pytest.mark.parametrize(("results", "level"), CASES)
def test_the_last_results_switch_the_level(results: str, level: str) -> None:
    assert carrier_tier(FORMULA, checks(*results), (), TODAY).level == level


def test_five_accepted_in_a_row_end_it_once_the_points_have_faded() -> None:
    long_ago = checks(*"ggaaaaa", every=40)
    assert carrier_tier(FORMULA, long_ago, (), TODAY).level == "normal"


def test_what_was_found_fades_and_then_counts_nothing() -> None:
    points = []
    for days in (90, 91, 180, 181, 365, 366):
        one = Check("inspection:1", TODAY - timedelta(days=days), (GRAVE,))
        points.append(carrier_tier(FORMULA, [one], (), TODAY).points)
    assert points == [20, 10, 10, 4, 4, 0]


def test_the_next_day_on_which_something_fades_is_said() -> None:
    one = Check("inspection:1", TODAY - timedelta(days=90), (GRAVE,))
    assert carrier_tier(FORMULA, [one], (), TODAY).changes_on == TODAY + timedelta(days=1)
    assert carrier_tier(FORMULA, [], (), TODAY).changes_on is None


def test_what_others_did_counts_nothing_against_it() -> None:
    others = (Held("I", "consignor"), Held("I", "filler"), Held("I", ""), Held("I", "carrier", own=False))
    found = [replace(one, found=others) for one in checks(*"aaaaa")]
    done = carrier_tier(FORMULA, found, (), TODAY)
    assert (done.level, done.points, [one.code for one in done.reasons]) == ("normal", 0, ["accepted_in_row"])
    driver = carrier_tier(FORMULA, [Check("inspection:1", TODAY, (Held("I", "driver"),))], (), TODAY)
    assert driver.points == FORMULA.weight("finding", "I").points // 2


@pytest.mark.parametrize(
    ("counted", "level"),
    [("stop_order", "tightened"), ("correction_overdue", "tightened"), ("watch", "tightened"), ("order", "normal")],
)
def test_what_stands_against_it_today_goes_before_any_row_of_good_results(counted: str, level: str) -> None:
    against = [Against(counted, "order:1", "停〔2026〕1 号", TODAY - timedelta(days=400))]
    done = carrier_tier(FORMULA, checks(*"aaa"), against, TODAY)
    assert done.level == level
    assert next(one for one in done.reasons if one.code == counted).link == "order:1"


def test_the_watch_list_is_no_reason_from_the_second_version_on() -> None:
    held = Against("watch", "order:1", "关〔2026〕1 号", TODAY)
    for one in FORMULAS[1:]:
        done = carrier_tier(one, checks(*"aaa"), [held], TODAY)
        assert (done.level, done.points, [each.code for each in done.reasons]) == ("normal", 0, ["accepted_in_row"])


def test_every_point_has_a_reason_with_a_link_and_they_add_up() -> None:
    against = [Against("case_decided", "case:1", "T-2026-00001", TODAY - timedelta(days=100))]
    done = carrier_tier(FORMULA, checks(*"aglag"), against, TODAY)
    assert done.points == sum(one.points for one in done.reasons)
    assert all(one.link for one in done.reasons if one.points)


def test_every_reason_and_level_has_words() -> None:
    assert set(words.CARRIER_REASONS) == set(REASONS) and set(words.CARRIER_LEVELS) == set(CARRIER_LEVELS)
    say = words.say("zh_CN")
    for code in REASONS:
        assert "{" not in words.carrier_reason(code, {"counts": {"I": 1}}, say)
    said = words.carrier_reason("check", {"number": "蒙K12345", "counts": {"I": 2, "none": 1}}, say)
    assert said == "检查 蒙K12345 时发现问题：I×2 未分级×1"
    assert words.carrier_reason("of_tomorrow", {}, say) == "of_tomorrow"


def test_who_is_checked_often_is_not_worse_for_that() -> None:
    few = carrier_tier(FORMULA, checks(*"aaaaagaaaa", every=1), (), TODAY)
    many = carrier_tier(FORMULA, checks(*"aaaaagaaaa" * 8, every=1), (), TODAY)
    assert few.points == many.points == 20
    said = next(one for one in many.reasons if one.code == "per_checks")
    assert dict(said.counts) == {"points": 160, "checks": 80, "limit": 10, "row": 20}


LETTERS = st.lists(st.sampled_from("aglq"), max_size=25)


@given(LETTERS, st.integers(0, 24))
def test_one_grave_finding_more_never_lightens_the_level(results: list[str], place: int) -> None:
    before = carrier_tier(FORMULA, checks(*results), (), TODAY)
    worse = [*results]
    if worse:
        worse[place % len(worse)] = "g"
    after = carrier_tier(FORMULA, checks(*worse), (), TODAY)
    strict = {"tightened": 0, "normal": 1, "unknown": 1, "reduced": 2}
    assert after.points >= before.points
    assert strict[after.level] <= strict[before.level]


@given(LETTERS, st.randoms())
def test_in_whatever_order_the_checks_come_the_result_is_the_same(results: list[str], chance) -> None:
    given_ = checks(*results)
    mixed = [*given_]
    chance.shuffle(mixed)
    assert carrier_tier(FORMULA, mixed, (), TODAY) == carrier_tier(FORMULA, given_, (), TODAY)


def test_the_version_of_the_day_counts() -> None:
    later = replace(FORMULA, version="2", in_force_from=date(2027, 1, 1), in_force_to=None)
    ended = replace(FORMULA, in_force_to=date(2026, 12, 31))
    assert [formula_on((ended, later), day).version for day in (date(2026, 12, 31), date(2027, 1, 1))] == ["1", "2"]
    assert formula_on((later,), TODAY) is None
