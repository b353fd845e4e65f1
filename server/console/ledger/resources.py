"""The addresses of the ledger; of a driver a purpose is asked before anything is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import falcon
import falcon.asgi
from falcon.asgi import Request, Response

from checklists import words
from server.cases.states import MAIN
from server.cases.words import CLOCKS
from server.console.education.resources import TABLES as SESSION_TABLES
from server.console.education.resources import actor
from server.console.frame import SAID, Console, Form, Page, query_of, saying
from server.console.ledger.page import (
    ADDRESS,
    LISTS,
    PATHS,
    about_of,
    address_of,
    address_of_about,
    address_of_source,
    due_page,
    ledger_page,
    sources_of,
)
from server.console.posted import Posted
from server.console.visitor import Visitor
from server.refusals import Refused
from server.rights import may
from server.store import known, visits
from server.store.known import Subject
from server.store.visits import KEPT, LONGEST, RESULTS, LedgerError, PromiseDraft, VisitDraft


def _(words: str) -> str:
    return words


SAID.update(
    visit_given=_("The visit is given; it stands among the owner's visits."),
    visit_done=_("What came of the visit is kept."),
    promise_kept=_("The promise stands in the ledger."),
    promise_settled=_("What became of the promise is kept."),
)
TABLES: Mapping[str, Any] = {
    "lists": LISTS, "results": RESULTS, "kepts": KEPT, "longest": LONGEST, "clocks": CLOCKS, "states": MAIN,
    "levels": words.CARRIER_LEVELS, "about_address": address_of_about, "source_address": address_of_source,
    "session_states": SESSION_TABLES["states"],
}  # fmt: skip


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses."""
    app.add_route(ADDRESS, Due(console))
    for kind, path in PATHS.items():
        app.add_route(f"{ADDRESS}/{path}/{{sign}}", Ledger(console, kind))
        app.add_route(f"{ADDRESS}/{path}/{{sign}}/do/{{act}}", Act(console, kind))


class Due(Page):
    """`/console/ledger?list=&after=`: what is due, and what is late."""

    roles = may("ledger")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list."""
        page = await self.store.read(due_page, who, query_of(req))
        self.console.draw(req, resp, "ledger/due.html", who, page=page, **TABLES)


class _OfSubject(Page):
    """What is about one carrier or driver."""

    roles = may("ledger")

    def __init__(self, console: Console, kind: str) -> None:
        super().__init__(console)
        self._kind = kind

    async def looked_at(self, who: Visitor, sign: str) -> Subject:
        """Return whom it is about, once that it is looked at is logged. Raises Refused not_found, and Unstated."""
        one = await self.store.read(known.subject, self._kind, sign)
        if one is None:
            raise Refused("not_found")
        if one.kind in known.ASKED:
            await self.console.viewing(who, f"ledger:{one.about}", one.about)
        else:
            await self.console.note(who.login, "view", f"ledger:{one.about}")
        return one

    async def draw(self, req: Request, resp: Response, who: Visitor, one: Subject, **told: Any) -> None:
        """Draw the page."""
        page = replace(await self.store.read(ledger_page, who, one), **told)
        packs = (await self.store.read(self.console.knowledge.definitions)).lessons
        self.console.draw(req, resp, "ledger/one.html", who, page=page, packs=packs, **TABLES)


class Ledger(_OfSubject):
    """`/console/ledger/carriers/{sign}`, `people`: what one knows, promised and owes, and the visits to him."""

    async def show(self, req: Request, resp: Response, who: Visitor, sign: str = "", **_path: str) -> None:
        """Show it."""
        await self.draw(req, resp, who, await self.looked_at(who, sign))


class Act(_OfSubject, Form):
    """`…/do/{act}`: a visit is given or ended, a promise is written down or looked at."""

    roles = may("ledger_keep")

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, sign: str = "", act: str = "", **_path: str
    ) -> str | None:
        """Do it; what is wrong is shown on the page beside what was typed."""
        one = await self.looked_at(who, sign)
        if act not in _ACTS:
            raise Refused("not_found")
        visit = VisitDraft(form.get("owner"), form.get("until"), form.get("why"), form.get("source"))
        promise = PromiseDraft(form.get("text"), form.get("by"), form.get("source"))
        try:
            said = await self.store.write(lambda: _ACTS[act](who, one, form, visit, promise))
        except LedgerError as wrong:
            resp.status = falcon.HTTP_422
            typed = {"visit": visit} if act == "visit" else {"promise": promise} if act == "promise" else {}
            await self.draw(req, resp, who, one, faults=wrong.faults, **typed)
            return None
        return saying(address_of(one), said)


def _give(who: Visitor, one: Subject, _form: Posted, visit: VisitDraft, _promise: PromiseDraft) -> str:
    visits.give(actor(who), about_of(one), visit, sources_of(who, one))
    return "visit_given"


def _promise(who: Visitor, one: Subject, _form: Posted, _visit: VisitDraft, promise: PromiseDraft) -> str:
    visits.promise(actor(who), about_of(one), promise, sources_of(who, one))
    return "promise_kept"


def _done(who: Visitor, one: Subject, form: Posted, _visit: VisitDraft, _promise: PromiseDraft) -> str:
    held = visits.visit(who.scope, form.get("id"))
    if held is None or held.about != one.about:
        raise Refused("not_found")
    visits.done(actor(who), held, form.get("result"), form.get("on"), form.get("found"))
    return "visit_done"


def _settle(who: Visitor, one: Subject, form: Posted, _visit: VisitDraft, _promise: PromiseDraft) -> str:
    held = visits.promised(who.scope, form.get("id"))
    if held is None or held.about != one.about:
        raise Refused("not_found")
    visits.settle(actor(who), held, form.get("kept"), form.get("how"))
    return "promise_settled"


_ACTS: Mapping[str, Any] = {"visit": _give, "promise": _promise, "done": _done, "settle": _settle}
