"""The addresses of the administration."""

from __future__ import annotations

import falcon.asgi
from falcon.asgi import Request, Response

from server.console.admin import account, audit_log, devices, fleet, holidays, imports, officers, sites, users
from server.console.frame import Console, Page, go
from server.console.menu import TABS
from server.console.visitor import Visitor
from server.rights import has


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add them all."""
    app.add_route("/console/admin", Administration(console))
    for family in (account, users, officers, devices, fleet, imports, sites, holidays, audit_log):
        family.mount(app, console)


class Administration(Page):
    """`/console/admin`: the first page of it that somebody may open."""

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Send on."""
        go(resp, next(one.address for one in TABS if has(who.role, one.right)))
