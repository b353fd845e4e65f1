"""What the pages of education sessions show: the list, one session with its people, link and results."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import segno

from checklists.definitions.lesson import Lesson
from checklists.findings.quiz import sitting
from server import clock
from server.console.education.results import Results, results
from server.console.visitor import Visitor
from server.rights import has
from server.store import case_rows, office_details, sessions
from server.store.education_models import EducationSession, Seat, SeatAnswer
from server.store.sessions import STEPS, Draft, Guest

ADDRESS = "/console/sessions"
PAGE = 50
NEW, NOBODY = Draft(), Guest()


@dataclass(frozen=True)
class Row:
    """A session of the list with how many are invited and came."""

    session: EducationSession
    invited: int
    came: int
    address: str


@dataclass(frozen=True)
class ListPage:
    """The list; `typed` and `faults` are of a form that was not taken."""

    rows: Sequence[Row]
    next: str
    first: bool
    keeps: bool
    packs: Mapping[str, Lesson]
    typed: Draft = NEW
    faults: Sequence[str] = ()


@dataclass(frozen=True)
class Place:
    """A seat with what it answered; `doubt`: it is noted as not there and has answered all the same."""

    seat: Seat
    before: SeatAnswer | None
    after: SeatAnswer | None

    @property
    def doubt(self) -> bool:
        """Whether a person who was not there has answered."""
        return self.seat.came == "no" and (self.before is not None or self.after is not None)


@dataclass(frozen=True)
class SessionPage:
    """One session. `link` is where phones answer, empty while no quiz is open; `over`: its time has run out.

    `named`: the office has told its name, without which it certifies nothing.
    """

    session: EducationSession
    here: str
    lesson: Lesson
    places: Sequence[Place]
    results: Results
    steps: Sequence[str]
    keeps: bool
    link: str
    over: bool
    names: Mapping[str, str]
    named: bool
    guest: Guest = NOBODY
    faults: Sequence[str] = ()

    @property
    def fixed(self) -> bool:
        """Whether nothing changes any more."""
        return self.session.state in ("closed", "called_off")

    def answered(self, phase: str) -> int:
        """Return how many seats answered in a phase."""
        return sum(getattr(one, phase) is not None for one in self.places)

    def came(self, told: str) -> int:
        """Return of how many seats that is noted."""
        return sum(one.seat.came == told for one in self.places)


def address_of(session: str) -> str:
    """Return the address of a session's page."""
    return f"{ADDRESS}/{quote(session, safe='')}"


def list_page(who: Visitor, packs: Mapping[str, Lesson], query: Mapping[str, str]) -> ListPage:
    """Return the list, of one carrier where the query names it. Reads the store."""
    carrier = query.get("carrier", "")[:40]
    at, bar, id_ = query.get("after", "")[:100].partition("~")
    after = (at, id_) if bar else None
    held = sessions.page(who.scope, carrier, after, PAGE + 1)
    shown, last = held[:PAGE], held[PAGE - 1] if len(held) > PAGE else None
    seats = sessions.seats_of([str(one.id) for one in shown])
    told = {"carrier": carrier} if carrier else {}
    further = urlencode({**told, "after": f"{last.starts}~{last.id}"}) if last is not None else ""
    return ListPage(
        rows=[_row(one, seats.get(str(one.id), ())) for one in shown],
        next=f"{ADDRESS}?{further}" if further else "",
        first=after is None,
        keeps=has(who.role, "sessions_keep"),
        packs=packs,
        typed=Draft(carrier=carrier),
    )


def _row(one: EducationSession, seats: Sequence[Seat]) -> Row:
    return Row(one, len(seats), sum(seat.came == "yes" for seat in seats), address_of(str(one.id)))


def session_page(who: Visitor, one: EducationSession, phones: str) -> SessionPage:
    """Return a session's page; `phones` is where phones reach this office. Reads the store."""
    seats, answers = sessions.of_session(str(one.id)), sessions.answers_of([str(one.id)])
    by = {(int(each.number), str(each.phase)): each for each in answers}
    lesson = sessions.lesson_of(one)
    is_open, over = one.state in sessions.PHASES, str(one.expires_at) <= clock.now()
    return SessionPage(
        session=one,
        here=address_of(str(one.id)),
        lesson=lesson,
        places=[Place(s, by.get((int(s.number), "before")), by.get((int(s.number), "after"))) for s in seats],
        results=results(sitting(lesson, int(one.asked)), answers),
        steps=STEPS.get(str(one.state), ()),
        keeps=has(who.role, "sessions_keep"),
        link=f"{phones}/s/{one.token}" if is_open and not over else "",
        over=is_open and over,
        names=case_rows.names({str(one.made_by), str(one.ended_by)}),
        named=bool(office_details.of_agency(str(one.agency)).get("name")),
    )


def drawn(link: str) -> str:
    """Return a link as the SVG of a QR code."""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(
        out, kind="svg", scale=5, border=3, xmldecl=False, svgns=True, svgclass="qr", lineclass=None, nl=False
    )
    return out.getvalue().decode()
