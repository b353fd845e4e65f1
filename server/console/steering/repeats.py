"""Vehicles that are checked again and again: how often within a day, by whom, and how often nothing was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import falcon.asgi
from falcon.asgi import Request, Response

from checklists.definitions.definition import CheckedBefore
from server.console.frame import Console, Page, query_of
from server.console.visitor import Visitor
from server.rights import may
from server.store import repeats
from server.store.repeats import HOURS, LEAST, Repeated

ADDRESS = "/console/repeats"
MOST = 100
OFTEN = (2, 3, 4, 6)


@dataclass(frozen=True)
class RepeatsPage:
    """All that the template draws; `rule` is what tablets go by."""

    rows: Sequence[Repeated]
    hours: int
    least: int
    rule: CheckedBefore


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the address."""
    app.add_route(ADDRESS, Repeats(console))


class Repeats(Page):
    """`/console/repeats?hours=&least=`: the vehicles most often checked first."""

    roles = may("repeats")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list."""
        query = query_of(req)
        hours = next((one for one in HOURS if str(one) == query.get("hours")), HOURS[0])
        least = next((one for one in OFTEN if str(one) == query.get("least")), LEAST)
        page = await self.store.read(self.page, who, hours, least)
        self.console.draw(req, resp, "steering/repeats.html", who, page=page, spans=HOURS, often=OFTEN, most=MOST)

    def page(self, who: Visitor, hours: int, least: int) -> RepeatsPage:
        """Return the page of somebody."""
        rows = repeats.listed(who.scope, hours, least, MOST)
        return RepeatsPage(rows, hours, least, self.console.knowledge.definitions().checked_before)
