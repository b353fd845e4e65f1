"""The addresses of education sessions in the console."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

import falcon
import falcon.asgi
from falcon.asgi import Request, Response
from markupsafe import Markup

from checklists.definitions.citation import citable, cite
from checklists.definitions.lesson import Lesson
from checklists.law.model import Citation
from server.cases.casefile import Actor
from server.console.education import certificate
from server.console.education.page import ADDRESS, address_of, drawn, list_page, session_page
from server.console.files import ALONE
from server.console.frame import SAID, Console, Form, Page, query_of, saying
from server.console.posted import Posted
from server.console.visitor import Visitor, language
from server.refusals import Refused
from server.rights import has, may
from server.store import sessions
from server.store.education_models import EducationSession
from server.store.sessions import CAME, ROLES, STATES, Draft, Guest, SessionError


def _(words: str) -> str:
    return words


SAID.update(
    planned=_("The session is planned: now invite people."),
    invited=_("The person has a seat."),
    noted=_("Noted."),
    stepped=_("The session has gone a step on."),
)
STEP_WORDS: Mapping[str, str] = {
    "before": _("Open the quiz before"),
    "taught": _("Begin teaching"),
    "after": _("Open the quiz after"),
    "closed": _("Close the session"),
    "called_off": _("Call it off"),
}
ROLE_WORDS: Mapping[str, str] = {
    "": _("not said"),
    "driver": _("driver"),
    "escort": _("escort"),
    "manager": _("manager of the carrier"),
}
TABLES: Mapping[str, Any] = {
    "states": STATES, "step_words": STEP_WORDS, "seat_roles": ROLES, "role_words": ROLE_WORDS, "came": CAME,
    "longest": sessions.LONGEST, "hours": sessions.OPEN_HOURS,
}  # fmt: skip


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the addresses."""
    app.add_route(ADDRESS, Sessions(console))
    app.add_route(ADDRESS + "/{session}", Session(console))
    app.add_route(ADDRESS + "/{session}/lesson", Slides(console))
    app.add_route(ADDRESS + "/{session}/do/{act}", Act(console))
    app.add_route(ADDRESS + "/{session}/certificates/{number}", Certificate(console))


def actor(who: Visitor) -> Actor:
    """Return a visitor as one who acts."""
    return Actor(who.login, who.name, who.role, who.agency)


class Sessions(Form):
    """`/console/sessions?carrier=&after=`: the list, and a session that is planned."""

    roles = may("ledger")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the list."""
        await self._draw(req, resp, who)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Plan a session; what is wrong is shown beside what was typed. Raises Refused role_may_not."""
        if not has(who.role, "sessions_keep"):
            raise Refused("role_may_not")
        typed = Draft(**{one.name: form.get(one.name)[: sessions.LONGEST] for one in fields(Draft)})
        packs = await self.store.read(self._packs)
        try:
            made = await self.store.write(lambda: sessions.plan(actor(who), typed, packs))
        except SessionError as wrong:
            resp.status = falcon.HTTP_422
            await self._draw(req, resp, who, typed=typed, faults=wrong.faults)
            return None
        return saying(address_of(str(made.id)), "planned")

    async def _draw(self, req: Request, resp: Response, who: Visitor, **told: Any) -> None:
        packs = await self.store.read(self._packs)
        page = await self.store.read(list_page, who, packs, query_of(req))
        self.console.draw(req, resp, "education/list.html", who, page=replace(page, **told), **TABLES)

    def _packs(self) -> Mapping[str, Lesson]:
        return self.console.knowledge.definitions().lessons


class _OfSession(Page):
    """What is about one session."""

    roles = may("ledger")

    async def held(self, who: Visitor, session: str) -> EducationSession:
        """Return the session. Raises Refused not_found, also for what this visitor may not see."""
        found = await self.store.read(sessions.seen, who.scope, session)
        if found is None:
            raise Refused("not_found")
        return found

    async def draw(self, req: Request, resp: Response, who: Visitor, one: EducationSession, **told: Any) -> None:
        """Draw the page."""
        phones = self.console.office.config.public_address.rstrip("/") or f"{req.scheme}://{req.netloc}"
        page = replace(await self.store.read(session_page, who, one, phones), **told)
        code = Markup(drawn(page.link)) if page.link else ""  # noqa: S704 - our own drawing of our own link
        self.console.draw(req, resp, "education/session.html", who, page=page, code=code, **TABLES)


class Session(_OfSession):
    """`/console/sessions/{session}`: who is invited, the link for phones, what they knew before and after."""

    async def show(self, req: Request, resp: Response, who: Visitor, session: str = "", **_path: str) -> None:
        """Show it; names of people are looked at, so it is logged."""
        one = await self.held(who, session)
        await self.console.note(who.login, "view", f"session:{session}")
        await self.draw(req, resp, who, one)


class Act(_OfSession, Form):
    """`/console/sessions/{session}/do/{act}`: somebody is invited, who came is noted, a step is taken."""

    roles = may("sessions_keep")

    async def take(
        self, req: Request, resp: Response, who: Visitor, form: Posted, session: str = "", act: str = "", **_path: str
    ) -> str | None:
        """Do it; what is wrong is shown on the page, and a guest who was typed stays in his form."""
        one = await self.held(who, session)
        guest = Guest(**{each.name: form.get(each.name)[: sessions.LONGEST] for each in fields(Guest)})
        if act == "invite" and guest.number:  # whether somebody is known here is a search, whatever comes of it
            await self.console.note(who.login, "search", f"person {guest.number}")
        try:
            said = await self.store.write(lambda: _do(act, actor(who), one, guest, form))
        except SessionError as wrong:
            resp.status = falcon.HTTP_422
            await self.draw(req, resp, who, await self.held(who, session), guest=guest, faults=wrong.faults)
            return None
        if not said:
            raise Refused("not_found")
        return saying(address_of(session), said)


def _do(act: str, who: Actor, one: EducationSession, guest: Guest, form: Posted) -> str:
    if act == "invite":
        sessions.invite(who, one, guest)
        return "invited"
    if act == "attend":
        marks = {name.removeprefix("came-"): told for name, told in form.fields.items() if name.startswith("came-")}
        sessions.attend(who, one, {int(number): told for number, told in marks.items() if number.isdecimal()})
        return "noted"
    if act in STEP_WORDS:
        sessions.step(who, one, act, form.get("why"))
        return "stepped"
    return ""


class Slides(_OfSession):
    """`/console/sessions/{session}/lesson`: the pack as it is shown in the room, each statement with its source."""

    async def show(self, req: Request, resp: Response, who: Visitor, session: str = "", **_path: str) -> None:
        """Show the slides."""
        one = await self.held(who, session)
        lesson, definitions = sessions.lesson_of(one), await self.store.read(self.console.knowledge.definitions)
        lang, day = language(req, resp), date.fromisoformat(str(one.starts)[:10])

        def cited(basis: tuple[Citation, ...]) -> list[str]:
            return [cite(definitions, law, lang) for law in citable(definitions, basis, day)]

        told = {"session": one, "lesson": lesson, "back": address_of(session), "cited": cited}
        self.console.draw(req, resp, "education/slides.html", who, **told)


class Certificate(_OfSession):
    """`/console/sessions/{session}/certificates/{number}`: the paper for one who came, once the session is closed."""

    roles = may("sessions_keep")

    async def show(
        self, req: Request, resp: Response, who: Visitor, session: str = "", number: str = "", **_path: str
    ) -> None:
        """Give the PDF. Raises Refused not_found for who did not come, and while the session is not closed."""
        one = await self.held(who, session)
        sheet = await self.store.read(certificate.sheet_of, one, number)
        if sheet is None:
            raise Refused("not_found")
        await self.console.note(who.login, "print", f"session:{session} certificate:{sheet.number}")
        resp.data = await self.store.read(certificate.printed, sheet)
        resp.content_type = "application/pdf"
        resp.set_header("Content-Disposition", f'inline; filename="{sheet.number}.pdf"')
        resp.set_header("Content-Security-Policy", ALONE)
