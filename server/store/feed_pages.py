"""Reading the feed: where it ends, where it began anew, and what stands in it for a scope behind a place.

A page is one statement, so that it is of one moment. Its text is kept: making the query costs more than running it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from peewee import Database, PostgresqlDatabase, SqliteDatabase, Value, fn

from server.store import feed, meta
from server.store.feed_models import FeedRow
from server.store.models import Counter, Meta, database

_LONG = 1000
"""Rows of a page by which somebody loads much; each reader would keep 32 MB of it."""

EPOCH, _DROPPED = "feed_epoch", "feed_dropped"
_COUNTERS = (feed.COUNTER, feed.DEVICES)


@dataclass(frozen=True)
class End:
    """Where the feed ends now: its epoch, the last place, and the last place of what was dropped from it.

    `devices` counts how often what is known of a device, who may ask and what he sees, became another.
    """

    epoch: str
    place: int
    dropped: int
    devices: int = 0
    whole: bool = True


@dataclass(frozen=True)
class Sight:
    """What a device sees of the feed: its agency's and its area's, and what is for all."""

    agency: str
    area: str = ""

    def epoch(self, feed_epoch: str) -> str:
        """Return the epoch of this sight: another scope is another feed, which begins at its start."""
        return hashlib.sha256(f"{feed_epoch}\n{self.agency}\n{self.area}".encode()).hexdigest()[:12]


def end() -> End:
    """Return where the feed ends. `whole` is false where something was committed without a place."""
    held = {str(one.name): str(one.value) for one in Meta.select().where(Meta.name.in_((EPOCH, _DROPPED)))}
    counted = {str(one.name): int(one.value) for one in Counter.select().where(Counter.name.in_(_COUNTERS))}
    place, changed = (counted.get(name, 0) for name in _COUNTERS)
    return End(held.get(EPOCH, ""), place, int(held.get(_DROPPED) or 0), changed, not feed.without_place())


def begin_epoch(engine: Database) -> bool:
    """Begin a new epoch where this database is another one than before, and return whether that was so.

    A copy that was brought back, or a standby that took over, may lack places that tablets have seen already.
    """
    epoch, _space, mark = meta.keep(EPOCH, "").partition(" ")
    if epoch and mark == _mark(engine):
        return False
    renew_epoch(engine)
    return True


def renew_epoch(engine: Database) -> None:
    """Begin a new epoch, so that every tablet starts again."""
    meta.put(EPOCH, f"{new_epoch()} {_mark(engine)}".strip())
    feed.stir()


def new_epoch() -> str:
    """Return the name of an epoch that nobody had before."""
    return secrets.token_hex(6)


def _mark(engine: Database) -> str:
    """Return what tells one database from its copy, as far as the engine knows: cluster, timeline and database."""
    if not isinstance(engine, PostgresqlDatabase):
        return ""
    run: Callable[..., Any] = engine.execute_sql
    told = run(
        "SELECT (SELECT system_identifier FROM pg_control_system()), left(pg_walfile_name(pg_current_wal_lsn()), 8),"
        " oid FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    return "/".join(map(str, told))


def drop_old(before: str, day: str) -> int:
    """Drop what was gone for long and what nobody needs any more, remember how far, and return how many."""
    place, many = feed.drop_old(before, day)
    if place > int(meta.keep(_DROPPED, "0")):
        meta.put(_DROPPED, str(place))
        feed.stir()
    return many


def after(sight: Sight, lane: int, place: int, limit: int, begun: int = 0) -> list[tuple[int, str]]:
    """Return (place, line) of what stands in a lane behind a place, in its order.

    Who began at `begun` holds nothing of before: what was gone by then is left out.
    """
    asked: list[Any] = [lane, place, 0, begun, "", sight.agency]
    if sight.area:
        asked += ["", 1, len(sight.area), sight.area, sight.area, 1]
    run: Callable[..., Any] = database.execute_sql
    rows = list(run(_sql(bool(sight.area), type(database.obj).__name__), (*asked, limit)).fetchall())
    if len(rows) >= _LONG and isinstance(database.obj, SqliteDatabase):
        run("PRAGMA shrink_memory")  # who reads the whole feed asks for no page of it twice
    return rows


@cache
def _sql(within: bool, _engine: str) -> str:
    """Return the text, whose values `after` gives in the order in which they stand here."""
    seen: list[Any] = [
        FeedRow.lane == 0,
        FeedRow.place > 0,
        (FeedRow.gone == 0) | (FeedRow.place > 0),
        (FeedRow.agency == "") | (FeedRow.agency == ""),
    ]
    if within:
        inside = fn.SUBSTR(FeedRow.area, 1, 0) == ""
        around = fn.SUBSTR(Value(""), 1, fn.LENGTH(FeedRow.area)) == FeedRow.area
        seen.append((FeedRow.area == "") | inside | around)
    query = FeedRow.select(FeedRow.place, FeedRow.body).where(*seen).order_by(FeedRow.place).limit(0)
    return str(query.sql()[0])
