"""Officers of the registry, and one-time codes with which they set their first PIN on a tablet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import falcon
import falcon.asgi
from falcon.asgi import Request, Response

from server.console.admin import agencies
from server.console.findings import Text
from server.console.frame import SAID, Console, Form, query_of, saying
from server.console.posted import Posted
from server.console.visitor import Visitor
from server.folding import fold
from server.refusals import Refused
from server.rights import may
from server.store import devices, officer_codes, registry
from server.store.administration_models import OfficerCode
from server.store.models import Device
from server.store.officer_codes import HOURS, CodeError

ADDRESS = "/console/officers"


def _(words: str) -> str:
    return words


SAID.update(withdrawn=_("The codes are withdrawn; the tablets hear of it at once."))


@dataclass(frozen=True)
class OfficersPage:
    """All that the template draws: officers as the registry has them, and the codes that each can use."""

    rows: Sequence[Mapping[str, Any]]
    codes: Mapping[str, Sequence[OfficerCode]]
    tablets: Sequence[Device]
    labels: Mapping[str, str]
    agencies: Mapping[str, Text]
    text: str
    faults: Sequence[str] = ()
    typed: Mapping[str, str] = field(default_factory=dict)


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the address."""
    app.add_route(ADDRESS, Officers(console))


class Officers(Form):
    """`/console/officers?text=`: a leader sees those of his agency, the system administrator all."""

    roles = may("pins")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list."""
        page = await self.store.read(_page, self, who, query_of(req).get("text", "").strip()[:60])
        self.console.draw(req, resp, "admin/officers.html", who, page=page, hours=HOURS)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Make a code and show it once, or withdraw an officer's codes. Raises Refused role_may_not, malformed."""
        officer, act = form.get("officer"), form.get("act")
        if officer and not await self.store.read(_mine, who, officer):
            raise Refused("role_may_not")
        if act == "end":
            await self.store.write(lambda: officer_codes.end(who.login, officer))
            return saying(ADDRESS, "withdrawn")
        if act != "new":
            raise Refused("malformed", "no such act")
        hours = int(form.get("hours")) if form.get("hours").isascii() and form.get("hours").isdecimal() else 0
        told = {"device": form.get("device"), "hours": min(hours, 10_000)}
        try:
            code, row = await self.store.write(lambda: officer_codes.new(who.login, officer, **told))  # type: ignore[arg-type] # two names
        except CodeError as wrong:
            resp.status = falcon.HTTP_422
            page = await self.store.read(_page, self, who, "", wrong.faults, form.fields)
            self.console.draw(req, resp, "admin/officers.html", who, page=page, hours=HOURS)
            return None
        shown = {"secret": code, "about": officer, "until": row.expires_at, "kind": "pin", "back": ADDRESS}
        self.console.draw(req, resp, "admin/secret.html", who, **shown)
        return None


def _mine(who: Visitor, officer: str) -> bool:
    held = registry.lookup("officer", officer)
    return held is None or who.role == "system_admin" or str(held["data"].get("agency")) == who.agency


def _page(
    page: Form,
    who: Visitor,
    text: str,
    faults: Sequence[str] = (),
    typed: Mapping[str, str] | None = None,
) -> OfficersPage:
    mine = [one for one in registry.officers() if who.role == "system_admin" or one.get("agency") == who.agency]
    wanted, named = fold(text), ("id", "name", "card")
    shown = [one for one in mine if any(wanted in fold(str(one.get(name) or "")) for name in named)]
    codes: dict[str, list[OfficerCode]] = {}
    for one in officer_codes.standing():
        codes.setdefault(str(one.officer), []).append(one)
    tablets = [one for one in devices.listing() if one.revoked_at is None and one.kind == devices.TABLET]
    labels = {str(one.id): str(one.prefix) for one in tablets}
    return OfficersPage(shown, codes, tablets, labels, agencies.every(page), text, faults, typed or {})
