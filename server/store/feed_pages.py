"""Reading the feed: where it ends, where it began anew, and what stands in it for a scope behind a place.

A page is one statement, so that it is of one moment. Its text is kept: making the query costs more than running it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from peewee import Database, PostgresqlDatabase, SqliteDatabase, Value, fn

from server import clock
from server.store import bulk, feed, meta
from server.store.feed_models import FeedRow
from server.store.models import Counter, Meta, database

_LONG = 1000
"""Rows of a page by which somebody loads much; each reader would keep what it read of it."""
MOST_BYTES = 1024 * 1024
"""Of the lines of a page, so far as it has more than one."""

EPOCH, DROPPED = "feed_epoch", "feed_dropped"
HEARD = "hub_heard_at"
"""Where a hub keeps as of when it has everything, by its parent's clock."""
_COUNTERS = (feed.COUNTER, feed.DEVICES)


@dataclass(frozen=True)
class End:
    """Where the feed ends now: its epoch, the last place, and the last place of what was dropped from it.

    `devices` counts how often what is known of a device, who may ask and what he sees, became another. `heard_at` is a
    hub's alone: as of when it has everything. `read_at`: what was committed by then is in it.
    """

    epoch: str
    place: int
    dropped: int
    devices: int = 0
    whole: bool = True
    heard_at: str = ""
    read_at: str = field(default="", compare=False)


@dataclass(frozen=True)
class Sight:
    """What a device sees of the feed: its agency's and its area's, and what is for all.

    A hub sees what tablets see that come to it, of every agency where its own is empty.
    """

    agency: str
    area: str = ""
    hub: bool = False

    def epoch(self, feed_epoch: str) -> str:
        """Return the epoch of this sight: another scope is another feed, which begins at its start."""
        told = f"{feed_epoch}\n{self.agency}\n{self.area}" + ("\nhub" if self.hub else "")
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def covers(self, other: Sight) -> bool:
        """Whether who has all of this sight has all that the other one sees."""
        return self.agency in ("", other.agency) and other.area.startswith(self.area)


def end() -> End:
    """Return where the feed ends. `whole` is false where something was committed without a place."""
    read_at, names = clock.now(), (EPOCH, DROPPED, HEARD)
    held: dict[str, str] = dict(bulk.among(Meta, ("name", "value"), "name", names))
    counted: dict[str, int] = dict(bulk.among(Counter, ("name", "value"), "name", _COUNTERS))
    place, changed = (counted.get(name, 0) for name in _COUNTERS)
    dropped, heard_at = int(held.get(DROPPED) or 0), held.get(HEARD, "")
    return End(held.get(EPOCH, ""), place, dropped, changed, not feed.without_place(), heard_at, read_at)


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
    dropped_up_to(place)
    return many


def dropped_up_to(place: int) -> None:
    """Remember that nobody can be told any more of what went up to a place."""
    if place > int(meta.keep(DROPPED, "0")):
        meta.put(DROPPED, str(place))
        feed.stir()


def after(
    sight: Sight, lane: int, place: int, limit: int, begun: int = 0, room: int = MOST_BYTES
) -> list[tuple[int, str]]:
    """Return (place, line) of what stands in a lane behind a place, in its order, up to the one beyond `room` bytes.

    Who began at `begun` holds nothing of before: what was gone by then is left out.
    """
    asked: list[Any] = [lane, place, 0, begun]
    agency = not sight.hub or bool(sight.agency)
    if agency:
        asked += ["", sight.agency]
    if sight.area:
        asked += ["", 1, len(sight.area), sight.area, sight.area, 1]
    run: Callable[..., Any] = database.execute_sql
    text = _sql(type(database.obj).__name__, agency=agency, within=bool(sight.area), scoped=sight.hub)
    with contextlib.closing(run(text, (*asked, limit))) as found:  # SQLite reads no more of it than is taken
        rows = list(_as_fit(found, room))
    if len(rows) >= _LONG and isinstance(database.obj, SqliteDatabase):
        run("PRAGMA shrink_memory")  # who reads the whole feed asks for no page of it twice
    return [(row[0], _scoped(lane, *row)) for row in rows] if sight.hub else rows


def _as_fit(rows: Iterable[Any], room: int) -> Iterator[Any]:
    for row in rows:
        yield row
        room -= len(row[1])
        if room < 0:
            return


def _scoped(lane: int, place: int, line: str, agency: str, area: str) -> str:
    """Return a line as a hub gets it: the change as it is sent to tablets, with its scope and its place around it."""
    scope = json.dumps({"agency": agency, "area": area, "lane": lane, "place": place}, separators=(",", ":"))
    return f'{scope[:-1]},"change":{line}}}'


@cache
def _sql(_engine: str, *, agency: bool, within: bool, scoped: bool) -> str:
    """Return the text, whose values `after` gives in the order in which they stand here."""
    seen: list[Any] = [FeedRow.lane == 0, FeedRow.place > 0, (FeedRow.gone == 0) | (FeedRow.place > 0)]
    if agency:
        seen.append((FeedRow.agency == "") | (FeedRow.agency == ""))
    if within:
        inside = fn.SUBSTR(FeedRow.area, 1, 0) == ""
        around = fn.SUBSTR(Value(""), 1, fn.LENGTH(FeedRow.area)) == FeedRow.area
        seen.append((FeedRow.area == "") | inside | around)
    columns = (FeedRow.place, FeedRow.body, *((FeedRow.agency, FeedRow.area) if scoped else ()))
    query = FeedRow.select(*columns).where(*seen).order_by(FeedRow.place).limit(0)
    return str(query.sql()[0])
