"""Exports that somebody asked for: how far each is, and its file."""

from __future__ import annotations

from urllib.parse import quote

import falcon.asgi
from falcon.asgi import Request, Response

from server.console.frame import Console, Page
from server.console.menu import CASE_ROLES
from server.console.visitor import Visitor
from server.exporting import jobs
from server.refusals import Refused
from server.store import export_jobs

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


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses of exports."""
    app.add_route(ADDRESS, Exports(console))
    app.add_route(f"{ADDRESS}/{{job}}", ExportFile(console))


class Exports(Page):
    """`/console/exports`: what somebody asked for, the latest first."""

    roles = CASE_ROLES

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list."""
        held = await self.store.read(export_jobs.of_login, who.login)
        self.console.draw(req, resp, "exports.html", who, jobs=held, states=STATES)


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
        resp.data = await self.store.read(path.read_bytes)
        resp.content_type = ZIP if path.suffix == ".zip" else EXCEL
        resp.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(path.name)}")
        resp.set_header("Cache-Control", "private, no-store")
