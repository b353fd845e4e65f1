"""What every page stands in: who looks and why, the frame around it, the log before it, and a page for what goes wrong.

`Page` shows something, `Form` also takes what is posted; both ask first whether the visitor's role may.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

import falcon
from falcon.asgi import Request, Response

from checklists.words import LANGUAGES
from server.accounts import ROLES
from server.console.browsers import Browsers
from server.console.desk import Desk
from server.console.kept import Kept, kept
from server.console.knowledge import Knowledge
from server.console.menu import CASE_ROLES, menu_of, tabs_of
from server.console.posted import TEXT_BYTES, Posted, posted
from server.console.visitor import Visitor, check_token, language, visitor
from server.office import Office
from server.refusals import REFUSALS, Refused
from server.store import audit, outage, purposes, space
from server.store.engine import Store
from server.store.purposes import Stated

_log = logging.getLogger(__name__)

Act = Callable[..., Awaitable[None]]
PURPOSE, ACCOUNT = "/console/purpose", "/console/account"
"""Where a purpose is asked for, and where somebody chooses his own password."""


def _(words: str) -> str:
    return words


SAID = {
    "done": _("Done."),
    "saved": _("Saved."),
    "sent": _("Sent."),
    "started": _("Started; it goes on behind this page."),
    "removed": _("Removed."),
    "issued": _("Issued; the number is given and the files are kept."),
}
"""What a page may say at its head after a form was taken, by code; families of pages add theirs."""


class Unstated(Exception):  # noqa: N818 - not an error: something has to be said first
    """Nobody said yet for what this inspection is looked at."""

    def __init__(self, inspection: str) -> None:
        super().__init__(inspection)
        self.inspection = inspection


class Console:
    """What every page needs: the office, the templates, the published definitions.

    `far` is the store as pages read it that go through much.
    """

    def __init__(self, office: Office, desk: Desk, far: Store | None = None) -> None:
        self.office, self.desk, self.knowledge = office, desk, Knowledge()
        self.far = far or office.store

    async def note(self, who: str, action: str, subject: str, purpose: Stated | None = None) -> None:
        """Append to the audit log; only once that is durable is anything shown."""
        code, number = (purpose.purpose, purpose.number) if purpose else ("", "")
        detail = {"for": number} if number else None
        told = {"who": who, "action": action, "subject": subject, "purpose": code, "detail": detail}
        await self.office.store.write(partial(audit.note, **told))  # type: ignore[arg-type] # a table of its names

    async def viewing(self, who: Visitor, subject: str, inspection: str) -> None:
        """Log that somebody looks at personal data of an inspection, and for what. Raises Unstated: he is asked."""
        stated = await self.office.store.read(purposes.standing, who.looker, inspection)
        if stated is None:
            raise Unstated(inspection)
        await self.note(who.login, "view", subject, stated)

    def draw(self, req: Request, resp: Response, template: str, who: Visitor | None, **values: Any) -> None:
        """Draw a page with what its frame needs."""
        lang = language(req, resp)
        other = next(one for one in LANGUAGES if one != lang)
        switch = f"{req.path}?{urlencode({**query_of(req), 'lang': other})}"
        frame: dict[str, Any] = {"finders": CASE_ROLES, "days_ahead": self.office.config.days_ahead}
        frame |= {"me": who, "roles": ROLES, "here": here(req), "menu": menu_of(who, req.path)}
        frame["tabs"] = tabs_of(who, req.path)
        frame["said"] = SAID.get(req.get_param("said") or "", "")
        self.desk.draw(resp, template, lang, {**frame, "switch": (switch, LANGUAGES[other]), **values})

    def problem(
        self, req: Request, resp: Response, who: Visitor | None, code: str, typed: Kept | None = None, most: int = 0
    ) -> None:
        """Draw the page that says why there is nothing else to see; what was typed is given back on it.

        `most` bytes are what the form takes.
        """
        resp.status = str(REFUSALS[code].status)
        told = {"code": code, "title": REFUSALS[code].title, "typed": typed, "most": most}
        self.draw(req, resp, "problem.html", who, **told, again=_may_send_again(req, code))


class Page:
    """A page for somebody who is signed in; others are sent to the login and come back. By itself it shows nothing.

    `roles` are those that may open it; None is everybody who is signed in.
    """

    roles: tuple[str, ...] | None = None
    before_choice = False
    """Whether it opens for somebody who has not chosen his own password yet."""

    limit = 0

    def __init__(self, console: Console) -> None:
        self.console = console
        self.store = console.office.store

    async def on_get(self, req: Request, resp: Response, **path: str) -> None:
        """Show the page, or a page that says why not."""
        await self._for_visitor(req, resp, self.show, path)

    async def show(self, req: Request, resp: Response, who: Visitor, **path: str) -> None:
        """Show the page to somebody. Raises Refused."""
        raise Refused("not_found")

    async def _for_visitor(self, req: Request, resp: Response, act: Act, path: dict[str, str]) -> None:
        who = None
        try:
            who = await visitor(self.console.office, req)
            if who is None:
                await self._stranger(req, resp)
                return
            if who.must_choose and not self.before_choice:
                go(resp, ACCOUNT)
                return
            if self.roles is not None and who.role not in self.roles:
                raise Refused("role_may_not")
            await act(req, resp, who, **path)
        except Unstated as asked:
            go(resp, f"{PURPOSE}?{urlencode({'about': asked.inspection, 'next': here(req)})}")
        except Refused as refused:
            self._tell(req, resp, who, refused)
        except Exception as problem:
            if space.is_out(problem):
                raise  # the app has words for it
            strained = outage.strained(problem)
            _log.error("the database ended a statement" if strained else "bug", exc_info=problem)
            self._tell(req, resp, who, outage.DatabaseAway() if strained else Refused("internal"))

    def _tell(self, req: Request, resp: Response, who: Visitor | None, refused: Refused) -> None:
        self.console.problem(req, resp, who, refused.code, getattr(req.context, "typed", None), self.limit)
        for name, value in refused.headers.items():
            resp.set_header(name, value)

    async def _stranger(self, req: Request, resp: Response) -> None:
        go(resp, f"/console/login?{urlencode({'next': here(req)})}")


class Form(Page):
    """A page that also takes what is posted, at most `limit` bytes, and then sends on to another address."""

    limit = TEXT_BYTES

    async def on_post(self, req: Request, resp: Response, **path: str) -> None:
        """Take a form that this console gave out; where it was refused the page says why."""
        await self._for_visitor(req, resp, self._take, path)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **path: str) -> str | None:
        """Act, and return the address to go to; None where an answer was drawn, as a form with its faults is.

        Raises Refused.
        """
        raise Refused("not_found")

    async def _take(self, req: Request, resp: Response, who: Visitor, **path: str) -> None:
        form = await posted(req, self.console.office.config.stall_seconds, self.limit)
        req.context.typed = kept(form)
        check_token(form.fields, who.csrf)
        address = await self.take(req, resp, who, form, **path)
        if address is not None:
            go(resp, address)

    async def _stranger(self, req: Request, resp: Response) -> None:
        """Give back what somebody typed whose session had ended, instead of losing it at the login.

        Only from a browser in which somebody signed in before: a form of nobody is not read.
        """
        if req.method != "POST" or not Browsers(self.console.office).any(req):
            await super()._stranger(req, resp)
            return
        form = await posted(req, self.console.office.config.stall_seconds, self.limit)
        self.console.problem(req, resp, None, "signed_out", kept(form))


def _may_send_again(req: Request, code: str) -> bool:
    """Whether a form may be sent again by one click: only where the browser says that it came from here."""
    return code in ("form_refused", "signed_out") and req.get_header("Sec-Fetch-Site") == "same-origin"


def go(resp: Response, address: str) -> None:
    """Send the browser on to an address of the console."""
    resp.status, resp.location = falcon.HTTP_303, address


def saying(address: str, code: str) -> str:
    """Return an address whose page says that something was done: `code` is one of SAID."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'said': code})}"


def query_of(req: Request) -> dict[str, str]:
    """Return the query, each name once and without NULs, which no store can look for."""
    told = {name: value if isinstance(value, str) else value[0] for name, value in req.params.items()}
    return {name.replace("\0", ""): value.replace("\0", "") for name, value in told.items()}


def here(req: Request) -> str:
    """Return the address of the page, without the language."""
    query = {name: value for name, value in query_of(req).items() if name not in ("lang", "said")}
    return f"{req.path}?{urlencode(query)}" if query else str(req.path)
