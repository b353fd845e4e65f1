"""Trials of drafts on past inspections, behind the page: asked for, worked on, done or stopped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from checklists.wire import canonical, instant
from server import clock
from server.accounts import Scope
from server.cases.casefile import Actor
from server.rights import has
from server.store import audit, drafts, sight
from server.store.draft_models import DefinitionDraft, TrialRun
from server.store.drafts import DraftError
from server.store.models import Record
from server.store.records import MISTAKEN

STALE_SECONDS = 60
MOST_TRIES = 3
SIZES = (50, 200, 1000, 5000)
"""Of how many inspections a trial may be, the newest."""


def ask(draft: int, size: int, actor: Actor) -> int:
    """Queue a trial of a draft as it stands and return its id. Raises DraftError."""
    if not has(actor.role, "drafts_try"):
        raise DraftError("draft_role")
    held = drafts.draft_of(draft)
    if held is None:
        raise DraftError("draft_unknown")
    codes = [] if size in SIZES else ["trial_size"]
    codes += ["draft_state"] if held.state not in ("writing", "review", "approved") else []
    codes += ["draft_faults"] if json.loads(str(held.faults)) else []
    codes += [] if drafts.revision_of(held).changes else ["draft_empty"]
    codes += ["trial_running"] if _unfinished(draft) else []
    if codes:
        raise DraftError(*codes)
    run = TrialRun.create(draft=draft, digest=held.digest, login=actor.login, asked=size, made_at=clock.now())
    detail = {"asked": size, "digest": str(held.digest)}
    audit.note(who=actor.login, action="draft.try", subject=f"draft:{draft}", purpose="law", detail=detail)
    return int(run.id)


def stop(run: int, actor: Actor) -> bool:
    """Stop a trial; returns whether there was one to stop. What it found until then is thrown away."""
    if not has(actor.role, "drafts_try"):
        raise DraftError("draft_role")
    ended = {"state": "stopped", "ended_at": clock.now()}
    done = TrialRun.update(**ended).where(TrialRun.id == run, TrialRun.state.in_(("waiting", "running"))).execute()
    if done:
        draft = TrialRun.get_by_id(run).draft
        audit.note(who=actor.login, action="draft.try_stop", subject=f"draft:{draft}", purpose="law")
    return bool(done)


def claim(process: str, stale_seconds: int = STALE_SECONDS) -> TrialRun | None:
    """Take the oldest trial that waits, or of whose worker nothing was heard, and return it."""
    silent = instant(datetime.now(UTC) - timedelta(seconds=stale_seconds))
    free = (TrialRun.state == "waiting") | ((TrialRun.state == "running") & (TrialRun.seen_at < silent))
    for run in TrialRun.select().where(free).order_by(TrialRun.id).limit(20):
        if int(run.tries) >= MOST_TRIES:
            fail(int(run.id))
            continue
        told = {"state": "running", "process": process, "seen_at": clock.now(), "done": 0, "tries": run.tries + 1}
        if TrialRun.update(**told).where(TrialRun.id == run.id, free, TrialRun.tries == run.tries).execute():
            return TrialRun.get_by_id(run.id)
    return None


def heard(run: int, process: str, done: int, total: int) -> bool:
    """Note how far a trial is, and return whether it is still this process's to work on."""
    told = {"done": done, "total": total, "seen_at": clock.now()}
    return bool(TrialRun.update(**told).where(*_mine(run, process)).execute())


def finish(run: int, process: str, found: Mapping[str, Any], total: int) -> bool:
    """Keep what a trial found; False where it was stopped meanwhile."""
    told = {"state": "done", "done": total, "total": total, "ended_at": clock.now()}
    return bool(TrialRun.update(**told, found=canonical(dict(found)).decode()).where(*_mine(run, process)).execute())


def fail(run: int) -> None:
    """Note that a trial could not be made."""
    ended = {"state": "failed", "ended_at": clock.now()}
    TrialRun.update(**ended).where(TrialRun.id == run, TrialRun.state.in_(("waiting", "running"))).execute()


def of_draft(draft: int, limit: int = 20) -> list[TrialRun]:
    """Return the trials of a draft, the latest first, without what they found."""
    columns = [one for one in TrialRun._meta.sorted_fields if one.name != "found"]
    return list(TrialRun.select(*columns).where(TrialRun.draft == draft).order_by(TrialRun.id.desc()).limit(limit))


def by_id(run: int) -> TrialRun | None:
    """Return a trial, or None."""
    return TrialRun.get_or_none(TrialRun.id == run)


def found_of(run: TrialRun) -> dict[str, Any]:
    """Return what a trial found; nothing before it is done."""
    return dict(json.loads(str(run.found)))


def draft_of(run: TrialRun) -> DefinitionDraft | None:
    """Return the draft of a trial, where its text is still the one that is to be tried."""
    return DefinitionDraft.get_or_none(DefinitionDraft.id == run.draft, DefinitionDraft.digest == run.digest)


def newest(scope: Scope, before: int | None, limit: int) -> list[Record]:
    """Return processed seals that the scope shows, the latest first; none that was begun by mistake."""
    columns = Record.id, Record.inspection, Record.digest, Record.plate, Record.colour, Record.inspected_at
    of_checks = Record.kind == "inspection", Record.state == "processed", Record.reason != MISTAKEN
    query = Record.select(*columns).where(*of_checks, *sight.records(scope))
    if before is not None:
        query = query.where(Record.id < before)
    return list(query.order_by(Record.id.desc()).limit(limit))


def _unfinished(draft: int) -> bool:
    return bool(TrialRun.select().where(TrialRun.draft == draft, TrialRun.state.in_(("waiting", "running"))).exists())


def _mine(run: int, process: str) -> tuple[Any, ...]:
    return TrialRun.id == run, TrialRun.process == process, TrialRun.state == "running"
