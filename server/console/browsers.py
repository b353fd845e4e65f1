"""Browsers that somebody signed in with before: strangers who try passwords slow down strangers, not them.

A cookie says so, signed by the office for one login; it opens nothing by itself. After OWASP's device cookies.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time

from falcon.asgi import Request, Response

from server.console.visitor import set_cookie
from server.office import Office

COOKIE = "lujian_browser"
_DAYS = 180
_MOST_LOGINS = 30
"""A duty room shares one; so many marks fit into a cookie."""


class Browsers:
    """Knows a browser by its cookie: some marks `<id>.<day>.<login's tag>.<mac>`, one for each login."""

    def __init__(self, office: Office) -> None:
        self._key = hmac.digest(office.key.secret, b"lujian browsers", "sha256")

    def any(self, req: Request) -> bool:
        """Whether anybody signed in with this browser before."""
        return bool(self._marks(req))

    def known(self, req: Request, login: str) -> str:
        """Return the browser's id where this login signed in with it before; else nothing."""
        tag = self._tag(login)
        return next((name for name, _day, whose, _mac in self._marks(req) if whose == tag), "")

    def remember(self, req: Request, resp: Response, login: str) -> None:
        """Mark the browser as one of this login's."""
        name, tag = self.known(req, login) or secrets.token_urlsafe(12), self._tag(login)
        told = f"{name}.{_today()}.{tag}"
        others = [".".join(one) for one in self._marks(req) if one[2] != tag]
        value = "~".join([f"{told}.{self._mac(told)}", *others][:_MOST_LOGINS])
        set_cookie(req, resp, COOKIE, value, max_age=_DAYS * 24 * 3600)

    def _marks(self, req: Request) -> list[list[str]]:
        """Return the marks that this office made and that are not too old."""
        found = (one.split(".") for one in req.cookies.get(COOKIE, "").split("~")[:_MOST_LOGINS] if one.isascii())
        return [one for one in found if len(one) == 4 and self._holds(one)]

    def _holds(self, mark: list[str]) -> bool:
        name, day, tag, mac = mark
        made = hmac.compare_digest(mac, self._mac(f"{name}.{day}.{tag}"))
        return made and 0 <= _today() - int(day) <= _DAYS

    def _tag(self, login: str) -> str:
        return self._mac(f"login {login}")[:16]

    def _mac(self, told: str) -> str:
        return hmac.new(self._key, told.encode(), hashlib.sha256).hexdigest()[:32]


def _today() -> int:
    return int(time.time() // (24 * 3600))
