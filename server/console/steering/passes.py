"""Passes after clean checks: which were given, how each stands now, and one that is withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import falcon.asgi
from falcon.asgi import Request, Response

from server.console.frame import SAID, Console, Form, Page, query_of, saying
from server.console.posted import Posted
from server.console.steering.watch import actor
from server.console.visitor import Visitor
from server.refusals import Refused
from server.rights import has, may
from server.store import case_rows, release_passes
from server.store.counted import LOOKED, Counted
from server.store.release_passes import PassError, Standing
from server.store.steering_models import ReleasePass

ADDRESS = "/console/passes"
MOST = 50


def _(words: str) -> str:
    return words


SAID.update(pass_withdrawn=_("The pass is withdrawn; tablets hear of it as of a void number."))
STATES: Mapping[str, str] = {
    "stands": _("counts"),
    "expired": _("time is over"),
    "void": _("number void"),
    "withdrawn": _("withdrawn"),
    "order": _("stop order since"),
    "held": _("held at a check since"),
    "alert": _("something found since"),
}


@dataclass(frozen=True)
class Line:
    """A pass with how it stands."""

    row: ReleasePass
    standing: Standing

    @property
    def counts(self) -> bool:
        """Whether it counts now."""
        return self.standing.state == "stands"


@dataclass(frozen=True)
class PassesPage:
    """All that the template draws; `next` is the id behind which the list goes on."""

    lines: Sequence[Line]
    names: Mapping[str, str]
    total: Counted
    text: str
    next: int | None
    acts: bool
    ended: bool = True


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses."""
    app.add_route(ADDRESS, Passes(console))
    app.add_route(ADDRESS + "/{number}", Withdrawal(console))


class Passes(Page):
    """`/console/passes?text=&before=`: the passes of checks that one sees, the latest first."""

    roles = may("passes")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list. A search is logged."""
        query = query_of(req)
        text, told = query.get("text", "")[:60], query.get("before", "")
        before = int(told) if told.isascii() and told.isdecimal() and len(told) < 15 else None
        if text:
            await self.console.note(who.login, "search", text)
        page = await self.store.read(passes_page, who, text, before)
        self.console.draw(req, resp, "steering/passes.html", who, page=page, states=STATES, looked=LOOKED)


class Withdrawal(Form):
    """`/console/passes/{number}`: a pass counts no more."""

    roles = may("passes_withdraw")

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, number: str = "", **_path: str
    ) -> str | None:
        """Withdraw it. Raises Refused not_found, reason_missing, act_too_late."""
        why, named = form.get("why").replace("\0", ""), number.replace("\0", "")
        try:
            await self.store.write(lambda: release_passes.withdraw(actor(who), who.scope, named, why))
        except PassError as wrong:
            raise Refused(wrong.code) from wrong
        return saying(ADDRESS, "pass_withdrawn")


def passes_page(who: Visitor, text: str, before: int | None) -> PassesPage:
    """Return the page of somebody."""
    found, further, ended = release_passes.page(who.scope, text, MOST, before)
    stand = release_passes.standings(found)
    lines = [Line(one, stand[str(one.number)]) for one in found]
    names = case_rows.names({str(one.withdrawn_by) for one in found})
    total = release_passes.count(who.scope, text)
    return PassesPage(lines, names, total, text, further, has(who.role, "passes_withdraw"), ended=ended)
