"""Signing in and out, and stating why one looks."""

from __future__ import annotations

import asyncio
import secrets
from functools import partial

import falcon
from falcon.asgi import Request, Response

from server.console.frame import Console
from server.console.visitor import (
    LOGIN,
    PURPOSE,
    SESSION,
    Visitor,
    check_token,
    form,
    set_cookie,
    stated,
    visitor,
)
from server.limits import Window
from server.refusals import REFUSALS, Refused
from server.store import audit, reading, users

_WRONG_FOR_ONE = 5
_WRONG_FROM_ONE = 30


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
        try:
            who = await _poster(self.console, req)
        except Refused as refused:
            self.console.problem(req, resp, None, refused.code)
            return
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
        try:
            who = await _poster(self.console, req)
        except Refused as refused:
            self.console.problem(req, resp, None, refused.code)
            return
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


def _inside(address: str | None) -> str:
    """Return an address of the console; anything else becomes the inbox, so that no link leads out of here."""
    plain = address or ""
    good = plain.startswith("/console/") and not plain.startswith("/console/log") and plain.isprintable()
    return plain if good and "\\" not in plain else "/console/inbox"
