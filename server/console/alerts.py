"""Alerts to the teams ahead: how each stands, how old it is, who was told, who answered; a leader may answer here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import falcon.asgi
from falcon.asgi import Request, Response

from checklists.inspection.tasks import LEVELS, left
from checklists.wire import uuid7
from server import clock
from server.accounts import Scope
from server.console.frame import SAID, Console, Form, Page, query_of, saying
from server.console.posted import Posted
from server.console.visitor import Visitor
from server.refusals import Refused
from server.rights import has, may
from server.store import alerts, records, registry, tasks
from server.store.alerts import Alert

ADDRESS = "/console/alerts"
MOST = 100
LONGEST_NOTE = 500


def _(words: str) -> str:
    return words


SAID.update(answered=_("Your answer is kept; every team sees how it stands."))

STEPS: Mapping[str, str] = {
    "told": _("the teams ahead were told"),
    "leader": _("nobody had done what is to be done: leaders were told"),
    "supervisor": _("still open: supervisors were told"),
    "closed": _("closed for all"),
}
WHY: Mapping[str, str] = {
    "done": _("everything of its tier was done"),
    "checked_again": _("the vehicle was checked again"),
    "case_decided": _("the case is decided"),
    "found_no_more": _("the office finds it no more"),
    "replaced": _("more was found: another alert stands for it"),
}
STATES: Mapping[str, str] = {
    "teams": _("with the teams"),
    "leader": _("gone up to the leader"),
    "supervisor": _("gone up to the supervisor"),
    "closed": _("no longer open"),
}
DID: Mapping[str, str] = {
    "called": _("called"),
    "dispatched": _("somebody was sent"),
    "done": _("done"),
    "read": _("read"),
}


@dataclass(frozen=True)
class Moment:
    """Something that became of an alert: a step with who was told, or what somebody did; `note` is his, `why` its end.

    `people` are names, `tablets` counts by agency.
    """

    at: str
    step: str = ""
    did: str = ""
    who: str = ""
    note: str = ""
    why: str = ""
    people: Sequence[str] = ()
    tablets: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True)
class Line:
    """An alert as it is drawn. `minutes` since it arose, `left` what its tier still asks for."""

    id: str
    row: Mapping[str, Any]
    tier: str
    state: str
    digest: str
    minutes: int
    overdue: bool
    left: Sequence[str]
    moments: Sequence[Moment]


@dataclass(frozen=True)
class AlertsPage:
    """All that the template draws; `up` of the open ones went up."""

    lines: Sequence[Line]
    open: int
    up: int
    closed: bool
    acts: bool


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses."""
    app.add_route(ADDRESS, Alerts(console))
    app.add_route(ADDRESS + "/{task}", Answer(console))


class Alerts(Page):
    """`/console/alerts?closed=1`: the alerts of one's area, those that went furthest up first."""

    roles = may("alerts")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list."""
        closed = bool(query_of(req).get("closed"))
        page = await self.store.read(alerts_page, who.scope, who.role, closed)
        words = {"steps": STEPS, "why": WHY, "states": STATES, "did": DID, "longest": LONGEST_NOTE}
        self.console.draw(req, resp, "alerts.html", who, page=page, **words)


class Answer(Form):
    """`/console/alerts/{task}`: a leader or supervisor says what he did."""

    roles = may("alerts_answer")

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, task: str = "", **path: str
    ) -> str | None:
        """Keep it. Raises Refused reason_missing, not_found, act_too_late, malformed for what its tier does not ask."""
        did, note = form.get("did")[:20], form.get("note")[:LONGEST_NOTE].strip()
        if not note:
            raise Refused("reason_missing")
        await self.store.write(lambda: answer(who, task, did, note))
        return saying(ADDRESS, "answered")


def answer(who: Visitor, task: str, did: str, note: str) -> None:
    """Keep what somebody of the office did about an alert, in a writing job.

    Raises Refused not_found, act_too_late, malformed.
    """
    held = alerts.seen(who.scope, task)
    if held is None:
        raise Refused("not_found")
    if held.state == tasks.CLOSED:
        raise Refused("act_too_late")
    if did not in left(str(held.tier), ()):
        raise Refused("malformed", "its tier does not ask for that")
    closed = tasks.act(task, id_=uuid7(), device="", officer=who.login, did=did, note=note, at=clock.now())
    alerts.answered(held, who.login, did)
    alerts.acted(task, closed)


def alerts_page(scope: Scope, role: str, closed: bool) -> AlertsPage:
    """Return the page of somebody of that scope and role."""
    now = clock.read(clock.now())
    found = alerts.listed(scope, open_=not closed, limit=MOST)
    digests = records.seals(str(one.task.inspection) for one in found)
    lines = [_line(one, digests.get(str(one.task.inspection), ""), now) for one in found]
    return AlertsPage(lines, *alerts.counts(scope), closed, has(role, "alerts_answer"))


def _line(one: Alert, digest: str, now: datetime) -> Line:
    held, closed = one.task, one.task.state == tasks.CLOSED
    due = str(one.row.get("due") or "")
    return Line(
        id=str(held.id),
        row=one.row,
        tier=str(held.tier),
        state="closed" if closed else LEVELS[min(int(held.level), len(LEVELS) - 1)],
        digest=digest,
        minutes=max(0, int((now - clock.read(str(held.created_at))).total_seconds() // 60)),
        overdue=not closed and bool(due) and clock.read(due) < now,
        left=() if closed else left(str(held.tier), {str(act.did) for act in one.acts}),
        moments=_moments(one),
    )


def _moments(one: Alert) -> list[Moment]:
    """Return what became of it, in its order."""
    steps = [
        Moment(
            at=str(step.at),
            step=str(step.step),
            why=str(step.why),
            people=[str(told.get("name") or told.get("login")) for told in known if told.get("login")],
            tablets=[(str(told["agency"]), int(told["tablets"])) for told in known if told.get("tablets")],
        )
        for step, known in one.steps
    ]
    acts = [
        Moment(str(act.received_at), did=str(act.did), who=_name(str(act.officer)), note=str(act.note))
        for act in one.acts
    ]
    return sorted([*acts, *steps], key=lambda moment: moment.at)


def _name(officer: str) -> str:
    held = registry.lookup("officer", officer)
    return str(held["data"].get("name") or officer) if held is not None else officer
