"""The addresses of a case's documents: made, looked at as a draft, issued, and read as they were issued."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import falcon
import falcon.asgi
from falcon.asgi import Request, Response

from checklists.definitions.citation import cite
from checklists.definitions.definition import Definitions
from checklists.law.model import Citation
from checklists.words import LANGUAGES
from server import paperwork
from server.cases.asking import Missing
from server.cases.documents import BY_EVENT_ALONE, DOCUMENTS
from server.cases.machine import Refusal
from server.cases.words import CODES
from server.console.cases.page import actor_of
from server.console.documents import filling
from server.console.documents.filling import Input
from server.console.findings import Text
from server.console.frame import Console, Form, Page, query_of, saying
from server.console.menu import CASE_ROLES
from server.console.posted import Posted
from server.console.visitor import Visitor
from server.documents import form as forms
from server.documents.draft import Draft
from server.documents.forms import FORMS
from server.documents.law import Named
from server.documents.words import WARNINGS, label_of
from server.paperwork import NoFile, Offer
from server.refusals import Refused
from server.rights import may
from server.store import case_law, case_papers, reading
from server.store.models import Case

WRITERS = may("write_documents")
"""Roles that fill in documents; who may issue which, the case's rules say."""


@dataclass(frozen=True)
class Desk:
    """A document on somebody's desk. `refused` says why it cannot be issued now, `lacks` what it still needs.

    `laws` are the clauses that it names, in words; `named` has the words by how a fault names a clause.
    """

    case: Case
    offer: Offer
    draft: Draft
    inputs: list[Input]
    refused: tuple[Missing, ...]
    lacks: list[tuple[str, str | Text]]
    warnings: list[tuple[str, str]]
    laws: list[tuple[Text, Named]]
    named: Mapping[str, Text]
    filled: Mapping[str, Any]

    @property
    def ready(self) -> bool:
        """Whether it may be issued as it stands."""
        return not self.offer.event and not self.refused and not self.draft.missing


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses of documents."""
    app.add_route("/console/cases/{case_id}/documents/{kind}", DocumentResource(console))
    app.add_route("/console/cases/{case_id}/documents/{kind}/draft.{what}", DraftFile(console))
    app.add_route("/console/cases/{case_id}/papers/{document}/{what}", IssuedFile(console))


class DocumentResource(Form):
    """`/console/cases/{case_id}/documents/{kind}?side=`: what is filled in, the document as it would be, its issue."""

    roles = CASE_ROLES

    async def show(self, req: Request, resp: Response, who: Visitor, case_id: str = "", kind: str = "") -> None:  # type: ignore[override]
        """Show the form and the draft. Raises Refused not_found."""
        desk = await self._desk(who, case_id, kind, query_of(req).get("side", ""))
        await self.console.viewing(who, f"case:{case_id} document:{kind}", str(desk.case.inspection))
        self._draw(req, resp, who, desk)

    async def take(  # type: ignore[override]
        self, req: Request, resp: Response, who: Visitor, form: Posted, case_id: str = "", kind: str = ""
    ) -> str | None:
        """Show the draft again, keep it, or issue it. Raises Refused role_may_not, not_found."""
        if who.role not in WRITERS:
            raise Refused("role_may_not")
        side, act = form.get("side"), form.get("act")
        bare = await self._bare(who, case_id, kind, side)
        filled = filling.read(FORMS[kind].blanks, form, await self._given(who, case_id, kind, side))
        here = _address(case_id, kind, side)
        if act == "issue" and kind not in BY_EVENT_ALONE:
            version = int(form.get("version")) if form.get("version").isdecimal() else int(bare.version)
            work = paperwork.work_of(case_id, kind, actor_of(who), filled, side=side, version=version)
            done = await self.store.read(paperwork.issue, self.console.office, work)
            if not isinstance(done, Refusal):
                return saying(f"/console/cases/{case_id}", "issued")
            await self._keep(case_id, kind, side, filled, who)
            resp.status = falcon.HTTP_409 if "stale" in done.codes else falcon.HTTP_422
            self._draw(req, resp, who, await self._desk(who, case_id, kind, side, filled), done.missing)
            return None
        await self._keep(case_id, kind, side, filled, who)
        return saying(here, "saved") if act == "save" else here

    async def _keep(self, case: str, kind: str, side: str, filled: Mapping[str, Any], who: Visitor) -> None:
        await self.store.write(lambda: case_papers.save_draft(case, kind, side, filled, who.login))

    async def _bare(self, who: Visitor, case_id: str, kind: str, side: str) -> Case:
        """Return the case of a document that can be looked at. Raises Refused not_found."""
        row = await self.store.read(reading.case, who.scope, case_id)
        if row is None or kind not in FORMS:
            raise Refused("not_found")
        return row

    async def _given(self, who: Visitor, case_id: str, kind: str, side: str) -> Mapping[str, Any]:
        """Return what the case gives for the blanks before anybody fills in anything."""
        return await self.store.read(_given, who, case_id, kind, side)

    async def _desk(
        self, who: Visitor, case_id: str, kind: str, side: str, filled: Mapping[str, Any] | None = None
    ) -> Desk:
        row = await self._bare(who, case_id, kind, side)
        desk = await self.store.read(_desk, row, who, kind, side, filled)
        if desk is None:
            raise Refused("not_found")
        return desk

    def _draw(self, req: Request, resp: Response, who: Visitor, desk: Desk, refused: tuple[Missing, ...] = ()) -> None:
        form = FORMS[desk.offer.kind]
        told = [_told(form, one, desk.named) for one in refused or desk.refused]
        more = {"told": told, "loud": bool(refused), "writes": who.role in WRITERS}
        self.console.draw(req, resp, "documents/page.html", who, desk=desk, **more)


class DraftFile(Page):
    """`/console/cases/{case_id}/documents/{kind}/draft.{what}`: the draft as a file, marked as one."""

    roles = CASE_ROLES

    async def show(  # type: ignore[override]
        self, req: Request, resp: Response, who: Visitor, case_id: str = "", kind: str = "", what: str = ""
    ) -> None:
        """Give the file. Raises Refused not_found."""
        row = await self.store.read(reading.case, who.scope, case_id)
        if row is None or kind not in FORMS or what not in ("pdf", "docx"):
            raise Refused("not_found")
        await self.console.viewing(who, f"case:{case_id} draft:{kind}", str(row.inspection))
        desk = await self.store.read(_desk, row, who, kind, query_of(req).get("side", ""), None)
        if desk is None:
            raise Refused("not_found")
        content = desk.draft.pdf if what == "pdf" else desk.draft.docx
        _give(resp, f"{desk.offer.title}.{what}", paperwork.FILES[what], content)


class IssuedFile(Page):
    """`/console/cases/{case_id}/papers/{document}/{what}`: a document as it was issued: pdf, docx or words."""

    roles = CASE_ROLES

    async def show(  # type: ignore[override]
        self, req: Request, resp: Response, who: Visitor, case_id: str = "", document: str = "", what: str = ""
    ) -> None:
        """Give the file. Raises Refused not_found, file_missing."""
        row = await self.store.read(reading.case, who.scope, case_id)
        paper = await self.store.read(case_papers.by_id, document) if row is not None else None
        if row is None or paper is None or str(paper.case) != case_id or what not in paperwork.FILES:
            raise Refused("not_found")
        await self.console.viewing(who, f"case:{case_id} document:{document}", str(row.inspection))
        try:
            name, type_, content = await self.store.read(paperwork.read, self.console.office, document, what)
        except NoFile as fault:
            raise Refused("file_missing") from fault
        _give(resp, name, type_, content)


def _give(resp: Response, name: str, type_: str, content: bytes) -> None:
    resp.data, resp.content_type = content, type_
    resp.set_header("Content-Security-Policy", "default-src 'none'")
    resp.set_header("Content-Disposition", f"inline; filename*=UTF-8''{quote(name)}")
    resp.set_header("Cache-Control", "private, no-store")


def _address(case_id: str, kind: str, side: str) -> str:
    return f"/console/cases/{case_id}/documents/{kind}" + (f"?{urlencode({'side': side})}" if side else "")


def _work(who: Visitor, case: str, kind: str, side: str, filled: Mapping[str, Any] | None) -> paperwork.Work:
    begun = case_papers.filled_of(case, kind, side) if filled is None else filled
    return paperwork.work_of(case, kind, actor_of(who), begun, side=side)


def _given(who: Visitor, case: str, kind: str, side: str) -> Mapping[str, Any]:
    return paperwork.given(_work(who, case, kind, side, {}))


def _desk(row: Case, who: Visitor, kind: str, side: str, filled: Mapping[str, Any] | None) -> Desk | None:
    work = _work(who, str(row.id), kind, side, filled)
    held = paperwork.look(work)
    if held is None:
        return None
    offer, made = held
    form, named = FORMS[kind], _laws(made.law)
    faults = {one.detail: one.code for one in made.missing if one.code.startswith("blank_")}
    shown = {**made.values, **work.filled}
    return Desk(
        case=row,
        offer=offer,
        draft=made,
        inputs=filling.inputs(form.blanks, shown, work.filled, faults),
        refused=offer.refused,
        lacks=[_told(form, one, named) for one in made.missing],
        laws=[(named[one.said], one) for one in made.law],
        named=named,
        warnings=[(WARNINGS[one.code], one.detail) for one in made.warnings],
        filled=work.filled,
    )


def _laws(named: Iterable[Named]) -> dict[str, Text]:
    """Return each clause in words, by how a fault names it: a clerk knows laws by their names."""
    definitions = case_law.current().definitions
    titles = {one.code: one.title for one in definitions.violations}
    told: dict[str, Text] = {}
    for one in named:
        words, what = _cited(definitions, one), titles.get(one.violation, {})
        whole = {
            short: " · ".join(part for part in (what.get(short, ""), said) if part) for short, said in words.items()
        }
        told |= {one.said: whole, f"{one.law} {one.clause}": words, one.violation or one.said: what or whole}
    return told


def _cited(definitions: Definitions, one: Named) -> Text:
    clause = Citation(one.law, one.version, one.clause)
    return {lang[:2]: cite(definitions, clause, lang) for lang in LANGUAGES}


def _told(form: forms.Form, one: Missing, named: Mapping[str, Text]) -> tuple[str, str | Text]:
    """Return a code's words and its detail: a blank by its label, a clause and a document by their names."""
    if one.code.startswith("blank_"):
        return CODES[one.code], label_of(form, one.detail)
    if one.code == "law_unverified":
        return CODES[one.code], named.get(one.detail, one.detail)
    return CODES[one.code], DOCUMENTS[one.detail].title if one.detail in DOCUMENTS else one.detail
