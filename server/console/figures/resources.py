"""The addresses of figures: tables, funnel and latency, signs of care, heat map, posts of a week, and the lists."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import falcon.asgi
from falcon.asgi import Request, Response

from checklists.definitions.definition import Definitions
from checklists.words import catalogue
from server.console import findings
from server.console.figures import pages
from server.console.findings import Text
from server.console.frame import Console, Page, query_of
from server.console.knowledge import goods_of
from server.console.visitor import Visitor, language
from server.console.worklist.page import agencies_of
from server.exporting.figure_lists import PLAN_MONTHS, UNKNOWN, today
from server.figures import asking, words
from server.figures.asking import MONTHS, Asked
from server.figures.heat import FEW_CHECKS, STEPS
from server.figures.planning import plan
from server.figures.posts import BLOCK, LENGTHS, REST, Given, Post, given_of
from server.figures.rates import FEW
from server.figures.sums import Sums
from server.rights import has, may
from server.store import campaigns, figure_places, figure_reads
from server.store.counted import LOOKED
from server.store.figure_reads import MOST_CROSSED, TooMany

ADDRESS = pages.ADDRESS


def _(words: str) -> str:
    return words


PAGES: Mapping[str, tuple[str, str]] = {
    "table": (ADDRESS, _("Tables")),
    "funnel": (f"{ADDRESS}/funnel", _("Funnel and latency")),
    "map": (f"{ADDRESS}/map", _("Heat map")),
    "plan": (f"{ADDRESS}/plan", _("Posts of a week")),
    "pairs": (f"{ADDRESS}/pairs", _("Signs of care")),
}
"""Page → its address and name."""
_RIGHTS = {"plan": "plan", "pairs": "figures_pairs"}
"""Pages that need a right of their own."""


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses."""
    app.add_route(ADDRESS, Tables(console))
    app.add_route(f"{ADDRESS}/funnel", Funnel(console))
    app.add_route(f"{ADDRESS}/map", Map(console))
    app.add_route(f"{ADDRESS}/plan", Planned(console))
    app.add_route(f"{ADDRESS}/pairs", Pairs(console))
    app.add_route(pages.LIST, Checks(console))


@dataclass(frozen=True)
class Frame:
    """What stands around every page of figures: the question, where it may be asked, what may be chosen."""

    page: str
    asked: Asked
    tabs: Mapping[str, tuple[str, str]]
    agencies: Mapping[str, Text]
    roads: list[str]
    sites: list[str]
    officers: bool
    campaign: str = ""

    @property
    def query(self) -> Mapping[str, str]:
        """The question without the kind of list, for the page's own form and its file."""
        return self.asked.whole().query


class Figures(Page):
    """A page of figures; what it shows is the part `draw_figures` of each."""

    roles = may("figures")
    name = "table"
    months = MONTHS

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self.store = console.far

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the page, or say that so many checks are not crossed. Whom somebody looks for is logged."""
        asked = asking.as_seen(asking.asked_of(query_of(req), today(), self.months), who.role)
        looked_for = asked.carrier or asked.pair
        if looked_for:
            await self.console.note(who.login, "search", looked_for)
        frame = await self.store.read(self._frame, who, asked)
        try:
            told = await self.fill(req, resp, who, frame)
        except TooMany:
            self.console.draw(req, resp, "figures/many.html", who, frame=frame, most=MOST_CROSSED, **_tables())
            return
        self.console.draw(req, resp, f"figures/{self.name}.html", who, frame=frame, **told, **_tables())

    async def fill(self, req: Request, resp: Response, who: Visitor, frame: Frame) -> dict[str, Any]:
        """Return what the template of the page draws. Raises TooMany."""
        raise NotImplementedError

    def definitions(self) -> Definitions:
        """Return the definitions in force. Reads the store."""
        return self.console.knowledge.definitions()

    def _frame(self, who: Visitor, asked: Asked) -> Frame:
        known = agencies_of(self.definitions())
        sites = figure_places.sites(who.scope)
        tabs = {name: one for name, one in PAGES.items() if name not in _RIGHTS or has(who.role, _RIGHTS[name])}
        seen = {code: one for code, one in known.items() if who.scope.holds(code)}
        roads = sorted({road for road in sites.values() if road})
        officers = has(who.role, "figures_pairs")
        said = _campaign(who, asked)
        return Frame(self.name, asked, tabs, seen if len(seen) > 1 else {}, roads, sorted(sites), officers, said)


def _campaign(who: Visitor, asked: Asked) -> str:
    """Return the name of the campaign that is asked for, as far as it may be seen; else its id. Reads the store."""
    named = asked.campaign or asked.focus or (asked.target or "").partition(" ")[0]
    named = named or (asked.around or "").partition(" ")[2]
    row = campaigns.seen(who.scope, named) if named else None
    return str(row.name) if row is not None else named


class Tables(Figures):
    """`/console/figures?by=`: a table by agency, road, site, carrier, item or UN number."""

    async def fill(self, req: Request, resp: Response, who: Visitor, frame: Frame) -> dict[str, Any]:
        """Return the table. Raises TooMany."""
        asked = query_of(req).get("by", "")
        by = asked if asked in words.BREAKDOWNS else "site"
        say = catalogue(language(req, resp), "server").gettext
        told = await self.store.read(self._table, who, frame, by, say)
        return {"table": told, "by": by}

    def _table(self, who: Visitor, frame: Frame, by: str, say: Callable[[str], str]) -> pages.Table:
        text = self._texts(frame, by)
        unknown = say(UNKNOWN)
        return pages.table(who.scope, frame.asked, by, lambda key: text(key) if key else unknown)

    def _texts(self, frame: Frame, by: str) -> Callable[[str], Text | str]:
        definitions = self.definitions()
        if by == "agency":
            return lambda key: findings.agency_text(definitions, key)
        if by == "item":
            return lambda key: {lang: f"{key} {text}" for lang, text in _item(definitions, key).items()}
        if by == "violation":
            held = {one.code: one.title for one in definitions.violations}
            return lambda key: {lang: f"{key} {text}" for lang, text in held.get(key, _NO_TEXT).items()}
        if by == "un":
            tables = self.console.knowledge.tables()
            return lambda key: _goods(key, goods_of(tables, key))
        return lambda key: key


def _item(definitions: Definitions, key: str) -> Text:
    return findings.item_text(definitions, key) or _NO_TEXT


_NO_TEXT: Text = {"zh": "", "en": ""}


def _goods(key: str, goods: Any) -> Text:
    names = {"zh": goods.name_zh, "en": goods.name_en} if goods is not None else _NO_TEXT
    return {lang: f"UN {key} {name}".strip() for lang, name in names.items()}


class Funnel(Figures):
    """`/console/figures/funnel`: from checks to what was put right, and how soon records are at the office."""

    name = "funnel"

    async def fill(self, req: Request, resp: Response, who: Visitor, frame: Frame) -> dict[str, Any]:
        """Return the steps and the latency. Raises TooMany."""
        steps = await self.store.read(pages.funnel, who.scope, frame.asked)
        return {"steps": steps, "lates": await self.store.read(pages.lates, who.scope, frame.asked)}


class Pairs(Figures):
    """`/console/figures/pairs`: signs of care by the officers of a check; no ranking, and nothing of few checks."""

    roles = may("figures_pairs")
    name = "pairs"

    async def fill(self, req: Request, resp: Response, who: Visitor, frame: Frame) -> dict[str, Any]:
        """Return the signs. That somebody looks at them is logged. Raises TooMany."""
        await self.console.note(who.login, "view", "figures:pairs")
        return {"pairs": await self.store.read(pages.pairs, who.scope, frame.asked), "least": pages.LEAST_PAIR}


class Map(Figures):
    """`/console/figures/map?by=site`: violations a check by road, or by site, and hour of the day."""

    name = "map"

    async def fill(self, req: Request, resp: Response, who: Visitor, frame: Frame) -> dict[str, Any]:
        """Return the map. Raises TooMany."""
        by_site = query_of(req).get("by") == "site"
        unknown = catalogue(language(req, resp), "server").gettext(UNKNOWN)
        rows = await self.store.read(pages.heat_map, who.scope, frame.asked, by_site, unknown)
        return {"rows": rows, "by_site": by_site, "heat_steps": STEPS, "few": FEW_CHECKS}


class Planned(Figures):
    """`/console/figures/plan`: the posts of a week that are worth most, with the officers and hours given."""

    roles = may("plan")
    name = "plan"
    months = PLAN_MONTHS

    async def fill(self, req: Request, resp: Response, who: Visitor, frame: Frame) -> dict[str, Any]:
        """Return the plan; the solver works beside the readers of the store. Raises TooMany."""
        query = query_of(req)
        given = given_of(query, today())
        sums, sites, roads = await self.store.read(self._known, who, frame.asked)
        made = await asyncio.to_thread(plan, given, sums, sites)
        lists = [pages.list_address(_at(frame.asked, one.post)) for one in made.posts]
        told = {"plan": made, "given": given, "roads": roads, "lists": lists, "given_query": _given_query(given)}
        return {**told, "lengths": LENGTHS, "block": BLOCK, "rest": REST, "sites_known": len(sites)}

    def _known(self, who: Visitor, asked: Asked) -> tuple[dict[str, Sums], list[str], Mapping[str, str]]:
        sums = figure_reads.sums(who.scope, asked, "cell", ("checks", "violations"))
        here = figure_places.wanted(who.scope, asked)
        named = figure_places.sites(who.scope)
        return sums, [one for one in named if here is None or one in here], named


def _at(asked: Asked, post: Post) -> Asked:
    """Return the question of what was checked where and when a post is."""
    hours = post.until - post.hour
    return replace(asked, site=post.site, weekdays=str(post.weekday), hour=post.hour, hours=hours)


def _given_query(given: Given) -> Mapping[str, str]:
    names = ("officers", "hours", "length", "first", "last", "most", "explore")
    return {"week": given.monday.isoformat(), **{name: str(getattr(given, name)) for name in names}}


class Checks(Figures):
    """`/console/figures/checks`: the checks, or the violations, that a figure counts."""

    name = "checks"

    async def fill(self, req: Request, resp: Response, who: Visitor, frame: Frame) -> dict[str, Any]:
        """Return a page of the list."""
        after = query_of(req).get("after", "")
        definitions = await self.store.read(self.definitions)
        told = await self.store.read(pages.listed, who.scope, frame.asked, after, definitions)
        following = {**frame.asked.query, "after": told.next}
        item = findings.item_text(definitions, frame.asked.item) if frame.asked.item else {}
        return {
            "listed": told,
            "after": after,
            "most": MOST_CROSSED,
            "looked": LOOKED,
            "first": f"{pages.LIST}?{urlencode(frame.asked.query)}",
            "next": f"{pages.LIST}?{urlencode(following)}" if told.next else "",
            "item": item,
        }


def _tables() -> dict[str, Any]:
    """Return the words that the templates look up by code."""
    return {"words": words, "few_checks": FEW, "quote": urlencode, "unknown_key": asking.UNKNOWN}
