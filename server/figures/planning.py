"""The plan of a week as an integer program: the posts worth most within the limits, by HiGHS. Pure.

The solver proves how good its plan is: `bound` is what no plan can be worth more than. It is the same plan every time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.figures.posts import Given, Limit, Manned, Post, blocks, candidates, limits, manned
from server.figures.sums import Sums

SECONDS = 8.0
"""After so long the best plan so far is taken, with its bound."""
_ASKED = 0.5


@dataclass(frozen=True)
class Plan:
    """The posts in their order; what they are worth and what no plan is worth more than; the mean of all sites.

    `looked` is how many posts could have been, `shifts` how many the teams could man.
    """

    posts: tuple[Manned, ...]
    worth: float
    bound: float
    mean: float
    looked: int
    shifts: int

    @property
    def gap(self) -> float:
        """By how much a better plan could be better at most, 0 to 1."""
        return max(0.0, 1 - self.worth / self.bound) if self.bound > 0 else 0.0


def plan(given: Given, sums: Mapping[str, Sums], sites: Sequence[str]) -> Plan:
    """Return the plan of a week at these sites, from the sums of their cells; an empty one where nobody can man it."""
    held, mean = blocks(sums, sites)
    posts = candidates(given, held)
    shifts = given.teams * given.posts_each
    if not posts or not shifts:
        return Plan((), 0.0, 0.0, mean, len(posts), shifts)
    chosen, bound = best(posts, limits(given, posts))
    told = [posts[place] for place in chosen]
    return Plan(tuple(manned(given, told, mean)), sum(one.worth for one in told), bound, mean, len(posts), shifts)


def best(posts: Sequence[Post], bounds: Sequence[Limit]) -> tuple[list[int], float]:
    """Return which posts are taken, by their place, and what no choice is worth more than."""
    import highspy

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call] # its stubs know no types here
    for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("time_limit", SECONDS)):
        solver.setOptionValue(name, value)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    for place, one in enumerate(posts):
        solver.addCol(one.worth, 0.0, 1.0, 0, [], [])
        solver.changeColIntegrality(place, highspy.HighsVarType.kInteger)
    for limit in bounds:
        solver.addRow(-highspy.kHighsInf, float(limit.most), len(limit.of), list(limit.of), [1.0] * len(limit.of))
    solver.run()
    taken = [place for place, value in enumerate(solver.getSolution().col_value) if value > _ASKED]
    worth = sum(posts[place].worth for place in taken)
    return taken, max(worth, float(solver.getInfo().mip_dual_bound))
