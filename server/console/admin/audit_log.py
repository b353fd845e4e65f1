"""The audit log: narrowed to who, what, when and which case, some at a time; and followed from its first row on.

What came of following it stands in the log too, so that the page shows when it was done last and by whom.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from urllib.parse import urlencode

import falcon
import falcon.asgi
from falcon.asgi import Request, Response

from checklists.definitions.citation import agency_short
from server import clock
from server.console.frame import SAID, Console, Form, query_of, saying
from server.console.knowledge import Knowledge
from server.console.posted import Posted
from server.console.visitor import Visitor, language
from server.exporting.audit_words import KINDS, Told, tell
from server.office import Office
from server.rights import has, may
from server.store import audit, case_rows, cases, registry_changes
from server.store.audit import Wanted
from server.store.counted import LOOKED, Counted
from server.store.office_models import Audit

ADDRESS = "/console/audit"
PAGE = 60
VERIFY = "audit.verify"
_HASH = re.compile(r"[0-9a-f]{64}")
FIELDS: Mapping[str, int] = {"who": 60, "action": 40, "about": 100, "case": 60, "since": 10, "until": 10}
"""Field of the filter → how long it may be."""


def _(words: str) -> str:
    return words


SAID.update(verified=_("The log was followed from its first row; what came of it stands above the rows."))
HASH_WRONG = _("A hash has 64 figures and letters from a to f.")
CASE_UNKNOWN = _("There is no case with this number.")


@dataclass(frozen=True)
class AuditPage:
    """All that the template draws. `told` are the filters as typed; `last` is the verification done last.

    `wanted` narrows a file as the rows are narrowed; `people` are the names of those who acted, by login, `numbers`
    those of the cases that rows are about, by subject.
    """

    rows: Sequence[Told]
    told: Mapping[str, str]
    next: str
    total: Counted
    last: Told | None
    good: bool
    fault: str = ""
    known: str = ""
    ended: bool = True
    wanted: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses."""
    app.add_route(ADDRESS, AuditLog(console))


class AuditLog(Form):
    """`/console/audit?who=&action=&about=&case=&since=&until=&before=`."""

    roles = may("audit")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show some rows, the latest first."""
        page = await self._read(req, resp, who, query_of(req))
        self._draw(req, resp, who, page)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Follow the log, and what imports changed; `knows` is a last hash that somebody wrote down."""
        known = form.get("knows").lower()
        if known and not _HASH.fullmatch(known):
            resp.status = falcon.HTTP_422
            self._draw(req, resp, who, await self._read(req, resp, who, {}, HASH_WRONG, known))
            return None
        await self.store.read(_verify, self.console.office, known, who.login)
        return saying(ADDRESS, "verified")

    async def _read(
        self, req: Request, resp: Response, who: Visitor, query: Mapping[str, str], *more: str
    ) -> AuditPage:
        return await self.store.read(_page, self.console.knowledge, language(req, resp), who, query, *more)

    def _draw(self, req: Request, resp: Response, who: Visitor, page: AuditPage) -> None:
        told = {"page": page, "kinds": KINDS, "exports": has(who.role, "export_audit"), "looked": LOOKED}
        self.console.draw(req, resp, "admin/audit.html", who, **told)


def _verify(office: Office, known: str, who: str) -> None:
    told, batches = audit.verify(known), registry_changes.broken()
    detail = {"rows": told.rows, "last": told.last, "broken_at": told.broken_at, "found": told.found}
    detail |= {"batches": batches[:20]} if batches else {}
    office.store.write_now(lambda: audit.note(who=who, action=VERIFY, subject="audit", detail=detail))


def _page(
    knowledge: Knowledge, lang: str, who: Visitor, query: Mapping[str, str], fault: str = "", known: str = ""
) -> AuditPage:
    definitions = knowledge.definitions()
    agencies = {code: agency_short(definitions, code, lang) for code in definitions.agencies}
    told = {name: query.get(name, "").strip()[:longest] for name, longest in FIELDS.items()}
    subjects = _subjects(told["case"]) if told["case"] else ()
    wanted = Wanted(
        told["who"],
        told["action"],
        told["about"],
        clock.start_of(_day(told["since"])),
        clock.start_of(_day(told["until"]), 1),
        subjects,
    )
    nothing = bool(told["case"]) and not subjects
    before = query.get("before", "")
    place = int(before) if before.isascii() and before.isdecimal() and len(before) < 16 else None
    none: tuple[list[Audit], int | None, bool] = ([], None, True)
    rows, further, ended = none if nothing else audit.shown(wanted, before=place, limit=PAGE)
    more = {**{name: one for name, one in told.items() if one}, "before": str(further)} if further is not None else {}
    last = audit.latest(VERIFY)
    result = audit.detail_of(last) if last is not None else {}
    return AuditPage(
        rows=[tell(one, who.role, agencies) for one in rows],
        told=told,
        next=f"{ADDRESS}?{urlencode(more)}" if more else "",
        total=Counted(0) if nothing else audit.total(wanted),
        ended=ended,
        last=tell(last, who.role, agencies) if last is not None else None,
        good=result.get("broken_at") is None and bool(result.get("found")) and not result.get("batches"),
        fault=fault or (CASE_UNKNOWN if nothing else ""),
        known=known,
        wanted={**asdict(wanted), "subjects": " ".join(subjects)},
        people=case_rows.names({str(one.who) for one in (*rows, *((last,) if last is not None else ()))}),
        numbers=cases.numbers_of(str(one.subject) for one in rows),
    )


def _subjects(number: str) -> tuple[str, ...]:
    """Return what rows of a case are about: the case, its stop, the records of the stop."""
    held = cases.by_number(number)
    if held is None:
        return ()
    return tuple(cases.subjects_of(held))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
