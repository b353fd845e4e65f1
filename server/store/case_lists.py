"""Lists of cases: overdue first, then by tier and time left; counts come from the same conditions as the lists.

A page is read bucket by bucket: what is overdue and what is not, each by tier, then what has ended, the latest first.
Every bucket is one range of an index, so that the first page of a million cases costs what that of a hundred
does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from peewee import SQL, fn

from checklists.wire import instant
from server import clock
from server.accounts import Scope
from server.cases.escalation import AFTER, LEADER, SUPERVISOR
from server.store import case_search, sight
from server.store.case_models import CaseClock, CaseDocument, Handover
from server.store.models import FAR, Case, CaseViolation
from server.store.rows import tuples

RANKS = {"high": 0, "medium": 1, "low": 2}
Bucket = tuple[int, int, int]
"""Ended, not overdue, rank of the tier: what a list is ordered by first."""

SOON = timedelta(days=3)
_OPEN, _CLOSED = Case.active == SQL("1"), Case.active == SQL("0")
"""Written out: one plan for whichever value it is goes through every case, and PostgreSQL keeps such a plan."""
DUES = ("overdue", "soon", "ready", LEADER, SUPERVISOR)


@dataclass(frozen=True)
class Wanted:
    """What a list of cases is narrowed to; empty is everything.

    `owner` is a login, `nobody` asks for cases without one. `active` is open, ended or all. `due` is overdue, soon
    (within three days), ready (a wait is over), leader or supervisor (so long overdue that they answer), or empty.
    `waits` is `law` (an end that a person must say), `paper` (a document is due), `answer` (handed over, no result) or
    `elsewhere` (another agency keeps the scope's case). `agency` is the competent one. `text` is any number or name.
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
    """A row of a page: its bucket (ended, not overdue, rank), when it comes due or ended, and its id."""

    ended: int
    later: int
    rank: int
    at: str
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
    """Some cases in order, and the places from which the pages beside it are read; empty where there is none."""

    rows: tuple[Case, ...]
    next: str
    now: str
    previous: str = ""


def page(scope: Scope, wanted: Wanted, *, after: str = "", before: str = "", limit: int = 50, now: str = "") -> Page:
    """Return the cases that a scope may see: what has come due first, then tier, then time left.

    `after` and `before` are places of the page beside it; `now` is that of the first page, so that nothing changes its
    bucket while somebody turns pages.
    """
    at = now or clock.now()
    if (end := Place.of(before)) is not None:
        found = _read(scope, wanted, at, end, limit + 1, back=True)
        shown = tuple(reversed(found[:limit]))
        return Page(shown, _place(shown[-1], at) if shown else "", at, _place(shown[0], at) if found[limit:] else "")
    begin = Place.of(after)
    found = _read(scope, wanted, at, begin, limit + 1)
    shown = tuple(found[:limit])
    previous = _place(shown[0], at) if begin is not None and shown else ""
    return Page(shown, _place(shown[-1], at) if found[limit:] else "", at, previous)


def every(scope: Scope, wanted: Wanted, now: str = "", chunk: int = 500) -> Iterator[tuple[Case, ...]]:
    """Yield all cases of a list in its order, some at a time: what an export writes."""
    after, at = "", now or clock.now()
    while True:
        held = page(scope, wanted, after=after, limit=chunk, now=at)
        if held.rows:
            yield held.rows
        after = held.next
        if not after:
            return


def count(scope: Scope, wanted: Wanted, now: str = "", most: int = 0) -> int:
    """Return how many cases the list of the same conditions has; counting ends at `most` where that is given."""
    query = _select(_conditions(scope, wanted, now or clock.now()))
    return int((query.limit(most) if most else query).count())


def tally(scope: Scope, wanted: Wanted, by: str, now: str = "") -> dict[str, int]:
    """Return how many cases of a list there are by a column (state, owner, tier, agency), from the same conditions."""
    column = {"state": Case.state, "owner": Case.owner, "tier": Case.tier, "agency": Case.agency}[by]
    query = Case.select(column, fn.COUNT(Case.id)).group_by(column)
    conditions = _conditions(scope, wanted, now or clock.now())
    return {str(value): int(many) for value, many in tuples(query.where(*conditions) if conditions else query)}


def board(scope: Scope, login: str, now: str = "", role: str = "") -> dict[str, int]:
    """Return the counts that head somebody's work; each is that of the list with the same conditions."""
    at = now or clock.now()
    return {name: count(scope, wanted, at) for name, wanted in heads(login, role).items()}


def heads(login: str, role: str = "") -> dict[str, Wanted]:
    """Return the lists that head somebody's work, by name: his own, what waits for his role, then what all see."""
    mine = Wanted(owner=login)
    return {
        "mine": mine,
        "mine_overdue": replace(mine, due="overdue"),
        **_of_role(role),
        "overdue": Wanted(due="overdue"),
        "nobody": Wanted(nobody=True),
        "soon": Wanted(due="soon"),
        "answer": Wanted(waits="answer"),
        "law": Wanted(waits="law"),
        "elsewhere": Wanted(waits="elsewhere"),
        "open": Wanted(),
    }


def _of_role(role: str) -> dict[str, Wanted]:
    """Return the lists of what only a role can do: approve and decide, review and hear, answer for what is too late."""
    leads = {"approve": Wanted(state="opening_asked"), "decide": Wanted(state="deciding")}
    return {
        LEADER: {**leads, "escalated": Wanted(due=LEADER)},
        SUPERVISOR: {"escalated": Wanted(due=SUPERVISOR)},
        "reviewer": {"review": Wanted(state="review"), "hearing": Wanted(state="hearing")},
    }.get(role, {})


def _read(scope: Scope, wanted: Wanted, at: str, place: Place | None, many: int, *, back: bool = False) -> list[Case]:
    """Return so many cases behind a place, or before it with the nearest first."""
    rows: list[Case] = []
    buckets, query = list(_buckets(wanted)), _select(_narrowed(scope, wanted, at))
    for bucket in reversed(buckets) if back else buckets:
        left = many - len(rows)
        beyond = place is not None and (bucket > place.bucket if back else bucket < place.bucket)
        if left > 0 and not beyond:
            within = _beyond(place, back=back) if place is not None and bucket == place.bucket else None
            rows += list(_bucket(query, at, bucket, within, back=back).limit(left))
    return rows


def _buckets(wanted: Wanted) -> Iterator[Bucket]:
    """Yield the buckets in order: what is overdue and what is not, each by tier, then what has ended."""
    ranks = [RANKS[wanted.tier]] if wanted.tier in RANKS else list(RANKS.values())
    over, later, ended = (0, 0), (0, 1), (1, 1)
    kinds = {"open": (over, later), "ended": (ended,)}.get(wanted.active, (over, later, ended))
    if wanted.due in DUES:
        kinds = tuple(one for one in kinds if one == (later if wanted.due in ("soon", "ready") else over))
    return ((*kind, rank) for kind in kinds for rank in (ranks if kind != ended else (0,)))


def _bucket(query: Any, now: str, bucket: Bucket, within: Any, *, back: bool) -> Any:
    """Return the query of the cases of a bucket in their order, or the other way round."""
    ended, later, rank = bucket
    query = query.where(Case.closed_at > "" if ended else _OPEN)
    if not ended:
        # What is not overdue stands in the order of what comes next: no index on the duty shall offer itself for it.
        query = query.where(Case.rank == rank, fn.COALESCE(Case.duty_due, FAR) > now if later else Case.duty_due <= now)
    query = query.where(within) if within is not None else query
    order = (_ordered_by(ended, later), Case.id)
    return query.order_by(*(one.desc() for one in order) if back != bool(ended) else order)


def _ordered_by(ended: int, later: int) -> Any:
    return Case.closed_at if ended else Case.next_due if later else Case.duty_due


def _beyond(place: Place, *, back: bool) -> Any:
    """Return what lies behind a place in its bucket, or before it; what has ended stands the latest first."""
    column = _ordered_by(place.ended, place.later)
    if back != bool(place.ended):
        return (column < place.at) | ((column == place.at) & (Case.id < place.id))
    return (column > place.at) | ((column == place.at) & (Case.id > place.id))


def _place(row: Case, now: str) -> str:
    if not row.active:
        return Place(1, 1, 0, str(row.closed_at), str(row.id)).text
    later = str(row.duty_due) > now
    return Place(0, int(later), int(row.rank), str(row.next_due if later else row.duty_due), str(row.id)).text


def _select(conditions: Sequence[Any]) -> Any:
    return Case.select().where(*conditions) if conditions else Case.select()


def _conditions(scope: Scope, wanted: Wanted, now: str) -> list[Any]:
    """Return everything that narrows a list; which of the buckets it has the list knows itself."""
    active = [_OPEN if wanted.active == "open" else _CLOSED] if wanted.active in ("open", "ended") else []
    open_ = [_OPEN] if wanted.due in DUES else []
    return [*_narrowed(scope, wanted, now), *active, *open_]


def _narrowed(scope: Scope, wanted: Wanted, now: str) -> list[Any]:
    """Return what narrows a list: the scope first, because its columns lead the indexes."""
    conditions: list[Any] = []
    if scope.agencies is not None:
        mine = Case.agency if wanted.waits == "elsewhere" else Case.keeper
        conditions.append(mine.in_(sorted(scope.agencies)))
    conditions += sight.cases(scope)
    for column, value in ((Case.state, wanted.state), (Case.owner, wanted.owner), (Case.agency, wanted.agency)):
        if value:
            conditions.append(column == value)
    if wanted.tier in RANKS:
        conditions.append(Case.rank == RANKS[wanted.tier])
    if wanted.nobody:
        conditions.append(Case.owner == "")
    if wanted.due in DUES:
        conditions.append(_due(wanted.due, now))
    if wanted.violation:
        conditions.append(
            Case.id.in_(CaseViolation.select(CaseViolation.case).where(CaseViolation.violation == wanted.violation))
        )
    if wanted.waits in WAITS:
        conditions.append(WAITS[wanted.waits]())
    return conditions + ([case_search.named(case_search.matching(wanted.text))] if wanted.text else [])


def _due(due: str, now: str) -> Any:
    at = clock.read(now)
    if due == "soon":
        return (Case.next_due > now) & (Case.next_due <= instant(at + SOON)) & (Case.duty_due > now)
    if due == "ready":
        return (Case.next_due <= now) & (Case.duty_due > now)
    if due == "overdue":
        return Case.duty_due <= now
    spans = {RANKS[tier]: (leader, supervisor)[due == SUPERVISOR] for tier, (leader, supervisor) in AFTER.items()}
    each = ((Case.rank == rank) & (Case.duty_due <= instant(at - span)) for rank, span in spans.items())
    nobodys = (Case.owner == "") & (Case.duty_due <= now) if due == LEADER else SQL("1 = 0")
    return reduce(or_, each, nobodys)


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
