"""The addresses of the list of cases: the list, kept lists, cases given to another handler; and the search box."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from urllib.parse import parse_qsl, quote, unquote, urlencode

import falcon.asgi
from falcon.asgi import Request, Response

from server.cases.casefile import Actor
from server.cases.machine import Refusal
from server.cases.states import MAIN
from server.cases.words import CODES
from server.console.cases.words import CHOICES
from server.console.exports import Asking, ask
from server.console.frame import SAID, Console, Form, Page, go, query_of, saying
from server.console.menu import CASE_ROLES
from server.console.posted import Posted
from server.console.visitor import Visitor, language, set_cookie
from server.console.worklist.filters import Filters, filters_of
from server.console.worklist.handovers import FINED, centre
from server.console.worklist.page import ASSIGNERS, LEVELS, first_list, worklist
from server.console.worklist.search import LONGEST, search_page
from server.rights import has
from server.store import alerts, case_apply, case_filters, reading, visits
from server.store.counted import LOOKED


def _(words: str) -> str:
    return words


SAID.update(kept=_("The list is kept."), assigned=_("The cases were given to the handler."))
FAULTS = {
    "not_kept": _("Not kept: a list has a name of 1 to 60 characters, and 50 lists are kept at most."),
    "none_chosen": _("Choose the cases and the handler first."),
}

BACK = "lujian_list"
"""The list that somebody looked at last, so that he comes back to it from a case."""
_LONGEST_KEPT = 1500
_HOUR = 3600
MOST_AT_ONCE = 100
TABLES = {
    "levels": LEVELS,
    "states": MAIN,
    "tiers": CHOICES["tier"],
    "dues": {
        "overdue": _("overdue"),
        "soon": _("due in 3 days"),
        "ready": _("may be done now"),
        "leader": _("gone up to the leader"),
        "supervisor": _("gone up to the supervisor"),
    },
    "waiting": {
        "paper": _("a document is due"),
        "law": _("day to be set"),
        "answer": _("answer awaited"),
        "elsewhere": _("kept elsewhere"),
    },
}
"""Codes of the filter bar with their words."""


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses."""
    app.add_route("/console/cases", CaseList(console))
    app.add_route("/console/cases/lists", KeptLists(console))
    app.add_route("/console/cases/assign", Assign(console))
    app.add_route("/console/cases/export", Export(console))
    app.add_route("/console/search", Search(console))
    app.add_route("/console/handovers", Handovers(console))


class CaseList(Page):
    """`/console/cases`: the cases that somebody works on; `?back=1` is the list looked at last."""

    roles = CASE_ROLES

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list. A search for a number or a name is logged: it may be for a neighbour."""
        query = query_of(req)
        if query.get("back"):
            return go(resp, _back(req, who))
        filters = filters_of(query, first_list(who))
        if filters.wanted.text:
            await self.console.note(who.login, "search", filters.wanted.text)
        page = await self.store.read(worklist, self.console.knowledge, who, filters)
        _remember(req, resp, query)
        fault = FAULTS.get(query.get("fault", ""), "")
        up = (await self.store.read(alerts.counts, who.scope))[1] if has(who.role, "alerts_answer") else 0
        told = {**TABLES, "looked": LOOKED, "visits": await self.store.read(visits.mine, who.scope, who.login)}
        return self.console.draw(req, resp, "worklist/list.html", who, page=page, fault=fault, gone_up=up, **told)


class Search(Page):
    """`/console/search?q=`: every number and name of records and cases, however it is written."""

    roles = CASE_ROLES

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show what was found, or go to it where it is one. Every search is logged before anything is shown."""
        text = query_of(req).get("q", "").strip()[:LONGEST]
        if text:
            await self.console.note(who.login, "search", text)
        page = await self.store.read(search_page, self.console.knowledge, who, text)
        if page.only:
            return go(resp, page.only)
        return self.console.draw(req, resp, "worklist/search.html", who, page=page, q=text, **TABLES)


class Handovers(Page):
    """`/console/handovers`: what was sent to other agencies, and what came from them."""

    roles = CASE_ROLES

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show both sides."""
        page = await self.store.read(centre, self.console.knowledge, who, query_of(req))
        self.console.draw(req, resp, "worklist/handovers.html", who, page=page, fined=FINED, **TABLES)


class KeptLists(Form):
    """`/console/cases/lists`: keep what the list is narrowed to under a name, or remove a kept one."""

    roles = CASE_ROLES

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Keep or remove, and go back to the list. Raises Refused."""
        filters = filters_of(dict(parse_qsl(form.get("query"))), first_list(who))
        if form.get("act") == "remove":
            await self.store.write(partial(case_filters.drop_filter, who.login, form.get("name")))
            return saying(filters.address(), "removed")
        try:
            await self.store.write(partial(case_filters.save_filter, who.login, form.get("name"), filters.wanted))
        except ValueError:
            return _fault(filters, "not_kept")
        return saying(filters.address(), "kept")


class Export(Form):
    """`/console/cases/export`: take the list out as Excel, which is made behind the page; so too the hand-overs."""

    roles = CASE_ROLES

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Ask for it, and go where its progress is shown. Raises Refused."""
        handed = form.get("kind") == "handovers"
        filters = filters_of(dict(parse_qsl(form.get("query"))), first_list(who))
        query = {} if handed else {name: told for name, told in asdict(filters.wanted).items() if told}
        query = {name: "1" if told is True else str(told) for name, told in query.items()} | {
            "lang": language(req, resp)
        }
        asking = Asking("handovers" if handed else "cases", query, "/console/cases/export", filters.address())
        return await ask(self, req, resp, who, form, asking)


class Assign(Form):
    """`/console/cases/assign`: give the chosen cases to another handler; what is refused is told, one by one."""

    roles = ASSIGNERS

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Give them, each on its own: one that is refused holds up no other. Raises Refused."""
        filters = filters_of(dict(parse_qsl(form.get("query"))), first_list(who))
        chosen, owner = form.many("case")[:MOST_AT_ONCE], form.get("owner")
        if not chosen or not owner:
            return _fault(filters, "none_chosen")
        actor, data = Actor(who.login, who.name, who.role, who.agency), {"owner": owner}
        if form.get("reason"):
            data["reason"] = form.get("reason")
        refused = [one for case in chosen if (one := await self._give(who, case, data, actor))]
        if not refused:
            return saying(filters.address(), "assigned")
        self.console.draw(
            req, resp, "worklist/assigned.html", who, refused=refused, done=len(chosen) - len(refused),
            back=filters.address(),
        )  # fmt: skip
        return None

    async def _give(
        self, who: Visitor, case: str, data: Mapping[str, str], actor: Actor
    ) -> tuple[str, str, list[tuple[str, str]]] | None:
        """Return what was refused as (id, number, [(words, detail)]), or None where it was done."""
        held = await self.store.read(reading.case, who.scope, case)
        if held is None:
            return "", case[:36], [(CODES["case_unknown"], "")]
        done = await self.store.write(partial(case_apply.apply_event, case, "re_assign", data, actor))
        if not isinstance(done, Refusal):
            return None
        return case, str(held.number), [(CODES[one.code], one.detail) for one in done.missing]


def _fault(filters: Filters, code: str) -> str:
    return f"{filters.address()}&{urlencode({'fault': code})}"


def _remember(req: Request, resp: Response, query: Mapping[str, str]) -> None:
    kept = {name: one for name, one in query.items() if name not in ("lang", "said", "back", "fault")}
    text = quote("&".join(f"{quote(name, safe='')}={quote(one, safe='')}" for name, one in kept.items()), safe="")
    set_cookie(req, resp, BACK, text if len(text) <= _LONGEST_KEPT else "", 12 * _HOUR)


def _back(req: Request, who: Visitor) -> str:
    """Return the address of the list looked at last; nothing of it but filters is taken from the cookie."""
    held = dict(parse_qsl(unquote(req.cookies.get(BACK, ""))))
    filters = filters_of(held, first_list(who))
    return filters.address(after=filters.after, before=filters.before, now=filters.now)
