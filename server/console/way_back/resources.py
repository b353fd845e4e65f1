"""The public page: `/w/{token}`, and nothing else of the office is needed by whoever has a link.

A token that is wrong and one whose record has not come yet get the same answer. Wrong tries are counted by sender, and
only wrong ones wait: whoever has a link is never kept out by others of his network.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import falcon.asgi
from falcon.asgi import Request, Response

from checklists.papers.way_back import PATH, is_token
from checklists.words import LANGUAGES, ROLES
from server.console.frame import Console
from server.console.posted import Posted, posted
from server.console.visitor import language
from server.console.way_back import beside
from server.console.way_back.page import STATES, way_back_page
from server.console.way_back.taking import INPUTS, MOST_FORM, take
from server.envelope import sender
from server.limits import Places, Slowdown, Window, retry_after
from server.refusals import REFUSALS, Refused
from server.store import way_back_links
from server.store.way_back_models import WayBackLink

_FREE, _LONGEST = 20, 60.0
_VIEWS, _FORMS = 120, 30
_UPLOADS, _UPLOADS_OF_ONE = 8, 2


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the public address, and the clerk's page."""
    app.add_route(PATH + "{token}", WayBack(console))
    beside.mount(app, console)


class WayBack:
    """`/w/{token}`: a page without scripts, cookies to sign in with, or anything from elsewhere."""

    def __init__(self, console: Console) -> None:
        self.console = console
        config = console.office.config
        self._places = Places(config.strangers_at_once, config.strangers_per_address)
        self._uploads = Places(_UPLOADS, _UPLOADS_OF_ONE)
        self._wrong = Slowdown(_FREE, _LONGEST)
        self._views = Window(_VIEWS, "too_many_requests")
        self._forms = Window(_FORMS, "too_many_requests")

    async def on_get(self, req: Request, resp: Response, token: str) -> None:
        """Show what a link opens, or that it opens nothing."""
        try:
            with self._places.one(sender(req)):
                link = await self._link(req, token)
                if link is not None:
                    self._views.count(str(link.digest))
                    await self._show(req, resp, link)
                else:
                    self._nothing(req, resp)
        except Refused as refused:
            self._refuse(req, resp, refused)

    async def on_post(self, req: Request, resp: Response, token: str) -> None:
        """Take proof or a dispute, and show the page with what arrived."""
        try:
            with self._uploads.one(sender(req)):
                link = await self._link(req, token)
                if link is None:
                    self._nothing(req, resp)
                    return
                self._forms.count(str(link.digest))
                await self._take(req, resp, link)
        except Refused as refused:
            self._refuse(req, resp, refused)

    async def _link(self, req: Request, token: str) -> WayBackLink | None:
        """Return the link of a token; None where it opens nothing that is known here. Raises Refused."""
        link = await self.console.office.store.read(way_back_links.of_token, token) if is_token(token) else None
        if link is None:
            who = sender(req)
            if (ahead := self._wrong.ahead(who)) > 0:
                raise Refused("too_many_requests", "", retry_after(ahead))
            self._wrong.wrong(who)
            self._wrong.book(who)
        return link

    async def _take(self, req: Request, resp: Response, link: WayBackLink) -> None:
        office = self.console.office
        if office.config.days_ahead:
            raise Refused("clock_moved")
        if not way_back_links.opens(link):
            await self._show(req, resp, link)
            return
        form = Posted()
        try:
            form = await posted(req, office.config.stall_seconds, MOST_FORM)
            done = await take(office, str(link.inspection), form)
        except Refused as refused:
            if refused.code in ("form_refused", "too_many_requests"):
                raise
            resp.status = str(refused.status)
            await self._show(req, resp, link, said=REFUSALS[refused.code].title, bad=True, form=form)
            return
        await self._show(req, resp, link, arrived=done.new, repeated=not done.new, wrong=done.wrong, form=form)

    async def _show(self, req: Request, resp: Response, link: WayBackLink, **told: Any) -> None:
        lang = language(req, resp)
        opens = way_back_links.opens(link)
        page = await self.console.office.store.read(
            way_back_page, self.console.knowledge, str(link.inspection), str(link.until), lang
        ) if opens else None  # fmt: skip
        if page is None:
            self._draw(req, resp, "way_back/none.html", over=not opens, revoked=bool(link.revoked_at), link=link)
            return
        self._draw(req, resp, "way_back/page.html", page=page, inputs=INPUTS, roles=ROLES, states=STATES,
                   most=MOST_FORM // 1024 // 1024, **{"form": Posted(), **told})  # fmt: skip

    def _nothing(self, req: Request, resp: Response) -> None:
        resp.status = "404"
        self._draw(req, resp, "way_back/none.html", over=False, revoked=False, link=None)

    def _refuse(self, req: Request, resp: Response, refused: Refused) -> None:
        resp.status = str(refused.status)
        for name, value in refused.headers.items():
            resp.set_header(name, value)
        self._draw(req, resp, "way_back/none.html", said=REFUSALS[refused.code].title, over=False, link=None)

    def _draw(self, req: Request, resp: Response, template: str, **values: Any) -> None:
        lang = language(req, resp)
        other = next(one for one in LANGUAGES if one != lang)
        switch = (f"?{urlencode({'lang': other})}", LANGUAGES[other])
        self.console.desk.draw(resp, template, lang, {"switch": switch, **values})
        resp.set_header("X-Robots-Tag", "noindex, nofollow, noarchive")
        resp.set_header("Referrer-Policy", "no-referrer")
        resp.set_header("Content-Security-Policy", _POLICY)


_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The page is one file: its style stands in it, so that a proxy in front lets through this one path."""
