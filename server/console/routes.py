"""The console's addresses: read the request, call one function, draw the answer. Views are logged before they show."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import falcon.asgi
from falcon.asgi import Request, Response

from checklists.words import LANGUAGES
from server.accounts import PURPOSES, ROLES
from server.console import inbox
from server.console.case import case_page
from server.console.desk import Desk
from server.console.files import ALONE, StaticFiles
from server.console.knowledge import Knowledge
from server.console.record import record_page
from server.console.visitor import (
    LOGIN,
    PURPOSE,
    SESSION,
    Visitor,
    check_token,
    form,
    language,
    set_cookie,
    stated,
    visitor,
)
from server.limits import Window
from server.office import Office
from server.refusals import REFUSALS, Refused
from server.store import audit, photos, reading, users

_log = logging.getLogger(__name__)

_WRONG_FOR_ONE = 5
_WRONG_FROM_ONE = 30


def mount(app: falcon.asgi.App[Request, Response], office: Office) -> None:
    """Add the console's addresses to the office's app."""
    files = StaticFiles(Path(__file__).parent / "static")
    console = Console(office, Desk(office.config.office, files))
    app.add_route("/", Home())
    app.add_route("/console/static/{name}", files)
    app.add_route("/console/login", Login(console))
    app.add_route("/console/logout", Logout(console))
    app.add_route("/console/purpose", Purpose(console))
    app.add_route("/console/inbox", Inbox(console))
    app.add_route("/console/records/{digest}", RecordResource(console))
    app.add_route("/console/cases/{case_id}", CaseResource(console))
    app.add_route("/console/photos/{sha256}", PhotoResource(console))


class Console:
    """What every page needs: the office, the templates, the published definitions."""

    def __init__(self, office: Office, desk: Desk) -> None:
        self.office, self.desk, self.knowledge = office, desk, Knowledge()

    async def note(self, who: str, action: str, subject: str, purpose: str = "") -> None:
        """Append to the audit log; only once that is durable is anything shown."""
        await self.office.store.write(partial(audit.note, who=who, action=action, subject=subject, purpose=purpose))

    def draw(self, req: Request, resp: Response, template: str, who: Visitor | None, **values: Any) -> None:
        """Draw a page with what its frame needs."""
        lang = language(req, resp)
        other = next(one for one in LANGUAGES if one != lang)
        switch = f"{req.path}?{urlencode({**_query(req), 'lang': other})}"
        frame = {"me": who, "roles": ROLES, "purposes": PURPOSES, "here": _here(req)}
        self.desk.draw(resp, template, lang, {**frame, "switch": (switch, LANGUAGES[other]), **values})


class Page:
    """A page for somebody who is signed in; others are sent to the login and come back."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.store = console.office.store

    async def on_get(self, req: Request, resp: Response, **path: str) -> None:
        """Show the page, or a page that says why not."""
        who = await visitor(self.console.office, req)
        if who is None:
            resp.status = falcon.HTTP_303
            resp.location = f"/console/login?{urlencode({'next': _here(req)})}"
            return
        req.context.device = ""
        try:
            await self.show(req, resp, who, **path)
        except Refused as refused:
            self._problem(req, resp, who, refused.code)
        except Exception:
            _log.exception("bug")
            self._problem(req, resp, who, "internal")

    async def show(self, req: Request, resp: Response, who: Visitor, **path: str) -> None:
        """Show the page to somebody. Raises Refused."""
        raise NotImplementedError

    def _problem(self, req: Request, resp: Response, who: Visitor, code: str) -> None:
        resp.status = str(REFUSALS[code].status)
        self.console.draw(req, resp, "problem.html", who, code=code, title=REFUSALS[code].title)


class Home:
    """`/`: the inbox, which asks for the login where it must."""

    async def on_get(self, _req: Request, resp: Response) -> None:
        """Send on."""
        resp.status = falcon.HTTP_303
        resp.location = "/console/inbox"


class Inbox(Page):
    """`/console/inbox`: what came in."""

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list. A search for a plate or a name is logged: it may be for a neighbour."""
        filters = inbox.Filters.of(_query(req))
        if filters.text:
            await self.console.note(who.login, "search", filters.text, who.purpose)
        page = await self.store.read(inbox.inbox_page, self.console.knowledge, who.scope, filters)
        self.console.draw(req, resp, "inbox.html", who, page=page, linked=_linked(filters))


class RecordResource(Page):
    """`/console/records/{digest}`: one record."""

    async def show(self, req: Request, resp: Response, who: Visitor, digest: str = "", **_path: str) -> None:
        """Show the record. Raises Refused not_found, also for what this visitor may not see."""
        held = await self.store.read(reading.record, who.scope, digest)
        if held is None:
            raise Refused("not_found")
        await self.console.note(who.login, "view", f"record:{digest}", who.purpose)
        key = self.console.office.key.public
        page = await self.store.read(record_page, key, self.console.knowledge, who.scope, held)
        self.console.draw(req, resp, "record.html", who, page=page)


class CaseResource(Page):
    """`/console/cases/{case_id}`: one case."""

    async def show(self, req: Request, resp: Response, who: Visitor, case_id: str = "", **_path: str) -> None:
        """Show the case. Raises Refused not_found, also for what this visitor may not see."""
        held = await self.store.read(reading.case, who.scope, case_id)
        if held is None:
            raise Refused("not_found")
        await self.console.note(who.login, "view", f"case:{case_id}", who.purpose)
        page = await self.store.read(case_page, self.console.knowledge, who.scope, held)
        self.console.draw(req, resp, "case.html", who, page=page)


class PhotoResource(Page):
    """`/console/photos/{sha256}`: the bytes of a photo of a record that may be seen."""

    async def show(self, req: Request, resp: Response, who: Visitor, sha256: str = "", **_path: str) -> None:
        """Give the photo. Small ones are part of a page that is logged; the original is a view of its own."""
        wanted = await self.store.read(reading.photo, who.scope, sha256)
        held = await self.store.read(photos.held, sha256) if wanted else None
        if wanted is None or held is None:
            raise Refused("not_found")
        if wanted.role == "original":
            await self.console.note(who.login, "view", f"photo:{sha256}", who.purpose)
        path = self.console.office.photo_files.path(sha256)
        resp.data = await self.store.read(path.read_bytes)
        resp.content_type = str(held.type)
        resp.set_header("Content-Security-Policy", ALONE)
        resp.set_header("Cache-Control", "private, max-age=3600")


class Login:
    """`/console/login`."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._one = Window(_WRONG_FOR_ONE, "login_throttled")
        self._from = Window(_WRONG_FROM_ONE, "login_throttled")
        # A password costs 19 MiB and a core for a moment: two at once leave the other core to the tablets.
        self._hashing = asyncio.Semaphore(2)

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the form."""
        self._show(req, resp, "")

    async def on_post(self, req: Request, resp: Response) -> None:
        """Sign in, or say that name and password do not fit, never which of them."""
        try:
            fields = await form(req, self.console.office.config.stall_seconds)
            check_token(fields, req.cookies.get(LOGIN))
            await self._enter(req, resp, fields)
        except Refused as refused:
            resp.status = str(refused.status)
            for name, value in refused.headers.items():
                resp.set_header(name, value)
            self._show(req, resp, refused.code, _inside(req.get_param("next")))

    async def _enter(self, req: Request, resp: Response, fields: dict[str, str]) -> None:
        login, office = fields.get("login", "").strip()[:100], self.console.office
        self._one.check(login)
        self._from.check(req.remote_addr)
        async with self._hashing:
            user = await office.store.read(users.authenticate, login, fields.get("password", "")[:1000])
        if user is None:
            self._one.count(login)
            self._from.count(req.remote_addr)
            known = await office.store.read(reading.known_login, login)
            await self.console.note(login if known else "?", "login_refused", "console")
            raise Refused("login_refused")

        def job() -> str:
            audit.note(who=str(user.login), action="login", subject="console")
            return users.open_session(user)[0]

        set_cookie(req, resp, SESSION, await office.store.write(job), users.SESSION_HOURS * 3600)
        set_cookie(req, resp, PURPOSE, stated(fields.get("purpose")))
        resp.unset_cookie(LOGIN, path="/")
        resp.status = falcon.HTTP_303
        resp.location = _inside(fields.get("next"))

    def _show(self, req: Request, resp: Response, code: str, back: str = "") -> None:
        token = req.cookies.get(LOGIN) or secrets.token_urlsafe(16)
        set_cookie(req, resp, LOGIN, token)
        said = REFUSALS[code].title if code else ""
        asked = stated(req.cookies.get(PURPOSE))
        back = back or _inside(req.get_param("next"))
        self.console.draw(req, resp, "login.html", None, token=token, said=said, next=back, asked=asked)


class Logout:
    """`/console/logout`."""

    def __init__(self, console: Console) -> None:
        self.console = console

    async def on_post(self, req: Request, resp: Response) -> None:
        """End the session, here and in the browser."""
        who = await _poster(self.console, req)
        if who is not None:
            await self.console.office.store.write(partial(users.close_session, who[0].token))
            await self.console.note(who[0].login, "logout", "console")
        resp.unset_cookie(SESSION, path="/")
        resp.status = falcon.HTTP_303
        resp.location = "/console/login"


class Purpose:
    """`/console/purpose`: why somebody looks, stated anew."""

    def __init__(self, console: Console) -> None:
        self.console = console

    async def on_post(self, req: Request, resp: Response) -> None:
        """Keep the purpose for what follows, and go back to where the form stood."""
        who = await _poster(self.console, req)
        resp.status = falcon.HTTP_303
        resp.location = _inside(who[1].get("next") if who else None)
        if who is not None:
            purpose = stated(who[1].get("purpose"))
            await self.console.note(who[0].login, "purpose", "console", purpose)
            set_cookie(req, resp, PURPOSE, purpose)


async def _poster(console: Console, req: Request) -> tuple[Visitor, dict[str, str]] | None:
    """Return who posted which fields; None where nobody is signed in any more. Raises Refused form_refused."""
    who = await visitor(console.office, req)
    fields = await form(req, console.office.config.stall_seconds)
    if who is None:
        return None
    check_token(fields, who.csrf)
    return who, fields


def _query(req: Request) -> dict[str, str]:
    """Return the query, each name once."""
    return {name: value if isinstance(value, str) else value[0] for name, value in req.params.items()}


def _here(req: Request) -> str:
    """Return the address of the page, without the language."""
    query = {name: value for name, value in _query(req).items() if name != "lang"}
    return f"{req.path}?{urlencode(query)}" if query else str(req.path)


def _inside(address: str | None) -> str:
    """Return an address of the console; anything else becomes the inbox, so that no link leads out of here."""
    plain = address or ""
    good = plain.startswith("/console/") and not plain.startswith("/console/log") and plain.isprintable()
    return plain if good and "\\" not in plain else "/console/inbox"


def _linked(filters: inbox.Filters) -> Callable[..., str]:
    """Return the function that makes the address of the list with some filters changed; an empty one is dropped."""

    def linked(**changes: Any) -> str:
        query = {name: value for name, value in {**filters.query, **changes}.items() if value}
        return f"/console/inbox?{urlencode(query)}" if query else "/console/inbox"

    return linked
