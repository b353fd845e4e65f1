"""What the one search box finds, for whoever looks: records and cases together by the number or name that was hit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import SQL, PostgresqlDatabase, Select, fn

from server.accounts import Scope
from server.folding import fold
from server.store import bulk, case_search, sight
from server.store.models import Case, Record, database
from server.store.rows import tuples
from server.store.search_models import SearchHit

MOST_GROUPS, MOST_EACH = 12, 5
LOOKED_AT = 400
"""How many of the places of one term are looked at for some that may be seen, the latest first."""
_AT_ONCE = 12
_SEAL = re.compile("[0-9a-f]{8,64}")


@dataclass(frozen=True)
class Hit:
    """Where a term stands: `what` is record (by inspection) or case (by id), `shown` the text as it was written."""

    what: str
    ref: str
    kind: str
    shown: str
    at: str


@dataclass(frozen=True)
class Found:
    """What one number or name leads to, the latest first. `more`: there is more of it than stands here."""

    kind: str
    shown: str
    hits: tuple[Hit, ...]
    more: bool


@dataclass(frozen=True)
class Results:
    """What was found, the nearest first; `more`: other numbers and names fit as well."""

    groups: tuple[Found, ...] = ()
    more: bool = False

    @property
    def only(self) -> Hit | None:
        """The one place that was found, or None where there are none or several."""
        places = {(hit.what, hit.ref): hit for one in self.groups for hit in one.hits}
        return next(iter(places.values())) if len(places) == 1 and not self.more else None

    def refs(self, what: str) -> list[str]:
        """Return the ids of the records (by inspection) or cases among the results."""
        hits = (hit for one in self.groups for hit in one.hits)
        return list(dict.fromkeys(hit.ref for hit in hits if hit.what == what))


def find(scope: Scope, text: str) -> Results:
    """Return where a number or name stands, of what the scope may see. Too short a text finds nothing."""
    terms = [] if scope.nothing else case_search.matching(text)
    groups = {("digest", one.shown): [one] for one in ([] if scope.nothing else _sealed(scope, text))}
    seen: set[tuple[str, str]] = set()
    for some in bulk.chunks(terms, _AT_ONCE):
        for hit in _hits(scope, some):
            if (hit.what, hit.ref) not in seen:
                seen.add((hit.what, hit.ref))
                groups.setdefault((hit.kind, hit.shown), []).append(hit)
        if len(groups) > MOST_GROUPS:
            break
    shown = list(groups.items())[:MOST_GROUPS]
    found = tuple(Found(*name, tuple(hits[:MOST_EACH]), len(hits) > MOST_EACH) for name, hits in shown)
    return Results(found, len(groups) > MOST_GROUPS or len(terms) >= case_search.MOST_TERMS)


def _sealed(scope: Scope, text: str) -> list[Hit]:
    """Return the records whose seal begins with a text: papers print it whole, pages its first signs."""
    begins = fold(text).lower()
    if not _SEAL.fullmatch(begins):
        return []
    query = Record.select(Record.inspection, Record.digest, Record.sealed_at)
    query = query.where(Record.digest >= begins, Record.digest < begins + "g", *sight.records(scope))
    rows = tuples(query.order_by(Record.digest).limit(MOST_EACH))
    return [Hit("record", str(inspection), "digest", str(digest), str(at)) for inspection, digest, at in rows]


def _hits(scope: Scope, terms: Sequence[int]) -> list[Hit]:
    """Return the latest places of each term that may be seen; a name that stands everywhere costs no more than one.

    One statement, made of what peewee gives for one term.
    """
    rows = database.execute_sql(*_of_terms(scope, terms)).fetchall()
    latest = sorted(
        ((int(term), Hit(*map(str, rest))) for term, *rest in rows), key=lambda one: one[1].at, reverse=True
    )
    order = {term: number for number, term in enumerate(terms)}
    return [hit for _term, hit in sorted(latest, key=lambda one: order[one[0]])]


def _of_terms(scope: Scope, terms: Sequence[int]) -> tuple[str, list[Any]]:
    """Return text and values of the query of several terms.

    PostgreSQL plans each arm of a union by itself, for longer than it then runs: it is asked for one of them beside the
    list of terms. SQLite knows no such join, and plans in no time.
    """
    if isinstance(database.obj, PostgresqlDatabase):
        text, values = _of_term(scope, SQL("wanted.term")).bind(database.obj).sql()
        every = f"SELECT each.* FROM unnest(%s::int[]) AS wanted(term) CROSS JOIN LATERAL ({text}) AS each"  # noqa: S608
        return every, [list(terms), *values]
    text, (_term, *values) = _of_term(scope, 0).bind(database.obj).sql()
    arms = (f"SELECT * FROM ({text}) AS t{number}" for number in range(len(terms)))  # noqa: S608 - peewee's own text
    return " UNION ALL ".join(arms), [value for term in terms for value in (term, *values)]


def _of_term(scope: Scope, term: Any) -> Any:
    """Return the query of one term; where its id is a number, that is the first of its values."""
    named = (SearchHit.term, SearchHit.what, SearchHit.ref, SearchHit.kind, SearchHit.shown, SearchHit.at)
    latest = SearchHit.select(*named).where(SearchHit.term == term).order_by(SearchHit.at.desc(), SearchHit.id.desc())
    looked: Any = latest.limit(MOST_EACH + 1 if _sees_all(scope) else LOOKED_AT).alias("looked")
    query = Select([looked], [getattr(looked.c, one.name) for one in named])
    return query if _sees_all(scope) else query.where(_visible(scope, looked)).limit(MOST_EACH + 1)


def _sees_all(scope: Scope) -> bool:
    return scope.agencies is None and not scope.area


def _visible(scope: Scope, hit: Any) -> Any:
    """Whether a hit may be seen. Each is looked up by itself: who offers an offset gathers nothing beforehand."""
    agencies = sorted(scope.agencies or ())
    mine = [Case.agency.in_(agencies) | Case.keeper.in_(agencies)] if scope.agencies is not None else []
    case = Case.select(Case.id).where(Case.id == hit.c.ref, *mine, *sight.cases(scope)).limit(1).offset(0)
    record = Record.select(Record.id).where(Record.inspection == hit.c.ref, *sight.records(scope)).limit(1).offset(0)
    return ((hit.c.what == "case") & fn.EXISTS(case)) | ((hit.c.what == "record") & fn.EXISTS(record))
