"""What every page stands in: who looks, the frame around it, the log before it, and a page for what goes wrong."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any
from urllib.parse import urlencode

import falcon
from falcon.asgi import Request, Response

from checklists.words import LANGUAGES
from server.accounts import PURPOSES, ROLES
from server.console.desk import Desk
from server.console.knowledge import Knowledge
from server.console.visitor import Visitor, language, visitor
from server.office import Office
from server.refusals import REFUSALS, Refused
from server.store import audit

_log = logging.getLogger(__name__)


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
        switch = f"{req.path}?{urlencode({**query_of(req), 'lang': other})}"
        frame = {"me": who, "roles": ROLES, "purposes": PURPOSES, "here": here(req)}
        self.desk.draw(resp, template, lang, {**frame, "switch": (switch, LANGUAGES[other]), **values})

    def problem(self, req: Request, resp: Response, who: Visitor | None, code: str) -> None:
        """Draw the page that says why there is nothing else to see."""
        resp.status = str(REFUSALS[code].status)
        self.draw(req, resp, "problem.html", who, code=code, title=REFUSALS[code].title)


class Page:
    """A page for somebody who is signed in; others are sent to the login and come back. By itself it shows nothing."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.store = console.office.store

    async def on_get(self, req: Request, resp: Response, **path: str) -> None:
        """Show the page, or a page that says why not."""
        who = None
        try:
            who = await visitor(self.console.office, req)
            if who is None:
                resp.status = falcon.HTTP_303
                resp.location = f"/console/login?{urlencode({'next': here(req)})}"
                return
            await self.show(req, resp, who, **path)
        except Refused as refused:
            self.console.problem(req, resp, who, refused.code)
            for name, value in refused.headers.items():
                resp.set_header(name, value)
        except Exception:
            _log.exception("bug")
            self.console.problem(req, resp, who, "internal")

    async def show(self, req: Request, resp: Response, who: Visitor, **path: str) -> None:
        """Show the page to somebody. Raises Refused."""
        raise Refused("not_found")


def query_of(req: Request) -> dict[str, str]:
    """Return the query, each name once and without NULs, which no store can look for."""
    told = {name: value if isinstance(value, str) else value[0] for name, value in req.params.items()}
    return {name.replace("\0", ""): value.replace("\0", "") for name, value in told.items()}


def here(req: Request) -> str:
    """Return the address of the page, without the language."""
    query = {name: value for name, value in query_of(req).items() if name != "lang"}
    return f"{req.path}?{urlencode(query)}" if query else str(req.path)
