"""Lists of cases: overdue first, then by tier and time left; counts come from the same conditions as the lists.

A page is read bucket by bucket: what is overdue and what is not, each by tier. Every bucket is one range of an index,
so that the first page of a million cases costs what that of a hundred does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from peewee import fn

from checklists.wire import canonical, instant
from server import clock
from server.accounts import Scope
from server.store import case_search, sight
from server.store.case_models import CaseClock, CaseDocument, Handover
from server.store.models import Case, CaseViolation
from server.store.office_models import SavedFilter
from server.store.rows import tuples

RANKS = {"high": 0, "medium": 1, "low": 2}
Bucket = tuple[int, int, int]
"""Ended, not overdue, rank of the tier: what a list is ordered by first."""

MOST_FILTERS = 50
SOON = timedelta(days=3)


@dataclass(frozen=True)
class Wanted:
    """What a list of cases is narrowed to; empty is everything.

    `owner` is a login, `nobody` asks for cases without one. `active` is open, ended or all. `due` is overdue, soon
    (within three days), or empty. `waits` is `law` (an end that a person must say), `paper` (a document is due),
    `answer` (handed over, no result) or `elsewhere` (another agency keeps the scope's case). `agency` is the competent
    one. `text` is any number or name.
    """

    active: str = "open"
    state: str = ""
    owner: str = ""
    nobody: bool = False
    tier: str = ""
    due: str = ""
    waits: str = ""
    agency: str = ""
    violation: str = ""
    text: str = ""


class Place(NamedTuple):
    """The last row of a page: its bucket (ended, not overdue, rank), what comes due, and its id."""

    ended: int
    later: int
    rank: int
    next_due: str
    id: str

    @property
    def text(self) -> str:
        """The place as it stands in an address."""
        return "|".join(map(str, self))

    @classmethod
    def of(cls, text: str) -> Place | None:
        """Return a place from its text; None for anything else, which is the first page."""
        parts = text.split("|")
        if len(parts) != 5 or not {*parts[:2]} <= {"0", "1"} or parts[2] not in ("0", "1", "2"):
            return None
        return cls(int(parts[0]), int(parts[1]), int(parts[2]), parts[3], parts[4])

    @property
    def bucket(self) -> Bucket:
        """The bucket in which it stands."""
        return self.ended, self.later, self.rank


@dataclass(frozen=True)
class Page:
    """Some cases in order, and the place from which the next page goes on; empty where there is none."""

    rows: tuple[Case, ...]
    next: str
    now: str


def page(scope: Scope, wanted: Wanted, *, after: str = "", limit: int = 50, now: str = "") -> Page:
    """Return the cases that a scope may see: overdue first, then tier, then time left.

    `now` is that of the first page, so that nothing changes its bucket while somebody turns pages.
    """
    at, place = now or clock.now(), Place.of(after)
    rows: list[Case] = []
    for bucket in _buckets(wanted):
        left = limit + 1 - len(rows)
        if left > 0 and (place is None or bucket >= place.bucket):
            rows += _bucket(scope, wanted, at, bucket, place, left)
    shown = tuple(rows[:limit])
    more = _place(shown[-1], at).text if len(rows) > limit else ""
    return Page(shown, more, at)


def count(scope: Scope, wanted: Wanted, now: str = "") -> int:
    """Return how many cases the list of the same conditions has."""
    return int(_select(scope, wanted, now or clock.now()).count())


def tally(scope: Scope, wanted: Wanted, by: str, now: str = "") -> dict[str, int]:
    """Return how many cases of a list there are by a column (state, owner, tier, agency), from the same conditions."""
    column = {"state": Case.state, "owner": Case.owner, "tier": Case.tier, "agency": Case.agency}[by]
    query = Case.select(column, fn.COUNT(Case.id)).group_by(column)
    conditions = _conditions(scope, wanted, now or clock.now())
    return {str(value): int(many) for value, many in tuples(query.where(*conditions) if conditions else query)}


def board(scope: Scope, login: str, now: str = "") -> dict[str, int]:
    """Return the counts that head somebody's work; each is that of the list with the same conditions."""
    at = now or clock.now()
    return {name: count(scope, wanted, at) for name, wanted in heads(login).items()}


def heads(login: str) -> dict[str, Wanted]:
    """Return the lists that head somebody's work, by name."""
    mine = Wanted(owner=login)
    return {
        "mine": mine,
        "mine_overdue": replace(mine, due="overdue"),
        "overdue": Wanted(due="overdue"),
        "nobody": Wanted(nobody=True),
        "soon": Wanted(due="soon"),
        "answer": Wanted(waits="answer"),
        "law": Wanted(waits="law"),
        "elsewhere": Wanted(waits="elsewhere"),
        "open": Wanted(),
    }


def _buckets(wanted: Wanted) -> Iterator[Bucket]:
    """Yield the buckets in order: what is overdue, what is not, what has ended; of each by tier."""
    ranks = [RANKS[wanted.tier]] if wanted.tier in RANKS else list(RANKS.values())
    kinds = {"open": ((0, 0), (0, 1)), "ended": ((1, 1),)}.get(wanted.active, ((0, 0), (0, 1), (1, 1)))
    return ((*kind, rank) for kind in kinds for rank in ranks)


def _bucket(scope: Scope, wanted: Wanted, now: str, bucket: Bucket, place: Place | None, limit: int) -> list[Case]:
    ended, later, rank = bucket
    query = _select(scope, wanted, now).where(Case.active == 1 - ended, Case.rank == rank)
    if not ended:
        query = query.where(Case.next_due > now if later else Case.next_due <= now)
    if place is not None and bucket == place.bucket:
        same = (Case.next_due == place.next_due) & (Case.id > place.id)
        query = query.where((Case.next_due > place.next_due) | same)
    return list(query.order_by(Case.next_due, Case.id).limit(limit))


def _place(row: Case, now: str) -> Place:
    ended = 1 - int(row.active)
    later = int(bool(ended) or str(row.next_due) > now)
    return Place(ended, later, int(row.rank), str(row.next_due), str(row.id))


def _select(scope: Scope, wanted: Wanted, now: str) -> Any:
    conditions = _conditions(scope, wanted, now)
    query = Case.select()
    return query.where(*conditions) if conditions else query


def _conditions(scope: Scope, wanted: Wanted, now: str) -> list[Any]:
    """Return what narrows a list: the scope first, because its columns lead the indexes."""
    conditions: list[Any] = []
    if scope.agencies is not None:
        mine = Case.agency if wanted.waits == "elsewhere" else Case.keeper
        conditions.append(mine.in_(sorted(scope.agencies)))
    conditions += sight.cases(scope)
    if wanted.active in ("open", "ended"):
        conditions.append(Case.active == int(wanted.active == "open"))
    for column, value in ((Case.state, wanted.state), (Case.owner, wanted.owner), (Case.agency, wanted.agency)):
        if value:
            conditions.append(column == value)
    if wanted.tier in RANKS:
        conditions.append(Case.rank == RANKS[wanted.tier])
    if wanted.nobody:
        conditions.append(Case.owner == "")
    if wanted.due:
        conditions.append(_due(wanted.due, now))
    if wanted.violation:
        conditions.append(
            Case.id.in_(CaseViolation.select(CaseViolation.case).where(CaseViolation.violation == wanted.violation))
        )
    if wanted.waits in WAITS:
        conditions.append(WAITS[wanted.waits]())
    return conditions + ([_named(wanted.text)] if wanted.text else [])


def _due(due: str, now: str) -> Any:
    if due == "soon":
        until = instant(clock.read(now) + SOON)
        return (Case.next_due > now) & (Case.next_due <= until)
    return Case.next_due <= now


def _by_hand() -> Any:
    open_ = (CaseClock.ended_at == "") & (CaseClock.due_at == "") & (CaseClock.paused_from == "")
    return Case.id.in_(CaseClock.select(CaseClock.case).where(open_))


def _paper() -> Any:
    return Case.id.in_(CaseDocument.select(CaseDocument.case).where(CaseDocument.status == "due"))


def _answer() -> Any:
    return Case.id.in_(Handover.select(Handover.case).where(Handover.state.in_(("sent", "received"))))


def _elsewhere() -> Any:
    return Case.keeper != Case.agency


WAITS = {"law": _by_hand, "paper": _paper, "answer": _answer, "elsewhere": _elsewhere}


def _named(text: str) -> Any:
    """Return the condition that a number or name stands in the case, or in the record from which it came."""
    hits = case_search.refs(text)
    held = [Case.id.in_(hits["case"]), Case.inspection.in_(hits["record"])]
    return reduce(or_, held)


def save_filter(login: str, name: str, wanted: Wanted) -> None:
    """Keep a list under a name, in the place of the one that had it. Raises ValueError for no name, or too many."""
    name = name.strip()
    if not name or len(name) > 60:
        raise ValueError("a list has a name of 1 to 60 characters")
    taken = [one for one, _wanted in filters(login)]
    if name not in taken and len(taken) >= MOST_FILTERS:
        raise ValueError(f"{MOST_FILTERS} lists are kept; remove one first")
    told = {"query": canonical(asdict(wanted)).decode(), "at": clock.now()}
    SavedFilter.insert(login=login, name=name, **told).on_conflict(
        conflict_target=[SavedFilter.login, SavedFilter.name], update=told
    ).execute()


def filters(login: str) -> list[tuple[str, Wanted]]:
    """Return the lists that somebody kept, by name; a field that this version does not know is left out."""
    rows = SavedFilter.select().where(SavedFilter.login == login).order_by(SavedFilter.name)
    return [(str(one.name), wanted_of(json.loads(str(one.query)))) for one in rows]


def drop_filter(login: str, name: str) -> None:
    """Remove a list that somebody kept."""
    SavedFilter.delete().where(SavedFilter.login == login, SavedFilter.name == name).execute()


def wanted_of(query: Mapping[str, Any]) -> Wanted:
    """Return what a list is narrowed to from a form or a kept list; what does not fit is left out."""
    known: dict[str, type] = {one.name: bool if one.default is False else str for one in fields(Wanted)}
    told: dict[str, Any] = {
        name: value for name, value in query.items() if name in known and isinstance(value, known[name])
    }
    return Wanted(**told)
