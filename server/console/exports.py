"""Exports that somebody asked for: the purpose, how far each is, and its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

import falcon.asgi
from falcon.asgi import Request, Response

from server.accounts import PURPOSES
from server.console.frame import Console, Form, Page, saying
from server.console.posted import Posted
from server.console.purpose import Asked
from server.console.signing import inside
from server.console.visitor import Visitor, language
from server.exporting import jobs
from server.refusals import Refused
from server.rights import may
from server.store import export_jobs, purposes
from server.store.export_jobs import ExportError
from server.store.purposes import PurposeError, Stated

ADDRESS = "/console/exports"
ZIP = "application/zip"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IMPERSONAL = ("devices", "users")
"""Lists that name nobody whom the office checks: no purpose is asked for."""


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


@dataclass(frozen=True)
class Asking:
    """A list that is asked for, narrowed to what; the form's address, and where the visitor came from."""

    kind: str
    query: Mapping[str, str]
    action: str
    back: str


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses of exports."""
    app.add_route(ADDRESS, Exports(console))
    app.add_route(f"{ADDRESS}/{{job}}", ExportFile(console))


async def ask(page: Form, req: Request, resp: Response, who: Visitor, form: Posted, asking: Asking) -> str | None:
    """Queue an export and return where its progress is shown; None where its purpose had to be asked first."""
    said: Stated = Stated("", "")
    faults: tuple[str, ...] | None = ()
    if asking.kind not in IMPERSONAL:
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
        """Show the list."""
        held = await self.store.read(export_jobs.of_login, who.login)
        self.console.draw(req, resp, "exports.html", who, jobs=held, states=STATES, lists=jobs.LISTS, words=PURPOSES)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Ask for a list, narrowed as its page was. Raises Refused role_may_not."""
        kind = form.get("kind")
        if not jobs.may(who.role, kind) or kind == jobs.CASE_FILE:
            raise Refused("role_may_not")
        query = {name.removeprefix("f."): one for name, one in form.fields.items() if name.startswith("f.") and one}
        return await ask(self, req, resp, who, form, Asking(kind, query, ADDRESS, inside(form.get("next"))))


class ExportFile(Page):
    """`/console/exports/{job}`: the file of an export, for who asked for it alone."""

    roles = may("exports")

    async def show(self, req: Request, resp: Response, who: Visitor, job: str = "", **_path: str) -> None:
        """Give the file. Raises Refused not_found."""
        held = await self.store.read(export_jobs.by_id, job)
        if held is None or held.login != who.login or held.state != "done":
            raise Refused("not_found")
        path = jobs.folder(self.console.office) / str(held.file)
        if not path.exists():
            raise Refused("not_found")
        await self.console.note(who.login, "export.fetch", f"export:{job}", export_jobs.stated(held))
        resp.data = await self.store.read(path.read_bytes)
        resp.content_type = ZIP if path.suffix == ".zip" else EXCEL
        resp.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(path.name)}")
        resp.set_header("Cache-Control", "private, no-store")
