"""The append-only log of who saw or changed what: each row holds the hash of the one before, so a missing one shows.

What a change made of a value stands in `detail` as `name: [old, new]`; passwords, codes and keys are never told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from peewee import PostgresqlDatabase, fn

from checklists.records.chain import AUDIT, FIRST, audit_hash
from checklists.wire import canonical
from server import clock
from server.store import counted
from server.store.counted import Counted
from server.store.models import database
from server.store.office_models import Audit
from server.store.rows import finds, tuples

Detail = Mapping[str, Any]

_LOCK = 0x41554449  # "AUDI": processes on one PostgreSQL append one after the other
_SOME = 2000
_NONE = 2**62


@dataclass(frozen=True)
class Wanted:
    """What the log is narrowed to; empty is everything. `action` may be the beginning of one; `until` is not included.

    `text` stands in the subject; `subjects` are those of which one is meant, alone or as the beginning of a longer one.
    """

    who: str = ""
    action: str = ""
    text: str = ""
    since: str = ""
    until: str = ""
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verified:
    """What became of verifying the chain: the rows that hold, the hash of the last, the first row that does not.

    `found` says whether a hash that was asked for stands in the chain: somebody wrote it down once.
    """

    rows: int
    last: str
    broken_at: int | None
    found: bool = True


def note(*, who: str, action: str, subject: str, purpose: str = "", detail: Detail | None = None) -> Audit:
    """Append a row and return it."""
    if isinstance(database.obj, PostgresqlDatabase):
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
    last = Audit.select(Audit.hash).order_by(Audit.id.desc()).first()
    row = {"at": clock.now(), "who": who, "action": action, "subject": subject, "purpose": purpose}
    more = {} if detail is None else {"detail": canonical(dict(detail)).decode()}
    previous = str(last.hash) if last else FIRST
    return Audit.create(prev_hash=previous, hash=audit_hash(previous, {**row, **more}), **row, **more)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return `name: [old, new]` of what differs, for `detail`."""
    names = sorted({*before, *after})
    return {name: [before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)}


def detail_of(row: Audit) -> dict[str, Any]:
    """Return what a row tells of its change; empty where it tells nothing."""
    return dict(json.loads(str(row.detail))) if row.detail else {}


def broken_at() -> int | None:
    """Return the id of the first row that does not follow from the one before it, or None where the chain holds."""
    return verify().broken_at


def verify(known: str = "") -> Verified:
    """Follow the chain from its first row to its last, or to the first that does not hold.

    The chain alone cannot tell that its end was cut off; `known`, a hash that was written down elsewhere, can.
    """
    previous, count, found = FIRST, 0, not known
    for id_, before, hash_, detail, *told in _chain():
        row = {**dict(zip(AUDIT, told, strict=True)), "detail": detail}
        if before != previous or hash_ != audit_hash(previous, row):
            return Verified(count, previous, int(id_), found)
        previous, count, found = hash_, count + 1, found or hash_ == known
    return Verified(count, previous, None, found)


def _chain() -> Iterator[tuple[Any, ...]]:
    """Yield the columns of every row, the oldest first, some at a time: a log of years does not fit into memory."""
    columns = [getattr(Audit, name) for name in ("id", "prev_hash", "hash", "detail", *AUDIT)]
    last = 0
    while some := tuples(Audit.select(*columns).where(Audit.id > last).order_by(Audit.id).limit(_SOME)):
        yield from some
        last = some[-1][0]


def page(wanted: Wanted | None = None, *, before: int | None = None, limit: int = 100) -> list[Audit]:
    """Return rows, the latest first; `before` is the last `id` of the page before."""
    query = _narrowed(wanted or Wanted())
    query = query.where(Audit.id < before) if before is not None else query
    return list(query.order_by(Audit.id.desc()).limit(limit))


def shown(wanted: Wanted, *, before: int | None = None, limit: int = 100) -> tuple[list[Audit], int | None, bool]:
    """Return rows, the latest first, what leads on, and whether all before them were looked at.

    As a page shows them: what no index leads to is looked for among so many rows a page.
    """
    index, others = _conditions(wanted)
    index += [Audit.id < before] if before is not None else []
    query = Audit.select().where(*index) if index else Audit.select()
    least = fn.COALESCE(counted.floor(query, Audit.id), 0)
    narrowed = query.where(Audit.id >= least, *others) if others else query
    rows = list(narrowed.order_by(Audit.id.desc()).limit(limit + 1))
    if len(rows) > limit:
        return rows[:limit], int(rows[limit - 1].id), True
    last = counted.reached(query, Audit.id) if others else None
    return rows, last, last is None


def latest(action: str) -> Audit | None:
    """Return the row of the last act of a kind, or None."""
    held: Audit | None = Audit.select().where(Audit.action == action).order_by(Audit.id.desc()).first()
    return held


def total(wanted: Wanted) -> Counted:
    """Return how many rows the list of the same conditions has, as far as a page counts."""
    index, others = _conditions(wanted)
    return counted.among(Audit.select().where(*index) if index else Audit.select(), Audit.id, others)


def count(wanted: Wanted | None = None) -> int:
    """Return how many rows the list of the same conditions has."""
    return int(_narrowed(wanted or Wanted()).count())


def about(subjects: Iterable[str]) -> Iterator[Audit]:
    """Yield the rows about any of the subjects, the oldest first."""
    wanted = list(dict.fromkeys(subjects))
    if wanted:
        yield from Audit.select().where(Audit.subject.in_(wanted)).order_by(Audit.id)


def _narrowed(wanted: Wanted) -> Any:
    index, others = _conditions(wanted)
    return Audit.select().where(*index, *others) if index or others else Audit.select()


def _conditions(wanted: Wanted) -> tuple[list[Any], list[Any]]:
    """Return what narrows the log by an index in its order, and what by looking at rows."""
    index = [Audit.id >= _first(wanted.since)] if wanted.since else []
    index += [Audit.id < _first(wanted.until)] if wanted.until else []
    index += [Audit.who == wanted.who] if wanted.who else []
    others = [Audit.action.startswith(wanted.action)] if wanted.action else []
    others += [finds(wanted.text, Audit.subject)] if wanted.text else []
    if wanted.subjects:
        within = (Audit.subject.startswith(f"{one} ") for one in wanted.subjects)
        others.append(reduce(or_, within, Audit.subject.in_(list(wanted.subjects))))
    return index, others


def _first(at: str) -> int:
    """Return the first row of a time or later; rows stand in the order of their times."""
    first = Audit.select(Audit.id).where(Audit.at >= at).order_by(Audit.at, Audit.id).limit(1)
    return next((int(one) for (one,) in tuples(first)), _NONE)
