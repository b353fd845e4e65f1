"""Files of the registry: brought, looked at with every fault and difference, then written as a whole or dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import falcon
import falcon.asgi
from falcon.asgi import Request, Response

from checklists import words
from server.console.admin.previews import DraftPage, draft_page
from server.console.frame import SAID, Console, Form, Page, query_of, saying
from server.console.posted import Posted
from server.console.visitor import Visitor, language
from server.importing.faults import SheetError, in_words
from server.importing.kinds import KINDS, Kind
from server.importing.templates import template
from server.intake import registry_file
from server.office import Office
from server.refusals import Refused
from server.rights import has, may
from server.store import case_rows, imports
from server.store.administration_models import ImportDraft
from server.store.imports import ImportingError

ADDRESS = "/console/imports"
RIGHTS: Mapping[str, str] = {"officer": "import_office", "site": "import_office", "order": "import_orders"}
"""Kind → the right that it needs beside that of importing at all."""
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _(text: str) -> str:
    return text


SAID.update(
    applied=_("Written; the tablets hear of it at once."),
    dropped=_("The file is dropped; nothing of it was written."),
)
FILE_MISSING = _("Choose a file: .xlsx, or CSV in UTF-8 or GB18030.")
STATES: Mapping[str, str] = {"draft": _("waits"), "applied": _("written"), "dropped": _("dropped")}


@dataclass(frozen=True)
class ImportsPage:
    """All that the first page draws: what may be brought, what was brought, and why the last file was not read.

    `names` are those of people by their logins.
    """

    kinds: Sequence[Kind]
    drafts: Sequence[tuple[ImportDraft, Mapping[str, int], bool]]
    faults: Sequence[str] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses."""
    app.add_route(ADDRESS, Imports(console))
    app.add_route(f"{ADDRESS}/template/{{kind}}.xlsx", Template(console))
    app.add_route(f"{ADDRESS}/{{draft}}", OneImport(console))


class Imports(Form):
    """`/console/imports`: bring a file; what was brought before."""

    roles = may("import")
    limit = registry_file.MOST_BYTES + 64 * 1024

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the form and the history."""
        await self._draw(req, resp, who)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Read a file and go to what it would do; one that cannot be read is told. Raises Refused role_may_not."""
        kind, upload = form.get("kind"), form.files.get("file")
        if kind not in {one.id for one in kinds_of(who)}:
            raise Refused("role_may_not")
        say = words.catalogue(language(req, resp), "server").gettext
        if upload is None:
            await self._refuse(req, resp, who, form, [say(FILE_MISSING)])
            return None
        told = {"who": who.login, "agency": who.agency, "as_of": form.get("as_of"), "own": own_of(who)}
        try:
            held, _preview = await self.store.read(_read, self.console.office, kind, upload.name, upload.content, told)
        except SheetError as wrong:
            await self._refuse(req, resp, who, form, [in_words(one, say) for one in wrong.faults])
            return None
        return f"{ADDRESS}/{held.id}"

    async def _refuse(self, req: Request, resp: Response, who: Visitor, form: Posted, faults: Sequence[str]) -> None:
        resp.status = falcon.HTTP_422
        await self._draw(req, resp, who, faults, form.fields)

    async def _draw(
        self,
        req: Request,
        resp: Response,
        who: Visitor,
        faults: Sequence[str] = (),
        typed: Mapping[str, str] | None = None,
    ) -> None:
        drafts, names = await self.store.read(_drafts, who), await self.store.read(case_rows.names)
        page = ImportsPage(kinds_of(who), drafts, faults, typed or {}, names)
        self.console.draw(req, resp, "admin/imports.html", who, page=page, states=STATES, known=KINDS, most=self.limit)


class OneImport(Form):
    """`/console/imports/{draft}?status=&from=`: what a file would change, or did."""

    roles = may("import")

    async def show(self, req: Request, resp: Response, who: Visitor, draft: str = "", **_path: str) -> None:
        """Show all faults and differences. Raises Refused not_found."""
        await self._draw(req, resp, who, draft)

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, draft: str = "", **_path: str
    ) -> str | None:
        """Write all of it, or drop it; where somebody changed the registry meanwhile it is shown anew.

        Raises Refused not_found, malformed, act_too_late.
        """
        held, act = await self.store.read(_held, who, draft), form.get("act")
        if act == "drop":
            if not await self.store.write(lambda: imports.drop(draft, who.login)):
                raise Refused("act_too_late")
            return saying(ADDRESS, "dropped")
        if act != "apply":
            raise Refused("malformed", "no such act")
        try:
            await self.store.read(_apply, self.console.office, held, who, form.get("preview"))
        except ImportingError as why:
            resp.status = falcon.HTTP_409
            await self._draw(req, resp, who, draft, str(why))
            return None
        return saying(f"{ADDRESS}/{draft}", "applied")

    async def _draw(self, req: Request, resp: Response, who: Visitor, draft: str, fault: str = "") -> None:
        held, query = await self.store.read(_held, who, draft), query_of(req)
        say = words.catalogue(language(req, resp), "server").gettext
        page: DraftPage = await self.store.read(
            draft_page, self.console.office, held, own_of(who), query.get("status", ""), query.get("from", ""), say
        )
        told = {"page": page, "states": STATES, "fault": fault, "file": held}
        told["names"] = await self.store.read(case_rows.names)
        self.console.draw(req, resp, "admin/import.html", who, **told)


class Template(Page):
    """`/console/imports/template/{kind}.xlsx`: the sheet to fill in."""

    roles = may("import")

    async def show(self, req: Request, resp: Response, who: Visitor, kind: str = "", **_path: str) -> None:
        """Give the file. Raises Refused not_found."""
        if kind not in {one.id for one in kinds_of(who)}:
            raise Refused("not_found")
        shaped = await self.store.read(registry_file.kind_of, self.console.office, kind, own_of(who))
        resp.data = await self.store.read(template, shaped, language(req, resp))
        resp.content_type = _EXCEL
        resp.set_header("Content-Disposition", f'attachment; filename="{kind}.xlsx"')


def kinds_of(who: Visitor) -> list[Kind]:
    """Return what somebody may bring."""
    return [one for one in KINDS.values() if has(who.role, RIGHTS.get(one.id, "import"))]


def own_of(who: Visitor) -> str:
    """Return the one agency whose officers somebody may name; empty is all."""
    return "" if who.role == "system_admin" else who.agency


def _read(office: Office, kind: str, name: str, content: bytes, told: Mapping[str, str]) -> tuple[ImportDraft, object]:
    return registry_file.draft(office, kind, name, content, **told)


def _apply(office: Office, held: ImportDraft, who: Visitor, shown: str) -> None:
    registry_file.apply(office, held, who.login, shown=shown, own=own_of(who))


def _opens(who: Visitor, held: ImportDraft) -> bool:
    """Whether somebody may open what was brought: his own, and a leader that of his agency."""
    right = has(who.role, RIGHTS.get(str(held.kind), "import"))
    return right and (held.who == who.login or (who.role == "leader" and held.agency == who.agency))


def _held(who: Visitor, draft: str) -> ImportDraft:
    held = imports.by_id(draft)
    if held is None or not _opens(who, held):
        raise Refused("not_found")
    return held


def _drafts(who: Visitor) -> list[tuple[ImportDraft, dict[str, int], bool]]:
    agency = "" if who.role == "system_admin" else who.agency
    return [(one, imports.counts_of(one), _opens(who, one)) for one in imports.listing(agency=agency)]
