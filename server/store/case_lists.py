"""Lists of cases: overdue first, then by tier and time left; counts come from the same conditions as the lists.

A page is read bucket by bucket: what is overdue and what is not, each by tier, then what has ended, the latest first.
Every bucket is one range of an index, so that the first page of a million cases costs what that of a hundred
does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any, NamedTuple

from peewee import SQL, fn

from checklists.wire import instant
from server import clock
from server.accounts import Scope
from server.cases.escalation import AFTER, LEADER, SUPERVISOR
from server.store import case_around, case_search, counted, sight
from server.store.case_models import UNANSWERED, CaseClock, CaseDocument, Handover
from server.store.counted import Counted
from server.store.known_lists import cases_by_id
from server.store.models import FAR, KEPT_ELSEWHERE, Case, CaseViolation
from server.store.rows import aside, tuples

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

    `owner` is a login, `nobody` asks for cases without one, or whose owner left. `active` is open, ended or all. `due`
    is overdue, soon (within three days), ready (a wait is over), leader or supervisor (so long overdue that they
    answer), or empty. `waits` is `law` (an end that a person must say), `paper` (a document is due), `answer` (handed
    over, no result) or `elsewhere` (another agency keeps the scope's case). `agency` is the competent one. `text` is
    any number or name.
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
    """Some cases in order, and the places from which the pages beside it are read; empty where there is none.

    `ended` is False where only so many were looked through (`counted.LOOKED`): there may be more behind `next`.
    """

    rows: tuple[Case, ...]
    next: str
    now: str
    previous: str = ""
    ended: bool = True


def page(scope: Scope, wanted: Wanted, *, after: str = "", before: str = "", limit: int = 50, now: str = "") -> Page:
    """Return the cases that a scope may see: what has come due first, then tier, then time left.

    `after` and `before` are places of the page beside it; `now` is that of the first page, so that nothing changes its
    bucket while somebody turns pages.
    """
    at = now or clock.now()
    if (end := Place.of(before)) is not None:
        found, stopped = _read(scope, wanted, at, end, limit + 1, back=True)
        shown = tuple(reversed(found[:limit]))
        previous = _place(shown[0], at) if found[limit:] else stopped
        return Page(shown, _place(shown[-1], at) if shown else "", at, previous, ended=not stopped)
    begin = Place.of(after)
    found, stopped = _read(scope, wanted, at, begin, limit + 1)
    shown = tuple(found[:limit])
    previous = _place(shown[0], at) if begin is not None and shown else ""
    return Page(shown, _place(shown[-1], at) if found[limit:] else stopped, at, previous, ended=not stopped)


def count(scope: Scope, wanted: Wanted, now: str = "") -> int:
    """Return how many cases the list of the same conditions has, all of them: for an export behind the page."""
    return int(_select(_conditions(scope, wanted, now or clock.now())).count())


def total(scope: Scope, wanted: Wanted, now: str = "") -> Counted:
    """Return how many cases the list of the same conditions has, as far as a page counts.

    What is due is counted bucket by bucket, each a range of an index.
    """
    at = now or clock.now()
    narrow = _narrowed(scope, wanted, at)
    if wanted.due in DUES and not narrow.others:
        return _over_buckets(narrow, wanted, at)
    query = _select([*narrow.index, *_active(wanted, narrow.columns)])
    if not narrow.others:
        return counted.capped(query)
    named = query.select(Case.id)
    looked = Case.id.in_(named.limit(counted.LOOKED + 1))
    held = counted.capped(Case.select(Case.id).where(looked, *narrow.others))
    return Counted(held, more=held.more or counted.beyond(named, counted.LOOKED))


def _over_buckets(narrow: _Narrow, wanted: Wanted, at: str) -> Counted:
    held, query = Counted(0), _select(narrow.index)
    for bucket in _buckets(wanted):
        held += counted.capped(_bucket(query, at, bucket, None, columns=narrow.columns, back=False, ordered=False))
        if held.more or held > counted.MOST:
            return Counted(counted.MOST, more=True)
    return held


def board(scope: Scope, login: str, now: str = "", role: str = "") -> dict[str, Counted]:
    """Return the counts that head somebody's work; each is that of the list with the same conditions."""
    at = now or clock.now()
    return {name: total(scope, wanted, at) for name, wanted in heads(login, role).items()}


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


def _read(
    scope: Scope, wanted: Wanted, at: str, place: Place | None, many: int, *, back: bool = False
) -> tuple[list[Case], str]:
    """Return so many cases behind a place, or before it with the nearest first, and where it stopped looking.

    That is empty where there are no more than these, or enough. What no index knows is looked at row by row.
    """
    rows: list[Case] = []
    narrow = _narrowed(scope, wanted, at)
    buckets, columns, left = list(_buckets(wanted)), narrow.columns, counted.LOOKED
    for bucket in reversed(buckets) if back else buckets:
        outside = place is not None and (bucket > place.bucket if back else bucket < place.bucket)
        if len(rows) == many or outside:
            continue
        within = _beyond(columns, place, back=back) if place is not None and bucket == place.bucket else None
        query = _bucket(_select(narrow.index), at, bucket, within, columns=columns, back=back)
        if not narrow.others:
            rows += list(query.limit(many - len(rows)))
            continue
        looked = tuples(query.select(Case.id, _ordered_by(columns, *bucket[:2])).limit(left))
        fitting = Case.select(Case.id).where(Case.id.in_(query.select(Case.id).limit(left)), *narrow.others)
        fit = {id_ for (id_,) in tuples(fitting)} if looked else set()
        rows += cases_by_id([id_ for id_, _at in looked if id_ in fit][: many - len(rows)])
        left -= len(looked)
        if not left:
            id_, last = map(str, looked[-1])
            return rows, "" if len(rows) == many else Place(*bucket, last, id_).text
    return rows, ""


def _buckets(wanted: Wanted) -> Iterator[Bucket]:
    """Yield the buckets in order: what is overdue and what is not, each by tier, then what has ended."""
    ranks = [RANKS[wanted.tier]] if wanted.tier in RANKS else list(RANKS.values())
    over, later, ended = (0, 0), (0, 1), (1, 1)
    kinds = {"open": (over, later), "ended": (ended,)}.get(wanted.active, (over, later, ended))
    if wanted.due in DUES:
        kinds = tuple(one for one in kinds if one == (later if wanted.due in ("soon", "ready") else over))
    return ((*kind, rank) for kind in kinds for rank in (ranks if kind != ended else (0,)))


def _bucket(
    query: Any, now: str, bucket: Bucket, within: Any, *, columns: _Columns, back: bool, ordered: bool = True
) -> Any:
    """Return the query of the cases of a bucket in their order, or the other way round."""
    ended, later, rank = bucket
    if ended and (within is None or not back):  # backwards the place is the lower end, and of two an index takes either
        query = query.where(columns.closed_at > "")
    if not ended:
        query = query.where(columns.open)
        # What is not overdue stands in the order of what comes next: no index on the duty shall offer itself for it.
        due = fn.COALESCE(Case.duty_due, FAR) > now if later else columns.duty_due <= now
        query = query.where(columns.rank == rank, due)
    query = query.where(within) if within is not None else query
    if not ordered:
        return query
    order = (_ordered_by(columns, ended, later), Case.id)
    return query.order_by(*(one.desc() for one in order) if back != bool(ended) else order)


def _ordered_by(columns: _Columns, ended: int, later: int) -> Any:
    return columns.closed_at if ended else columns.next_due if later else columns.duty_due


def _beyond(columns: _Columns, place: Place, *, back: bool) -> Any:
    """Return what lies behind a place in its bucket, or before it; what has ended stands the latest first."""
    column = _ordered_by(columns, place.ended, place.later)
    if back != bool(place.ended):  # the first bound leads into the index, the second is looked at
        return (column <= place.at) & ((column < place.at) | (Case.id < place.id))
    return (column >= place.at) & ((column > place.at) | (Case.id > place.id))


def _place(row: Case, now: str) -> str:
    if not row.active:
        return Place(1, 1, 0, str(row.closed_at), str(row.id)).text
    later = str(row.duty_due) > now
    return Place(0, int(later), int(row.rank), str(row.next_due if later else row.duty_due), str(row.id)).text


def _select(conditions: Sequence[Any]) -> Any:
    return Case.select().where(*conditions) if conditions else Case.select()


def _conditions(scope: Scope, wanted: Wanted, now: str) -> list[Any]:
    """Return everything that narrows a list; which of the buckets it has the list knows itself."""
    narrow = _narrowed(scope, wanted, now)
    return [*narrow.index, *narrow.others, *_active(wanted, narrow.columns)]


def _active(wanted: Wanted, columns: _Columns) -> list[Any]:
    active = {"open": [columns.open], "ended": [columns.closed]}.get(wanted.active, [])
    return active + ([columns.open] if wanted.due in DUES else [])


class _Columns:
    """The columns of a case by which a list goes. Where its cases are named one by one no index offers itself."""

    def __init__(self, *, plain: bool) -> None:
        def of(column: Any, empty: Any) -> Any:
            return fn.COALESCE(column, empty) if plain else column

        self.keeper, self.agency, self.owner = of(Case.keeper, ""), of(Case.agency, ""), of(Case.owner, "")
        self.state, self.rank = of(Case.state, ""), of(Case.rank, 9)
        self.next_due, self.duty_due, self.closed_at = (
            of(Case.next_due, ""),
            of(Case.duty_due, FAR),
            of(Case.closed_at, ""),
        )
        active = of(Case.active, 0)
        self.open: Any = active == 1 if plain else _OPEN
        self.closed: Any = active == 0 if plain else _CLOSED


_LED, _PLAIN = _Columns(plain=False), _Columns(plain=True)


@dataclass(frozen=True)
class _Narrow:
    """What narrows a list by an index, and what by looking at rows one by one."""

    index: list[Any]
    others: list[Any]
    columns: _Columns


def _narrowed(scope: Scope, wanted: Wanted, now: str) -> _Narrow:
    """Return what narrows a list: the scope first, because its columns lead the indexes."""
    named, others = _named(scope, wanted)
    columns = _PLAIN if named else _LED
    index: list[Any] = []
    if scope.agencies is not None:
        mine = columns.agency if wanted.waits == "elsewhere" else columns.keeper
        index.append(mine.in_(sorted(scope.agencies)))
    told = ((columns.state, wanted.state), (columns.owner, wanted.owner), (columns.agency, wanted.agency))
    index += [column == value for column, value in told if value]
    if wanted.tier in RANKS:
        index.append(columns.rank == RANKS[wanted.tier])
    if wanted.nobody:
        index.append(_nobodys(columns))
    if wanted.due in DUES:
        index.append(_due(wanted.due, now, columns))
    if wanted.waits == "elsewhere":
        others.append(Case.keeper != Case.agency)
    return _Narrow([*named, *index], [*others, *sight.cases(scope)], columns)


def _named(scope: Scope, wanted: Wanted) -> tuple[list[Any], list[Any]]:
    """Return the conditions of a list whose cases are few, named one by one, and those asked of each case by itself."""
    named: list[Any] = []
    others: list[Any] = []
    held = [_found(wanted.violation)] if wanted.violation else []
    held += [_WAITING[wanted.waits](scope)] if wanted.waits in _WAITING else []
    if wanted.waits == "elsewhere" and wanted.active == "open" and scope.agencies is not None:
        held.append(_elsewhere(scope.agencies))
    for query in held:
        few = case_search.few(query)
        (named if few is not None else others).append(_among(query) if few is None else Case.id.in_(few))
    if wanted.text:
        found = case_search.named(case_search.matching(wanted.text))
        (named if found.few else others).append(found.condition)
    return named, others


def _among(query: Any) -> Any:
    """Return the condition that a case is among many others, asked of each by itself."""
    (column,) = query.selected_columns
    return fn.EXISTS(query.where(column == Case.id))


def _due(due: str, now: str, columns: _Columns) -> Any:
    at = clock.read(now)
    if due == "soon":
        return (columns.next_due > now) & (columns.next_due <= instant(at + SOON)) & (columns.duty_due > now)
    if due == "ready":
        return (columns.next_due <= now) & (columns.duty_due > now)
    if due == "overdue":
        return columns.duty_due <= now
    spans = {RANKS[tier]: (leader, supervisor)[due == SUPERVISOR] for tier, (leader, supervisor) in AFTER.items()}
    each = ((columns.rank == rank) & (columns.duty_due <= instant(at - span)) for rank, span in spans.items())
    nobodys = _nobodys(columns) & (columns.duty_due <= now) if due == LEADER else SQL("1 = 0")
    return reduce(or_, each, nobodys)


def _nobodys(columns: _Columns) -> Any:
    """Whether a case has no owner, or one who owns none any more."""
    gone = case_around.gone()
    theirs = (
        (columns.keeper == agency) & columns.owner.in_([login for _agency, login in logins])
        for agency, logins in groupby(gone, key=lambda one: one[0])
    )
    return reduce(or_, theirs, columns.owner == "")


def _found(violation: str) -> Any:
    return CaseViolation.select(CaseViolation.case).where(CaseViolation.violation == violation)


def _by_hand(_scope: Scope) -> Any:
    open_ = (CaseClock.ended_at == "") & (CaseClock.due_at == "") & (CaseClock.paused_from == "")
    return CaseClock.select(CaseClock.case).where(open_)


def _paper(_scope: Scope) -> Any:
    return CaseDocument.select(CaseDocument.case).where(CaseDocument.status == "due")


def _answer(scope: Scope) -> Any:
    query = Handover.select(Handover.case).where(UNANSWERED)
    if scope.agencies is None:
        return query
    kept: Any = Case.alias()
    return kept.select(kept.id).where(kept.id.in_(query), aside(kept.keeper).in_(sorted(scope.agencies)))


def _elsewhere(agencies: Iterable[str]) -> Any:
    """Those of some agencies that are open; what has ended, and who sees everything, is looked at one by one."""
    kept: Any = Case.alias()
    return kept.select(kept.id).where(KEPT_ELSEWHERE, kept.agency.in_(sorted(agencies)))


_WAITING = {"law": _by_hand, "paper": _paper, "answer": _answer}
"""What cases wait for, by where those stand that do."""
WAITS = (*_WAITING, "elsewhere")
