"""Signing in and out."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from functools import partial

import falcon
from falcon.asgi import Request, Response

from server.console.browsers import Browsers
from server.console.frame import Console
from server.console.posted import posted
from server.console.visitor import (
    LOGIN,
    SESSION,
    Visitor,
    check_token,
    set_cookie,
    visitor,
)
from server.envelope import sender
from server.limits import Places, Slowdown, retry_after
from server.refusals import REFUSALS, Refused
from server.store import audit, reading, users

_FREE_FOR_ONE, _FREE_FROM_ONE = 5, 30
_LONGEST_FOR_ONE, _LONGEST_FROM_ONE, _LONGEST_KNOWN = 8.0, 4.0, 2.0
_FORM_BYTES = 16 * 1024
_sleep = asyncio.sleep
_MOST_WAIT = 10.0
"""Seconds that a try is held; who would have to wait longer is told to come again."""


class Login:
    """`/console/login`.

    Wrong passwords make the next try slow: by login and by address for browsers that nobody of this login has used, and
    by itself for one that he has. So whoever tries passwords from elsewhere never keeps out the one who knows it.
    """

    def __init__(self, console: Console) -> None:
        self.console = console
        config = console.office.config
        self._browsers = Browsers(console.office)
        self._one = Slowdown(_FREE_FOR_ONE, _LONGEST_FOR_ONE)
        self._from = Slowdown(_FREE_FROM_ONE, _LONGEST_FROM_ONE)
        self._known = Slowdown(_FREE_FOR_ONE, _LONGEST_KNOWN)
        self._places = Places(config.strangers_at_once, config.strangers_per_address)
        # A password costs 19 MiB and a core for a moment: two at once leave the other core to the tablets, and
        # strangers never take both.
        self._hashing, self._strangers = asyncio.Semaphore(2), asyncio.Semaphore(1)

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the form."""
        self._show(req, resp, "")

    async def on_post(self, req: Request, resp: Response) -> None:
        """Sign in, or say that name and password do not fit, never which of them; name and address are kept."""
        fields: dict[str, str] = {}
        try:
            if not req.cookies.get(LOGIN):
                raise Refused("form_refused")
            if self._browsers.any(req):
                await self._read(req, resp, fields)
            else:
                with self._places.one(sender(req)):
                    await self._read(req, resp, fields)
        except Refused as refused:
            resp.status = str(refused.status)
            for name, value in refused.headers.items():
                resp.set_header(name, value)
            back = inside(fields.get("next") or req.get_param("next"))
            self._show(req, resp, refused.code, back, fields.get("login", "")[:100])

    async def _read(self, req: Request, resp: Response, fields: dict[str, str]) -> None:
        fields |= (await posted(req, self.console.office.config.stall_seconds, _FORM_BYTES)).fields
        check_token(fields, req.cookies.get(LOGIN))
        await self._enter(req, resp, fields)

    async def _enter(self, req: Request, resp: Response, fields: dict[str, str]) -> None:
        login, office = fields.get("login", "").strip()[:100], self.console.office
        lines = self._lines(req, login)
        await _wait_in(lines)
        stranger = self._strangers if len(lines) > 1 else contextlib.nullcontext()
        async with stranger, self._hashing:
            user = await office.store.read(users.authenticate, login, fields.get("password", "")[:1000])
        if user is None:
            for line, key in lines:
                line.wrong(key)
            known = await office.store.read(reading.known_login, login)
            await self.console.note(login if known else "?", "login_refused", "console")
            raise Refused("login_refused")
        if len(lines) == 1:
            self._known.right(lines[0][1])
        self._browsers.remember(req, resp, login)

        def job() -> str:
            audit.note(who=str(user.login), action="login", subject="console")
            return users.open_session(user)[0]

        set_cookie(req, resp, SESSION, await office.store.write(job), users.SESSION_HOURS * 3600)
        resp.unset_cookie(LOGIN, path="/")
        resp.status = falcon.HTTP_303
        resp.location = inside(fields.get("next"))

    def _lines(self, req: Request, login: str) -> list[tuple[Slowdown, str]]:
        """Return in which lines a try stands: a known browser's own, or those of the login and of the address."""
        browser = self._browsers.known(req, login)
        return [(self._known, browser)] if browser else [(self._one, login), (self._from, sender(req))]

    def _show(self, req: Request, resp: Response, code: str, back: str = "", login: str = "") -> None:
        token = req.cookies.get(LOGIN) or secrets.token_urlsafe(16)
        set_cookie(req, resp, LOGIN, token)
        said = REFUSALS[code].title if code else ""
        back = back or inside(req.get_param("next"))
        self.console.draw(req, resp, "login.html", None, token=token, said=said, next=back, login=login)


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


async def _wait_in(lines: list[tuple[Slowdown, str]]) -> None:
    """Wait until a try may be made. Raises Refused login_throttled where a stranger's turn comes too late."""
    ahead = max(line.ahead(key) for line, key in lines)
    if len(lines) > 1 and ahead > _MOST_WAIT:
        raise Refused("login_throttled", "", retry_after(ahead))
    wait = max(line.book(key) for line, key in lines)
    if wait:
        await _sleep(wait)


async def _poster(console: Console, req: Request) -> tuple[Visitor, dict[str, str]] | None:
    """Return who posted which fields; None where nobody is signed in any more. Raises Refused form_refused."""
    who = await visitor(console.office, req)
    if who is None:
        return None
    fields = (await posted(req, console.office.config.stall_seconds, _FORM_BYTES)).fields
    check_token(fields, who.csrf)
    return who, fields


def inside(address: str | None) -> str:
    """Return an address of the console; anything else becomes the first page, so that no link leads out of here."""
    plain = address or ""
    good = plain.startswith("/console/") and not plain.startswith("/console/log") and plain.isprintable()
    return plain if good and "\\" not in plain else "/"
