"""The one page of a hub: whose it is, where its parent is, and what waits. No name of anybody is on it."""

from __future__ import annotations

import shutil
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


TROUBLES = {
    "link_refused": _("The office cannot be reached. What waits is passed on as soon as it can."),
    "link_timeout": _("The office cannot be reached. What waits is passed on as soon as it can."),
    "link_broken": _("The office cannot be reached. What waits is passed on as soon as it can."),
    "tls_untrusted": _("The office's certificate cannot be trusted. Is the clock of this machine right?"),
    "storage_full": _("The office has no space left. What waits is passed on later."),
    "clock_moved": _("The clock of the office was moved for trying it out; it takes nothing."),
}
OTHER = _("The office does not answer as it should. What waits is passed on later; the log says more.")
"""Why the office is not reached, or takes nothing, by the code."""


@dataclass(frozen=True)
class HubPage:
    """All that the template draws; `rows` are what is held, passed on and refused.

    `troubles` are the codes of what is wrong on the way to the office, `off_minutes` by how much this machine's clock
    is ahead of the office's, `full` that photos are taken no more.
    """

    joined: Joined
    rows: tuple[tuple[str, list[int]], ...]
    heard_at: str
    oldest: str
    ended: str
    troubles: tuple[str, ...]
    off_minutes: int
    full: bool


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
        page = await self._office.store.read(_page, self._office, self._office.hub)
        troubles = [TROUBLES.get(one, OTHER) for one in page.troubles if one not in ENDED]
        told: dict[str, Any] = {"page": page, "what": WHAT, "ended": ENDED.get(page.ended, page.ended)}
        told |= {"troubles": list(dict.fromkeys(troubles))}
        self._desk.draw(resp, "hub.html", language(req, resp), told)


def _page(office: Office, joined: Joined) -> HubPage:
    counts = hub_outbox.counts()
    states = (hub_outbox.HELD, hub_outbox.PASSED, hub_outbox.REFUSED)
    rows = tuple((what, [counts[what].get(state, 0) for state in states]) for what in WHAT)
    heard_at, oldest, ended = hub_feed.complete_at(), hub_outbox.oldest_waiting(), hub_identity.ended()
    full = shutil.disk_usage(office.config.photos).free <= office.config.reserve_bytes
    off = hub_identity.off_by() // 60
    return HubPage(joined, rows, heard_at, oldest, ended, tuple(hub_identity.troubles()), off, full)
