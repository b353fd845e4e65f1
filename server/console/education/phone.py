"""`/s/{token}`: the quiz of a session on a phone, without an account, a cookie or a script.

Whoever has the link, his seat's number and its four signs answers once before and once after. It says of nobody but
himself anything, and of him no more than that his answers are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import falcon
import falcon.asgi
from falcon.asgi import Request, Response

from checklists.words import LANGUAGES
from server.console.frame import Console
from server.console.posted import posted
from server.envelope import sender
from server.limits import Places, Slowdown, Window, retry_after
from server.refusals import REFUSALS, Refused
from server.store import seat_answers
from server.store.education_models import EducationSession
from server.store.seat_answers import NotTaken, Sitting

PATH = "/s/{token}"
_BYTES = 16 * 1024
_OF_ONE, _OF_LINK = 240, 1200
"""Requests a minute of one sender, and of one link: a whole class sits behind one address of its carrier."""
_FREE_SEAT, _FREE_SENDER = 5, 30
_LONGEST, _LONGEST_SENDER = 60.0, 2.0
"""Seconds between tries once many were wrong: in the hours that a link lives some hundreds of ten thousand signs."""


def _(words: str) -> str:
    return words


TOLD: Mapping[str, str] = {
    "closed": _("No quiz of this session is open now. Ask whoever holds it."),
    "late": _("The time for answers is over. Ask whoever holds the session."),
    "nobody": _("Seat number and signs do not fit. Look at your slip, or ask whoever holds the session."),
    "done": _("Your answers are kept already; they are not changed."),
    "unanswered": _("One question has no answer yet: look through them once more."),
    "unknown": _("This link is not valid. Scan the code in the room once more."),
    "wait": _("Too many wrong tries: wait some seconds, then try once more."),
}
STATUS: Mapping[str, str] = {"nobody": falcon.HTTP_403, "unanswered": falcon.HTTP_422, "unknown": falcon.HTTP_404,
                             "closed": falcon.HTTP_409, "late": falcon.HTTP_409, "done": falcon.HTTP_409,
                             "wait": falcon.HTTP_429}  # fmt: skip


def mount(app: falcon.asgi.App[Request, Response], console: Console) -> None:
    """Add the address."""
    app.add_route(PATH, Phone(console))


class Phone:
    """What a phone sees. Each answer is a page in words; nothing of another seat stands on it."""

    def __init__(self, console: Console) -> None:
        self.console, self.store = console, console.office.store
        config = console.office.config
        self._places = Places(config.strangers_at_once, config.strangers_per_address)
        self._senders, self._links = Window(_OF_ONE, "too_many_requests"), Window(_OF_LINK, "too_many_requests")
        self._seat, self._sender = Slowdown(_FREE_SEAT, _LONGEST), Slowdown(_FREE_SENDER, _LONGEST_SENDER)

    async def on_get(self, req: Request, resp: Response, token: str) -> None:
        """Ask for the seat, or say why no answer is taken."""
        await self._answer(req, resp, token, self._ask)

    async def on_post(self, req: Request, resp: Response, token: str) -> None:
        """Show the questions to a seat, or take its answers."""
        await self._answer(req, resp, token, self._take)

    async def _answer(self, req: Request, resp: Response, token: str, act: Any) -> None:
        try:
            self._senders.count(sender(req))
            session = await self.store.read(seat_answers.of_token, token[:64])
            if session is None:
                self._say(req, resp, "unknown")
                return
            self._links.count(str(session.id))
            with self._places.one(sender(req)):
                await act(req, resp, session)
        except NotTaken as told:
            self._say(req, resp, told.code)
        except Refused as refused:
            resp.status = str(refused.status)
            for name, value in refused.headers.items():
                resp.set_header(name, value)
            self._draw(req, resp, view="told", told=REFUSALS[refused.code].title)

    async def _ask(self, req: Request, resp: Response, session: EducationSession) -> None:
        phase = seat_answers.phase_of(session)
        self._draw(req, resp, view="seat", session=session, phase=phase, told="", number="")

    async def _take(self, req: Request, resp: Response, session: EducationSession) -> None:
        form = await posted(req, self.console.office.config.stall_seconds, _BYTES)
        number, code, phase = form.get("number")[:4], form.get("code")[:8], form.get("phase")
        line = f"{session.id}/{number}"
        # Between asking and taking the place nothing is awaited: of many tries at once one goes on.
        lines = ((self._seat, line), (self._sender, sender(req)))
        wait = max(each.ahead(key) for each, key in lines)
        if wait:
            self._say(req, resp, "wait")
            resp.set_header("Retry-After", retry_after(wait)["Retry-After"])
            return
        for each, key in lines:
            each.book(key)
        given = {name.removeprefix("q-"): told for name, told in form.fields.items() if name.startswith("q-")}
        try:
            if not phase:
                one = await self.store.read(seat_answers.sit, session, number, code)
                self._questions(req, resp, one, code)
                return
            one = await self.store.write(lambda: seat_answers.take(str(session.token), number, code, phase, given))
        except NotTaken as told:
            await self._not_taken(req, resp, session, told.code, number, code, given)
            return
        self._seat.right(line)
        self._draw(req, resp, view="kept", one=one, given=given)

    async def _not_taken(
        self, req: Request, resp: Response, session: EducationSession, told: str, number: str, code: str,
        given: Mapping[str, str],
    ) -> None:  # fmt: skip
        if told == seat_answers.NOBODY:
            self._seat.wrong(f"{session.id}/{number}")
            self._sender.wrong(sender(req))
            resp.status = STATUS[told]
            phase = seat_answers.phase_of(session)
            self._draw(req, resp, view="seat", session=session, phase=phase, told=TOLD[told], number=number)
        elif told == seat_answers.UNANSWERED:
            resp.status = STATUS[told]
            one = await self.store.read(seat_answers.sit, session, number, code)
            self._questions(req, resp, one, code, given, TOLD[told])
        else:
            self._say(req, resp, told)

    def _questions(
        self, req: Request, resp: Response, one: Sitting, code: str,
        given: Mapping[str, str] | None = None, told: str = "",
    ) -> None:  # fmt: skip
        self._draw(req, resp, view="quiz", one=one, code=code, given=given or {}, told=told)

    def _say(self, req: Request, resp: Response, code: str) -> None:
        resp.status = STATUS[code]
        self._draw(req, resp, view="told", told=TOLD[code])

    def _draw(self, req: Request, resp: Response, **values: Any) -> None:
        asked = req.get_param("lang")
        lang = asked if asked in LANGUAGES else "zh_CN"
        self.console.desk.draw(resp, "education/phone.html", lang, values)
