"""People of the console: listed, created, changed, closed and let in again; what is shown once is drawn at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import falcon
import falcon.asgi
from falcon.asgi import Request, Response

from checklists.wire import canonical, digest
from server.console.admin import agencies
from server.console.findings import Text
from server.console.frame import SAID, Console, Form, Page, query_of, saying
from server.console.posted import Posted
from server.console.visitor import Visitor
from server.exporting.audit_words import Told, tell
from server.refusals import Refused
from server.rights import may
from server.store import audit, users
from server.store.office_models import User
from server.store.users import UserError, Wanted

ADDRESS = "/console/users"
STATES = ("open", "closed")
_NAMES = ("name", "role", "agency", "area")
_HISTORY = 40


def _(words: str) -> str:
    return words


SAID.update(closed=_("The user is closed."), reopened=_("The user works again."))
CHANGED_MEANWHILE = _("Somebody changed this user meanwhile; look at what stands there now, and change it again.")


@dataclass(frozen=True)
class UserList:
    """All that the list draws."""

    rows: Sequence[User]
    wanted: Wanted
    agencies: Mapping[str, Text]
    open: int


@dataclass(frozen=True)
class UserPage:
    """All that the page of a user draws; `user` is None for a new one. `typed` is what was sent and not taken."""

    user: User | None
    agencies: Mapping[str, Text]
    values: Mapping[str, str]
    seen: str
    history: Sequence[Told] = ()
    faults: Sequence[str] = ()
    about: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses."""
    app.add_route(ADDRESS, Users(console))
    app.add_route(f"{ADDRESS}/new", NewUser(console))
    app.add_route(f"{ADDRESS}/{{number}}", OneUser(console))


class Users(Page):
    """`/console/users?agency=&role=&state=&text=`: who works here."""

    roles = may("users")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list."""
        query = query_of(req)
        state = query["state"] if query.get("state") in STATES else ""
        wanted = Wanted(query.get("agency", "")[:8], query.get("role", "")[:20], state, query.get("text", "")[:60])
        page = await self.store.read(_listed, self, wanted)
        self.console.draw(req, resp, "admin/users.html", who, page=page)


class NewUser(Form):
    """`/console/users/new`: somebody new, with a one-time password that is shown once."""

    roles = may("users")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the form."""
        begun = {"login": "", "name": "", "role": "", "agency": who.agency, "area": ""}
        page = UserPage(None, await self.store.read(agencies.every, self), begun, "")
        self.console.draw(req, resp, "admin/user.html", who, page=page)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Create the user and show the password; else the form again with all that is wrong."""
        told = {name: form.get(name) for name in ("login", *_NAMES)}
        known = await self.store.read(agencies.every, self)
        try:
            named = _named(told, known)
            made, secret = await self.store.write(lambda: users.create_once(who.login, **named))
        except UserError as wrong:
            resp.status = falcon.HTTP_422
            page = UserPage(None, known, told, "", faults=wrong.faults)
            self.console.draw(req, resp, "admin/user.html", who, page=page)
            return None
        _secret(self, req, resp, who, made, secret)
        return None


class OneUser(Form):
    """`/console/users/{number}`: one user; his name, role, agency and area, his password, his end."""

    roles = may("users")

    async def show(self, req: Request, resp: Response, who: Visitor, number: str = "", **_path: str) -> None:
        """Show the user. Raises Refused not_found."""
        page = await self.store.read(_page, self, who, number)
        self.console.draw(req, resp, "admin/user.html", who, page=page)

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, number: str = "", **_path: str
    ) -> str | None:
        """Act, and go back; else the page again with all that is wrong. Raises Refused not_found, malformed."""
        held = (await self.store.read(_page, self, who, number)).user
        acts: Mapping[str, Callable[..., Any]] = {
            "change": _change,
            "close": _close,
            "reopen": _reopen,
            "reset": _reset,
        }
        act = form.get("act")
        if held is None or act not in acts:
            raise Refused("malformed", "no such act")
        try:
            known = await self.store.read(agencies.every, self)
            done = await self.store.write(lambda: acts[act](who.login, held, form, known))
        except UserError as wrong:
            resp.status = falcon.HTTP_422
            page = await self.store.read(_page, self, who, number, wrong.faults, act, form.fields)
            self.console.draw(req, resp, "admin/user.html", who, page=page)
            return None
        if act == "reset":
            _secret(self, req, resp, who, held, done)
            return None
        return saying(f"{ADDRESS}/{held.id}", {"close": "closed", "reopen": "reopened"}.get(act, "saved"))


def _change(by: str, held: User, form: Posted, known: Mapping[str, Text]) -> User:
    told = {name: form.get(name) for name in _NAMES if name in form.values}
    if form.get("seen") != _seen(users.by_id(int(held.id))):
        raise UserError(CHANGED_MEANWHILE)
    return users.change(by, str(held.login), **_named(told, known))


def _close(by: str, held: User, form: Posted, _known: Mapping[str, Text]) -> User:
    return users.close(by, str(held.login), form.get("why"))


def _reopen(by: str, held: User, _form: Posted, _known: Mapping[str, Text]) -> User:
    return users.reopen(by, str(held.login))


def _reset(by: str, held: User, _form: Posted, _known: Mapping[str, Text]) -> str:
    return users.reset_password(by, str(held.login))


def _named(told: Mapping[str, str], known: Mapping[str, Text]) -> dict[str, str]:
    """Return what was sent, without an agency that nobody knows: that is a fault beside the others."""
    return {name: "" if name == "agency" and one not in known else one for name, one in told.items()}


def _secret(page: Form, req: Request, resp: Response, who: Visitor, user: User, secret: str) -> None:
    held = users.by_id(int(user.id)) or user
    told = {"secret": secret, "about": f"{user.name} · {user.login}", "until": held.once_until}
    page.console.draw(req, resp, "admin/secret.html", who, **told, kind="password", back=f"{ADDRESS}/{user.id}")


def _listed(page: Page, wanted: Wanted) -> UserList:
    open_ = sum(one.closed_at is None for one in users.listing())
    return UserList(users.listing(wanted), wanted, agencies.every(page), open_)


def _page(
    page: Page,
    who: Visitor,
    number: str,
    faults: Sequence[str] = (),
    about: str = "",
    typed: Mapping[str, str] | None = None,
) -> UserPage:
    known = number.isascii() and number.isdecimal() and len(number) < 10
    held = users.by_id(int(number)) if known else None
    if held is None:
        raise Refused("not_found")
    values = {"login": str(held.login), **{name: str(getattr(held, name)) for name in _NAMES}}
    shown = {**values, **{name: one for name, one in (typed or {}).items() if name in _NAMES}} if typed else values
    rows = audit.page(audit.Wanted(subjects=(f"user:{held.login}",)), limit=_HISTORY)
    told = {code: str(text.get("zh") or code) for code, text in agencies.every(page).items()}
    history = [tell(one, who.role, told) for one in rows]
    return UserPage(held, agencies.every(page), shown, _seen(held), history, faults, about, typed or {})


def _seen(user: User | None) -> str:
    """Return what names the state in which somebody saw a user."""
    told = [str(getattr(user, name)) for name in (*_NAMES, "closed_at")]
    return digest(canonical(told))[:16]
