"""What an agency tells of itself once, so that every document has it: a page for its leader and the administrator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import falcon
from falcon.asgi import Request, Response

from server.console import findings
from server.console.findings import Text
from server.console.frame import Form, query_of, saying
from server.console.posted import Posted
from server.console.visitor import Visitor
from server.documents.case_values import OFFICE
from server.refusals import Refused
from server.rights import may
from server.store import audit, case_law, case_numbers, office_details


def _(words: str) -> str:
    return words


NAMES: Mapping[str, str] = {
    "name": _("full name of the office"),
    "address": _("address of the office"),
    "postcode": _("postcode"),
    "contact": _("whom to ask"),
    "phone": _("telephone of the office"),
    "bank": _("bank for payments"),
    "account": _("account for payments"),
    "review_body": _("body for administrative review"),
    "court": _("court for a suit"),
    "head": _("head of the agency"),
}
"""Detail → its name; those of `case_values.OFFICE`."""

ADDRESS = "/console/office"
SIGN = "sign"
"""The field of what begins the numbers of documents (示交)."""


@dataclass(frozen=True)
class DetailsPage:
    """All that the template draws: the agencies to choose from, the one shown, and its details by name."""

    agencies: Mapping[str, Text]
    agency: str
    details: Mapping[str, str]
    sign: str
    names: Mapping[str, str]
    fault: str = ""


class Details(Form):
    """`/console/office?agency=`: name, address, bank, where to appeal, and the sign of the numbers."""

    roles = may("office")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the details of an agency."""
        page = await self.store.read(_page, self, who, query_of(req).get("agency", ""))
        self.console.draw(req, resp, "details.html", who, page=page)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Keep the details, each change in the audit log old and new. Raises Refused role_may_not."""
        agency = form.get("agency")
        if agency not in await self.store.read(_agencies, self, who):
            raise Refused("role_may_not")
        told = {name: form.get(name) for name in OFFICE if name in form.values}
        sign = form.get(SIGN)
        if len(sign) > 20 or any(len(one) > office_details.LONGEST for one in told.values()):
            page = await self.store.read(_page, self, who, agency, {**told}, sign, "long")
            resp.status = falcon.HTTP_422
            self.console.draw(req, resp, "details.html", who, page=page)
            return None
        await self.store.write(lambda: _keep(agency, told, sign, who.login))
        return saying(f"{ADDRESS}?agency={agency}", "saved")


def _keep(agency: str, told: Mapping[str, str], sign: str, who: str) -> None:
    before, head = office_details.of_agency(agency), case_numbers.head(agency)
    after = office_details.tell(agency, told)
    old = {name: before.get(name, "") for name in told if before.get(name, "") != after.get(name, "")}
    if sign and sign != head:
        case_numbers.set_head(agency, sign)
        old[SIGN], after = head, {**after, SIGN: sign}
    if old:
        new = {name: after.get(name, "") for name in old}
        audit.note(who=who, action="office.details", subject=agency, detail={"old": old, "new": new})


def _agencies(page: Form, who: Visitor) -> Mapping[str, Text]:
    definitions = case_law.current().definitions
    ours = [code for code, one in definitions.agencies.items() if one.get("regime", "CN") == "CN"]
    mine = ours if who.role == "system_admin" else [who.agency]
    return {code: findings.agency_text(definitions, code) for code in mine}


def _page(
    page: Form,
    who: Visitor,
    agency: str,
    told: Mapping[str, str] | None = None,
    sign: str = "",
    fault: str = "",
) -> DetailsPage:
    agencies = _agencies(page, who)
    chosen = agency if agency in agencies else next(iter(agencies), "")
    held = office_details.of_agency(chosen) if told is None else told
    return DetailsPage(agencies, chosen, held, sign or case_numbers.head(chosen), NAMES, fault)
