"""The one page of a hub: whose it is, where its parent is, and what waits. No name of anybody is on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import falcon.asgi
from falcon.asgi import Request, Response

from server.console.desk import Desk
from server.console.files import StaticFiles
from server.console.visitor import language
from server.office import Office
from server.store import hub_feed, hub_identity, hub_outbox
from server.store.hub_identity import Joined


def _(words: str) -> str:
    return words


WHAT = {
    "records": _("Records"),
    "photos": _("Photos"),
    "posts": _("Tasks and hand-overs"),
}
ENDED = {
    "token_invalid": _("The office does not know this hub."),
    "device_revoked": _("The office has revoked this hub."),
    "hub_expired": _("The time for which the office certified this hub is over."),
}


@dataclass(frozen=True)
class HubPage:
    """All that the template draws; `rows` are what is held, passed on and refused."""

    joined: Joined
    rows: tuple[tuple[str, list[int]], ...]
    heard_at: str
    oldest: str
    ended: str


def mount(app: falcon.asgi.App[Request, Response], office: Office) -> None:
    """Add the page and what it is made with."""
    files = StaticFiles(Path(__file__).parent / "static")
    app.add_route("/", Status(office, Desk(office.config.office, files)))
    app.add_route("/console/static/{name}", files)


class Status:
    """`/` of a hub: for whoever stands at it."""

    def __init__(self, office: Office, desk: Desk) -> None:
        self._office, self._desk = office, desk

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show how the hub stands."""
        if self._office.hub is None:
            raise falcon.HTTPNotFound
        page = await self._office.store.read(_page, self._office.hub)
        told: dict[str, Any] = {"page": page, "what": WHAT, "ended": ENDED.get(page.ended, page.ended)}
        self._desk.draw(resp, "hub.html", language(req, resp), told)


def _page(joined: Joined) -> HubPage:
    counts = hub_outbox.counts()
    states = (hub_outbox.HELD, hub_outbox.PASSED, hub_outbox.REFUSED)
    rows = tuple((what, [counts[what].get(state, 0) for state in states]) for what in WHAT)
    return HubPage(joined, rows, hub_feed.complete_at(), hub_outbox.oldest_waiting(), hub_identity.ended())
