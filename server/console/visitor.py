"""Who looks at a page: the cookie's session, the scope of the role, the language."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from falcon.asgi import Request, Response

from checklists.words import LANGUAGES
from server.accounts import Scope, scope_of
from server.office import Office
from server.refusals import Refused
from server.store import users
from server.store.purposes import Looker

SESSION, LANGUAGE, LOGIN = "lujian", "lujian_lang", "lujian_login"

_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in. `must_choose`: he came with a one-time password, and chooses his own before all else."""

    login: str
    name: str
    role: str
    agency: str
    scope: Scope
    csrf: str
    token: str
    must_choose: bool = False

    @property
    def looker(self) -> Looker:
        """The visitor as the one who looks at a record or case."""
        return Looker(self.login, self.role, self.agency, self.scope)


async def visitor(office: Office, req: Request) -> Visitor | None:
    """Return who is signed in, or None."""
    token = req.cookies.get(SESSION, "")
    held = await office.store.read(users.of_session, token) if token else None
    if held is None:
        return None
    user, csrf = held
    return Visitor(
        login=str(user.login),
        name=str(user.name),
        role=str(user.role),
        agency=str(user.agency),
        scope=scope_of(str(user.role), str(user.agency), str(user.area)),
        csrf=csrf,
        token=token,
        must_choose=users.must_choose(user),
    )


def language(req: Request, resp: Response) -> str:
    """Return the language of the page; a switch in the query is remembered by the browser."""
    asked = req.get_param("lang")
    if asked in LANGUAGES:
        set_cookie(req, resp, LANGUAGE, asked, max_age=_YEAR)
        return asked
    kept = req.cookies.get(LANGUAGE)
    return kept if kept in LANGUAGES else "zh_CN"


def set_cookie(req: Request, resp: Response, name: str, value: str, max_age: int | None = None) -> None:
    """Set a cookie that no script reads and no other site sends; over TLS alone where the page came over TLS.

    Behind a proxy that speaks TLS the setting `behind_tls` says so, since this side of it is plain.
    """
    resp.set_cookie(
        name, value, max_age=max_age, path="/", http_only=True, same_site="Lax", secure=req.scheme == "https"
    )


def check_token(fields: Mapping[str, str], expected: str | None) -> None:
    """Raise Refused form_refused unless the form brings the token that its page was given."""
    if not expected or not hmac.compare_digest(fields.get("csrf", "").encode(), expected.encode()):
        raise Refused("form_refused")
