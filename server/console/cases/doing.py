"""`/console/cases/{case_id}/do/{event}`: the form of one step, and the step itself: one POST, one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import falcon
from falcon.asgi import Request, Response

from checklists.wire import canonical, digest
from server import clock, paperwork
from server.cases.asking import Missing
from server.cases.casefile import CaseFile
from server.cases.fields import FIELDS
from server.cases.machine import MOVES, Refusal, prospects
from server.cases.moves import Move
from server.console.cases import draft as drafts
from server.console.cases import form as forms
from server.console.cases import scans, words
from server.console.cases.choices import Choices, choices_of
from server.console.cases.draft import Draft
from server.console.cases.page import actor_of
from server.console.cases.reading import Reader
from server.console.cases.telling import FILE_WRONG, Teller, Told
from server.console.frame import Console, Form, go, query_of, saying
from server.console.menu import CASE_ROLES
from server.console.posted import FILE_BYTES, Posted
from server.console.visitor import Visitor, language
from server.documents.forms import FORMS
from server.office import Office
from server.paperwork import Work
from server.refusals import Refused
from server.store import (
    case_apply,
    case_discretion,
    case_files,
    case_history,
    case_law,
    case_papers,
    case_proof,
    case_rows,
    reading,
)
from server.store.case_apply import Applied
from server.store.case_discretion import Help
from server.store.models import Case


@dataclass(frozen=True)
class Act:
    """A case on the desk of somebody who is about to act: the move he may make (None where he may not), and why not."""

    row: Case
    file: CaseFile
    move: Move | None
    side: str
    blocked: tuple[Missing, ...]
    choices: Choices
    teller: Teller
    may: frozenset[str]


class DoResource(Form):
    """The form of an event, and the event."""

    roles = CASE_ROLES
    limit = FILE_BYTES

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self.office = console.office

    async def show(self, req: Request, resp: Response, who: Visitor, case_id: str = "", event: str = "") -> None:  # type: ignore[override]
        """Show the form of an event, or why there is none. Raises Refused not_found."""
        query = query_of(req)
        if event == "document_issued" and query.get("kind") in FORMS:  # a document has a page of its own
            side = f"?{urlencode({'side': query['side']})}" if query.get("side") else ""
            go(resp, f"/console/cases/{case_id}/documents/{query['kind']}{side}")
            return
        desk = await self.store.read(_desk, who, case_id, event, query.get("side", ""))
        await self.console.viewing(who, f"case:{case_id} step:{event}", str(desk.row.inspection))
        if desk.move is None:
            self._refuse(req, resp, who, desk, event, desk.blocked)
            return
        begun = drafts.begin(desk.move, desk.file, desk.choices, query, language(req, resp))
        await self._draw(req, resp, who, desk, desk.move, begun, desk.blocked)

    async def take(  # type: ignore[override]
        self, req: Request, resp: Response, who: Visitor, form: Posted, case_id: str = "", event: str = ""
    ) -> str | None:
        """Let the event happen and go back to the case; else draw the form again with all that was typed."""
        version = _version(req, form)
        desk = await self.store.read(_desk, who, case_id, event, form.get("side"))
        kept, wrong = await scans.keep(self.office, form.files, who.login)
        typed = _typed(form, kept)
        move = desk.move or _move(desk.file, event)
        if move is None:
            self._refuse(req, resp, who, desk, event, desk.blocked, typed)
            return None
        reader = Reader(move, desk.file, desk.choices, typed)
        data = reader.data()
        faults = [*(Missing(FILE_WRONG, name.partition(".")[0]) for name in wrong), *reader.faults]
        done = await self._apply(who, case_id, event, data, version, faults)
        if isinstance(done, Applied):
            return saying(f"/console/cases/{case_id}", "done")
        if {*done.codes} == {"stale"}:
            return await self._stale(req, resp, who, form, typed, data, done, case_id, event)
        if desk.move is None:
            self._refuse(req, resp, who, desk, event, done.missing, typed)
            return None
        resp.status = falcon.HTTP_422
        await self._draw(req, resp, who, desk, move, typed, _all(faults, done.missing))
        return None

    async def _apply(
        self, who: Visitor, case: str, event: str, data: Mapping[str, Any], version: int, faults: Sequence[Missing]
    ) -> Applied | Refusal:
        """Apply the event; where the form itself is wrong already only what else is missing is asked."""
        actor = actor_of(who)
        if faults and not await self.store.read(_is_stale, case, version):
            step = await self.store.read(case_apply.check_event, case, event, data, actor)
            return step if isinstance(step, Refusal) else Refusal(event, ())
        # What is stale is refused as such, whatever else is wrong with it.
        work = paperwork.Work(case, event, data, actor, {}, clock.read(clock.now()), version)
        return await self.store.read(_perform, self.office, work)

    async def _stale(
        self,
        req: Request,
        resp: Response,
        who: Visitor,
        form: Posted,
        typed: Draft,
        data: Mapping[str, Any],
        done: Refusal,
        case_id: str,
        event: str,
    ) -> str | None:
        """Say what happened meanwhile and keep what was typed; the same step sent twice has happened once."""
        if await self.store.read(_was_this, case_id, _version(req, form), event, who.login, data):
            return saying(f"/console/cases/{case_id}", "done")
        desk = await self.store.read(_desk, who, case_id, event, form.get("side"))
        since = [desk.teller.told(one, event) for one in done.missing]
        resp.status = falcon.HTTP_409
        if desk.move is None:
            self._refuse(req, resp, who, desk, event, desk.blocked, typed, since)
        else:
            await self._draw(req, resp, who, desk, desk.move, typed, desk.blocked, since)
        return None

    async def _draw(
        self,
        req: Request,
        resp: Response,
        who: Visitor,
        desk: Act,
        move: Move,
        draft: Draft,
        missing: Sequence[Missing],
        since: Sequence[Told] = (),
    ) -> None:
        made = forms.form_of(move, desk.file, desk.choices, draft, missing, desk.teller, desk.side)
        helps = await self.store.read(_helps, desk.file) if "penalties" in forms.seen(move) else ()
        titles = {one.code: one.title for one in desk.choices.violations}
        self._page(req, resp, who, desk, form=made, since=since, helps=helps, titles=titles)

    def _refuse(
        self,
        req: Request,
        resp: Response,
        who: Visitor,
        desk: Act,
        event: str,
        missing: Sequence[Missing],
        typed: Draft | None = None,
        since: Sequence[Told] = (),
    ) -> None:
        """Say why a step is not to be had here, and give back what was typed for it."""
        codes = {one.code for one in missing}
        if not since:
            resp.status = falcon.HTTP_403 if codes & {"role", "agency"} else falcon.HTTP_409
        told = [desk.teller.told(one, event) for one in missing]
        kept = [text for name, held in (typed or {}).items() if FIELDS.get(name) and FIELDS[name].kind == "text"
                for text in held if text.strip()]  # fmt: skip
        self._page(req, resp, who, desk, form=None, event=event, told=told, kept=kept, since=since)

    def _page(self, req: Request, resp: Response, who: Visitor, desk: Act, **values: Any) -> None:
        told = {"case": desk.row, "file": desk.file, "may": desk.may, **words.tables()}
        self.console.draw(req, resp, "cases/do.html", who, **told, **values)


def _desk(who: Visitor, case_id: str, event: str, side: str) -> Act:
    """Return the case with what this visitor may do of an event. Raises Refused not_found."""
    row = reading.case(who.scope, case_id)
    if row is None or not any(one.event == event for one in MOVES):
        raise Refused("not_found")
    bench = case_law.current()
    pieces = case_proof.board(case_id, case_files.groups_of(case_id)) if _asks(event, *_OF_EVIDENCE) else {}
    missing = {
        code: tuple(one.kind for one in rows if one.state in case_proof.LACKING) for code, rows in pieces.items()
    }
    file = case_files.load(row, bench, lambda _case, _groups: missing).file
    teller = Teller(bench.definitions, case_rows.names())
    choices = choices_of(row, file, teller, missing, records=_asks(event, *_OF_THE_RECORD))
    now, actor = clock.read(clock.now()), actor_of(who)
    open_ = prospects(file, actor, now, bench.law)
    may = frozenset(one.move.event for one in open_ if not one.side)
    found = next(
        (
            one
            for one in open_
            if one.move.event == event and one.side == (side if one.move.track != "main" and one.side else "")
        ),
        None,
    )
    if found is not None:
        of = side or found.side
        return Act(row, file, found.move, of, found.blocked, choices, teller, may)
    refused = case_apply.check_event(case_id, event, {"side": side} if side else {}, actor)
    codes = ("role", "agency", "not_in_state", "other_track", "side_unknown")
    why = tuple(one for one in refused.missing if one.code in codes) if isinstance(refused, Refusal) else ()
    return Act(row, file, None, side, why or (Missing("not_in_state", file.state),), choices, teller, may)


_OF_THE_RECORD = ("evidence", "officers", "investigators")
_OF_EVIDENCE = ("evidence", "evidence_complete")
"""Fields and guards for which the records of the stops are read: that costs more than the rest of a form."""


def _asks(event: str, *names: str) -> bool:
    """Whether an event has one of those fields or guards."""
    return any(
        name in (*move.needs, *move.takes, *move.guards) for move in MOVES if move.event == event for name in names
    )


def _perform(office: Office, work: Work) -> Applied | Refusal:
    """Let the event happen; a document that it issues is made of what somebody has filled into its draft."""
    filled = case_papers.filled_of(work.case, work.kind, work.side) if work.kind else {}
    done = paperwork.perform(office, replace(work, filled=filled))
    return done if isinstance(done, Refusal) else done[0]


def _move(file: CaseFile, event: str) -> Move | None:
    """Return any move of an event: what a form was made for when it was."""
    return next((one for one in MOVES if one.event == event and one.agency in ("", file.agency)), None)


def _helps(file: CaseFile) -> Sequence[Help]:
    return case_discretion.of_case(file, case_law.current())


def _is_stale(case: str, version: int) -> bool:
    row = Case.get_or_none(Case.id == case)
    return row is not None and int(row.version) != version


def _version(req: Request, form: Posted) -> int:
    """Return the version that the form was made from, as a field or as `If-Match`. Raises Refused malformed."""
    text = form.get("version") or (req.get_header("If-Match") or "").strip().strip('"')
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Refused("malformed", "a step names the version of the case that it was made from")
    return int(text)


def _typed(form: Posted, kept: Mapping[str, scans.Scan]) -> Draft:
    """Return what was typed, with every scan by its digest."""
    draft = {name: held for name, held in form.values.items() if name not in ("csrf", "version")}
    for name, scan in kept.items():
        draft[f"{name}.kept"] = (scan.sha256,)
        draft[f"{name}.name"] = (scan.name,)
    return draft


def _all(faults: Sequence[Missing], missing: Sequence[Missing]) -> tuple[Missing, ...]:
    """Return all that is missing once; what could not be read is not missing as well."""
    wrong = {one.detail for one in faults}
    rest = (one for one in missing if not (one.code == "field_missing" and one.detail in wrong))
    return tuple(dict.fromkeys((*faults, *rest)))


def _was_this(case: str, version: int, event: str, login: str, data: Mapping[str, Any]) -> bool:
    """Whether the first thing that happened since a version is this very step by this very person."""
    since = case_history.since(case, version)
    first = since[0] if since else None
    same = first is not None and (first.event, first.who, int(first.seq)) == (event, login, version + 1)
    return first is not None and same and digest(str(first.data).encode()) == digest(canonical(dict(data)))
