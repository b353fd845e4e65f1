"""What the board of alerts and the page of one show: where each stands, how old it is, who must act next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from checklists.inspection.tasks import ACKNOWLEDGED, ENDED_BY_HAND, LEVELS, PUSHED, duties, left, rises
from checklists.wire import instant
from server import clock
from server.accounts import Scope
from server.rights import has
from server.store import alert_reach, alerts, case_rows, records, registry, tasks
from server.store.alert_reach import Tablet
from server.store.alerts import Alert
from server.store.counted import Counted

ADDRESS = "/console/alerts"
MOST = 100
LONGEST_NOTE = 500


def _(words: str) -> str:
    return words


COLUMNS: Mapping[str, str] = {
    "new": _("new"),
    "escalated": _("gone up"),
    "acknowledged": _("acknowledged"),
    "acted": _("acted on"),
}
"""Where an open alert stands by what happened to it last → words, those first that need somebody."""
CLOSED = "closed"

STEPS: Mapping[str, str] = {
    "told": _("the teams ahead were told"),
    "leader": _("leaders were told"),
    "supervisor": _("supervisors were told"),
    "closed": _("closed for all"),
}
WHY: Mapping[str, str] = {
    "done": _("everything of its tier was done"),
    "checked_again": _("the vehicle was checked again"),
    "case_decided": _("the case is decided"),
    "found_no_more": _("the office finds it no more"),
    "replaced": _("more was found: another alert stands for it"),
    "by_hand": _("a person closed it"),
}
NEXT: Mapping[str, str] = {
    "teams": _("the teams ahead"),
    "leader": _("the leaders"),
    "supervisor": _("the supervisors"),
}
DID: Mapping[str, str] = {
    "called": _("called"),
    "dispatched": _("somebody was sent"),
    "done": _("done"),
    "read": _("read"),
    ACKNOWLEDGED: _("acknowledged"),
    PUSHED: _("told further up by a person"),
    ENDED_BY_HAND: _("closed by a person"),
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
    """An alert as it is drawn. `minutes` since it arose, `left` what its tier still asks for.

    `next` is one of LEVELS, with the `people` told there; `rises` when it goes up by itself, empty for never again.
    """

    id: str
    row: Mapping[str, Any]
    tier: str
    state: str
    digest: str
    minutes: int
    overdue: bool
    left: Sequence[str]
    moments: Sequence[Moment]
    next: str
    people: Sequence[str]
    rises: str
    top: bool

    @property
    def last(self) -> Moment | None:
        """What happened to it last."""
        return self.moments[-1] if self.moments else None

    @property
    def ended_by(self) -> Moment | None:
        """Who closed it by hand and why, None where it ended otherwise."""
        return next((one for one in reversed(self.moments) if one.did == ENDED_BY_HAND), None)


@dataclass(frozen=True)
class Board:
    """All that the board draws: the open alerts by column, or those that are closed; `up` of the open ones went up."""

    columns: Mapping[str, Sequence[Line]]
    closed: Sequence[Line]
    open: Counted
    up: Counted
    shows_closed: bool


@dataclass(frozen=True)
class AlertPage:
    """All that the page of one draws; `has` of its `tablets` have it by their own word."""

    line: Line
    tablets: Sequence[Tablet]
    has: int
    acts: bool
    acknowledges: bool


def board(scope: Scope, closed: bool) -> Board:
    """Return the board of somebody of that scope. Reads the store."""
    now = clock.read(clock.now())
    found = alerts.listed(scope, open_=not closed, limit=MOST)
    digests = records.seals(str(one.task.inspection) for one in found)
    names = _names(found)
    lines = [_line(one, digests.get(str(one.task.inspection), ""), now, names) for one in found]
    columns = {state: [one for one in lines if one.state == state] for state in COLUMNS}
    return Board({} if closed else columns, lines if closed else (), *alerts.counts(scope), closed)


def alert_page(scope: Scope, role: str, task: str) -> AlertPage | None:
    """Return the page of one alert, None where there is none to see. Reads the store."""
    held = alerts.seen(scope, task)
    if held is None:
        return None
    digest = records.seals([str(held.inspection)]).get(str(held.inspection), "")
    found = alerts.of_task(held)
    line = _line(found, digest, clock.read(clock.now()), _names([found]))
    told = alert_reach.tablets(held)
    open_ = line.state != CLOSED
    return AlertPage(
        line=line,
        tablets=told,
        has=sum(one.has for one in told),
        acts=open_ and has(role, "alerts_answer"),
        acknowledges=open_ and has(role, "alerts_acknowledge"),
    )


def _line(one: Alert, digest: str, now: datetime, names: Mapping[str, str]) -> Line:
    held, closed = one.task, one.task.state == tasks.CLOSED
    due, tier = str(one.row.get("due") or ""), str(held.tier)
    did = {str(act.did) for act in one.acts}
    moments, level = _moments(one, names), min(int(held.level), len(LEVELS) - 1)
    further = rises(tier, clock.read(str(held.created_at)), did & set(duties(tier)))[int(held.level) :]
    people = next((moment.people for moment in reversed(moments) if moment.step == LEVELS[level]), ())
    return Line(
        id=str(held.id),
        row=one.row,
        tier=tier,
        state=CLOSED if closed else _state(moments, tier),
        digest=digest,
        minutes=max(0, int((now - clock.read(str(held.created_at))).total_seconds() // 60)),
        overdue=not closed and bool(due) and clock.read(due) < now,
        left=() if closed else left(tier, did),
        moments=moments,
        next=LEVELS[level],
        people=people,
        rises="" if closed or not further else instant(further[0]),
        top=level == len(LEVELS) - 1,
    )


def _state(moments: Sequence[Moment], tier: str) -> str:
    """Return where an open alert stands: by the last thing that says something of it."""
    for one in reversed(moments):
        if one.step in LEVELS[1:]:
            return "escalated"
        if one.did == ACKNOWLEDGED:
            return "acknowledged"
        if one.did in duties(tier):
            return "acted"
    return "new"


def _moments(one: Alert, names: Mapping[str, str]) -> list[Moment]:
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
        Moment(
            str(act.received_at),
            did=str(act.did),
            who=names.get(str(act.officer)) or str(act.officer),
            note=str(act.note),
        )
        for act in one.acts
    ]
    return sorted([*acts, *steps], key=lambda moment: moment.at)


def _names(some: Iterable[Alert]) -> dict[str, str]:
    """Return the names of who did something about alerts: of users by login, of officers as the registry has them."""
    who = {str(act.officer) for one in some for act in one.acts}
    return {**registry.officer_names(who), **case_rows.names(who)}
