"""The law page: clauses that the data leave open, with the article's own words; two people confirm each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import falcon
from falcon.asgi import Request, Response

from checklists.definitions.citation import cite
from checklists.facts.situation import LAW_ZONE
from checklists.wire import digest
from server import clock, publishing
from server.cases.casefile import Actor
from server.cases.machine import Refusal
from server.cases.words import CODES
from server.console.cases import scans
from server.console.findings import Text
from server.console.frame import Form, query_of, saying
from server.console.posted import FILE_BYTES, Posted
from server.console.visitor import Visitor
from server.refusals import Refused
from server.rights import has, may
from server.store import case_law, law_confirmations
from server.store.law_confirmations import CONFIRMS, PROPOSES, OpenRow, Proposal
from server.store.paper_models import LawConfirmation

ADDRESS = "/console/law"
STATES = ("open", "proposed", "confirmed")


@dataclass(frozen=True)
class Line:
    """A clause that waits, as the page shows it. `text_digest` is that of the words which stand there."""

    row: OpenRow
    cited: Text
    text: str
    text_digest: str


@dataclass(frozen=True)
class LawPage:
    """All that the template draws."""

    lines: Sequence[Line]
    counts: Mapping[str, int]
    code: str
    state: str
    past: Sequence[LawConfirmation]
    faults: Sequence[tuple[str, str]] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    about: str = ""


class LawResource(Form):
    """`/console/law?code=&state=`: what waits; proposing, agreeing, ending."""

    roles = may("law")
    limit = FILE_BYTES

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the clauses of one violation, or all of a state."""
        query = query_of(req)
        page = await self.store.read(_page, query.get("code", ""), query.get("state", ""))
        self._draw(req, resp, who, page)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Propose, confirm or end; where that is refused the page says why and keeps what was typed.

        Raises Refused role_may_not.
        """
        acts: Mapping[str, Any] = {"propose": self._propose, "confirm": self._confirm, "end": self._end}
        act = acts.get(form.get("act"))
        if act is None:
            raise Refused("malformed", "no such act")
        if not has(who.role, "law_propose" if act == self._propose else "law_confirm"):
            raise Refused("role_may_not")
        done = await act(who, form)
        code = form.get("code")
        if not isinstance(done, Refusal):
            return saying(f"{ADDRESS}?{urlencode({'code': code})}" if code else ADDRESS, "saved")
        faults = [(CODES[one.code], one.detail) for one in done.missing]
        page = await self.store.read(_page, code, "", faults, form.fields, form.get("about"))
        resp.status = falcon.HTTP_422
        self._draw(req, resp, who, page)
        return None

    async def _propose(self, who: Visitor, form: Posted) -> int | Refusal:
        kept, _wrong = await scans.keep(self.console.office, form.files, who.login)
        scan = kept["scan"].sha256 if "scan" in kept else form.get("scan.kept")
        names = ("code", "part", "law", "version", "clause", "text", "text_digest", "as_clause", "subject", "source")
        told: dict[str, Any] = {name: form.get(name) for name in (*names, "note")}
        told |= {name: _yuan(form.get(name)) for name in ("min_cny", "max_cny")}
        proposal = Proposal(**told, scan=scan)
        return await self.store.write(lambda: law_confirmations.propose(proposal, _actor(who)))

    async def _confirm(self, who: Visitor, form: Posted) -> LawConfirmation | Refusal:
        id_, told = _number(form), form.get("text_digest")
        return await self.store.read(publishing.confirm_law, self.console.office, id_, told, _actor(who))

    async def _end(self, who: Visitor, form: Posted) -> LawConfirmation | Refusal:
        id_, why = _number(form), form.get("why")
        return await self.store.read(publishing.end_law, self.console.office, id_, why, _actor(who))

    def _draw(self, req: Request, resp: Response, who: Visitor, page: LawPage) -> None:
        may = {"propose": who.role in PROPOSES, "confirm": who.role in CONFIRMS}
        self.console.draw(req, resp, "confirmations.html", who, page=page, may=may, states=STATES)


def _actor(who: Visitor) -> Actor:
    return Actor(who.login, who.name, who.role, who.agency)


def _number(form: Posted) -> int:
    text = form.get("id")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _yuan(text: str) -> int | None:
    """Return an amount; one that is no whole number is out of every range, and refused as such."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else -1


def _page(
    code: str,
    state: str,
    faults: Sequence[tuple[str, str]] = (),
    typed: Mapping[str, str] | None = None,
    about: str = "",
) -> LawPage:
    definitions = case_law.current().definitions
    day = clock.read(clock.now()).astimezone(LAW_ZONE).date()
    waiting = law_confirmations.waiting(definitions, day, code)
    counts = {name: sum(one.state == name for one in waiting) for name in STATES}
    shown = [one for one in waiting if state in ("", one.state)]

    def line(one: OpenRow) -> Line:
        words = {short: cite(definitions, one.citation, lang) for short, lang in (("zh", "zh_CN"), ("en", "en"))}
        text = str(one.row.text) if one.row is not None else one.text
        return Line(one, words, text, str(one.row.text_digest) if one.row is not None else digest(text.encode()))

    past = law_confirmations.history(code)[:50]
    return LawPage([line(one) for one in shown], counts, code, state, past, faults, typed or {}, about)
