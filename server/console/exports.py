"""Exports that somebody asked for: how far each is, and its file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

import falcon.asgi
from falcon.asgi import Request, Response

from server.console.frame import Console, Form, Page, saying
from server.console.menu import CASE_ROLES
from server.console.posted import Posted
from server.console.visitor import Visitor
from server.exporting import case_file, jobs
from server.refusals import Refused
from server.store import export_jobs, reading
from server.store.export_jobs import TOO_MANY, ExportError
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


CASE_WORDS = _("Whole file of a case")
LOOK_SECONDS = "2"
BLOCK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Line:
    """A job with what it takes out; `case` is the case whose file it is, with its number."""

    job: ExportJob
    words: str
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
        fault = TOO_MANY if req.get_param("fault") == "too_many" else ""
        lines = [Line(one, *_of_what(one)) for one in held]
        self.console.draw(req, resp, "exports.html", who, lines=lines, states=STATES, fault=fault)


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
        query = {"case": case_id, "number": str(held.number)}
        ask = partial(export_jobs.ask, who.login, who.agency, jobs.CASE_FILE, query, who.purpose)
        try:
            await self.store.write(ask)
        except ExportError:
            return f"{ADDRESS}?fault=too_many"
        return saying(ADDRESS, "started")


class ExportFile(Page):
    """`/console/exports/{job}`: the file of an export, for who asked for it alone."""

    roles = CASE_ROLES

    async def show(self, req: Request, resp: Response, who: Visitor, job: str = "", **_path: str) -> None:
        """Give the file. Raises Refused not_found."""
        held = await self.store.read(export_jobs.by_id, job)
        if held is None or held.login != who.login or held.state != "done":
            raise Refused("not_found")
        path = jobs.folder(self.console.office) / str(held.file)
        if not path.exists():
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


def _of_what(job: ExportJob) -> tuple[str, str, str]:
    """Return what a job takes out in words, and the case whose file it is."""
    if job.kind == jobs.CASE_FILE:
        query = export_jobs.query_of(job)
        return CASE_WORDS, str(query.get("case") or ""), str(query.get("number") or "")
    return (jobs.LISTS[str(job.kind)].words if job.kind in jobs.LISTS else str(job.kind)), "", ""
