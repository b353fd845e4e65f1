"""The addresses of alerts: the board, the page of one, and what somebody of the office says or does about it."""

from __future__ import annotations

import falcon.asgi
from falcon.asgi import Request, Response

from checklists.inspection.tasks import ACKNOWLEDGED, ENDED_BY_HAND, PUSHED, left
from checklists.wire import uuid7
from server import clock
from server.console.alerts.page import (
    ADDRESS,
    COLUMNS,
    DID,
    LONGEST_NOTE,
    NEXT,
    STEPS,
    WHY,
    alert_page,
    board,
)
from server.console.frame import SAID, Console, Form, Page, query_of, saying
from server.console.posted import Posted
from server.console.visitor import Visitor
from server.refusals import Refused
from server.rights import has, may
from server.store import alerts, tasks


def _(words: str) -> str:
    return words


SAID.update(answered=_("Your answer is kept; every team sees how it stands."))
_SEEN_ONLY = (ACKNOWLEDGED, PUSHED)
"""What others than leaders and supervisors may say."""


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses."""
    app.add_route(ADDRESS, Alerts(console))
    app.add_route(ADDRESS + "/{task}", AlertResource(console))


class Alerts(Page):
    """`/console/alerts?closed=1`: the alerts of one's area by where they stand, those first that need somebody."""

    roles = may("alerts")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the board."""
        page = await self.store.read(board, who.scope, bool(query_of(req).get("closed")))
        told = {"columns": COLUMNS, "steps": STEPS, "why": WHY, "did": DID, "next": NEXT}
        self.console.draw(req, resp, "alerts/board.html", who, page=page, gives=has(who.role, "orders"), **told)


class AlertResource(Form):
    """`/console/alerts/{task}`: one alert with all that became of it; who may says what he did."""

    roles = may("alerts")

    async def show(self, req: Request, resp: Response, who: Visitor, task: str = "", **_path: str) -> None:
        """Show it. Raises Refused not_found."""
        page = await self.store.read(alert_page, who.scope, who.role, task)
        if page is None:
            raise Refused("not_found")
        told = {"columns": COLUMNS, "steps": STEPS, "why": WHY, "did": DID, "next": NEXT, "longest": LONGEST_NOTE}
        told |= {"says": {"acknowledge": ACKNOWLEDGED, "push": PUSHED, "end": ENDED_BY_HAND}}
        self.console.draw(req, resp, "alerts/page.html", who, page=page, gives=has(who.role, "orders"), **told)

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, task: str = "", **path: str
    ) -> str | None:
        """Keep it.

        Raises Refused role_may_not, reason_missing, not_found, act_too_late, malformed for what its tier does not ask.
        """
        did, note = form.get("did")[:20], form.get("note")[:LONGEST_NOTE].strip()
        if not has(who.role, "alerts_acknowledge" if did in _SEEN_ONLY else "alerts_answer"):
            raise Refused("role_may_not")
        if not note:
            raise Refused("reason_missing")
        await self.store.write(lambda: answer(who, task, did, note))
        return saying(f"{ADDRESS}/{task}", "answered")


def answer(who: Visitor, task: str, did: str, note: str) -> None:
    """Keep what somebody of the office says or did about an alert, in a writing job.

    Raises Refused not_found, act_too_late, malformed.
    """
    held = alerts.seen(who.scope, task)
    if held is None:
        raise Refused("not_found")
    if held.state == tasks.CLOSED:
        raise Refused("act_too_late")
    if did == ACKNOWLEDGED:
        alerts.acknowledge(held, who.login, note)
    elif did == PUSHED:
        if not alerts.push_up(held, who.login, note):
            raise Refused("act_too_late")
    elif did == ENDED_BY_HAND:
        alerts.close_by_hand(held, who.login, note)
    elif did in left(str(held.tier), ()):
        closed = tasks.act(task, id_=uuid7(), device="", officer=who.login, did=did, note=note, at=clock.now())
        alerts.answered(held, who.login, did)
        alerts.acted(task, closed)
    else:
        raise Refused("malformed", "its tier does not ask for that")
