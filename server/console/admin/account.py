"""One's own account: who one is here, and a password of one's own; and what each role may."""

from __future__ import annotations

import falcon
import falcon.asgi
from falcon.asgi import Request, Response

from server.accounts import ROLES
from server.console.frame import ACCOUNT, SAID, Console, Form, Page, saying
from server.console.menu import home_of
from server.console.posted import Posted
from server.console.visitor import Visitor
from server.rights import RIGHTS, may
from server.store import users
from server.store.users import UserError


def _(words: str) -> str:
    return words


SAID.update(password=_("The new password counts from now on; other sessions of yours have ended."))
PASSWORD_DIFFERS = _("The two new passwords differ.")


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses."""
    app.add_route(ACCOUNT, Account(console))
    app.add_route("/console/roles", Roles(console))


class Account(Form):
    """`/console/account`: the only page of somebody who came with a one-time password."""

    before_choice = True

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the page."""
        self._draw(req, resp, who, ())

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Change the password; else say everything that is wrong with it."""
        old, new = form.fields.get("old", "")[:1000], form.fields.get("new", "")[:1000]
        try:
            if new != form.fields.get("again", "")[:1000]:
                raise UserError(PASSWORD_DIFFERS)
            await self.store.write(lambda: users.own_password(who.login, old, new, keep=who.token))
        except UserError as wrong:
            resp.status = falcon.HTTP_422
            self._draw(req, resp, who, wrong.faults)
            return None
        return saying(home_of(who.role) if who.must_choose else ACCOUNT, "password")

    def _draw(self, req: Request, resp: Response, who: Visitor, faults: tuple[str, ...]) -> None:
        self.console.draw(req, resp, "admin/account.html", who, faults=faults)


class Roles(Page):
    """`/console/roles`: which role may do what."""

    roles = may("roles")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the table."""
        self.console.draw(req, resp, "admin/roles.html", who, rights=RIGHTS, columns=ROLES)
