"""Campaigns: those of now, to come and ended, and one to make. A campaign's own page is in `campaign`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import falcon
import falcon.asgi
from falcon.asgi import Request, Response

from checklists.definitions.definition import Definitions
from checklists.facts.campaign import site_name
from server.console.figures.pages import list_address
from server.console.findings import Text
from server.console.frame import SAID, Console, Form, query_of, saying
from server.console.knowledge import goods_of
from server.console.posted import Posted
from server.console.steering.watch import actor
from server.console.visitor import Visitor
from server.console.worklist.page import agencies_of
from server.figures.sums import Sums, count_of
from server.refusals import Refused
from server.rights import has, may
from server.store import campaign_figures, campaigns, feed_reach, figure_places
from server.store.campaigns import LONGEST, STATES, CampaignError, Draft, Known
from server.store.feed_reach import Reach
from server.store.figure_reads import TooMany
from server.store.steering_models import Campaign

ADDRESS = "/console/campaigns"
MOST = 50
TEXTS = ("name", "why", "unit", "since", "until", "area")
PICKED = ("roads", "sites", "agencies")
WRITTEN = ("items", "violations", "vehicles", "carriers", "uns")
"""Fields of the form: one value; boxes to tick; a text with one value a line."""


def _(words: str) -> str:
    return words


SAID.update(
    campaign_made=_("The campaign is made; tablets of its scope hear of it within seconds."),
    campaign_changed=_("The campaign is changed; tablets hear of it within seconds."),
    campaign_ended=_("The campaign is ended; tablets drop it within seconds."),
)
STANDS: Mapping[str, str] = {"now": _("running"), "coming": _("to come"), "ended": _("campaign over")}
EMPTY = Draft()


@dataclass(frozen=True)
class Choices:
    """What the form offers."""

    roads: Sequence[str]
    sites: Sequence[str]
    agencies: Mapping[str, Text]


@dataclass(frozen=True)
class Line:
    """A campaign of the list; `checks` and `found` are None where they are too many to be counted for this viewer."""

    row: Campaign
    held: Any
    checks: int | None
    found: int | None
    address: str
    reach: Reach | None


@dataclass(frozen=True)
class CampaignsPage:
    """All that the template draws; `typed` and `faults` are of a form that was not taken."""

    lines: Sequence[Line]
    totals: Mapping[str, int]
    state: str
    makes: bool
    choices: Choices
    typed: Draft = EMPTY
    faults: Sequence[tuple[str, str]] = ()


class Campaigns(Form):
    """`/console/campaigns?state=`: the list, and a campaign that is made."""

    roles = may("campaigns")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list."""
        await self.draw(req, resp, who)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Make a campaign; what is wrong with it is shown again beside what was typed. Raises Refused role_may_not."""
        if not has(who.role, "campaigns_keep"):
            raise Refused("role_may_not")
        typed = typed_of(form)
        known = await self.store.read(known_of, self.console, typed)
        try:
            made = await self.store.write(lambda: campaigns.make(actor(who), typed, known))
        except CampaignError as wrong:
            resp.status = falcon.HTTP_422
            await self.draw(req, resp, who, typed=typed, faults=wrong.faults)
            return None
        return saying(f"{ADDRESS}/{made.id}", "campaign_made")

    async def draw(self, req: Request, resp: Response, who: Visitor, **told: Any) -> None:
        """Draw the list."""
        wanted = query_of(req).get("state", "")
        page = await self.store.read(self._page, who, wanted if wanted in STATES else STATES[0])
        values = {"states": STANDS, "most": MOST, "longest": LONGEST}
        self.console.draw(req, resp, "steering/campaigns.html", who, page=replace(page, **told), **values)

    def _page(self, who: Visitor, state: str) -> CampaignsPage:
        found = campaigns.page(who.scope, state, MOST)
        reached = feed_reach.of("campaign", [str(one.id) for one in found]) if state != "ended" else {}
        lines = [_line(who, one, reached.get(str(one.id))) for one in found]
        totals = {one: campaigns.count(who.scope, one) for one in STATES}
        return CampaignsPage(lines, totals, state, has(who.role, "campaigns_keep"), choices_of(self.console, who))


def _line(who: Visitor, row: Campaign, reach: Reach | None) -> Line:
    try:
        whole: Sums | None = campaign_figures.counted(who.scope, row)
    except TooMany:
        whole = None
    checks, found = (count_of(whole, name) if whole else None for name in ("", "found"))
    address = list_address(campaign_figures.asked_of(row, campaign=str(row.id)))
    return Line(row, campaigns.read(row), checks, found, address if has(who.role, "figures") else "", reach)


def choices_of(console: Console, who: Visitor) -> Choices:
    """Return what a form offers to somebody. Reads the store."""
    sites = figure_places.sites(who.scope)
    known = agencies_of(console.knowledge.definitions())
    return Choices(sorted({road for road in sites.values() if road}), sorted(sites), known)


def known_of(console: Console, typed: Draft) -> Known:
    """Return what a draft may name, of UN numbers those of its own that there are. Reads the store."""
    definitions, tables = console.knowledge.definitions(), console.knowledge.tables()
    sites = frozenset(site_name(one) for one in figure_places.roads() if one)
    uns = frozenset(one.strip() for one in typed.uns if goods_of(tables, one.strip()) is not None)
    return Known(
        agencies_of(definitions), _items(definitions), frozenset(one.code for one in definitions.violations), uns, sites
    )


def _items(definitions: Definitions) -> frozenset[str]:
    lists = definitions.checklists.values()
    return frozenset(one.id for held in lists for section in held.sections for one in section.items)


def typed_of(form: Posted) -> Draft:
    """Return a campaign as it was typed."""
    texts: dict[str, Any] = {name: form.get(name)[:LONGEST] for name in TEXTS}
    picked = {name: form.many(name) for name in PICKED}
    written = {name: tuple(form.get(name).replace("，", ",").replace(",", "\n").split("\n")) for name in WRITTEN}
    return Draft(**texts | picked | written)
