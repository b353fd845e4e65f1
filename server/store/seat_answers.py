"""What somebody answers on his phone, without an account: by the session's link, his number and his four signs.

Answers are taken once and never changed; whatever comes again is told what stands.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklists.findings.quiz import Asked, shuffled, sitting
from checklists.wire import canonical
from server import clock
from server.store import sessions
from server.store.education_models import EducationSession, Seat, SeatAnswer

CLOSED, LATE, NOBODY, DONE, UNANSWERED = "closed", "late", "nobody", "done", "unanswered"
"""Why nothing is taken: no quiz is open, its time is over, no such seat, it has answered, an answer is missing."""


class NotTaken(ValueError):  # noqa: N818 - what a phone is told, no error
    """Why an answer is not taken; `code` is one of those above."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Sitting:
    """Somebody in front of the questions of a phase, each with its answers in his own order."""

    session: EducationSession
    seat: Seat
    phase: str
    asked: tuple[Asked, ...]


def of_token(token: str) -> EducationSession | None:
    """Return the session that a link names, or None."""
    held: EducationSession | None = EducationSession.get_or_none(EducationSession.token == token)
    return held


def phase_of(session: EducationSession) -> str:
    """Return which quiz is open. Raises NotTaken."""
    if session.state not in sessions.PHASES:
        raise NotTaken(CLOSED)
    if str(session.expires_at) <= clock.now():
        raise NotTaken(LATE)
    return str(session.state)


def sit(session: EducationSession, number: str, code: str) -> Sitting:
    """Return the questions for whoever has that number and these signs. Raises NotTaken."""
    phase = phase_of(session)
    plain = number.isascii() and number.isdecimal() and len(number) < 5
    seat = Seat.get_or_none(Seat.session == session.id, Seat.number == int(number)) if plain else None
    if seat is None or not hmac.compare_digest(str(seat.code).encode(), code.strip().upper().encode()):
        raise NotTaken(NOBODY)
    if answered(session, seat, phase) is not None:
        raise NotTaken(DONE)
    return Sitting(session, seat, phase, asked(session, int(seat.number)))


def asked(session: EducationSession, number: int) -> tuple[Asked, ...]:
    """Return the questions of a session, the answers in an order that is this seat's alone."""
    questions = sitting(sessions.lesson_of(session), int(session.asked))
    return tuple(shuffled(one, f"{session.id}/{number}") for one in questions)


def answered(session: EducationSession, seat: Seat, phase: str) -> SeatAnswer | None:
    """Return what a seat answered in a phase, or None."""
    mine = (SeatAnswer.session == session.id, SeatAnswer.number == seat.number, SeatAnswer.phase == phase)
    held: SeatAnswer | None = SeatAnswer.get_or_none(*mine)
    return held


def take(token: str, number: str, code: str, phase: str, given: Mapping[str, str]) -> Sitting:
    """Keep the answers of a seat, once; `given` are places by question. Raises NotTaken.

    Answers to the quiz before that come when that after is open are no answers to it.
    """
    session = of_token(token)
    if session is None:
        raise NotTaken(CLOSED)
    EducationSession.update(id=EducationSession.id).where(EducationSession.id == session.id).execute()
    one = sit(EducationSession.get_by_id(session.id), number, code)
    if one.phase != phase:
        raise NotTaken(CLOSED)
    chosen = _chosen(one.asked, given)
    told = [
        {"id": each.question.id, "chosen": place, "right": place == each.right}
        for each, place in zip(one.asked, chosen, strict=True)
    ]
    SeatAnswer.create(
        session=session.id, number=one.seat.number, phase=phase, answers=canonical(told).decode(),
        score=sum(bool(each["right"]) for each in told), asked=len(told), at=clock.now(),
    )  # fmt: skip
    return one


def _chosen(questions: Sequence[Asked], given: Mapping[str, str]) -> list[int]:
    """Return the place of each answer. Raises NotTaken where one is missing or is none of those offered."""
    found = []
    for one in questions:
        text = given.get(one.question.id, "")
        if text not in [str(place) for place in range(len(one.options))]:
            raise NotTaken(UNANSWERED)
        found.append(int(text))
    return found
