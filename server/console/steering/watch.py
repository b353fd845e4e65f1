"""The watch list: what is asked for and by whom, what teams did about it, an entry to add, one to lift."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import falcon
import falcon.asgi
from falcon.asgi import Request, Response

from checklists.facts.watch import DO, ON
from server.cases.casefile import Actor
from server.console.frame import SAID, Console, Form, query_of, saying
from server.console.posted import Posted
from server.console.visitor import Visitor
from server.exporting import masks
from server.refusals import Refused
from server.rights import has, may
from server.store import case_rows, feed_reach, records, registry, watch
from server.store.counted import Counted
from server.store.feed_reach import Reach
from server.store.steering_models import WatchAct, WatchEntry
from server.store.watch import STATES, Draft, Wanted, WatchError

ADDRESS = "/console/watch"
MOST = 50


def _(words: str) -> str:
    return words


SAID.update(
    watched=_("The entry stands; tablets of its scope hear of it within seconds."),
    unwatched=_("The entry is lifted; tablets drop it within seconds."),
)
DID: Mapping[str, str] = {"shown": _("shown at a check"), "done": _("done")}


EMPTY = Draft()


@dataclass(frozen=True)
class Act:
    """What a team did: when, who, and the record in which it says so, where that may be seen."""

    at: str
    did: str
    who: str
    agency: str
    record: str


@dataclass(frozen=True)
class Line:
    """An entry as it is drawn; `number` as far as the reader may see it."""

    row: WatchEntry
    number: str
    acts: Sequence[Act]
    reach: Reach | None
    lifts: bool

    @property
    def done(self) -> int:
        """How often a team said that it did what is asked."""
        return sum(one.did == "done" for one in self.acts)


@dataclass(frozen=True)
class WatchPage:
    """All that the template draws; `typed` and `faults` are of a form that was not taken."""

    lines: Sequence[Line]
    names: Mapping[str, str]
    total: Counted
    wanted: Wanted
    adds: bool
    days: int
    agencies: Mapping[str, Mapping[str, str]]
    typed: Draft = EMPTY
    faults: Sequence[str] = ()


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses."""
    app.add_route(ADDRESS, WatchList(console))
    app.add_route(ADDRESS + "/{entry}", WatchLift(console))


class _Pages(Form):
    """What both addresses draw."""

    roles = may("watch")

    async def draw(self, req: Request, resp: Response, who: Visitor, **told: Any) -> None:
        """Draw the list."""
        query = query_of(req)
        wanted = Wanted(_one(query.get("state"), STATES), _one(query.get("on"), ("", *ON)), query.get("text", "")[:60])
        if wanted.text:
            await self.console.note(who.login, "search", wanted.text)
        page = await self.store.read(self.page, who, wanted)
        tables = {"ons": tuple(ON), "dos": DO, "did": DID, "longest": watch.LONGEST, "most": MOST}
        self.console.draw(req, resp, "steering/watch.html", who, page=replace(page, **told), **tables)

    def page(self, who: Visitor, wanted: Wanted) -> WatchPage:
        """Return the page of somebody."""
        config = self.console.office.config
        found = watch.page(who.scope, wanted, MOST)
        agencies = self.console.knowledge.definitions().agencies
        lines = _lines(who, found)
        adds = has(who.role, "watch_keep")
        names = case_rows.names({str(by) for one in found for by in (one.made_by, one.lifted_by)})
        return WatchPage(lines, names, watch.count(who.scope, wanted), wanted, adds, config.watch_days, agencies)


class WatchList(_Pages):
    """`/console/watch?state=&on=&text=`: the list, and an entry that is added."""

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list. A search is logged: it may be for a neighbour."""
        await self.draw(req, resp, who)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Add an entry; what is wrong with it is shown again beside what was typed. Raises Refused role_may_not."""
        if not has(who.role, "watch_keep"):
            raise Refused("role_may_not")
        typed = Draft(**{one.name: form.get(one.name)[: watch.LONGEST] for one in fields(Draft)})
        days = self.console.office.config.watch_days
        try:
            await self.store.write(lambda: watch.add(actor(who), typed, days))
        except WatchError as wrong:
            resp.status = falcon.HTTP_422
            await self.draw(req, resp, who, typed=typed, faults=wrong.faults)
            return None
        return saying(ADDRESS, "watched")


class WatchLift(_Pages):
    """`/console/watch/{entry}`: an entry is lifted."""

    roles = may("watch_keep")

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, entry: str = "", **_path: str
    ) -> str | None:
        """Lift it; why it cannot be is shown above the list."""
        try:
            await self.store.write(lambda: watch.lift(actor(who), entry, form.get("why")))
        except WatchError as wrong:
            resp.status = falcon.HTTP_422
            await self.draw(req, resp, who, faults=wrong.faults)
            return None
        return saying(ADDRESS, "unwatched")


def actor(who: Visitor) -> Actor:
    """Return a visitor as one who acts."""
    return Actor(who.login, who.name, who.role, who.agency)


def _one(told: str | None, known: Sequence[str]) -> str:
    return told if told is not None and told in known else known[0]


def _lines(who: Visitor, found: Sequence[WatchEntry]) -> list[Line]:
    ids = [str(one.id) for one in found]
    acts, reached = watch.acts_of(ids), feed_reach.of("watch", ids)
    officers = registry.officer_names(str(one.officer) for some in acts.values() for one in some)
    digests = records.seals(str(one.inspection) for some in acts.values() for one in some)
    hidden = masks.of_role(who.role)
    keeps = has(who.role, "watch_keep")
    return [
        Line(
            row=one,
            number=masks.hide("number", str(one.shown), hidden) if one.on == "person" else str(one.shown),
            acts=[_act(act, officers, digests) for act in acts.get(str(one.id), [])],
            reach=reached.get(str(one.id)),
            lifts=keeps and not one.lifted_at and (who.role == "supervisor" or who.agency == one.made_agency),
        )
        for one in found
    ]


def _act(one: WatchAct, officers: Mapping[str, str], digests: Mapping[str, str]) -> Act:
    name = officers.get(str(one.officer)) or str(one.officer)
    return Act(str(one.at), str(one.did), name, str(one.agency), digests.get(str(one.inspection), ""))
