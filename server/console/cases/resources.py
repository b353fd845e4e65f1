"""The addresses of a case: its page, the forms of its steps, the files that belong to it."""

from __future__ import annotations

import falcon.asgi
from falcon.asgi import Request, Response

from server.console.cases import scans, words
from server.console.cases.doing import DoResource
from server.console.cases.page import case_page
from server.console.frame import Console, Page
from server.console.menu import CASE_ROLES
from server.console.visitor import Visitor
from server.exporting import case_file
from server.refusals import Refused
from server.store import case_scans, reading
from server.store.case_mentions import mentions


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses of a case."""
    app.add_route("/console/cases/{case_id}", CaseResource(console))
    app.add_route("/console/cases/{case_id}/do/{event}", DoResource(console))
    app.add_route("/console/cases/{case_id}/files/{sha256}", FileResource(console))


class CaseResource(Page):
    """`/console/cases/{case_id}`: one case."""

    roles = CASE_ROLES

    async def show(self, req: Request, resp: Response, who: Visitor, case_id: str = "", **_path: str) -> None:
        """Show the case. Raises Refused not_found, also for what this visitor may not see."""
        held = await self.store.read(reading.case, who.scope, case_id)
        if held is None:
            raise Refused("not_found")
        await self.console.viewing(who, f"case:{case_id}", str(held.inspection))
        key = self.console.office.key.public
        page = await self.store.read(case_page, key, self.console.knowledge, who, held)
        resp.set_header("ETag", f'"{held.version}"')
        self.console.draw(req, resp, "cases/page.html", who, page=page, takers=case_file.ROLES, **words.tables())


class FileResource(Page):
    """`/console/cases/{case_id}/files/{sha256}`: a scan or a document that the case names."""

    roles = CASE_ROLES

    async def show(self, req: Request, resp: Response, who: Visitor, case_id: str = "", sha256: str = "") -> None:  # type: ignore[override]
        """Give the bytes. Raises Refused not_found, also for a file that the case does not name."""
        held = await self.store.read(reading.case, who.scope, case_id)
        named = held is not None and await self.store.read(mentions, case_id, sha256)
        file = await self.store.read(case_scans.by_digest, sha256) if named else None
        if held is None or file is None:
            raise Refused("not_found")
        await self.console.viewing(who, f"file:{sha256}", str(held.inspection))
        await scans.give(self.console.office, resp, file)
