"""Exports that somebody asked for: the file of a case may be asked for here; how far each is, its file, its end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

import falcon.asgi
from falcon.asgi import Request, Response

from server.console.frame import Console, Form, Page, saying
from server.console.menu import CASE_ROLES
from server.console.posted import Posted
from server.console.visitor import Visitor, language
from server.exporting import case_file, jobs
from server.refusals import Refused
from server.store import export_jobs, reading
from server.store.office_models import ExportJob

ADDRESS = "/console/exports"
ZIP = "application/zip"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _(words: str) -> str:
    return words


STATES = {
    "waiting": _("waits"),
    "running": _("is being written"),
    "done": _("ready"),
    "failed": _("failed"),
    "removed": _("cleared away"),
}
"""State of a job → what a page says."""
KINDS: Mapping[str, str] = {
    **{kind: one.words for kind, one in jobs.LISTS.items()},
    jobs.CASE_FILE: _("Whole file of a case"),
}
"""Kind of a job → what a page says."""
FAULTS = {"too_many": export_jobs.TOO_MANY}


LOOK_SECONDS = "2"
BLOCK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Line:
    """A job; `case` is the case whose file it takes out, with its number."""

    job: ExportJob
    case: str = ""
    number: str = ""

    @property
    def busy(self) -> bool:
        """Whether its file is still to come."""
        return self.job.state in ("waiting", "running")


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses of exports."""
    app.add_route(ADDRESS, Exports(console))
    app.add_route(f"{ADDRESS}/{{job}}", ExportFile(console))
    app.add_route("/console/cases/{case_id}/file", CaseFile(console))


class Exports(Page):
    """`/console/exports`: what somebody asked for, the latest first."""

    roles = CASE_ROLES

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list; while something is in hand the page looks again by itself."""
        held = await self.store.read(export_jobs.of_login, who.login)
        if any(one.state in ("waiting", "running") for one in held):
            resp.set_header("Refresh", LOOK_SECONDS)
        fault = FAULTS.get(req.get_param("fault") or "", "")
        lines = [_line(one) for one in held]
        self.console.draw(req, resp, "exports.html", who, lines=lines, states=STATES, exported=KINDS, fault=fault)


class CaseFile(Form):
    """`/console/cases/{case_id}/file`: ask for the whole file of a case as a ZIP, which is made behind the page."""

    roles = case_file.ROLES

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, case_id: str = "", **_path: str
    ) -> str | None:
        """Ask for it, and go where its progress is shown. Raises Refused not_found, also for a case not to be seen."""
        held = await self.store.read(reading.case, who.scope, case_id)
        if held is None:
            raise Refused("not_found")
        query = {"case": case_id, "number": str(held.number), "lang": language(req, resp)}
        ask = partial(export_jobs.ask, who.login, who.agency, jobs.CASE_FILE, query, who.purpose)
        try:
            await self.store.write(ask)
        except export_jobs.ExportError:
            return f"{ADDRESS}?fault=too_many"
        return saying(ADDRESS, "started")


class ExportFile(Form):
    """`/console/exports/{job}`: the file of an export, for who asked for it alone; who posts takes it away."""

    roles = CASE_ROLES

    async def show(self, req: Request, resp: Response, who: Visitor, job: str = "", **_path: str) -> None:
        """Give the file. Raises Refused not_found."""
        held = await self._mine(who, job)
        path = jobs.folder(self.console.office) / str(held.file)
        if held.state != "done" or not path.exists():
            raise Refused("not_found")
        await self.console.note(who.login, "export.fetch", f"export:{job}", who.purpose)
        resp.content_length = path.stat().st_size
        resp.stream = self._blocks(path)
        resp.content_type = ZIP if path.suffix == ".zip" else EXCEL
        name = f"{export_jobs.query_of(held).get('number') or path.stem}{path.suffix}"
        resp.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(name)}")
        resp.set_header("Cache-Control", "private, no-store")

    async def _blocks(self, path: Path) -> AsyncIterator[bytes]:
        """Yield the file in blocks: the photos of a case are too many to hold."""
        with path.open("rb") as file:
            while block := await self.store.read(file.read, BLOCK_BYTES):
                yield block

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, job: str = "", **_path: str
    ) -> str | None:
        """Take the job back, or its file away; the line stays. Raises Refused not_found."""
        held = await self._mine(who, job)
        await self.store.read(jobs.remove, self.console.office, str(held.id), who.login)
        return saying(ADDRESS, "removed")

    async def _mine(self, who: Visitor, job: str) -> ExportJob:
        held = await self.store.read(export_jobs.by_id, job)
        if held is None or held.login != who.login:
            raise Refused("not_found")
        return held


def _line(job: ExportJob) -> Line:
    query = export_jobs.query_of(job) if job.kind == jobs.CASE_FILE else {}
    return Line(job, str(query.get("case") or ""), str(query.get("number") or ""))
