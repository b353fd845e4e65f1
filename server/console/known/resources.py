"""The addresses of 360° pages, and the form that finds one by a number; each look is logged."""

from __future__ import annotations

import falcon
import falcon.asgi
from falcon.asgi import Request, Response

from checklists import words
from server.cases.states import MAIN
from server.console.frame import Console, Form, Page, query_of
from server.console.known.page import KINDS, PATHS, SOON_DAYS, WORDS, address_of, known_page
from server.console.posted import Posted
from server.console.tiers.page import FORMULA
from server.console.tiers.resources import reason_words
from server.console.visitor import Visitor
from server.refusals import Refused
from server.rights import has, may
from server.store import known
from server.store.tier_hands import FAULTS, LEVELS

ADDRESS = "/console/known"
LONGEST = 60
FIRST = 8
"""So many reasons for a tier stand open; the others are a click away."""


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses."""
    app.add_route(ADDRESS, Find(console))
    for kind, path in PATHS.items():
        app.add_route(f"/console/{path}/{{sign}}", Known(console, kind))


class Find(Form):
    """`/console/known`: finds the page of a number that somebody writes; the number stands in no address."""

    roles = may("known")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the form."""
        self.console.draw(req, resp, "known/find.html", who, kinds=KINDS, kind="", missing=False)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Go to the page; where nothing is known say so. The search is logged before that."""
        kind, text = form.get("kind"), form.get("number").strip()[:LONGEST]
        if kind not in KINDS:
            raise Refused("malformed", "no such kind")
        await self.console.note(who.login, "search", f"{kind} {text}")
        found = await self.store.write(lambda: known.named(kind, text))
        if found is not None:
            return address_of(kind, found.sign)
        resp.status = falcon.HTTP_404
        self.console.draw(req, resp, "known/find.html", who, kinds=KINDS, kind=kind, missing=True)
        return None


class Known(Page):
    """`/console/carriers/{sign}`, `vehicles`, `people`, `tanks` with `?list=&after=`: all that is known of one."""

    roles = may("known")

    def __init__(self, console: Console, kind: str) -> None:
        super().__init__(console)
        self._kind = kind

    async def show(self, req: Request, resp: Response, who: Visitor, sign: str = "", **_path: str) -> None:
        """Show it. Raises Refused not_found, and Unstated: of a vehicle or person a purpose is asked first."""
        one = await self.store.read(known.subject, self._kind, sign)
        if one is None:
            raise Refused("not_found")
        if one.kind in known.ASKED:
            await self.console.viewing(who, one.about, one.about)
        else:
            await self.console.note(who.login, "view", one.about)
        query = query_of(req)
        page = await self.store.read(known_page, self.console.knowledge, who, one, query)
        told = {
            "kinds": KINDS,
            "lists": WORDS,
            "levels": words.CARRIER_LEVELS,
            "hand_levels": LEVELS,
            "soon": SOON_DAYS,
        }
        told |= {"fault": FAULTS.get(query.get("fault", ""), ""), "formula_address": FORMULA, "states": MAIN}
        told |= {"reason_words": reason_words, "sets": has(who.role, "tiers_set"), "first": FIRST}
        told |= {"gives": has(who.role, "orders") and one.kind != "person"}
        self.console.draw(req, resp, "known/page.html", who, page=page, **told)
