"""Alerts to the teams ahead: raised once, told further up while nobody answers, closed everywhere at once.

Each step is kept with who was told, and noted in the audit log. All of this runs in writing jobs of the store.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import fn

from checklists.facts.earlier import RELEASING, same
from checklists.facts.registry import COLOURS
from checklists.inspection.tasks import ACKNOWLEDGED, ENDED_BY_HAND, LEVELS, PUSHED, duties, level
from checklists.wire import canonical, uuid7
from server import clock
from server.accounts import Scope
from server.cases.states import ENDED
from server.store import audit, bulk, counted, tasks
from server.store.alert_reach import overlap, reach
from server.store.counted import Counted
from server.store.feed_models import CheckNumber
from server.store.models import Case, CaseViolation, Device, Record
from server.store.office_models import Task, TaskAct, TaskStep, User
from server.store.rows import aside, tuples
from server.store.shares import share

SLICE = 50
"""So many alerts are looked at in one write."""
FEW = 5
"""So many later checks of a vehicle are computed again when a hold comes in late."""

TOLD, CLOSED = "told", "closed"
DONE, CHECKED, DECIDED, FOUND_NO_MORE, REPLACED = "done", "checked_again", "case_decided", "found_no_more", "replaced"
BY_HAND = "by_hand"
_AT_WORK = ("decided", "simple_filed", "executing", "demanded", "at_court", "executed")
OVER = (*_AT_WORK, *sorted(ENDED))
"""States in which the case of an alert is decided: who is in the case has the matter in hand."""

_OFFICE = "office"
PREFIX = "alert-"
"""How the id of an alert begins."""


@dataclass(frozen=True)
class Alert:
    """An alert as a page shows it: its row, how it stands, what was done, and each step with who was told."""

    task: Task
    row: Mapping[str, Any]
    acts: tuple[TaskAct, ...]
    steps: tuple[tuple[TaskStep, tuple[Mapping[str, Any], ...]], ...]


def settle(inspection: str, row: Mapping[str, Any] | None) -> None:
    """Raise the alert of an inspection, or none; an earlier one of it that says something else is over."""
    row = _afresh(row) if row is not None else None
    for one in tasks.open_of(inspection, PREFIX):
        if row is None or one.id != row["id"]:
            close(one, FOUND_NO_MORE if row is None else REPLACED)
    if row is not None and not _met_since(inspection):
        _raise(inspection, row)


def _afresh(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an alert under an id of its own where the same one ended because the office found it no more."""
    id_, over = str(row["id"]), TaskStep.why.in_((FOUND_NO_MORE, REPLACED))
    while TaskStep.select(TaskStep.id).where(TaskStep.task == id_, TaskStep.step == CLOSED, over).exists():
        id_ += "-again"
    return {**row, "id": id_}


def _raise(inspection: str, row: Mapping[str, Any]) -> None:
    ahead = reach(str(row.get("site") or ""), str(row["tier"]))
    told = {**row, "road": ahead.road, "posts": list(ahead.posts)} if ahead.posts else row
    if tasks.add("", told, inspection, ahead.area):
        _step(Task.get_by_id(row["id"]), TOLD, _teams(ahead.area))


def acted(task: str, closed: bool) -> None:
    """Note who closed an alert by what he did."""
    held = tasks.by_id(task)
    if closed and held is not None and str(held.id).startswith(PREFIX):
        _step(held, CLOSED, [], DONE)


def answered(held: Task, login: str, did: str) -> None:
    """Note in the log that somebody of the office did something about an alert."""
    audit.note(who=login, action="alert.answer", subject=f"alert:{held.id} {held.inspection}", detail={"did": did})


def may_act(held: Task, agency: str, area: str) -> bool:
    """Whether a team of an agency that works in an area may act on a task: it is its agency's, or was told to it."""
    return str(held.agency) == agency or (not held.agency and overlap(str(held.area), area))


def close(held: Task, why: str) -> bool:
    """Close an alert everywhere and return whether it was open."""
    closed = tasks.close(held)
    if closed:
        _step(held, CLOSED, [], why)
    return closed


def checked_again(inspection: str) -> int:
    """Close the alerts about a vehicle that a team has had before it since; return how many."""
    mine = _vehicles(inspection)
    before = [ref for ref, number, at in _alike(mine) if any(same(number, own) and at < when for own, when in mine)]
    return sum(close(one, CHECKED) for one in _open(before)) if before else 0


def case_moved(case: str, state: str) -> int:
    """Close the alerts of the inspections of a case that is decided, with every other case of theirs; say how many.

    Several agencies and parties may have a case of one inspection, and a merge takes its violations into another.
    """
    if state not in OVER:
        return 0
    found = CaseViolation.select(CaseViolation.inspection).where(CaseViolation.case == case)
    of = {str(one) for (one,) in tuples(found)}
    of |= {str(one) for (one,) in tuples(Case.select(Case.inspection).where(Case.id == case))}
    return sum(close(one, DECIDED) for one in _open(sorted(of - {""})) if not _undecided(str(one.inspection), case))


def _undecided(inspection: str, beside: str) -> bool:
    """Whether another case that has violations of an inspection is not decided."""
    held = CaseViolation.select(CaseViolation.case).where(CaseViolation.inspection == inspection)
    own = (Case.inspection == inspection) | Case.id.in_(held)
    return bool(Case.select(Case.id).where(own, Case.id != beside, aside(Case.state).not_in(OVER)).exists())


def passed_since(inspection: str) -> list[str]:
    """Return the checks in which the same vehicle was let go later, the newest few.

    A hold that comes in late was not known when they were computed.
    """
    mine = _vehicles(inspection)
    later = [ref for ref, number, at in _alike(mine) if any(same(number, own) and at > when for own, when in mine)]
    released = (Record.inspection.in_(later), Record.kind == "inspection", Record.outcome.in_(RELEASING))
    query = Record.select(Record.inspection).where(*released).order_by(Record.inspected_at.desc()).limit(FEW)
    return [str(one) for (one,) in tuples(query)] if later else []


def escalate(after: str = "") -> tuple[int, str]:
    """Tell further up what no team has answered in time, of the next alerts in the order of their ids.

    Return how many went up, and after which to go on; empty where these were the last. After a long standstill there
    are many, and no record is to wait for all of them.
    """
    now, number = clock.read(clock.now()), aside(Task.id)  # those that are open lead, not all that ever were
    low = (Task.state == tasks.OPEN) & (Task.level < len(LEVELS) - 1)
    query = Task.select().where(low, number.startswith(PREFIX), number > after)
    some = list(query.order_by(number).limit(SLICE))
    went = {str(one.id): _escalate(one, now) for one in share(some)}
    through = len(went) == len(some) < SLICE
    return sum(went.values()), "" if through else next(reversed(went))


def _escalate(held: Task, now: datetime) -> bool:
    did = {str(one.did) for one in tasks.acts(str(held.id))} & set(duties(str(held.tier)))
    return _raise_to(held, level(str(held.tier), clock.read(str(held.created_at)), did, now))


def _raise_to(held: Task, due: int) -> bool:
    """Tell an alert as far up as that; False where it is there already, or somebody else was faster."""
    free = (Task.id == held.id) & (Task.level == held.level) & (Task.state == tasks.OPEN)
    if due <= int(held.level) or not Task.update(level=due).where(free).execute():
        return False
    for one in range(int(held.level) + 1, due + 1):
        _step(held, LEVELS[one], _people(LEVELS[one], str(held.area)))
    tasks.change(held, {**json.loads(str(held.row)), "level": LEVELS[due]})
    return True


def acknowledge(held: Task, login: str, note: str) -> None:
    """Keep that somebody has seen an alert and takes care of it; it still goes up where nothing is done."""
    _said(held, login, ACKNOWLEDGED, note)


def push_up(held: Task, login: str, note: str) -> bool:
    """Tell an alert one step further up because somebody asks for it; False where it is with the last already."""
    if int(held.level) >= len(LEVELS) - 1:
        return False
    _said(held, login, PUSHED, note)
    return _raise_to(held, int(held.level) + 1)


def close_by_hand(held: Task, login: str, note: str) -> bool:
    """Close an alert though not everything of its tier was done, because somebody says why."""
    _said(held, login, ENDED_BY_HAND, note)
    return close(held, BY_HAND)


def _said(held: Task, login: str, did: str, note: str) -> None:
    told = {"id_": uuid7(), "device": "", "officer": login, "did": did, "note": note, "at": clock.now()}
    tasks.act(str(held.id), **told)
    answered(held, login, did)


def listed(scope: Scope, *, open_: bool = True, limit: int = 100) -> list[Alert]:
    """Return the alerts within the area of a scope: those that went furthest up first, closed ones the latest first."""
    query = Task.select().where(aside(Task.id).startswith(PREFIX), *within(scope))
    if not open_:
        closed = query.where(Task.state == tasks.CLOSED).order_by(Task.closed_at.desc(), Task.id)
        return of_tasks(closed.limit(limit))
    some: list[Task] = []
    for up in reversed(range(len(LEVELS))):  # each in the order of an index
        mine = query.where(Task.state == tasks.OPEN, Task.level == up).order_by(Task.created_at)
        some += list(mine.limit(limit - len(some))) if len(some) < limit else []
    return of_tasks(some)


def counts(scope: Scope) -> tuple[Counted, Counted]:
    """Return how many alerts within a scope are open, and how many of them went up."""
    query = Task.select(Task.level).where(Task.id.startswith(PREFIX), Task.state == tasks.OPEN, *within(scope))
    return counted.capped(query), counted.capped(query.where(Task.level > 0))


def seen(scope: Scope, task: str) -> Task | None:
    """Return an alert that somebody may see, or None."""
    found = Task.select().where(Task.id == task, Task.id.startswith(PREFIX), *within(scope))
    held: Task | None = found.first()
    return held


def of_task(held: Task) -> Alert:
    """Return an alert with everything that became of it."""
    return of_tasks([held])[0]


def of_tasks(some: Iterable[Task]) -> list[Alert]:
    """Return alerts with everything that became of each."""
    held = list(some)
    ids = [str(one.id) for one in held]
    acts, steps = tasks.acts_of(ids), defaultdict[str, list[tuple[TaskStep, tuple[Mapping[str, Any], ...]]]](list)
    for one in TaskStep.select().where(TaskStep.task.in_(ids)).order_by(TaskStep.at, TaskStep.id):
        steps[str(one.task)].append((one, tuple(json.loads(str(one.told)))))
    return [
        Alert(one, json.loads(str(one.row)), tuple(acts.get(str(one.id), ())), tuple(steps[str(one.id)]))
        for one in held
    ]


def within(scope: Scope) -> list[Any]:
    """An alert is for everybody whose area overlaps with it, of whatever agency; who sees no record sees none."""
    if scope.agencies is not None and not scope.agencies:
        return [Task.id == ""]
    if not scope.area:
        return []
    inside = fn.SUBSTR(Task.area, 1, len(scope.area)) == scope.area
    around = Task.area.in_([scope.area[:count] for count in range(len(scope.area))])
    return [inside | around]


def _open(inspections: Any) -> list[Task]:
    """Return the open alerts of some inspections, which lead to them."""
    state, number = aside(Task.state), aside(Task.id)
    query = Task.select().where(Task.inspection.in_(inspections), state == tasks.OPEN, number.startswith(PREFIX))
    return list(query.order_by(number))


def _vehicles(inspection: str) -> list[tuple[str, str]]:
    rows = bulk.among(CheckNumber, ("number", "at"), "inspection", [inspection], role="vehicle")
    return [(str(number), str(at)) for number, at in rows]


def _alike(mine: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Return (inspection, number, time) of every check of vehicles with the same signs."""
    signs = {number.partition("|")[0] for number, _at in mine}
    numbers = [f"{one}|{colour}" if colour else one for one in signs for colour in ("", *COLOURS)]
    rows = bulk.among(CheckNumber, ("inspection", "number", "at"), "number", numbers, role="vehicle")
    return [(str(ref), str(number), str(at)) for ref, number, at in rows]


def _met_since(inspection: str) -> bool:
    """Whether a team has had the vehicle before it later than that, as is known when records come out of order."""
    mine = _vehicles(inspection)
    return any(same(number, own) and at > when for _ref, number, at in _alike(mine) for own, when in mine)


def _teams(area: str) -> list[dict[str, Any]]:
    """Return how many tablets of each agency were told."""
    query = Device.select(Device.agency, Device.area).where(Device.revoked_at.is_null())
    told = [str(agency) for agency, where in tuples(query) if overlap(area, str(where))]
    return [{"agency": one, "tablets": told.count(one)} for one in sorted(set(told))]


def _people(role: str, area: str) -> list[dict[str, Any]]:
    """Return who of a role is told: those whose area overlaps, of every agency."""
    query = User.select().where(User.role == role, User.closed_at.is_null()).order_by(User.login)
    return [
        {"login": str(one.login), "name": str(one.name), "agency": str(one.agency)}
        for one in query
        if overlap(area, str(one.area))
    ]


def _step(held: Task, step: str, told: Iterable[Mapping[str, Any]], why: str = "") -> None:
    if TaskStep.get_or_none(TaskStep.task == held.id, TaskStep.step == step):
        return
    kept = [dict(one) for one in told]
    TaskStep.create(task=held.id, step=step, at=clock.now(), told=canonical(kept).decode(), why=why)
    detail = {"told": kept} if not why else {"why": why}
    audit.note(who=_OFFICE, action=f"alert.{step}", subject=f"alert:{held.id} {held.inspection}", detail=detail)
