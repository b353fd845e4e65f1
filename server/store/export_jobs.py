"""Exports that run behind the page: asked for, worked on, done, and taken away again. Each step is audited.

A job belongs to the process that heard of it last; when nothing was heard for a while, another one begins it anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from checklists.wire import canonical, instant, uuid7
from server import clock
from server.store import audit
from server.store.office_models import ExportJob
from server.store.purposes import Stated

STALE_SECONDS = 60
MOST_TRIES = 3
MOST_WAITING = 5


def _(words: str) -> str:
    return words


TOO_MANY = _("You have as many exports waiting as one may; wait until some are done.")
GIVEN_UP = _("The export ended its process several times and was given up.")


class ExportError(ValueError):
    """Why an export is not made, as words of the catalogue."""


def ask(login: str, agency: str, kind: str, query: Mapping[str, Any], purpose: str) -> ExportJob:
    """Queue an export and return it. Raises ExportError where too many of one's own wait."""
    waiting = ExportJob.login == login, ExportJob.state.in_(("waiting", "running"))
    if ExportJob.select().where(*waiting).count() >= MOST_WAITING:
        raise ExportError(TOO_MANY)
    told = canonical(dict(query)).decode()
    job = ExportJob.create(
        id=uuid7(),
        login=login,
        agency=agency,
        kind=kind,
        query=told,
        state="waiting",
        made_at=clock.now(),
        purpose=purpose,
        tries=0,
    )
    detail = {"kind": kind, "query": told}
    audit.note(who=login, action="export.ask", subject=f"export:{job.id}", purpose=purpose, detail=detail)
    return job


def claim(process: str, stale_seconds: int = STALE_SECONDS) -> ExportJob | None:
    """Take the oldest job that waits, or that nobody was heard of working on, and return it."""
    before = instant(datetime.now(UTC) - timedelta(seconds=stale_seconds))
    left = (ExportJob.state == "running") & (ExportJob.seen_at < before)
    free = (ExportJob.state == "waiting") | left
    for job in ExportJob.select().where(free).order_by(ExportJob.made_at).limit(20):
        if int(job.tries or 0) >= MOST_TRIES:
            fail(str(job.id), GIVEN_UP)
            continue
        told = {
            "state": "running",
            "process": process,
            "seen_at": clock.now(),
            "rows": 0,
            "tries": (job.tries or 0) + 1,
        }
        mine = ExportJob.id == job.id, free, ExportJob.tries == (job.tries or 0)
        if ExportJob.update(**told).where(*mine).execute():
            return ExportJob.get_by_id(job.id)
    return None


def heard(job: str, process: str, rows: int, total: int) -> bool:
    """Note how far a job is and return whether it is still this process's: it may have been taken back meanwhile."""
    query = ExportJob.update(rows=rows, total=total, seen_at=clock.now())
    return bool(query.where(ExportJob.id == job, ExportJob.process == process, ExportJob.state == "running").execute())


def done(job: str, process: str, file: str, sha256: str, rows: int) -> bool:
    """Note that the file of a job is whole and durable; False where the job is another process's by now."""
    told = {"state": "done", "done_at": clock.now(), "file": file, "sha256": sha256, "rows": rows, "total": rows}
    mine = ExportJob.id == job, ExportJob.process == process, ExportJob.state == "running"
    if not ExportJob.update(**told, error="").where(*mine).execute():
        return False
    held = ExportJob.get_by_id(job)
    detail = {"kind": str(held.kind), "rows": rows, "sha256": sha256}
    audit.note(who=str(held.login), action="export.done", subject=f"export:{job}", detail=detail)
    return True


def fail(job: str, why: str) -> None:
    """Note that a job could not be done, in words for who asked."""
    told = {"state": "failed", "done_at": clock.now(), "error": why[:300]}
    if ExportJob.update(**told).where(ExportJob.id == job, ExportJob.state.in_(("waiting", "running"))).execute():
        held = ExportJob.get_by_id(job)
        audit.note(who=str(held.login), action="export.failed", subject=f"export:{job}", detail={"why": why[:300]})


def remove(job: str, who: str) -> str:
    """Take a job back, or its file away, and return the file's name; its row stays as history."""
    held = ExportJob.get_or_none(ExportJob.id == job, ExportJob.state != "removed")
    if held is None:
        return ""
    told = {"state": "removed", "removed_at": clock.now()}
    ExportJob.update(**told).where(ExportJob.id == job).execute()
    audit.note(who=who, action="export.remove", subject=f"export:{job}", detail={"state": [str(held.state), "removed"]})
    return str(held.file)


def past(days: int) -> list[str]:
    """Return the jobs whose files are past their days."""
    before = instant(datetime.now(UTC) - timedelta(days=days))
    query = ExportJob.select(ExportJob.id).where(ExportJob.state == "done", ExportJob.done_at < before)
    return [str(one.id) for one in query]


def by_id(job: str) -> ExportJob | None:
    """Return a job, or None."""
    return ExportJob.get_or_none(ExportJob.id == job)


def of_login(login: str, limit: int = 50) -> list[ExportJob]:
    """Return somebody's jobs, the latest first."""
    return list(ExportJob.select().where(ExportJob.login == login).order_by(ExportJob.made_at.desc()).limit(limit))


def latest(limit: int = 100) -> list[ExportJob]:
    """Return everybody's jobs, the latest first."""
    return list(ExportJob.select().order_by(ExportJob.made_at.desc()).limit(limit))


def stated(job: ExportJob) -> Stated:
    """Return for what a job was asked."""
    return Stated(str(job.purpose or ""), str(query_of(job).get("for") or ""))


def query_of(job: ExportJob) -> dict[str, Any]:
    """Return what a job was asked for with."""
    return dict(json.loads(str(job.query)))
