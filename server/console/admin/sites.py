"""Where sites lie: what was checked at a site without an area is seen only by those whose area is everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import falcon
import falcon.asgi
from falcon.asgi import Request, Response

from server.accounts import NO_DIVISION
from server.console.frame import Console, Form, query_of, saying
from server.console.posted import Posted
from server.console.visitor import Visitor
from server.folding import fold
from server.refusals import Refused
from server.rights import may
from server.store import counted, site_areas
from server.store.site_areas import Site

ADDRESS = "/console/sites"
MOST = 200


@dataclass(frozen=True)
class SitesPage:
    """All that the template draws; `typed` is a division that was not taken, by the site's name."""

    rows: Sequence[Site]
    total: int
    unplaced: int
    text: str
    fault: str = ""
    typed: Mapping[str, str] | None = None


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the address."""
    app.add_route(ADDRESS, Sites(console))


class Sites(Form):
    """`/console/sites?text=`: sites without a division first."""

    roles = may("sites")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list."""
        page = await self.store.read(_page, query_of(req).get("text", "").strip()[:60])
        self.console.draw(req, resp, "admin/sites.html", who, page=page, most=MOST)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Say where a site lies; what is no division is shown again with why. Raises Refused malformed."""
        site, code = form.get("site")[:200], form.get("division")[:20]
        if not site:
            raise Refused("malformed", "no site")
        try:
            await self.store.write(lambda: site_areas.put(who.login, site, code))
        except ValueError:
            resp.status = falcon.HTTP_422
            page = await self.store.read(_page, "", site, code)
            self.console.draw(req, resp, "admin/sites.html", who, page=page, most=MOST)
            return None
        return saying(ADDRESS, "saved")


def _page(text: str, site: str = "", code: str = "") -> SitesPage:
    every = site_areas.listing()
    bare = fold(text)
    rows = [
        one for one in every if text in one.name or (bare and (bare in fold(one.name) or one.division.startswith(bare)))
    ]
    if site and site not in {one.name for one in rows[:MOST]}:
        rows = [Site(site, "", counted.NONE), *rows]
    fault = NO_DIVISION if site else ""
    unplaced = sum(not one.division for one in every)
    return SitesPage(rows[:MOST], len(rows), unplaced, text, fault, {site: code} if site else {})
