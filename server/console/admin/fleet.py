"""Whether the link is alive: how fast records come, and how each tablet stands; what a tablet says is shown as that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import falcon.asgi
from falcon.asgi import Request, Response

from server import clock
from server import fleet as rules
from server.console.admin import agencies
from server.console.findings import Text
from server.console.frame import Console, Page, query_of
from server.console.visitor import Visitor
from server.fleet import ACT, BEHIND, CLOCK, FULL_DAYS, MARKS, SILENT, SPACE, WAITS, WATCH, Mark, Newest, Tablet
from server.rights import has, may
from server.store import fleet
from server.store.fleet import SPANS, Fleet
from server.store.usage import WITHIN, Used

ADDRESS = "/console/fleet"
MOST = 200
"""Tablets that are listed; the file has all."""


def _(words: str) -> str:
    return words


ORDERS: Mapping[str, str] = {
    "worst": _("worst first"),
    "silent": _("silent for longest"),
    "waits": _("waiting for longest"),
    "space": _("least space"),
    "slow": _("slowest"),
    "label": _("label"),
}
PACKAGES: Mapping[str, str] = {
    "definitions": _("checklists"),
    "reference": _("list of goods"),
    "registry": _("registry"),
}
LIMITS = {
    "silent": SILENT,
    "waits": WAITS,
    "behind": BEHIND,
    "clock": CLOCK,
    "space": SPACE,
    "days": FULL_DAYS,
    "watch": WATCH,
    "act": ACT,
}


@dataclass(frozen=True)
class Line:
    """A tablet with what is wrong with it; `fast` is for each span of days what it brought."""

    one: Tablet
    marks: Sequence[Mark]
    fast: Mapping[int, Used]
    behind: int
    oldest: datetime | None
    days_left: float | None
    old: Sequence[str]

    def grave(self, *codes: str) -> int:
        """Return how grave the gravest of these marks is."""
        return max((mark.grave for mark in self.marks if mark.code in codes), default=0)


@dataclass(frozen=True)
class Sum:
    """How fast the records of some tablets came: of all, of an agency or of an area."""

    kind: str
    code: str
    tablets: int
    fast: Mapping[int, Used]


@dataclass(frozen=True)
class FleetPage:
    """All that the template draws. `counts` has for each mark how many tablets have it, `graves` for each gravity.

    `well` are those without a mark that say how they stand, `untold` those that have said nothing yet.
    """

    lines: Sequence[Line]
    more: bool
    sums: Sequence[Sum]
    counts: Mapping[str, int]
    graves: Mapping[int, int]
    well: int
    untold: int
    total: int
    now: datetime
    agencies: Mapping[str, Text]
    areas: Sequence[str]
    agency: str
    area: str
    mark: str
    order: str


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the address."""
    app.add_route(ADDRESS, FleetResource(console))


class FleetResource(Page):
    """`/console/fleet?agency=&area=&mark=&order=`: a leader sees the tablets of his agency, within his area."""

    roles = may("fleet")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list."""
        page = await self.store.read(_page, agencies.every(self), who, query_of(req))
        told: dict[str, Any] = {"words": MARKS, "orders": ORDERS, "packages": PACKAGES, "limits": LIMITS}
        told |= {"spans": SPANS, "within": tuple(WITHIN), "devices": has(who.role, "devices")}
        told |= {"most": MOST, "span": span, "percent": percent, "size": size, "read": clock.read}
        self.console.draw(req, resp, "admin/fleet.html", who, page=page, **told)


def _page(known: Mapping[str, Text], who: Visitor, query: Mapping[str, str]) -> FleetPage:
    scope = rules.scope_of(who.role, who.scope)
    seen = fleet.look().seen_in(scope)
    mine = {code: one for code, one in known.items() if scope.holds(code)}
    areas = sorted({one.area for one in seen.tablets if one.area})
    agency, area = _of(query, "agency", mine), _of(query, "area", areas)
    mark, order = _of(query, "mark", MARKS), _of(query, "order", ORDERS) or "worst"
    lines = [line(one, seen) for one in seen.narrowed(agency, area)]
    chosen = sorted((one for one in lines if not mark or one.grave(mark)), key=ORDER[order])
    return FleetPage(
        lines=chosen[:MOST],
        more=len(chosen) > MOST,
        sums=sums(seen, mine),
        counts={code: sum(bool(one.grave(code)) for one in lines) for code in MARKS},
        graves={grave: sum(one.grave(*MARKS) == grave for one in lines) for grave in (WATCH, ACT)},
        well=sum(not one.marks and one.one.said is not None for one in lines),
        untold=sum(one.one.said is None for one in lines),
        total=len(lines),
        now=seen.newest.now,
        agencies=mine,
        areas=areas,
        agency=agency,
        area=area,
        mark=mark,
        order=order,
    )


def _of(query: Mapping[str, str], name: str, known: Iterable[str]) -> str:
    told = query.get(name, "")
    return told if told in known else ""


def line(one: Tablet, seen: Fleet) -> Line:
    """Return a tablet as the list has it."""
    by, said = seen.newest, one.said
    return Line(
        one=one,
        marks=rules.marks(one, by),
        fast={days: seen.brought[days].get(one.id, Used()) for days in SPANS},
        behind=_behind(one, by),
        oldest=rules.oldest_of(said) if said else None,
        days_left=rules.days_left(one, by),
        old=rules.old_packages(said, by) if said else (),
    )


def _behind(one: Tablet, by: Newest) -> int:
    """Return how many changes a tablet lacks at most: those of other agencies and areas take places too."""
    return by.place - (one.said.feed_place or 0) if one.said and rules.is_behind(one.said, by) else 0


def sums(seen: Fleet, known: Iterable[str]) -> list[Sum]:
    """Return how fast records came: of all, then of each agency and of each area where there is more than one."""
    by_agency, by_area = ({held[number] for held in seen.of.values()} for number in (0, 1))
    ordered = sorted(by_agency, key=lambda code: [one != code for one in known])
    held = [_sum(seen, "", "")]
    held += [_sum(seen, "agency", code) for code in ordered if len(by_agency) > 1]
    return held + [_sum(seen, "area", code) for code in sorted(by_area) if len(by_area) > 1]


def _sum(seen: Fleet, kind: str, code: str) -> Sum:
    def chosen(agency: str, area: str) -> bool:
        return code == {"agency": agency, "area": area}.get(kind, "")

    many = sum(chosen(one.agency, one.area) for one in seen.tablets)
    return Sum(kind, code, many, {days: seen.total(days, chosen) for days in SPANS})


def share(used: Used, within: str) -> float | None:
    """Return which part of the records with a known time were here so fast, 0 to 1; None where there are none."""
    return getattr(used, within) / used.timed if used.timed else None


_NEVER, _ALWAYS = "", "9999"
ORDER: Mapping[str, Callable[[Line], Any]] = {
    "worst": lambda one: (*rules.rank(one.marks), one.one.seen_at or _NEVER, one.one.label),
    "silent": lambda one: (one.one.seen_at or _NEVER, one.one.label),
    "waits": lambda one: (one.oldest is None, one.oldest, one.one.label),
    "space": lambda one: (_space(one.one), one.one.label),
    "slow": lambda one: (_slowness(one), one.one.label),
    "label": lambda one: one.one.label,
}


def _space(one: Tablet) -> float:
    known = one.said.free_bytes if one.said else None
    return float("inf") if known is None else known


def _slowness(one: Line) -> float:
    known = share(one.fast[max(SPANS)], "within_1h")
    return 2.0 if known is None else known


def percent(used: Used, within: str) -> str:
    """Return a share in per cent, rounded down, so that only all is 100; a dash where there is nothing to count."""
    if not used.timed:
        return "—"
    tenths = 1000 * getattr(used, within) // used.timed
    return f"{tenths // 10}.{tenths % 10} %" if tenths % 10 else f"{tenths // 10} %"


def size(count: int) -> str:
    """Return a number of bytes, rounded down, in GB from one on, else in MB."""
    mega = count // 10**6
    return f"{mega // 1000}.{mega % 1000 // 100} GB" if mega >= 1000 else f"{mega} MB"


def span(seconds: float | timedelta) -> tuple[int, str]:
    """Return a span of time in its greatest unit, rounded down: seconds, minutes, hours or days."""
    whole = int(seconds.total_seconds() if isinstance(seconds, timedelta) else seconds)
    for size, unit in ((86_400, "d"), (3600, "h"), (60, "m")):
        if whole >= size:
            return whole // size, unit
    return whole, "s"
