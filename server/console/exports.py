"""Exports that somebody asked for: the purpose, how far each is, its file, its end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import falcon.asgi
from falcon.asgi import Request, Response

from server.accounts import PURPOSES
from server.console.frame import Console, Form, saying
from server.console.posted import Posted
from server.console.purpose import Asked
from server.console.signing import inside
from server.console.visitor import Visitor, language
from server.exporting import jobs
from server.refusals import Refused
from server.rights import may
from server.store import export_jobs, purposes, reading
from server.store.export_jobs import ExportError
from server.store.office_models import ExportJob
from server.store.purposes import PurposeError, Stated

ADDRESS = "/console/exports"
ZIP = "application/zip"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = {".zip": ZIP, ".docx": WORD}
IMPERSONAL = ("devices", "fleet", "users", "figure_map", "figure_plan", jobs.BRIEFING)
"""What names nobody whom the office checks: no purpose is asked for, but for a briefing of one carrier."""


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
    jobs.BRIEFING: _("Briefing"),
}
"""Kind of a job → what a page says."""


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


@dataclass(frozen=True)
class Asking:
    """What is asked for, narrowed to what; the form's address, where the visitor came from, what was stated already."""

    kind: str
    query: Mapping[str, str]
    action: str
    back: str
    stated: Stated | None = None


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses of exports."""
    app.add_route(ADDRESS, Exports(console))
    app.add_route(f"{ADDRESS}/{{job}}", ExportFile(console))
    app.add_route("/console/cases/{case_id}/file", CaseFile(console))


async def ask(page: Form, req: Request, resp: Response, who: Visitor, form: Posted, asking: Asking) -> str | None:
    """Queue an export and return where its progress is shown; None where its purpose had to be asked first."""
    said: Stated = asking.stated or Stated("", "")
    faults: tuple[str, ...] | None = ()
    if asking.stated is None and (asking.kind not in IMPERSONAL or asking.query.get("carrier")):
        said, faults = await _said(page, who, form)
    if faults is not None and not faults:
        query = {**asking.query, "lang": language(req, resp), **({"for": said.number} if said.number else {})}
        try:
            await page.store.write(lambda: export_jobs.ask(who.login, who.agency, asking.kind, query, said.purpose))
        except ExportError as full:
            faults = full.args
        else:
            return saying(ADDRESS, "started")
    names = ("csrf", "purpose", "number", "again")
    carried = [(name, one) for name, held in form.values.items() if name not in names for one in held]
    last = await page.store.read(purposes.last, who.login)
    resp.status = falcon.HTTP_422 if faults else falcon.HTTP_200
    asked = Asked(asking.action, carried, "", said.number, said.purpose, last, faults or (), PURPOSES, export=True)
    page.console.draw(req, resp, "purpose.html", who, asked=asked, back=asking.back)
    return None


async def _said(page: Form, who: Visitor, form: Posted) -> tuple[Stated, tuple[str, ...] | None]:
    """Return what was said of the purpose and what is wrong with it: None where nothing was said yet."""
    if form.get("again"):
        last = await page.store.read(purposes.last, who.login)
        if last is not None:
            return last, ()
    said = Stated(form.get("purpose"), form.get("number"))
    if "purpose" not in form.values:
        return said, None
    try:
        return await page.store.read(purposes.checked, who.looker, said.purpose, said.number), ()
    except PurposeError as wrong:
        return said, wrong.faults


class Exports(Form):
    """`/console/exports`: what somebody asked for, the latest first; a list is asked for here by its kind."""

    roles = may("exports")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list; while something is in hand the page looks again by itself."""
        held = await self.store.read(export_jobs.of_login, who.login)
        if any(one.state in ("waiting", "running") for one in held):
            resp.set_header("Refresh", LOOK_SECONDS)
        told = {"states": STATES, "exported": KINDS, "lists": jobs.LISTS, "words": PURPOSES}
        self.console.draw(req, resp, "exports.html", who, lines=[_line(one) for one in held], **told)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Ask for a list, narrowed as its page was. Raises Refused role_may_not."""
        kind = form.get("kind")
        if not jobs.may(who.role, kind) or kind == jobs.CASE_FILE:
            raise Refused("role_may_not")
        query = {name.removeprefix("f."): one for name, one in form.fields.items() if name.startswith("f.") and one}
        return await ask(self, req, resp, who, form, Asking(kind, query, ADDRESS, inside(form.get("next"))))


class CaseFile(Form):
    """`/console/cases/{case_id}/file`: ask for the whole file of a case as a ZIP, which is made behind the page."""

    roles = may("export_file")

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, case_id: str = "", **_path: str
    ) -> str | None:
        """Ask for it, and go where its progress is shown. Raises Refused not_found, also for a case not to be seen."""
        held = await self.store.read(reading.case, who.scope, case_id)
        if held is None:
            raise Refused("not_found")
        query = {"case": case_id, "number": str(held.number)}
        address = f"/console/cases/{case_id}"
        stated = await self.store.read(purposes.standing, who.looker, str(held.inspection))
        asking = Asking(jobs.CASE_FILE, query, f"{address}/file", address, stated)
        return await ask(self, req, resp, who, form, asking)


class ExportFile(Form):
    """`/console/exports/{job}`: the file of an export, for who asked for it alone; who posts takes it away."""

    roles = may("exports")

    async def show(self, req: Request, resp: Response, who: Visitor, job: str = "", **_path: str) -> None:
        """Give the file. Raises Refused not_found."""
        held = await self._mine(who, job)
        path = jobs.folder(self.console.office) / str(held.file)
        if held.state != "done" or not path.exists():
            raise Refused("not_found")
        await self.console.note(who.login, "export.fetch", f"export:{job}", export_jobs.stated(held))
        resp.content_length = path.stat().st_size
        resp.stream = self._blocks(path)
        resp.content_type = _TYPES.get(path.suffix, EXCEL)
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
