"""What the ledger shows: the list of what is due, and one carrier or driver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from server import clock
from server.cases.ends import day_text
from server.console.education.page import address_of as session_address
from server.console.known.page import address_of as known_address
from server.console.known.page import shown_of
from server.console.visitor import Visitor
from server.rights import has
from server.store import case_rows, ledger, sessions, visits
from server.store.education_models import EducationSession, Promise, Seat, SeatAnswer, Visit
from server.store.known import Subject
from server.store.ledger import Owed, Term
from server.store.office_models import LessonResult
from server.store.tier_models import CarrierTier
from server.store.visits import About, PromiseDraft, VisitDraft

ADDRESS = "/console/ledger"
PATHS = {"carrier": "carriers", "person": "people"}
PAGE = 50
SESSIONS = 10
NO_VISIT, NO_PROMISE = VisitDraft(), PromiseDraft()


def _(words: str) -> str:
    return words


LISTS: Mapping[str, str] = {
    "mine": _("my visits"),
    "visits": _("visits to make"),
    "promises": _("promises"),
    "terms": _("terms that ran out"),
}


@dataclass(frozen=True)
class DuePage:
    """The list of what is due; `heads` are each list's name, its length, how much of it is late, and its address."""

    list: str
    heads: Sequence[tuple[str, int, int, str]]
    visits: Sequence[Visit]
    promises: Sequence[Promise]
    terms: Sequence[Term]
    today: str
    names: Mapping[str, str]
    next: str
    first: bool


@dataclass(frozen=True)
class Taught:
    """A session as the ledger tells it: who of the carrier came and answered, or of a person he himself."""

    session: EducationSession
    address: str
    invited: int
    came: int
    before: str
    after: str


@dataclass(frozen=True)
class LedgerPage:
    """One carrier or driver. `next_visit` is the day until which the next one is to be made, empty without one."""

    subject: Subject
    here: str
    known: str
    name: str
    level: str
    lessons: Sequence[tuple[LessonResult, str]]
    sessions: Sequence[Taught]
    owed: Owed
    visits: Sequence[Visit]
    promises: Sequence[Promise]
    today: str
    names: Mapping[str, str]
    owners: Mapping[str, str]
    keeps: bool
    sources: Sequence[tuple[str, str]]
    visit: VisitDraft = NO_VISIT
    promise: PromiseDraft = NO_PROMISE
    faults: Sequence[str] = ()

    @property
    def next_visit(self) -> str:
        """The last day of the next visit, one that a case asks for included."""
        given = [str(one.until) for one in self.visits if not one.done_on]
        asked = [day_text(one.due_at) for one in self.owed.revisits if one.due_at]
        return min([*given, *asked], default="")

    @property
    def overdue(self) -> int:
        """How many visits, promises and terms are overdue."""
        late = sum(not one.done_on and str(one.until) < self.today for one in self.visits)
        broken = sum(not one.kept and str(one.until) < self.today for one in self.promises)
        return late + broken + sum(one.overdue for one in self.owed.terms)


def address_of(one: Subject) -> str:
    """Return the address of a subject's ledger."""
    return f"{ADDRESS}/{PATHS[one.kind]}/{quote(one.sign, safe='')}"


def address_of_about(about: str) -> str:
    """Return the address of the ledger of what a visit or promise is about."""
    kind, _bar, sign = about.partition(":")
    return f"{ADDRESS}/{PATHS.get(kind, 'carriers')}/{quote(sign, safe='')}"


def address_of_source(source: str) -> str:
    """Return where a line comes from, empty for nothing."""
    kind, _bar, id_ = source.partition(":")
    told = {"case": "/console/cases/{}", "session": "/console/sessions/{}", "record": "/console/records/{}"}
    if kind == "order":
        return "/console/orders"
    return told[kind].format(quote(id_, safe="")) if kind in told and id_ else ""


def about_of(one: Subject) -> About:
    """Return a subject as visits and promises name it; a person is named by his sign alone."""
    return About(one.about, sessions.name_of(one.key) if one.kind == "carrier" else "")


def due_page(who: Visitor, query: Mapping[str, str]) -> DuePage:
    """Return the list that a query asks for. Reads the store."""
    name = query.get("list", "")
    name = name if name in LISTS else "mine"
    after, today = _after(query.get("after", "")), day_text(clock.now())
    counts = {**visits.counts(who.scope, who.login), "terms": ledger.count_overdue(who.scope)}
    seen: Sequence[Visit] = ()
    kept: Sequence[Promise] = ()
    terms: Sequence[Term] = ()
    if name == "promises":
        kept = visits.open_promises(who.scope, after, PAGE + 1)
        places = [(str(one.until), int(one.id)) for one in kept]
    elif name == "terms":
        terms = ledger.overdue_terms(who.scope, after, PAGE + 1)
        places = [(one.due_at, one.id) for one in terms]
    else:
        seen = visits.open_visits(who.scope, who.login if name == "mine" else "", after, PAGE + 1)
        places = [(str(one.until), int(one.id)) for one in seen]
    further = urlencode({"list": name, "after": "~".join(map(str, places[PAGE - 1]))}) if len(places) > PAGE else ""
    logins = {str(one.owner) for one in seen} | {str(one.made_by) for one in kept}
    return DuePage(
        list=name,
        heads=[(each, counts[each], counts.get(f"{each}_overdue", 0), f"{ADDRESS}?list={each}") for each in LISTS],
        visits=seen[:PAGE],
        promises=kept[:PAGE],
        terms=terms[:PAGE],
        today=today,
        names=case_rows.names(logins),
        next=f"{ADDRESS}?{further}" if further else "",
        first=after is None,
    )


def _after(text: str) -> tuple[str, int] | None:
    at, bar, id_ = text.partition("~")
    return (at[:40], int(id_)) if bar and id_.isascii() and id_.isdecimal() and len(id_) < 12 else None


def ledger_page(who: Visitor, one: Subject) -> LedgerPage:
    """Return the ledger of a carrier or driver. Reads the store."""
    owed = ledger.owed(one, who.scope)
    seen, kept = visits.of_subject(who.scope, one.about)
    tier = CarrierTier.get_or_none(CarrierTier.key == one.key) if one.kind == "carrier" else None
    taught = list(_taught(who, one))
    logins = {str(name) for each in seen for name in (each.owner, each.made_by, each.done_by)}
    logins |= {str(name) for each in kept for name in (each.made_by, each.kept_by)}
    keeps = has(who.role, "ledger_keep")
    mine = visits.owners(who.agency) if keeps else []
    names = case_rows.names(logins | set(mine))
    return LedgerPage(
        subject=one,
        here=address_of(one),
        known=known_address(one.kind, one.sign),
        name=sessions.name_of(one.key) if one.kind == "carrier" else shown_of(one),
        level=str(tier.level) if tier is not None else "",
        lessons=ledger.lessons(one, who.scope),
        sessions=taught,
        owed=owed,
        visits=seen,
        promises=kept,
        today=day_text(clock.now()),
        names=names,
        owners={login: names.get(login, login) for login in mine},
        keeps=keeps,
        sources=_sources(owed, taught),
    )


def sources_of(who: Visitor, one: Subject) -> list[str]:
    """Return from what a visit or promise may come: what is owed now and where they were taught. Reads the store."""
    return [code for code, _words in _sources(ledger.owed(one, who.scope), list(_taught(who, one)))]


def _sources(owed: Owed, taught: Sequence[Taught]) -> list[tuple[str, str]]:
    return [
        *((f"case:{one.id}", str(one.number)) for one in owed.cases),
        *((f"order:{one.id}", str(one.number) or str(one.text)[:40]) for one in owed.orders),
        *((f"session:{one.session.id}", str(one.session.starts).replace("T", " ")) for one in taught),
    ]


def _taught(who: Visitor, one: Subject) -> list[Taught]:
    if one.kind == "person":
        mine = sessions.of_person(who.scope, one.sign, SESSIONS)
        answers = sessions.answers_of([str(row.id) for row, _seat in mine])
        return [_told(row, [seat], [each for each in answers if _of_seat(each, seat)]) for row, seat in mine]
    rows = sessions.page(who.scope, one.key, None, SESSIONS)
    seats, answers = sessions.seats_of([str(row.id) for row in rows]), sessions.answers_of([str(r.id) for r in rows])
    return [
        _told(row, seats.get(str(row.id), []), [each for each in answers if each.session == row.id]) for row in rows
    ]


def _of_seat(answer: SeatAnswer, seat: Seat) -> bool:
    return (answer.session, answer.number) == (seat.session, seat.number)


def _told(row: EducationSession, seats: Sequence[Seat], answers: Sequence[SeatAnswer]) -> Taught:
    def right(phase: str) -> str:
        held = [one for one in answers if one.phase == phase]
        score, asked = sum(int(one.score) for one in held), sum(int(one.asked) for one in held)
        return f"{score}/{asked}" if held else ""

    came = sum(one.came == "yes" for one in seats)
    return Taught(row, session_address(str(row.id)), len(seats), came, right("before"), right("after"))
