"""The console's addresses: read the request, call one function, draw the answer. Views are logged before they show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import falcon.asgi
from falcon.asgi import Request, Response

from server.console import exports, inbox, not_shown
from server.console.admin import resources as administration
from server.console.alerts import resources as alerts
from server.console.authoring import resources as authoring
from server.console.cases import resources as cases
from server.console.confirmations import LawResource, LawScan
from server.console.desk import Desk
from server.console.details import Details
from server.console.discretion import Discretion, DiscretionTemplate
from server.console.documents import resources as documents
from server.console.education import phone
from server.console.education import resources as education
from server.console.figures import resources as figures
from server.console.files import ALONE, StaticFiles
from server.console.frame import Console, Form, Page, Unstated, go, query_of, saying
from server.console.known import resources as known
from server.console.known.page import links_of
from server.console.ledger import resources as ledger
from server.console.lessons import resources as lessons
from server.console.menu import home_of
from server.console.paper import paper_page
from server.console.posted import Posted
from server.console.purpose import Purpose
from server.console.record import record_page
from server.console.signing import Login, Logout
from server.console.steering import resources as steering
from server.console.tiers import resources as tiers
from server.console.unsealed import UnsealedFile, UnsealedList
from server.console.visitor import Visitor, language
from server.console.way_back import resources as way_back
from server.console.worklist import resources as worklist
from server.office import Office
from server.refusals import Refused
from server.rights import has
from server.store import bodies, photos, purposes, reading, waiting_acts
from server.store.counted import LOOKED
from server.store.page_reads import PageStore
from server.store.standby_reads import StandbyStore


@cache
def _files() -> StaticFiles:
    """Return what the console's pages are made with beside their words."""
    return StaticFiles(Path(__file__).parent / "static")


def mount(app: falcon.asgi.App[Request, Response], office: Office) -> None:
    """Add the console's addresses to the office's app. Pages read by threads of their own: no tablet waits for one."""
    pages = PageStore(office.store, office.config.page_seconds)
    far = StandbyStore(office.store, pages, standby) if (standby := office.config.figures_database) else pages
    office = replace(office, store=pages)
    files = _files()
    console = Console(office, Desk(office.config.office, files), far)
    app.add_route("/", Home(console))
    app.add_route("/console/static/{name}", files)
    app.add_route("/console/login", Login(console))
    app.add_route("/console/logout", Logout(console))
    app.add_route("/console/purpose", Purpose(console))
    app.add_route("/console/inbox", Inbox(console))
    app.add_route("/console/records/{digest}", RecordResource(console))
    app.add_route("/console/records/{digest}/sealed", SealedResource(console))
    app.add_route("/console/records/{digest}/do/{name}", RecordAct(console))
    app.add_route("/console/records/{digest}/papers/{number}", PaperResource(console))
    alerts.mount(app, console)
    steering.mount(app, console)
    tiers.mount(app, console)
    known.mount(app, console)
    ledger.mount(app, console)
    education.mount(app, console)
    lessons.mount(app, console)
    phone.mount(app, console)
    way_back.mount(app, console)
    worklist.mount(app, console)
    cases.mount(app, console)
    app.add_route("/console/photos/{sha256}", PhotoResource(console))
    documents.mount(app, console)
    exports.mount(app, console)
    figures.mount(app, console)
    app.add_route("/console/law", LawResource(console))
    app.add_route("/console/law/scans/{sha256}", LawScan(console))
    authoring.mount(app, console)
    app.add_route("/console/office", Details(console))
    app.add_route("/console/discretion", Discretion(console))
    app.add_route("/console/discretion/template.csv", DiscretionTemplate(console))
    administration.mount(app, console)
    app.add_route("/console/unsealed", UnsealedList(console))
    app.add_route("/console/unsealed/{number}", UnsealedFile(console))

    async def lost(req: Request, resp: Response | None, **_path: Any) -> None:
        if resp is not None:  # a socket has no page
            await Page(console).on_get(req, resp)

    app.add_sink(lost, prefix="/console/")


class Home(Page):
    """`/`: the first page of whoever is signed in."""

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Send on."""
        go(resp, home_of(who.role))


class Inbox(Page):
    """`/console/inbox`: what came in."""

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list. A search for a plate or a name is logged: it may be for a neighbour."""
        filters = inbox.Filters.of(query_of(req))
        if filters.text:
            await self.console.note(who.login, "search", filters.text)
        late = self.console.office.config.queue_seconds
        page = await self.store.read(inbox.inbox_page, self.console.knowledge, who.scope, filters, late)
        self.console.draw(req, resp, "inbox.html", who, page=page, linked=_linked(filters), looked=LOOKED)


class RecordResource(Page):
    """`/console/records/{digest}`: one record."""

    async def show(self, req: Request, resp: Response, who: Visitor, digest: str = "", **_path: str) -> None:
        """Show the record. Raises Refused not_found, also for what this visitor may not see."""
        held = await self.store.read(reading.record, who.scope, digest)
        if held is None:
            raise Refused("not_found")
        await self.console.viewing(who, f"record:{digest}", str(held.inspection))
        key = self.console.office.key.public
        page = await self.store.read(record_page, key, self.console.knowledge, who.scope, held)
        aboard = await self.store.read(links_of, held) if has(who.role, "known") else []
        self.console.draw(req, resp, "record.html", who, page=page, aboard=aboard)


class SealedResource(Page):
    """`/console/records/{digest}/sealed`: the bytes that were sealed, as text and nothing else."""

    async def show(self, req: Request, resp: Response, who: Visitor, digest: str = "", **_path: str) -> None:
        """Give the bytes. Raises Refused not_found, also for what this visitor may not see."""
        held = await self.store.read(reading.record, who.scope, digest)
        if held is None:
            raise Refused("not_found")
        await self.console.viewing(who, f"record:{digest}", str(held.inspection))
        resp.data = await self.store.read(bodies.of, held)
        resp.content_type = "text/plain; charset=utf-8"
        resp.set_header("Content-Security-Policy", ALONE)
        resp.set_header("Content-Disposition", f'inline; filename="{digest[:12]}.json"')


class RecordAct(Form):
    """`/console/records/{digest}/do/{name}`: a person decides about a record that waits, and says why."""

    roles = waiting_acts.MAY_ACT

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, digest: str = "", name: str = "", **path: str
    ) -> str | None:
        """Do it. Raises Refused not_found, reason_missing, act_too_late."""
        held = await self.store.read(reading.record, who.scope, digest)
        if held is None or name not in waiting_acts.ACTS:
            raise Refused("not_found")
        why = form.get("why")[:300]
        if not why:
            raise Refused("reason_missing")
        whole = await self.store.read(reading.whole, who.scope, str(held.inspection))
        may = name in waiting_acts.possible(held, whole=whole)
        if not may or not await self.store.write(lambda: waiting_acts.act(name, digest, why, who.login)):
            raise Refused("act_too_late")
        return saying(f"/console/records/{digest}", "done")


class PaperResource(Page):
    """`/console/records/{digest}/papers/{number}`: a paper that the driver got, set again from the record."""

    async def show(
        self, req: Request, resp: Response, who: Visitor, digest: str = "", number: str = "", **_path: str
    ) -> None:
        """Show the paper. Raises Refused not_found, also for what this visitor may not see; paper_not_carried."""
        held = await self.store.read(reading.record, who.scope, digest)
        if held is None:
            raise Refused("not_found")
        await self.console.viewing(who, f"record:{digest} paper:{number}", str(held.inspection))
        page = await self.store.read(paper_page, held, number)
        self.console.draw(req, resp, "paper.html", who, page=page)


class PhotoResource(Page):
    """`/console/photos/{sha256}`: the bytes of a photo of a record that may be seen."""

    async def show(self, req: Request, resp: Response, who: Visitor, sha256: str = "", **_path: str) -> None:
        """Give the photo. Small ones are part of a page that is logged; the original is a view of its own.

        In a page a drawing says why one is not given. Raises Refused.
        """
        wanted = await self.store.read(reading.photo, who.scope, sha256)
        held = await self.store.read(photos.held, sha256) if wanted else None
        if wanted is None or held is None:
            raise Refused("not_found")
        inspection = await self.store.read(reading.inspection_of, str(wanted.record))
        if wanted.role == "original":
            await self.console.viewing(who, f"photo:{sha256}", inspection)
        elif await self.store.read(purposes.standing, who.looker, inspection) is None:
            raise Unstated(inspection)
        files, type_, kept = self.console.office.photo_files, str(held.type), "private, max-age=3600"
        try:
            resp.data = await files.run(files.read, sha256)
        except Refused as refused:
            if refused.code not in not_shown.WHY or req.get_header("Sec-Fetch-Dest") != "image":
                raise
            resp.status, type_, kept = refused.status, not_shown.TYPE, "no-store"
            resp.data = not_shown.drawing(refused.code, language(req, resp))
        resp.content_type = type_
        resp.set_header("Content-Security-Policy", ALONE)
        resp.set_header("Cache-Control", kept)


def _linked(filters: inbox.Filters) -> Callable[..., str]:
    """Return the function that makes the address of the list with some filters changed; an empty one is dropped."""

    def linked(**changes: Any) -> str:
        query = {name: value for name, value in {**filters.query, **changes}.items() if value}
        return f"/console/inbox?{urlencode(query)}" if query else "/console/inbox"

    return linked
