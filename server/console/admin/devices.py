"""Tablets: when each was heard of, what it took and what it still owes; codes to enrol one, and revoking a lost one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import falcon
import falcon.asgi
from falcon.asgi import Request, Response

from checklists.authoring.loader import DefinitionError
from server import publishing
from server.console.admin import agencies
from server.console.findings import Text
from server.console.frame import SAID, Console, Form, query_of, saying
from server.console.posted import Posted
from server.console.visitor import Visitor
from server.refusals import Refused
from server.rights import has, may
from server.store import devices, packages
from server.store.models import Device, EnrolmentCode
from server.store.users import REASON_MISSING

ADDRESS = "/console/devices"
STATES = ("open", "revoked")


def _(words: str) -> str:
    return words


SAID.update(
    revoked=_("The tablet is revoked; the others hear of it at once."),
    published=_("Published; tablets take the packages with their next sync."),
)
AGENCY_UNKNOWN = _("Choose the agency of the tablet.")
PACKAGES: Mapping[str, str] = {
    "definitions": _("checklists and law"),
    "reference": _("goods and tables"),
}
"""Package → what it holds."""


@dataclass(frozen=True)
class Line:
    """A tablet: what it took last of each package, and how many parts it has sealed that are not here."""

    device: Device
    took: Mapping[str, str]
    missing: int


@dataclass(frozen=True)
class DevicesPage:
    """All that the template draws. `latest` are the versions published last; `codes` can still enrol a tablet."""

    rows: Sequence[Line]
    latest: Mapping[str, str]
    codes: Sequence[tuple[EnrolmentCode, str]]
    agencies: Mapping[str, Text]
    agency: str
    state: str
    faults: Sequence[str] = ()
    about: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the address."""
    app.add_route(ADDRESS, Devices(console))
    app.add_route(f"{ADDRESS}/publish", Publish(console))


class Devices(Form):
    """`/console/devices?agency=&state=`: a leader sees those of his agency, the system administrator all."""

    roles = may("devices")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list."""
        await self._draw(req, resp, who)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Make a code for a tablet and show it once, or revoke one. Raises Refused role_may_not, malformed."""
        act, mine = form.get("act"), await self.store.read(agencies.of, self, who)
        if act == "code":
            agency = form.get("agency")
            if agency not in mine:
                await self._refuse(req, resp, who, (AGENCY_UNKNOWN,), form)
                return None
            hours = self.console.office.config.code_hours
            code = await self.store.write(lambda: devices.new_code(agency, hours, who.login))
            told: dict[str, Any] = {"secret": code, "about": mine[agency], "until": None, "hours": hours}
            self.console.draw(req, resp, "admin/secret.html", who, **told, kind="enrol", back=ADDRESS)
            return None
        if act != "revoke":
            raise Refused("malformed", "no such act")
        held = await self.store.read(devices.by_id, form.get("device"))
        if held is None or str(held.agency) not in mine:
            raise Refused("role_may_not")
        if not form.get("why"):
            await self._refuse(req, resp, who, (REASON_MISSING,), form)
            return None
        await self.store.write(lambda: devices.revoke(str(held.id), who.login, form.get("why")))
        return saying(ADDRESS, "revoked")

    async def _refuse(self, req: Request, resp: Response, who: Visitor, faults: tuple[str, ...], form: Posted) -> None:
        resp.status = falcon.HTTP_422
        await self._draw(req, resp, who, faults, form)

    async def _draw(
        self, req: Request, resp: Response, who: Visitor, faults: Sequence[str] = (), form: Posted | None = None
    ) -> None:
        page = await self.store.read(_page, self, who, query_of(req), faults, form.fields if form else {})
        told = {"page": page, "names": PACKAGES, "publishes": has(who.role, "publish")}
        self.console.draw(req, resp, "admin/devices.html", who, **told)


class Publish(Form):
    """`/console/devices/publish`: publish what has changed of the packages."""

    roles = may("publish")

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Publish, and go back. Raises Refused internal where the definitions have faults: their authors see them."""
        try:
            await self.store.read(publishing.publish_all, self.console.office, who.login)
        except DefinitionError as faults:
            raise Refused("internal", str(faults)[:300]) from faults
        return saying(ADDRESS if has(who.role, "devices") else "/console/holidays", "published")


def _page(
    page: Form, who: Visitor, query: Mapping[str, str], faults: Sequence[str], typed: Mapping[str, str]
) -> DevicesPage:
    mine, took = agencies.of(page, who), devices.packages_of()
    agency = query["agency"] if query.get("agency") in mine else ""
    state = query["state"] if query.get("state") in STATES else ""
    rows = [
        Line(one, took.get(str(one.id), {}), devices.missing(one))
        for one in devices.listing()
        if str(one.agency) in ([agency] if agency else mine)
        and (not state or (one.revoked_at is not None) == (state == "revoked"))
    ]
    codes = [(one, devices.label_of(int(one.id))) for one in devices.codes() if str(one.agency) in mine]
    about = typed.get("device", "")
    return DevicesPage(rows, packages.versions(), codes, mine, agency, state, faults, about, typed)
