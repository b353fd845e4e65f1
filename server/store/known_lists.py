"""All that is known of a subject, list by list: keyset pages and figures within what somebody may see.

Every figure is that of a list with the same conditions, and stops at MOST: a page never counts a million rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import fn

from checklists.facts.identifiers.keys import number_key
from server.accounts import Scope
from server.store import alerts, sight
from server.store.feed_models import CheckBrief, CheckNumber
from server.store.known import Subject
from server.store.models import Case, ServerFinding
from server.store.office_models import StopOrder, Task
from server.store.rows import aside, tuples

LISTS = ("checks", "findings", "cases", "decided", "orders", "alerts")
MOST = 1000
"""A figure stops here and is shown as so many and more."""

PAGE = 30

Place = tuple[str, str]
"""Where a page ends: what its list is ordered by, and what tells rows of the same apart."""


@dataclass(frozen=True)
class Page:
    """Rows of a list, the latest first; `after` leads on, None at the end."""

    rows: list[Any]
    after: Place | None


@dataclass(frozen=True)
class Found:
    """A finding of a check: its inspection, when that was, and the finding as on the wire."""

    inspection: str
    at: str
    finding: Mapping[str, Any]


def page(one: Subject, scope: Scope, name: str, after: Place | None = None, limit: int = PAGE) -> Page:
    """Return a page of one of LISTS."""
    return _PAGES[name](one, scope, after, limit)


def figures(one: Subject, scope: Scope) -> dict[str, int]:
    """Return how many rows each list has, at most MOST + 1."""
    return {name: int(_QUERIES[name](one, scope).limit(MOST + 1).count()) for name in LISTS}


def _mine(one: Subject) -> list[Any]:
    return [CheckNumber.number.in_(one.numbers), CheckNumber.role.in_(one.roles)]


def _checks(one: Subject, scope: Scope) -> Any:
    """Return the checks in which it was aboard, of those that somebody may see."""
    query = CheckNumber.select(CheckNumber.at, CheckNumber.inspection).where(*_mine(one))
    seen = sight.briefs(scope)
    if not seen:
        return query
    return query.join(CheckBrief, on=(CheckBrief.inspection == CheckNumber.inspection)).where(*seen)


def _findings(one: Subject, scope: Scope) -> Any:
    query = _checks(one, scope).join_from(
        CheckNumber, ServerFinding, on=(ServerFinding.inspection == CheckNumber.inspection)
    )
    # No index shall offer itself for what nearly all findings are alike in: the number leads to the checks.
    sense, difference = fn.COALESCE(ServerFinding.sense, ""), fn.COALESCE(ServerFinding.difference, "")
    return query.where(sense == "fuller", difference.in_(("new", "same")))


def _cases(one: Subject, scope: Scope) -> Any:
    """Return the cases against a carrier or person, of a vehicle or tank those of its checks."""
    query = Case.select(Case.id)
    if one.parties:
        query = query.where(Case.party_key.in_(one.parties))
    else:
        query = query.join(CheckNumber, on=(CheckNumber.inspection == Case.inspection)).where(*_mine(one))
    if scope.agencies is not None:  # its checks or its number lead to them, not whose they are
        agency, keeper = fn.COALESCE(Case.agency, ""), fn.COALESCE(Case.keeper, "")
        query = query.where(agency.in_(scope.agencies) | keeper.in_(scope.agencies))
    return query.where(*sight.cases(scope)) if scope.area else query


def running(one: Subject, scope: Scope, limit: int) -> list[Case]:
    """Return the cases that are not ended, the latest first."""
    query = _cases(one, scope).where(aside(Case.active, "0") == 1).distinct().order_by(Case.id.desc()).limit(limit)
    return cases_by_id([str(id_) for (id_,) in tuples(query)])


def _decided(one: Subject, scope: Scope) -> Any:
    return _cases(one, scope).where(Case.decided_at.is_null(False))


def _orders(one: Subject, _scope: Scope) -> Any:
    """Stop orders are for every agency."""
    return StopOrder.select().where(StopOrder.key == number_key(one.order_key))


def _alerts(one: Subject, scope: Scope) -> Any:
    query = Task.select(CheckNumber.at, Task.id).join(CheckNumber, on=(CheckNumber.inspection == Task.inspection))
    return query.where(Task.id.startswith(alerts.PREFIX), *_mine(one), *alerts.within(scope))


_QUERIES: Mapping[str, Callable[[Subject, Scope], Any]] = {
    "checks": _checks,
    "findings": _findings,
    "cases": _cases,
    "decided": _decided,
    "orders": _orders,
    "alerts": _alerts,
}


def _behind(query: Any, columns: tuple[Any, Any], after: Place | None, limit: int) -> Any:
    """Return what lies behind a place, the latest first."""
    first, second = columns
    if after is not None:
        at, id_ = after
        query = query.where((first < at) | ((first == at) & (second < id_)))
    return query.order_by(first.desc(), second.desc()).limit(limit + 1)


def _cut(rows: list[Any], limit: int, place: Callable[[Any], Place]) -> Page:
    return Page(rows[:limit], place(rows[limit - 1]) if len(rows) > limit else None)


def _page_of_checks(one: Subject, scope: Scope, after: Place | None, limit: int) -> Page:
    query = _behind(_checks(one, scope), (CheckNumber.at, CheckNumber.inspection), after, limit)
    rows = [(str(at), str(inspection)) for at, inspection in tuples(query)]
    held = _cut(rows, limit, lambda row: row)
    return Page(list(dict.fromkeys(inspection for _at, inspection in held.rows)), held.after)


def _page_of_findings(one: Subject, scope: Scope, after: Place | None, limit: int) -> Page:
    behind = (after[0], int(after[1])) if after is not None and after[1].isdecimal() else None
    query = _behind(_findings(one, scope), (CheckNumber.at, ServerFinding.id), behind, limit)  # type: ignore[arg-type]
    query = query.select(CheckNumber.at, CheckNumber.inspection, ServerFinding.id, ServerFinding.finding)
    held = _cut(tuples(query), limit, lambda row: (str(row[0]), str(row[2])))
    return Page([Found(str(ref), str(at), json.loads(text)) for at, ref, _id, text in held.rows], held.after)


def _page_of_cases(query: Callable[[Subject, Scope], Any]) -> Callable[..., Page]:
    def rows(one: Subject, scope: Scope, after: Place | None, limit: int) -> Page:
        query_ = query(one, scope).distinct()
        if after is not None:
            query_ = query_.where(Case.id < after[1])
        found = [str(id_) for (id_,) in tuples(query_.order_by(Case.id.desc()).limit(limit + 1))]
        return _cut(found, limit, lambda id_: ("", id_))

    return rows


def _page_of_orders(one: Subject, scope: Scope, after: Place | None, limit: int) -> Page:
    query = _orders(one, scope)
    if after is not None and after[1].isdecimal():
        query = query.where(StopOrder.id < int(after[1]))
    found = list(query.order_by(StopOrder.id.desc()).limit(limit + 1))
    return _cut(found, limit, lambda row: ("", str(row.id)))


def _page_of_alerts(one: Subject, scope: Scope, after: Place | None, limit: int) -> Page:
    query = _behind(_alerts(one, scope), (CheckNumber.at, Task.id), after, limit)
    held = _cut([(str(at), str(id_)) for at, id_ in tuples(query)], limit, lambda row: row)
    ids = [id_ for _at, id_ in held.rows]
    by_id = {str(row.id): row for row in Task.select().where(Task.id.in_(ids))}
    return Page([by_id[id_] for id_ in dict.fromkeys(ids) if id_ in by_id], held.after)


_PAGES: Mapping[str, Callable[..., Page]] = {
    "checks": _page_of_checks,
    "findings": _page_of_findings,
    "cases": _page_of_cases(_cases),
    "decided": _page_of_cases(_decided),
    "orders": _page_of_orders,
    "alerts": _page_of_alerts,
}


def cases_by_id(ids: Iterable[str]) -> list[Case]:
    """Return cases in the order of their ids."""
    held = {str(one.id): one for one in Case.select().where(Case.id.in_(list(ids)))}
    return [held[id_] for id_ in ids if id_ in held]
