"""Posts for a week: what is to be expected at a site at an hour, and which posts the officers given can man. Pure.

What is expected of a site in a block of hours is the violations a check found there, drawn towards the mean of all
sites as though so many further checks (`WEIGHT`) had found just that: three checks prove little. To it comes a bonus
for what is not known: `explore` times the standard deviation of that expectation (a gamma distribution), which is
largest where nobody looked. So an hour nobody looked at is worth more than one that was found clean often.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from server.figures.sums import SUMMED, Sums, of_cell

BLOCK = 2
"""Hours of a block: a post begins at even hours and lasts whole blocks."""
REST = 11
"""Hours that a team rests between two posts at least. Ours."""
WEIGHT = 20
"""Checks of the mean that stand beside what was found. Ours."""
FEW_CHECKS = 10
EXPLORE: Mapping[str, float] = {"known": 0.0, "some": 1.0, "much": 2.0}
"""How much is given for what is not known."""
_CHECKS, _VIOLATIONS = SUMMED.index("checks"), SUMMED.index("violations")
_DAY, _WEEK = 24, 7


@dataclass(frozen=True)
class Given:
    """What the shift leader has: officers, two to a team; hours of an officer in the week; hours of a post.

    Posts lie between the hours `first` and `last` of a day. At one site there are at most `most` posts in the week.
    """

    monday: date
    officers: int = 4
    hours: int = 40
    length: int = 4
    first: int = 6
    last: int = 22
    most: int = 3
    explore: str = "some"

    @property
    def teams(self) -> int:
        """How many teams of two there are; who is left over alone mans no post (处罚法 42: two officers)."""
        return self.officers // 2

    @property
    def posts_each(self) -> int:
        """How many posts a team mans at most: one a day, and within its hours."""
        return min(_WEEK, self.hours // self.length)


LENGTHS = (2, 4, 6, 8, 10, 12)
"""Hours of a post."""
_MOST_OFFICERS, _MOST_HOURS = 200, 60


def given_of(query: Mapping[str, str], today: date) -> Given:
    """Return what is given in an address; what is not understood is as usual, and the week is the next one."""
    otherwise = Given(today)
    day = _day(query.get("week", "")) or today + timedelta(days=_WEEK)
    length = _number(query, "length", otherwise.length, LENGTHS)
    return Given(
        monday=day - timedelta(days=day.weekday()),
        officers=_number(query, "officers", otherwise.officers, range(_MOST_OFFICERS + 1)),
        hours=_number(query, "hours", otherwise.hours, range(1, _MOST_HOURS + 1)),
        length=length,
        first=_number(query, "first", otherwise.first, range(0, _DAY, BLOCK)),
        last=_number(query, "last", otherwise.last, range(BLOCK, _DAY + 1, BLOCK)),
        most=_number(query, "most", otherwise.most, range(1, _WEEK + 1)),
        explore=query["explore"] if query.get("explore") in EXPLORE else otherwise.explore,
    )


def _number(query: Mapping[str, str], name: str, otherwise: int, known: Sequence[int]) -> int:
    text = query.get(name, "")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else -1
    return number if number in known else otherwise


def _day(text: str) -> date | None:
    try:
        held = date.fromisoformat(text)
    except ValueError:
        return None
    return held if 2000 <= held.year <= 2100 else None


@dataclass(frozen=True)
class Block:
    """Some hours of a weekday at a site: checks and violations so far, the mean expected a check, and its deviation."""

    site: str
    weekday: int
    hour: int
    checks: int
    violations: int
    mean: float
    deviation: float


@dataclass(frozen=True)
class Reason:
    """Why a post is proposed: a code of REASONS with its numbers."""

    code: str
    numbers: Mapping[str, int | float]


REASONS = ("unseen", "partly_unseen", "above", "about", "below", "few")


@dataclass(frozen=True)
class Post:
    """A post that may be: site, weekday (Monday 0), first hour, blocks; `worth` is what the plan adds up."""

    site: str
    weekday: int
    hour: int
    blocks: tuple[Block, ...]
    worth: float

    @property
    def starts(self) -> int:
        """The hour of the week."""
        return self.weekday * _DAY + self.hour

    @property
    def until(self) -> int:
        """The hour of the day at which it ends."""
        return self.hour + BLOCK * len(self.blocks)

    @property
    def checks(self) -> int:
        """How many checks were made there at these hours."""
        return sum(one.checks for one in self.blocks)

    @property
    def violations(self) -> int:
        """How many violations were found."""
        return sum(one.violations for one in self.blocks)

    @property
    def mean(self) -> float:
        """Violations to be expected a check."""
        return sum(one.mean for one in self.blocks) / len(self.blocks)


@dataclass(frozen=True)
class Manned:
    """A post of the plan with its day, its team (from 1) and its reasons."""

    post: Post
    day: date
    team: int
    reasons: tuple[Reason, ...]


def blocks(sums: Mapping[str, Sums], sites: Iterable[str]) -> tuple[list[Block], float]:
    """Return every block of the week at these sites, and the mean of violations a check over all of them.

    `sums` are those of cells by key; a site of which there are none was never looked at.
    """
    found: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    chosen = sorted(set(sites))
    for key, one in sums.items():
        cell, site = of_cell(key)
        here = found[site, cell // BLOCK]
        here[0] += one[_CHECKS]
        here[1] += one[_VIOLATIONS]
    known = [
        found[site, number] for site in chosen for number in range(_WEEK * _DAY // BLOCK) if (site, number) in found
    ]
    checks, violations = (sum(one[place] for one in known) for place in (0, 1))
    mean = (violations + 1) / (checks + 1)
    return [
        _block(site, number, found.get((site, number), [0, 0]), mean) for site in chosen for number in _numbers()
    ], mean


def _numbers() -> range:
    return range(_WEEK * _DAY // BLOCK)


def _block(site: str, number: int, held: Sequence[int], mean: float) -> Block:
    checks, violations = held
    weekday, hour = divmod(number * BLOCK, _DAY)
    seen, of = violations + WEIGHT * mean, checks + WEIGHT
    return Block(site, weekday, hour, checks, violations, seen / of, math.sqrt(seen) / of)


def candidates(given: Given, all_: Iterable[Block]) -> list[Post]:
    """Return every post that may be, by site and time; none where a post is longer than the day's hours."""
    by_day: dict[tuple[str, int], dict[int, Block]] = defaultdict(dict)
    for one in all_:
        by_day[one.site, one.weekday][one.hour] = one
    weight = EXPLORE[given.explore]
    held = []
    for (site, weekday), hours in sorted(by_day.items()):
        for hour in range(given.first, given.last - given.length + 1, BLOCK):
            mine = tuple(hours[at] for at in range(hour, hour + given.length, BLOCK))
            held.append(Post(site, weekday, hour, mine, BLOCK * sum(one.mean + weight * one.deviation for one in mine)))
    return held


@dataclass(frozen=True)
class Limit:
    """At most so many of some posts, by their place among the candidates."""

    of: tuple[int, ...]
    most: int


def limits(given: Given, posts: Sequence[Post]) -> list[Limit]:
    """Return what binds the plan: teams, their rest and hours, one post at a site a day, so many a week."""
    by_site: dict[str, list[int]] = defaultdict(list)
    by_site_day: dict[tuple[str, int], list[int]] = defaultdict(list)
    by_day: dict[int, list[int]] = defaultdict(list)
    by_start: dict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(posts):
        by_site[one.site].append(place)
        by_site_day[one.site, one.weekday].append(place)
        by_day[one.weekday].append(place)
        by_start[one.starts].append(place)
    busy = given.length + REST
    resting = [
        tuple(place for start, held in by_start.items() if at - busy < start <= at for place in held) for at in by_start
    ]
    return [
        Limit(tuple(range(len(posts))), given.teams * given.posts_each),
        *(Limit(tuple(held), given.teams) for held in by_day.values()),
        *(Limit(held, given.teams) for held in resting),
        *(Limit(tuple(held), 1) for held in by_site_day.values()),
        *(Limit(tuple(held), given.most) for held in by_site.values()),
    ]


def manned(given: Given, chosen: Iterable[Post], mean: float) -> list[Manned]:
    """Return the posts of a plan in their order, each with its team.

    Teams take turns. Of any posts one team's turn apart, by the limits, the later one begins after the team has rested:
    otherwise more posts than teams would be manned or rested from at once. No team has two posts more than another.
    """
    ordered = sorted(chosen, key=lambda one: (one.starts, one.site))
    return [
        Manned(one, given.monday + timedelta(days=one.weekday), number % given.teams + 1, reasons(one, mean))
        for number, one in enumerate(ordered)
    ]


def reasons(post: Post, mean: float) -> tuple[Reason, ...]:
    """Return why a post is worth it: what was found there, and what nobody knows of it."""
    unseen = sum(not one.checks for one in post.blocks)
    if unseen == len(post.blocks):
        return (Reason("unseen", {}),)
    part = (Reason("partly_unseen", {"hours": unseen * BLOCK}),) if unseen else ()
    if post.checks < FEW_CHECKS:
        return (Reason("few", {"checks": post.checks, "violations": post.violations}), *part)
    told = post.violations / post.checks
    code = "above" if told > 1.2 * mean else "below" if told < 0.8 * mean else "about"
    numbers = {"found": round(10 * told, 1), "all": round(10 * mean, 1), "checks": post.checks}
    return (Reason(code, numbers), *part)
