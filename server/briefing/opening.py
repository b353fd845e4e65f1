"""The opening of a briefing: plain sentences made from its figures, and none that the figures do not carry. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from checklists.words import listed
from server.briefing.values import Briefing
from server.figures.heat import HOURS
from server.figures.rates import FEW, Share, share
from server.figures.sums import count_of
from server.figures.years import Change, changed, year_before

Say = Callable[[str], str]


def _(words: str) -> str:
    return words


TWO = _("{one} {other}")
"""Two sentences of one paragraph."""
NOTHING = _("From {since} to {until} no check is on record: nothing is known of what went by.")
CHECKS = _(
    "From {since} to {until} {checks} checks were made. In {found} of them something was found, {rate} (95 percent"
    " interval {low} to {high}); violations found: {violations}. Checks with findings of severity I: {serious};"
    " vehicles not let go on: {ordered}."
)
ITEM = _(
    "From {since} to {until} the item was looked at in {checks} checks and failed in {found} of them, {rate} (95"
    " percent interval {low} to {high})."
)
FEW_CHECKS = _("These are fewer than {few} checks: shares of them say little.")
FOLLOWED = _(
    "By now {cased} of these checks have a case, {decided} a decision, and {corrected} were put right on the road or by"
    " the office's word."
)
YEAR = _(
    "From {since} to {until} of the year before there were {checks} checks, {found} of them with findings ({rate})."
)
UNKEPT = _(
    "The office's records of checks begin on {day}: of the same days of the year before not all is known, and nothing"
    " is compared."
)
SAYS = {
    "sure": _(
        "The share is {points} percentage points {way} (95 percent interval {low} to {high}), more than chance"
        " explains."
    ),
    "unsure": _(
        "The share differs by {signed} percentage points (95 percent interval {low} to {high}): it may be chance."
    ),
    "few": _("One of the two spans has fewer than {few} checks: no share is compared."),
    "none": _("In one of the two spans nobody checked: no share is compared."),
}
HIGHER, LOWER = _("higher"), _("lower")
OFTEN = _("Found most often: {list}.")
OFTEN_ONE = _("{title} ({checks} checks)")
UNSEEN = _(
    "At {hours} of {all} hours of the day on {roads} roads nobody looked, and at {sites} of {known} known sites no"
    " check was made: what goes by there is not known."
)


def sentences(told: Briefing, say: Say) -> Iterator[str]:
    """Yield the paragraphs."""
    days = {"since": told.asked.since, "until": told.asked.until}
    if not told.now[0]:
        yield say(NOTHING).format(**days)
        yield from _unseen(told, say)
        return
    counts = {name: count_of(told.now, name) for name in _NAMED}
    found = share(counts["found"], told.now[0])
    held = {**days, **counts, "checks": told.now[0], **ends(found)}
    of_item = told.asked.item is not None
    first = say(ITEM if of_item else CHECKS).format(**held)
    yield say(TWO).format(one=first, other=say(FEW_CHECKS).format(few=FEW)) if found.few else first
    if not of_item:
        yield say(FOLLOWED).format(**counts)
    yield _year(told, found, say)
    if told.broken:
        three = [say(OFTEN_ONE).format(title=one.title, checks=one.checks) for one in told.broken[:3]]
        yield say(OFTEN).format(list=listed(three, say))
    yield from _unseen(told, say)


_NAMED = ("found", "violations", "serious", "ordered", "cased", "decided", "corrected")


def percent(value: float) -> str:
    """Return a share in per cent, as pages and files have it."""
    return f"{100 * value:.1f}%"


def points(value: float) -> str:
    """Return a difference in percentage points, with its sign."""
    return f"{100 * value:+.1f}"


def ends(held: Share) -> dict[str, str]:
    """Return a share and its interval in words."""
    return {"rate": percent(held.rate or 0), "low": percent(held.low), "high": percent(held.high)}


def _year(told: Briefing, found: Share, say: Say) -> str:
    if told.before is None:
        return say(UNKEPT).format(day=told.kept_from)
    asked, before = year_before(told.asked), share(count_of(told.before, "found"), told.before[0])
    first = say(YEAR).format(
        since=asked.since,
        until=asked.until,
        checks=before.of,
        found=before.count,
        rate=percent(before.rate) if before.rate is not None else "—",
    )
    return say(TWO).format(one=first, other=_differs(changed(found, before), say))


def _differs(change: Change, say: Say) -> str:
    return say(SAYS[change.says]).format(
        few=FEW,
        points=f"{100 * abs(change.points):.1f}",
        signed=points(change.points),
        way=say(HIGHER if change.points > 0 else LOWER),
        low=points(change.low),
        high=points(change.high),
    )


def _unseen(told: Briefing, say: Say) -> Iterator[str]:
    roads = [one for one in told.roads if one.named]
    if roads:
        yield say(UNSEEN).format(
            hours=sum(one.hours for one in roads),
            all=HOURS * len(roads),
            roads=len(roads),
            sites=len(told.unvisited),
            known=told.sites,
        )
