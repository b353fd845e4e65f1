"""The page that asks for what somebody looks at personal data outside his own cases: nothing is chosen beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import falcon
from falcon.asgi import Request, Response

from server.accounts import PURPOSES
from server.console.frame import PURPOSE, Form, query_of
from server.console.known.page import shown_of
from server.console.posted import Posted
from server.console.signing import inside
from server.console.visitor import Visitor
from server.refusals import Refused
from server.rights import has
from server.store import known, purposes, reading, sight, unsealed
from server.store.models import Case
from server.store.purposes import PurposeError, Stated


@dataclass(frozen=True)
class Asked:
    """What the template draws: the form's address, what it carries along, what is looked at, and what was typed."""

    action: str
    carried: Sequence[tuple[str, str]]
    about: str = ""
    number: str = ""
    purpose: str = ""
    last: Stated | None = None
    faults: Sequence[str] = ()
    purposes: Mapping[str, str] = field(default_factory=lambda: PURPOSES)
    export: bool = False


class Purpose(Form):
    """`/console/purpose?about=&next=`: for which case or paper an inspection is looked at."""

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Ask. Raises Refused not_found for what this visitor may not see."""
        query = query_of(req)
        about, back = query.get("about", "")[:100], inside(query.get("next"))
        asked = await self.store.read(_asked, who, about, back)
        self.console.draw(req, resp, "purpose.html", who, asked=asked)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Keep what was said and go on to what is looked at; else say what is missing. Raises Refused not_found."""
        about, back = form.get("about")[:100], inside(form.get("next"))
        asked = await self.store.read(_asked, who, about, back)
        said = asked.last if form.get("again") and asked.last else Stated(form.get("purpose"), form.get("number"))
        try:
            await self.store.write(lambda: purposes.state(who.looker, about, said.purpose, said.number))
        except PurposeError as wrong:
            again = Asked(asked.action, asked.carried, asked.about, said.number, said.purpose, asked.last, wrong.faults)
            resp.status = falcon.HTTP_422
            self.console.draw(req, resp, "purpose.html", who, asked=again)
            return None
        return back


def _asked(who: Visitor, inspection: str, back: str) -> Asked:
    kind, bar, sign = inspection.partition(":")
    if bar:
        one = known.subject(kind, sign) if kind in known.ASKED and has(who.role, "known") else None
        if one is None:
            raise Refused("not_found")
        return Asked(PURPOSE, (("about", inspection), ("next", back)), shown_of(one), last=purposes.last(who.login))
    sealed = reading.sealed(who.scope, [inspection]).get(inspection)
    seen = [one for one in reading.cases([inspection]).get(inspection, ()) if _sees(who, one)]
    held = min(seen, key=lambda one: one.agency != who.agency, default=None)
    if sealed is None and held is None and not unsealed.of_inspection(who.scope, inspection):
        raise Refused("not_found")
    about = str(held.number) if held is not None else str(sealed.digest)[:12] if sealed is not None else inspection
    number = str(held.number) if held is not None else ""
    return Asked(PURPOSE, (("about", inspection), ("next", back)), about, number, last=purposes.last(who.login))


def _sees(who: Visitor, case: Case) -> bool:
    return sight.sees_case(who.scope, case)
