"""The addresses of drafts: the list, a draft, the form of a change, a trial."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import falcon.asgi
from falcon.asgi import Request, Response

from checklists import words
from checklists.authoring import xlsform, xlsform_file
from checklists.authoring.revision import Change, Revision
from checklists.authoring.xlsform import FormError
from checklists.definitions.definition import Definitions
from server import publishing
from server.cases.casefile import Actor
from server.console.authoring import fields
from server.console.authoring.page import (
    ADDRESS,
    change_of,
    draft_page,
    faults_of,
    form_address,
    reading_of,
    title_of,
)
from server.console.authoring.telling import said
from server.console.frame import SAID, Console, Form, Page, query_of, saying
from server.console.posted import Posted
from server.console.visitor import Visitor, language
from server.importing.faults import SheetError, in_words
from server.importing.sheets import look_inside
from server.refusals import Refused
from server.rights import has, may
from server.store import drafts, trial_runs
from server.store.draft_models import DefinitionDraft
from server.store.drafts import FAULTS, DraftError


def _(words: str) -> str:
    return words


SAID.update(
    draft_saved=_("Saved; mistakes stand beside their fields."),
    draft_sent=_("Sent to the reviewer."),
    draft_published=_("Published; tablets pull it with their next package."),
    trial_asked=_("The trial runs behind this page."),
)
STATES: Mapping[str, str] = {
    "writing": _("being written"),
    "review": _("with the reviewer"),
    "approved": _("approved by a second person"),
    "published": _("published"),
    "dropped": _("laid aside"),
    "ended": _("no longer kept"),
}
ACTS: Mapping[str, str] = {
    "create": _("began it"),
    "write": _("wrote in it"),
    "submit": _("sent it to the reviewer"),
    "approve": _("approved it"),
    "send_back": _("sent it back"),
    "reopen": _("took it back to write in it"),
    "publish": _("published it"),
    "put": _("its day came: it is in the package"),
    "drop": _("laid it aside"),
    "end": _("ended it"),
}
RUNS: Mapping[str, str] = {
    "waiting": _("waits to begin"),
    "running": _("is running"),
    "done": _("tried"),
    "stopped": _("was stopped"),
    "failed": _("failed; the office's log says why"),
}
KINDS: Mapping[str, str] = {"item": _("item"), "violation": _("row of law"), "law": _("version of a law")}
DIFFERENCES: Mapping[str, str] = {
    "new": _("found besides"),
    "gone": _("not found any more"),
    "changed": _("charged otherwise"),
    "asked": _("would have been asked, and was not: unknown"),
    "not_asked": _("would not have been asked"),
    "outcome": _("another outcome proposed"),
}
_VOCABULARY = {"states": STATES, "acts": ACTS, "run_words": RUNS, "kind_words": KINDS, "differences": DIFFERENCES}
FORM_BYTES = 4 * 1024 * 1024
_ID = re.compile(r"[A-Z][A-Z0-9]{1,9}-[A-Z0-9]{1,8}")


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses."""
    app.add_route(ADDRESS, Drafts(console))
    app.add_route(f"{ADDRESS}/xlsform/{{name}}", XlsForm(console))
    app.add_route(f"{ADDRESS}/{{draft}}", Draft(console))
    app.add_route(f"{ADDRESS}/{{draft}}/change", Editor(console))
    app.add_route(f"{ADDRESS}/{{draft}}/trials/{{run}}", Trial(console))


def told(error: DraftError) -> list[str]:
    """Return why something was not done, in words of the catalogue."""
    return [FAULTS[code] for code in error.codes]


def actor_of(who: Visitor) -> Actor:
    """Return a visitor as the one who acts."""
    return Actor(who.login, who.name, who.role, who.agency)


class Drafts(Form):
    """`/console/drafts?state=&before=`: the drafts; beginning one."""

    roles = may("drafts")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list."""
        await self._draw(req, resp, who)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Begin a draft; what is wrong stands above the form, which keeps what was typed. Raises Refused."""
        if not has(who.role, "drafts_write"):
            raise Refused("role_may_not")
        title, day = form.get("title")[:200], form.get("day")[:20]
        try:
            made = await self.store.write(lambda: drafts.create(title, day, actor_of(who)))
        except DraftError as wrong:
            resp.status = falcon.HTTP_422
            await self._draw(req, resp, who, told(wrong), form.fields)
            return None
        return f"{ADDRESS}/{made}"

    async def _draw(
        self,
        req: Request,
        resp: Response,
        who: Visitor,
        faults: Sequence[str] = (),
        typed: Mapping[str, str] | None = None,
    ) -> None:
        query = query_of(req)
        state = query.get("state", "") if query.get("state") in STATES else ""
        lines = await self.store.read(drafts.latest, state, _number(query.get("before", "")) or None)
        more = lines[-1].id if len(lines) == 50 else None
        shown = {"lines": lines, "state": state, "more": more, "faults": faults, "typed": typed or {}}
        self.console.draw(
            req, resp, "authoring/list.html", who, **shown, **_VOCABULARY, today=drafts.today(),
            may_write=has(who.role, "drafts_write"),
        )  # fmt: skip


class Draft(Form):
    """`/console/drafts/{draft}?find=`: what it changes, and all that can be done with it."""

    roles = may("drafts")
    limit = FORM_BYTES

    async def show(self, req: Request, resp: Response, who: Visitor, draft: str = "", **_path: str) -> None:
        """Show the draft. Raises Refused not_found."""
        await self._draw(req, resp, who, _number(draft))

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, draft: str = "", **_path: str
    ) -> str | None:
        """Do what was asked; where it is refused the page says why and keeps what was typed. Raises Refused."""
        number, act, by = _number(draft), form.get("act"), actor_of(who)
        if act == "new":
            return self._new_item(who, number, form)
        try:
            if act == "xlsform":
                await self._bring_in(req, resp, who, number, form)
                return None
            return await self._do(who, number, act, form, by)
        except DraftError as wrong:
            resp.status = falcon.HTTP_422
            await self._draw(req, resp, who, number, told(wrong), form.fields)
            return None

    async def _do(self, who: Visitor, number: int, act: str, form: Posted, by: Actor) -> str:
        digest, why = form.get("digest"), form.get("why")
        here = f"{ADDRESS}/{number}"
        if act == "publish":
            await self.store.read(publishing.publish_draft, self.console.office, number, digest, by)
            return saying(here, "draft_published")
        if act == "try":
            await self.store.write(lambda: trial_runs.ask(number, _number(form.get("size")), by))
            return saying(here, "trial_asked")
        acts: Mapping[str, Callable[[], Any]] = {
            "head": lambda: drafts.save(
                number, _number(form.get("version")), by, title=form.get("title")[:200], day=form.get("day")[:20]
            ),
            "remove": lambda: drafts.save(number, _number(form.get("version")), by, drop=[form.get("name")]),
            "submit": lambda: drafts.submit(number, digest, by),
            "approve": lambda: drafts.approve(number, digest, by),
            "send_back": lambda: drafts.send_back(number, digest, why, by),
            "reopen": lambda: drafts.reopen(number, by),
            "drop": lambda: drafts.drop(number, why, by),
            "end": lambda: drafts.end(number, why, by),
            "stop": lambda: trial_runs.stop(_number(form.get("run")), by),
        }
        if act not in acts:
            raise Refused("malformed", "no such act")
        await self.store.write(acts[act])
        return saying(here, {"submit": "draft_sent", "head": "draft_saved"}.get(act, "done"))

    async def _bring_in(self, req: Request, resp: Response, who: Visitor, number: int, form: Posted) -> None:
        """Take an XLSForm over into the draft, and say on the page what it could not carry. Raises DraftError."""
        file, name = form.files.get("file"), form.get("checklist")[:60]
        version = _number(form.get("version"))
        lists = (await self.store.read(drafts.base)).checklists
        try:
            if name not in lists or file is None:
                raise FormError("no file, or no such checklist")
            given = await self.store.read(_unpacked, file.content)
            changes, losses = xlsform.changes(given, lists[name])
        except (FormError, SheetError) as wrong:
            resp.status = falcon.HTTP_422
            say = words.catalogue(language(req, resp), "server").gettext
            why = in_words(wrong.faults[0], say) if isinstance(wrong, SheetError) else said(say, str(wrong))
            told_ = say(_("The form is no XLSForm of a checklist: {why}")).format(why=why)
            await self._draw(req, resp, who, number, [told_], form.fields)
            return
        if changes:
            await self.store.write(lambda: drafts.save(number, version, actor_of(who), put=changes))
        await self._draw(req, resp, who, number, losses=losses, taken=len(changes))

    def _new_item(self, who: Visitor, number: int, form: Posted) -> str:
        """Send on to the form of an item that is not there yet."""
        if not has(who.role, "drafts_write"):
            raise Refused("role_may_not")
        name, place = form.get("name").upper()[:20], form.get("place")[:80]
        if not _ID.fullmatch(name):
            return f"{ADDRESS}/{number}?fault=id"
        return f"{form_address(number, 'item', name)}&place={place}"

    async def _draw(
        self,
        req: Request,
        resp: Response,
        who: Visitor,
        number: int,
        refused: Sequence[str] = (),
        typed: Mapping[str, str] | None = None,
        losses: Sequence[xlsform.Loss] = (),
        taken: int | None = None,
    ) -> None:
        query = query_of(req)
        text = query.get("find", "").strip()[:60]
        bad = (
            [_("The number of an item is letters, a hyphen and figures: TNK-31.")] if query.get("fault") == "id" else []
        )
        page = await self.store.read(draft_page, number, actor_of(who), text, [*refused, *bad], typed)
        if page is None:
            raise Refused("not_found")
        self.console.draw(
            req, resp, "authoring/draft.html", who, page=page, **_VOCABULARY, told_fault=_teller(req, resp),
            sizes=trial_runs.SIZES, losses=losses, loss_words=xlsform.LOSSES, taken=taken,
        )  # fmt: skip


class XlsForm(Page):
    """`/console/drafts/xlsform/{name}.xlsx`: a checklist in force as an XLSForm."""

    roles = may("drafts")

    async def show(self, req: Request, resp: Response, who: Visitor, name: str = "", **_path: str) -> None:
        """Give the file. Raises Refused not_found."""
        bare = name.removesuffix(".xlsx")
        try:
            held = (await self.store.read(drafts.base)).checklists.get(bare)
        except DraftError as nothing:
            raise Refused("not_found") from nothing
        if held is None or held.based_on or not name.endswith(".xlsx"):
            raise Refused("not_found")
        await self.console.note(who.login, "export", f"xlsform:{bare}")
        resp.data = await self.store.read(lambda: xlsform_file.pack(xlsform.sheets(held)))
        resp.content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        resp.downloadable_as = f"{bare}-{held.version}.xlsx"


class Editor(Form):
    """`/console/drafts/{draft}/change?kind=&name=&place=`: the plain form of one thing, mistakes beside its fields."""

    roles = may("drafts")

    async def show(self, req: Request, resp: Response, who: Visitor, draft: str = "", **_path: str) -> None:
        """Show the form. Raises Refused not_found."""
        held, base, revision, change = await self._of(req, draft)
        self._draw(req, resp, who, held, base, revision, change)

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, draft: str = "", **_path: str
    ) -> str | None:
        """Save what was typed, mistakes and all; the page shows them. Raises Refused."""
        if not has(who.role, "drafts_write"):
            raise Refused("role_may_not")
        held, base, revision, change = await self._of(req, draft)
        value, readings = fields.read(change.kind, change.key, change.value, form)
        typed = replace(change, value=value)
        version, dropped = _number(form.get("version")), () if typed.name == change.name else (change.name,)
        try:
            await self.store.write(
                lambda: drafts.save(int(held.id), version, actor_of(who), put=[typed], drop=dropped, readings=readings)
            )
        except DraftError as wrong:
            resp.status = falcon.HTTP_422
            read = {(one.law, one.version, one.clause): one for one in (*revision.readings, *readings)}
            shown = replace(revision, readings=tuple(read.values()))
            self._draw(req, resp, who, held, base, shown, typed, told(wrong))
            return None
        return saying(form_address(int(held.id), typed.kind, typed.name), "draft_saved")

    async def _of(self, req: Request, draft: str) -> tuple[DefinitionDraft, Definitions, Revision, Change]:
        """Return the draft, what holds, what it changes, and the one change of the address. Raises Refused."""
        query = query_of(req)
        held = await self.store.read(drafts.draft_of, _number(draft))
        if held is None:
            raise Refused("not_found")
        base, revision = await self.store.read(drafts.base), drafts.revision_of(held)
        told_ = query.get("kind", ""), query.get("name", "")[:200], query.get("place", "")[:80]
        change = change_of(base, revision, *told_)
        if change is None:
            raise Refused("not_found")
        return held, base, revision, change

    def _draw(
        self,
        req: Request,
        resp: Response,
        who: Visitor,
        held: DefinitionDraft,
        base: Definitions,
        revision: Revision,
        change: Change,
        refused: Sequence[str] = (),
    ) -> None:
        mine = [one for one in faults_of(held) if one.change == change.name]
        placed = fields.placed(mine, fields.paths_of(change.kind, change.value))
        laws = fields.laws_of(base)
        versions = {key: [one.version for one in law.versions] for key, law in base.laws.items()}
        self.console.draw(
            req, resp, "authoring/change.html", who, draft=held, change=change, title=title_of(base, change),
            faults=placed, refused=refused, forms=fields.FORMS, lists=fields.LISTS, cited=fields.CITED,
            fine=fields.FINE, readable=fields.READ, facts=fields.facts(), laws=laws, versions=versions,
            value_at=fields.value_at, told_fault=_teller(req, resp), agencies=base.agencies,
            address=str(req.relative_uri),
            reading=lambda law, version, clause: reading_of(revision, law, version, clause),
            may_write=has(who.role, "drafts_write") and held.state == "writing", subjects=words.ROLES,
            option_words=OPTIONS, measures=base.measures, evidence=base.evidence, **_VOCABULARY,
        )  # fmt: skip


class Trial(Page):
    """`/console/drafts/{draft}/trials/{run}`: what a draft would have changed of past inspections."""

    roles = may("drafts")

    async def show(
        self, req: Request, resp: Response, who: Visitor, draft: str = "", run: str = "", **_path: str
    ) -> None:
        """Show it. Its list is only for who asked for it, or sees as much. Raises Refused not_found."""
        held = await self.store.read(trial_runs.by_id, _number(run))
        of = await self.store.read(drafts.draft_of, _number(draft))
        if held is None or of is None or int(held.draft) != int(of.id):
            raise Refused("not_found")
        found = trial_runs.found_of(held)
        seen = (who.scope.agencies is None and not who.scope.area) or held.login == who.login
        base = await self.store.read(drafts.base)
        self.console.draw(
            req, resp, "authoring/trial.html", who, draft=of, run=held, found=found, seen=seen, **_VOCABULARY,
            fresh=held.digest == of.digest, titles=_titles(base, drafts.revision_of(of)), options=OPTIONS,
        )  # fmt: skip


OPTIONS: Mapping[str, str] = {
    **words.ROLES,
    **words.SIMPLE,
    **words.OUTCOMES,
    **words.ANSWERS,
    "on_deviation": _("with a deviation"),
    "always": _("always"),
    "never": _("never"),
    "penalty": _("penalty"),
    "measure": _("measure"),
    "true": _("yes"),
    "false": _("no"),
}
"""Values of fields with their words."""


def _unpacked(content: bytes) -> dict[str, xlsform.Sheet]:
    """Return the sheets of a form that was looked into before. Raises SheetError, FormError."""
    look_inside(content)
    return xlsform_file.unpack(content)


def _titles(base: Definitions, revision: Revision) -> dict[str, Mapping[str, str]]:
    drafted = {one.key: title_of(base, one) for one in revision.changes}
    items = {item.id: item.text for one in base.checklists.values() for item in one.items()}
    return {**drafted, **items, **{row.code: row.title for row in base.violations}}


def _teller(req: Request, resp: Response) -> Callable[[str], str]:
    """Return what says a sentence of the validator in the language of the page."""
    say = words.catalogue(language(req, resp), "server").gettext
    return lambda text: said(say, text)


def _number(text: str) -> int:
    """Return a number of a form or an address, 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
