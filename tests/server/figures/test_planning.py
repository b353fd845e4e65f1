"""The plan keeps what it is given, is worth most, and says why."""

from __future__ import annotations

from datetime import date
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from server.figures.planning import best, plan
from server.figures.posts import REST, Given, Limit, blocks, candidates, given_of, limits
from server.figures.sums import SUMMED, Sums, cell_key

MONDAY = date(2026, 11, 30)
SITES = ("G109 卡口", "G18 服务区", "园区东门")


def of(checks: int, violations: int) -> Sums:
    told = {"checks": checks, "violations": violations}
    return tuple(told.get(name, 0) for name in SUMMED)


def everywhere(checks: int, violations: int) -> dict[str, Sums]:
    return {cell_key(site, cell): of(checks, violations) for site in SITES for cell in range(168)}


givens = st.builds(
    Given,
    st.just(MONDAY),
    officers=st.integers(0, 9),
    hours=st.sampled_from((4, 12, 40)),
    length=st.sampled_from((2, 4, 8)),
    first=st.sampled_from((0, 6, 20)),
    last=st.sampled_from((8, 18, 24)),
    most=st.integers(1, 4),
    explore=st.sampled_from(("known", "some", "much")),
)
cells = st.dictionaries(
    st.tuples(st.sampled_from(SITES), st.integers(0, 167)),
    st.tuples(st.integers(1, 30), st.integers(0, 40)),
    max_size=40,
)


@settings(max_examples=40)
@given(givens, cells)
def test_what_is_given_is_kept(given_: Given, found: dict[tuple[str, int], tuple[int, int]]) -> None:
    sums = {cell_key(*place): of(*told) for place, told in found.items()}
    made = plan(given_, sums, SITES)
    by_team: dict[int, list[int]] = {}
    for one in made.posts:
        assert given_.first <= one.post.hour and one.post.until <= given_.last
        assert one.day.weekday() == one.post.weekday and 1 <= one.team <= given_.teams
        by_team.setdefault(one.team, []).append(one.post.starts)
    for starts in by_team.values():
        assert len(starts) <= given_.posts_each and len(starts) * given_.length <= given_.hours
        assert len({one // 24 for one in starts}) == len(starts)
        assert all(later - one >= given_.length + REST for one, later in pairwise(starts))
    for site in SITES:
        days = [one.post.weekday for one in made.posts if one.post.site == site]
        assert len(days) == len(set(days)) <= given_.most
    assert made.worth <= made.bound + 1e-6


@settings(max_examples=25)
@given(st.lists(st.integers(0, 30), min_size=3, max_size=9), st.integers(0, 4))
def test_no_other_choice_is_worth_more(values: list[int], most: int) -> None:
    """Against every choice there is, for a few posts and three limits."""
    given_ = Given(MONDAY, officers=2, length=8, first=0, last=24, most=7, explore="known")
    posts = candidates(
        given_, blocks({cell_key(SITES[0], 24 * at): of(9, one) for at, one in enumerate(values)}, SITES[:1])[0]
    )
    posts = posts[: len(values)]
    bounds = [*limits(given_, posts), Limit(tuple(range(len(posts))), most)]

    def allowed(chosen: tuple[int, ...]) -> bool:
        return all(len(set(one.of) & set(chosen)) <= one.most for one in bounds)

    every = (one for many in range(len(posts) + 1) for one in combinations(range(len(posts)), many) if allowed(one))
    highest = max(sum(posts[place].worth for place in one) for one in every)
    taken, bound = best(posts, bounds)
    assert allowed(tuple(taken))
    assert abs(sum(posts[place].worth for place in taken) - highest) < 1e-6 and bound >= highest - 1e-6


def test_it_goes_where_most_was_found() -> None:
    sums = everywhere(50, 10) | {cell_key(SITES[1], hour): of(50, 90) for hour in range(10, 14)}
    made = plan(Given(MONDAY, officers=2, hours=4, explore="known"), sums, SITES)
    (one,) = made.posts
    assert (one.post.site, one.post.weekday, one.post.hour) == (SITES[1], 0, 10)
    assert [reason.code for reason in one.reasons] == ["above"] and made.gap < 1e-9


def test_what_nobody_looked_at_is_worth_more_than_what_was_found_clean() -> None:
    sums = {key: one for key, one in everywhere(60, 6).items() if not key.endswith(SITES[2])}
    one = plan(Given(MONDAY, officers=2, hours=4, explore="much"), sums, SITES).posts[0]
    assert one.post.site == SITES[2] and [reason.code for reason in one.reasons] == ["unseen"]


def test_three_checks_that_found_much_weigh_less_than_sixty_that_found_a_third_of_it() -> None:
    sums = everywhere(30, 15) | {cell_key(SITES[0], hour): of(1, 3) for hour in range(2)}
    sums |= {cell_key(SITES[1], hour): of(30, 30) for hour in range(2)}
    held = {(one.site, one.weekday, one.hour): one for one in blocks(sums, SITES)[0]}
    assert held[SITES[0], 0, 0].mean < held[SITES[1], 0, 0].mean < 1.0


def test_of_few_checks_no_rate_is_said() -> None:
    sums = {cell_key(SITES[0], hour): of(2, 6) for hour in range(10, 12)}
    one = plan(Given(MONDAY, officers=2, hours=2, length=2, explore="known"), sums, SITES).posts[0]
    assert [(reason.code, dict(reason.numbers)) for reason in one.reasons] == [("few", {"checks": 4, "violations": 12})]


def test_one_officer_mans_no_post_and_what_is_not_understood_is_as_usual() -> None:
    assert plan(Given(MONDAY, officers=1), everywhere(1, 1), SITES).posts == ()
    made = given_of({"officers": "-3", "length": "5", "week": "2026-12-03", "explore": "x", "most": "99"}, MONDAY)
    assert made == Given(MONDAY)
    assert given_of({}, date(2026, 11, 29)).monday == MONDAY


def test_the_same_question_has_the_same_plan() -> None:
    sums = everywhere(3, 2)
    assert plan(Given(MONDAY), sums, SITES) == plan(Given(MONDAY), sums, SITES)
