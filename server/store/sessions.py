"""Education sessions of carriers: planned, gone through step by step, with who is invited and who came.

A session goes forward only, and each step is taken once: of two clerks who press a button the second is told.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from checklists.definitions.lesson import Lesson
from checklists.wire import canonical, from_plain, to_plain, uuid7
from checklists.zone import in_law_zone
from server import clock
from server.accounts import Scope
from server.cases.casefile import Actor
from server.rights import may
from server.store import audit, known, registry
from server.store.education_models import EducationSession, Seat, SeatAnswer
from server.store.tier_models import CarrierTier

LONGEST = 100
MOST_SEATS = 200
LEAST_ASKED, MOST_ASKED = 3, 20
OPEN_HOURS = 12
"""So long after its opening a quiz takes answers, where nobody ends it before."""
_PAST_DAYS, _AHEAD_DAYS = 31, 366
_CODE = re.compile(r"[0-9A-Z]{4}")


def _(words: str) -> str:
    return words


STATES: Mapping[str, str] = {
    "planned": _("planned"),
    "before": _("quiz before is open"),
    "taught": _("being taught"),
    "after": _("quiz after is open"),
    "closed": _("held and closed"),
    "called_off": _("called off"),
}
STEPS: Mapping[str, tuple[str, ...]] = {
    "planned": ("before", "taught", "called_off"),
    "before": ("taught", "called_off"),
    "taught": ("after", "closed"),
    "after": ("closed",),
}
"""State → where it may go."""
PHASES = ("before", "after")
"""The states in which phones may answer, and what their answers are called."""
ROLES = ("", "driver", "escort", "manager")
CAME: Mapping[str, str] = {"yes": _("came"), "no": _("did not come"), "": _("not noted")}

NO_ROLE = _("Your role does not keep education sessions.")
NO_CARRIER = _("No carrier is known here under this credit code: compare it with the licence.")
NO_TIME = _("The day and time must be real, at most 31 days ago and at most a year ahead.")
MISSING = _("Place and who holds the session must be there.")
NO_PACK = _("Choose a lesson pack that is published.")
NO_COUNT = _("Ask 3 to 20 questions, and no more than the pack has.")
NO_NAME = _("Each person needs a name.")
NO_CODE = _("The four signs are digits or letters, as at the end of the licence.")
NO_PERSON = _("Nobody is known here under this identity number: leave it empty, or compare it with the paper.")
TOO_MANY = _("A session has at most 200 people.")
LATE = _("Somebody was faster, or the session is past this step: look at the page again.")
NO_REASON = _("A reason is needed.")


class SessionError(ValueError):
    """What cannot be done with a session; `faults` are words for the page."""

    def __init__(self, *faults: str) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Draft:
    """A session as it was typed; `starts` as a browser writes a local time."""

    carrier: str = ""
    starts: str = ""
    place: str = ""
    held_by: str = ""
    pack: str = ""
    asked: str = "8"


@dataclass(frozen=True)
class Guest:
    """Somebody to invite, as typed; `number` is his identity number, of which nothing but the link is kept."""

    name: str = ""
    role: str = ""
    code: str = ""
    number: str = ""


def plan(actor: Actor, told: Draft, lessons: Mapping[str, Lesson]) -> EducationSession:
    """Plan a session with the pack as it is now. Raises SessionError with all that is wrong."""
    held = Draft(**{name: _clean(value) for name, value in vars(told).items()})
    carrier = known.by_number("carrier", held.carrier)
    lesson, asked = lessons.get(held.pack), _whole(held.asked)
    fits = lesson is not None and LEAST_ASKED <= asked <= min(MOST_ASKED, len(lesson.questions))
    faults = [
        words
        for wrong, words in (
            (actor.role not in may("sessions_keep"), NO_ROLE),
            (carrier is None, NO_CARRIER),
            (not _good_time(held.starts), NO_TIME),
            (not (held.place and held.held_by), MISSING),
            (lesson is None, NO_PACK),
            (lesson is not None and not fits, NO_COUNT),
        )
        if wrong
    ]
    if faults or carrier is None or lesson is None:
        raise SessionError(*faults)
    made = EducationSession.create(
        id=uuid7(), agency=actor.agency, carrier=carrier.key, name=name_of(carrier.key), starts=held.starts,
        place=held.place, held_by=held.held_by, pack=held.pack, lesson=canonical(to_plain(lesson)).decode(),
        asked=asked, state="planned", token=secrets.token_urlsafe(24), made_by=actor.login, made_at=clock.now(),
    )  # fmt: skip
    _note(actor, "plan", str(made.id), carrier=carrier.key, starts=held.starts, pack=held.pack)
    return made


def name_of(carrier: str) -> str:
    """Return how a carrier is called, by its folded credit code; the code itself where nobody knows its name."""
    row, tier = registry.lookup("carrier", carrier), CarrierTier.get_or_none(CarrierTier.key == carrier)
    named = str(row["data"].get("name") or "") if row is not None else ""
    return named or (str(tier.name) if tier is not None else "") or carrier


def lesson_of(row: EducationSession) -> Lesson:
    """Return the pack of a session as it was when it was planned."""
    return from_plain(Lesson, json.loads(str(row.lesson)))


def invite(actor: Actor, session: EducationSession, guest: Guest) -> Seat:
    """Give somebody the next number. Raises SessionError with all that is wrong."""
    name, code = _clean(guest.name), _clean(guest.code).upper()
    asked = _clean(guest.number)
    one = known.named("person", asked) if asked else None
    _hold(session)
    seats = of_session(str(session.id))
    faults = [
        words
        for wrong, words in (
            (actor.role not in may("sessions_keep"), NO_ROLE),
            (not name, NO_NAME),
            (bool(code) and not _CODE.fullmatch(code), NO_CODE),
            (bool(asked) and one is None, NO_PERSON),
            (len(seats) >= MOST_SEATS, TOO_MANY),
            (_state(session) in ("closed", "called_off"), LATE),
        )
        if wrong
    ]
    if faults:
        raise SessionError(*faults)
    number = max((int(seat.number) for seat in seats), default=0) + 1
    role = guest.role if guest.role in ROLES else ""
    made = Seat.create(
        session=session.id, number=number, name=name, role=role, code=code or f"{secrets.randbelow(10_000):04d}",
        own_code=int(bool(code)), sign=one.sign if one is not None else "",
    )  # fmt: skip
    _note(actor, "invite", str(session.id), seat=number)
    return made


def attend(actor: Actor, session: EducationSession, came: Mapping[int, str]) -> int:
    """Note who came, and return how many notes changed. Raises SessionError."""
    _hold(session)
    if actor.role not in may("sessions_keep"):
        raise SessionError(NO_ROLE)
    if _state(session) in ("closed", "called_off"):
        raise SessionError(LATE)
    changed: dict[str, list[str]] = {}
    for seat in of_session(str(session.id)):
        told = came.get(int(seat.number))
        if told is not None and told in CAME and told != seat.came:
            Seat.update(came=told, came_by=actor.login).where(Seat.id == seat.id).execute()
            changed[str(seat.number)] = [str(seat.came), told]
    if changed:
        _note(actor, "attend", str(session.id), seats=changed)
    return len(changed)


def step(actor: Actor, session: EducationSession, to: str, why: str = "") -> None:
    """Take a session a step on; a quiz that is opened takes answers for OPEN_HOURS. Raises SessionError."""
    if actor.role not in may("sessions_keep"):
        raise SessionError(NO_ROLE)
    before, why = str(session.state), _clean(why)
    if to == "called_off" and not why:
        raise SessionError(NO_REASON)
    if to not in STEPS.get(before, ()):
        raise SessionError(LATE)
    changed: dict[str, str] = {"state": to}
    if to in PHASES:
        changed["expires_at"] = clock.later(hours=OPEN_HOURS)
    if to in ("closed", "called_off"):
        changed |= {"ended_at": clock.now(), "ended_by": actor.login, "why": why}
    mine = (EducationSession.id == session.id, EducationSession.state == before)
    if not EducationSession.update(**changed).where(*mine).execute():
        raise SessionError(LATE)
    _note(actor, "step", str(session.id), state=[before, to], **({"why": why} if why else {}))


def seen(scope: Scope, session: str) -> EducationSession | None:
    """Return a session that a scope shows, or None."""
    held: EducationSession | None = _shown(scope).where(EducationSession.id == session).first()
    return held


def page(
    scope: Scope, carrier: str = "", after: tuple[str, str] | None = None, limit: int = 50
) -> list[EducationSession]:
    """Return sessions behind a place without their packs, the latest first; of one carrier where it is named."""
    query = _listed(scope)
    if carrier:
        query = query.where(EducationSession.carrier == carrier)
    if after is not None:
        at, id_ = after
        query = query.where(
            (EducationSession.starts < at) | ((EducationSession.starts == at) & (EducationSession.id < id_))
        )
    order = EducationSession.starts.desc(), EducationSession.id.desc()
    return list(query.order_by(*order).limit(limit))


def of_session(session: str) -> list[Seat]:
    """Return who is invited, by number."""
    return list(Seat.select().where(Seat.session == session).order_by(Seat.number))


def answers_of(sessions: Iterable[str]) -> list[SeatAnswer]:
    """Return all answers of some sessions, the earliest first."""
    return list(SeatAnswer.select().where(SeatAnswer.session.in_(list(sessions))).order_by(SeatAnswer.id))


def of_person(scope: Scope, sign: str, limit: int = 20) -> list[tuple[EducationSession, Seat]]:
    """Return the sessions to which somebody was invited under his own page, the latest first."""
    seats = list(Seat.select().where(Seat.sign == sign, Seat.sign != "").order_by(Seat.id.desc()).limit(limit))
    held = {str(one.id): one for one in _listed(scope).where(EducationSession.id.in_([one.session for one in seats]))}
    return [(held[str(seat.session)], seat) for seat in seats if str(seat.session) in held]


def seats_of(sessions: Sequence[str]) -> dict[str, list[Seat]]:
    """Return by session who is invited."""
    found: dict[str, list[Seat]] = {}
    for one in Seat.select().where(Seat.session.in_(list(sessions))).order_by(Seat.session, Seat.number):
        found.setdefault(str(one.session), []).append(one)
    return found


def _listed(scope: Scope) -> Any:
    """A pack is some 30 KB, of which a list says the name alone."""
    return _shown(scope, *(one for one in EducationSession._meta.sorted_fields if one.name != "lesson"))


def _shown(scope: Scope, *columns: Any) -> Any:
    query = EducationSession.select(*columns)
    return query if scope.agencies is None else query.where(EducationSession.agency.in_(list(scope.agencies)))


def _hold(session: EducationSession) -> None:
    """Let nobody else take a step or a number before this job is done: on PostgreSQL others write meanwhile."""
    EducationSession.update(id=EducationSession.id).where(EducationSession.id == session.id).execute()


def _state(session: EducationSession) -> str:
    return str(EducationSession.get_by_id(session.id).state)


def _good_time(text: str) -> bool:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return False
    here = in_law_zone(clock.read(clock.now())).replace(tzinfo=None)
    whole = at.isoformat(timespec="minutes") == text
    return whole and here - timedelta(days=_PAST_DAYS) <= at <= here + timedelta(days=_AHEAD_DAYS)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def _clean(text: str) -> str:
    return "".join(one for one in text if one.isprintable()).strip()[:LONGEST]


def _note(actor: Actor, what: str, session: str, **detail: Any) -> None:
    audit.note(who=actor.login, action=f"session.{what}", subject=f"session:{session}", detail=detail)
