"""The law page: clauses that the data leave open, with the article's own words; two people confirm each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import falcon
from falcon.asgi import Request, Response

from checklists.definitions.citation import cite
from checklists.definitions.definition import Definitions
from checklists.facts.situation import LAW_ZONE
from checklists.law import texts
from checklists.law.model import Citation
from checklists.wire import digest
from checklists.words import LANGUAGES
from server import clock, publishing
from server.cases.asking import Missing
from server.cases.casefile import Actor
from server.cases.machine import Refusal
from server.cases.words import CODES
from server.console.cases import scans
from server.console.cases.telling import FILE_WRONG, OWN
from server.console.findings import Text
from server.console.frame import Form, Page, query_of, saying
from server.console.posted import FILE_BYTES, Posted
from server.console.visitor import Visitor
from server.console.wordings import Stretch, compared, differ
from server.refusals import Refused
from server.rights import has, may
from server.store import case_law, case_scans, law_confirmations
from server.store.law_confirmations import CONFIRMS, PROPOSES, OpenRow, Proposal
from server.store.paper_models import LawConfirmation


def _(words: str) -> str:
    return words


Typed = Mapping[str, str]
ADDRESS = "/console/law"
LONGEST = 20_000
STATES = ("open", "proposed", "confirmed")
REMARKS = (
    _("amount not read; the fines were lowered in 2022"),
    _("amount second hand (S79)"),
    _("numbering of an older version"),
    _("text read; that this conduct falls under it is our reading"),
    _("text read; that the board of GB 20300 is a 警示标志 of the Law is our reading"),
    _("text read; which permits count as 本法规定的其他许可证 is our reading"),
    _(
        "text read: it fines a driver who does not meet art. 7 or 8; that it stands before 道路危货规定 58(1)"
        " is our reading"
    ),
    _("text read: it speaks of 道路危险货物运输许可证件; that an expired 道路运输证 alone is one is our reading"),
)
"""What the data remark on their open clauses, so that the catalogue has it in Chinese."""


@dataclass(frozen=True)
class Line:
    """A clause that waits, as the page shows it. `text_digest` is that of the words which stand there.

    `looked_up`: the words are those of the article whose number was typed; `compared` sets what was typed beside them.
    """

    row: OpenRow
    cited: Text
    text: str
    text_digest: str
    looked_up: str = ""
    compared: tuple[Stretch, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether what was typed is not what the product carries."""
        return differ(self.compared)

    @property
    def key(self) -> str:
        """What names the clause in a form."""
        return key_of(self.row)


@dataclass(frozen=True)
class LawPage:
    """All that the template draws."""

    lines: Sequence[Line]
    counts: Mapping[str, int]
    code: str
    state: str
    past: Sequence[tuple[LawConfirmation, Text]]
    faults: Sequence[tuple[str, str]] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    about: str = ""


class LawResource(Form):
    """`/console/law?code=&state=`: what waits; proposing, agreeing, ending."""

    roles = may("law")
    limit = FILE_BYTES

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the clauses of one violation, or all of a state."""
        query = query_of(req)
        page = await self.store.read(_page, query.get("code", ""), query.get("state", ""))
        self._draw(req, resp, who, page)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Propose, confirm or end; where that is refused the page says why and keeps what was typed.

        Raises Refused role_may_not.
        """
        if form.get("act") == "look":
            page = await self.store.read(_page, form.get("code"), "", (), form.fields, form.get("about"))
            self._draw(req, resp, who, page)
            return None
        acts: Mapping[str, Any] = {"propose": self._propose, "confirm": self._confirm, "end": self._end}
        act = acts.get(form.get("act"))
        if act is None:
            raise Refused("malformed", "no such act")
        if not has(who.role, "law_propose" if act == self._propose else "law_confirm"):
            raise Refused("role_may_not")
        kept, wrong = await scans.keep(self.console.office, form.files, who.login)
        typed = {**form.fields, **{f"{name}.kept": one.sha256 for name, one in kept.items()}}
        done = Refusal("law", (Missing(FILE_WRONG),)) if wrong else await act(who, typed)
        code = form.get("code")
        if not isinstance(done, Refusal):
            return saying(f"{ADDRESS}?{urlencode({'code': code})}" if code else ADDRESS, "saved")
        page = await self.store.read(_page, code, "", _told(done.missing), typed, form.get("about"))
        resp.status = falcon.HTTP_422
        self._draw(req, resp, who, page)
        return None

    async def _propose(self, who: Visitor, typed: Typed) -> int | Refusal:
        names = ("code", "part", "law", "version", "clause", "text", "text_digest", "as_clause", "subject", "source")
        told: dict[str, Any] = {name: typed.get(name, "").strip() for name in (*names, "note")}
        told |= {name: _yuan(typed.get(name, "").strip()) for name in ("min_cny", "max_cny")}
        proposal = Proposal(**told, scan=typed.get("scan.kept", ""))
        return await self.store.write(lambda: law_confirmations.propose(proposal, _actor(who)))

    async def _confirm(self, who: Visitor, typed: Typed) -> LawConfirmation | Refusal:
        id_, told = _number(typed), typed.get("text_digest", "")
        return await self.store.read(publishing.confirm_law, self.console.office, id_, told, _actor(who))

    async def _end(self, who: Visitor, typed: Typed) -> LawConfirmation | Refusal:
        id_, why = _number(typed), typed.get("why", "").strip()
        return await self.store.read(publishing.end_law, self.console.office, id_, why, _actor(who))

    def _draw(self, req: Request, resp: Response, who: Visitor, page: LawPage) -> None:
        may = {"propose": who.role in PROPOSES, "confirm": who.role in CONFIRMS}
        self.console.draw(
            req, resp, "confirmations.html", who, page=page, may=may, states=STATES, carries=texts.versions()
        )


def key_of(row: OpenRow) -> str:
    """Return what names a clause in a form."""
    named = (row.code, row.part, row.citation.law, row.citation.version, row.citation.clause, row.subject)
    return "|".join(named)


class LawScan(Page):
    """`/console/law/scans/{sha256}`: the scan that was given with a proposal, for whoever is to agree to its words."""

    roles = may("law")

    async def show(self, req: Request, resp: Response, who: Visitor, sha256: str = "", **_path: str) -> None:
        """Give the file. Raises Refused not_found, also for a file that no proposal names."""
        named = await self.store.read(law_confirmations.names_scan, sha256)
        file = await self.store.read(case_scans.by_digest, sha256) if named else None
        if file is None:
            raise Refused("not_found")
        await self.console.note(who.login, "view", f"file:{sha256}")
        await scans.give(self.console.office, resp, file)


def _told(missing: Sequence[Missing]) -> list[tuple[str, str]]:
    """Return what is missing in words; of its details only those that a reader knows."""
    return [(_WORDS[one.code], _DETAILS.get(one.detail, one.detail if one.code in _CLAUSES else "")) for one in missing]


_WORDS = {**CODES, **OWN}
_CLAUSES = ("law_clause_missing", "law_text_missing", "law_text_other")
_DETAILS = {"reason": _("Reason"), "source": _("Where the words stand")}
"""Codes whose detail is a clause, and the names of fields."""


def _actor(who: Visitor) -> Actor:
    return Actor(who.login, who.name, who.role, who.agency)


def _number(typed: Typed) -> int:
    text = typed.get("id", "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _yuan(text: str) -> int | None:
    """Return an amount; one that is no whole number is out of every range, and refused as such."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else -1


def _page(
    code: str,
    state: str,
    faults: Sequence[tuple[str, str]] = (),
    typed: Mapping[str, str] | None = None,
    about: str = "",
) -> LawPage:
    definitions = case_law.current().definitions
    day = clock.read(clock.now()).astimezone(LAW_ZONE).date()
    waiting = law_confirmations.waiting(definitions, day, code)
    counts = {name: sum(one.state == name for one in waiting) for name in STATES}
    shown = [one for one in waiting if state in ("", one.state)]

    said = typed or {}

    def line(one: OpenRow) -> Line:
        words = _cited_in(definitions, one.citation)
        if one.row is not None:
            return Line(one, words, str(one.row.text), str(one.row.text_digest))
        if one.text or key_of(one) != about:
            return Line(one, words, one.text, digest(one.text.encode()))
        clause = said.get("as_clause", "").strip()
        text = texts.words_of(one.citation.law, one.citation.version, clause)
        beside = compared(said.get("text", "")[:LONGEST], text) if text else ()
        return Line(one, words, text, digest(text.encode()), clause if text else "", beside)

    past = [(one, _cited(definitions, one)) for one in law_confirmations.history(code)[:50]]
    return LawPage([line(one) for one in shown], counts, code, state, past, faults, said, about)


def _cited(definitions: Definitions, row: LawConfirmation) -> Text:
    return _cited_in(definitions, Citation(str(row.law), str(row.version), str(row.as_clause or row.clause)))


def _cited_in(definitions: Definitions, clause: Citation) -> Text:
    return {lang[:2]: cite(definitions, clause, lang) for lang in LANGUAGES}
