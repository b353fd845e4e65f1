"""Exports that somebody asked for: the file of a case may be asked for here; how far each is, its file, its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
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
from server.store.models import Case
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


@dataclass(frozen=True)
class Line:
    """A job on the page; `number` is that of the case whose file it is."""

    job: ExportJob
    number: str = ""


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses of exports."""
    app.add_route(ADDRESS, Exports(console))
    app.add_route(f"{ADDRESS}/{{job}}", ExportFile(console))
    app.add_route("/console/cases/{case_id}/export", CaseExport(console))


class Exports(Page):
    """`/console/exports`: what somebody asked for, the latest first."""

    roles = CASE_ROLES

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list."""
        lines = await self.store.read(_lines, who.login)
        fault = FAULTS.get(req.get_param("fault") or "", "")
        self.console.draw(req, resp, "exports.html", who, lines=lines, states=STATES, exported=KINDS, fault=fault)


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
        resp.data = await self.store.read(path.read_bytes)
        resp.content_type = ZIP if path.suffix == ".zip" else EXCEL
        resp.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(path.name)}")
        resp.set_header("Cache-Control", "private, no-store")

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


class CaseExport(Form):
    """`/console/cases/{case_id}/export`: the whole file of one case as a ZIP that proves itself."""

    roles = case_file.ROLES

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, case_id: str = "", **_path: str
    ) -> str | None:
        """Ask for it, and go where its progress is shown. Raises Refused not_found."""
        held = await self.store.read(reading.case, who.scope, case_id)
        if held is None:
            raise Refused("not_found")
        asked = who.login, who.agency, jobs.CASE_FILE, {"case": case_id, "lang": language(req, resp)}, who.purpose
        try:
            await self.store.write(partial(export_jobs.ask, *asked))
        except export_jobs.ExportError:
            return f"{ADDRESS}?fault=too_many"
        return saying(ADDRESS, "started")


def _lines(login: str) -> list[Line]:
    held = export_jobs.of_login(login)
    cases = {str(one.id): str(export_jobs.query_of(one).get("case") or "") for one in held}
    rows = Case.select(Case.id, Case.number).where(Case.id.in_([one for one in cases.values() if one]))
    numbers = {str(one.id): str(one.number) for one in rows}
    return [Line(one, numbers.get(cases[str(one.id)], "")) for one in held]
