"""An event happens to a case: guard, history, number, clocks, tasks, echoes in other cases, in one transaction.

`apply_event` writes nothing where it refuses. It must run in a writing job of the store (`store.write`), which is the
transaction; what fails inside raises, and then nothing of it happened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from peewee import SQL, PostgresqlDatabase

from checklists.wire import uuid7
from server import clock
from server.cases.asking import Missing
from server.cases.casefile import MACHINE, Actor, CaseFile, Paper
from server.cases.documents import DOCUMENTS
from server.cases.fields import FIELDS
from server.cases.machine import MOVES, Refusal, Step, advance
from server.cases.states import ENDED
from server.store import (
    alerts,
    audit,
    bulk,
    case_around,
    case_effects,
    case_files,
    case_history,
    case_law,
    case_numbers,
    case_proof,
    case_scans,
    feed_history,
    figures,
    hold_lifts,
    sight,
)
from server.store.case_files import Loaded
from server.store.case_law import Bench
from server.store.models import Case, database
from server.store.office_models import User
from server.store.rows import tuples


@dataclass(frozen=True)
class Applied:
    """What an event did: the step, the case's row as it is now, and the numbers that documents got, by document id."""

    step: Step
    case: Case
    numbers: Mapping[str, str]


def actor_of(user: User) -> Actor:
    """Return a user of the console as the one who acts."""
    return Actor(str(user.login), str(user.name), str(user.role), str(user.agency))


def apply_event(
    case: str,
    event: str,
    data: Mapping[str, Any],
    actor: Actor,
    version: int | None = None,
    now: datetime | None = None,
) -> Applied | Refusal:
    """Let an event happen to a case, or return the refusal with everything that is missing.

    `version` is that of the case as the actor saw it: where somebody else was faster the refusal `stale` names what
    happened since. None skips that check, for the office's own program.
    """
    at = now or clock.read(clock.now())
    row = locked(case)
    if row is None:
        return Refusal(event, (Missing("case_unknown", case),))
    if version is not None and version != int(row.version):
        return Refusal(event, stale(case, version))
    bench = case_law.current()
    loaded = case_files.load(row, bench, _evidence(event))
    fresh = uuid7()
    done = advance(loaded.file, event, data, actor, at, bench.law, fresh)
    if isinstance(done, Refusal):
        return done
    unknown = tuple(Missing("file_unknown", name) for name in case_scans.unknown(files_of(data)))
    if unknown:
        return Refusal(event, unknown)
    return write(loaded, done, bench, at)


def let_go(login: str, area: str) -> int:
    """Let somebody whose area is another now own no open case that lies outside of it; return how many those were."""
    return _let_go(login, area, f"{login}：辖区变更为{area}")


def let_go_of_moved() -> int:
    """Let nobody own an open case whose site lies outside of his area, after sites were said to lie elsewhere."""
    held = User.select(User.login, User.area).where(User.area != "", User.closed_at.is_null()).order_by(User.login)
    every = [(str(login), str(area)) for login, area in tuples(held)]
    return sum(_let_go(login, area, f"检查地点的区划已变更，不在{login}的辖区{area}内") for login, area in every)


def _let_go(login: str, area: str, why: str) -> int:
    owned = Case.select(Case.id).where(Case.owner == login, Case.active == SQL("1"))
    outside = [str(id_) for (id_,) in tuples(owned.where(~sight.within(Case.inspection, area)).order_by(Case.id))]
    for case in outside:
        apply_event(case, "owner_left", {"reason": why}, MACHINE)
    return len(outside)


def check_event(
    case: str, event: str, data: Mapping[str, Any], actor: Actor, now: datetime | None = None
) -> Step | Refusal | None:
    """Return what would happen, and change nothing; None where there is no such case. What a page greys out by."""
    row = Case.get_or_none(Case.id == case)
    if row is None:
        return None
    bench = case_law.current()
    file = case_files.load(row, bench, _evidence(event)).file
    return advance(file, event, data, actor, now or clock.read(clock.now()), bench.law, uuid7())


def locked(case: str) -> Case | None:
    """Return a case's row, which nobody else changes until this transaction ends."""
    query = Case.select().where(Case.id == case)
    held: Case | None = (query.for_update() if isinstance(database.obj, PostgresqlDatabase) else query).first()
    return held


def stale(case: str, version: int) -> tuple[Missing, ...]:
    """Return what happened to a case since somebody looked at it."""
    since = case_history.since(case, version)
    told = tuple(Missing("stale", f"{one.seq} {one.event} {one.who or one.role} {one.at}") for one in since)
    return told or (Missing("stale", f"{version}"),)


def write(loaded: Loaded, step: Step, bench: Bench, now: datetime) -> Applied:
    """Write a step: history, numbers, the case with its clocks and documents, details, tasks, and echoes elsewhere."""
    step, numbers = _numbered(step, now)
    after = _ended(step)
    case_history.add(
        after.id, after.version, step.event, (step.before.state, after.state), step.actor, step.at, step.data, step.side
    )
    case_files.save(loaded, after, step.actor.login, step.at)
    case_effects.details(step, numbers)
    figures.touch(str(loaded.row.inspection))
    if step.actor.login:
        audit.note(who=step.actor.login, action=f"case.{step.event}", subject=after.id, purpose="case")
    if step.event in hold_lifts.CLEARING:
        feed_history.tell(case_around.stops(loaded.row))
        hold_lifts.consider(loaded.row, step.actor.login)
    case_effects.elsewhere(step, lambda case, event, data: _echo(case, event, data, now))
    if after.state != step.before.state:
        alerts.case_moved(after.id, after.state)
    return Applied(step, bulk.by_key(Case, after.id), numbers)


def _echo(case: str, event: str, data: Mapping[str, Any], now: datetime) -> None:
    """Tell another case, as the office's program; where it cannot take that now, it stays as it is."""
    apply_event(case, event, data, MACHINE, None, now)


def _numbered(step: Step, now: datetime) -> tuple[Step, dict[str, str]]:
    """Return the step with a number on each document that gets one, in the series of the agency that issues it."""
    numbers = {
        one.id: case_numbers.give(step.after.keeper, one.kind, one.id, step.after.id, now)
        for one in step.issued
        if DOCUMENTS[one.kind].mark
    }

    def numbered(paper: Paper) -> Paper:
        return replace(paper, number=numbers.get(paper.id, paper.number)) if paper.id else paper

    papers = tuple(map(numbered, step.after.papers))
    return replace(step, after=replace(step.after, papers=papers)), numbers


def _ended(step: Step) -> CaseFile:
    """Return the case after the step with the moment when it ended, which the archive keeps."""
    if step.after.state not in ENDED:
        return step.after
    return case_files.with_facts(step.after, ended_at=step.before.facts.get("ended_at") or step.at)


def _evidence(event: str) -> Callable[..., Any] | None:
    """Return what works out missing evidence, where a guard of the event asks for it: that costs an assessment."""
    asks = any("evidence_complete" in move.guards for move in MOVES if move.event == event)
    return case_proof.missing if asks else None


def files_of(data: Mapping[str, Any]) -> list[str]:
    """Return the digests of all files that were named with an event."""
    named = [str(value) for name, value in data.items() if name in FIELDS and FIELDS[name].kind == "file" and value]
    rows = [row.get("file") for row in data.get("evidence") or () if isinstance(row, Mapping)]
    return [*named, *(str(one) for one in rows if one)]
