"""Writers that race to add to the feed while somebody reads it: what a feed survives and a sequence does not."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial

from peewee import Database, PostgresqlDatabase

from server.store import feed, feed_pages, outage
from server.store.feed import Told
from server.store.feed_models import FeedRow
from server.store.feed_pages import Sight

AT = "2026-11-29T00:00:00.000Z"
Way = Callable[[Database], AbstractContextManager[None]]
"""How a transaction gives places to what is told in it."""


class _RolledBack(Exception):  # noqa: N818 - no error: the writer thought better of it
    pass


@dataclass
class Race:
    """What was committed, and what a reader saw who always went on from the last place that he saw."""

    committed: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    seconds: float = 0.0

    @property
    def missed(self) -> set[str]:
        return self.committed - self.seen


@contextlib.contextmanager
def plain_sequence(database: Database) -> Iterator[None]:
    """Places as a sequence gives them: when the row is written, and so not in the order of the commits."""
    with database.atomic():
        yield


def tell(database: Database, way: Way, key: str, work: Callable[[], None] = lambda: None) -> None:
    """Add one thing in a transaction that goes on working after it has told."""
    with way(database):
        feed.tell("race", [Told(key, '{"n":1}', AT)])
        if way is plain_sequence:
            place = database.execute_sql("SELECT nextval('plain')").fetchone()[0]
            FeedRow.update(place=place).where(FeedRow.place.is_null()).execute()
        work()


def read_on(sight: Sight, place: int, limit: int = 7) -> tuple[int, list[str]]:
    rows = feed_pages.after(sight, feed.REST, place, limit)
    return (rows[-1][0] if rows else place), [line for _place, line in rows]


def run(database: Database, way: Way, *, writers: int, each: int, seed: int = 1) -> Race:
    """Let writers race; one in twenty takes back what it told, three in ten go on working for a while."""
    if isinstance(database, PostgresqlDatabase) and way is plain_sequence:
        database.execute_sql("CREATE SEQUENCE IF NOT EXISTS plain")
    race, ended, lock = Race(), threading.Event(), threading.Lock()

    def write(number: int) -> None:
        dice = random.Random(f"{seed} {number}")
        for count in range(each):
            key = f"{number}-{count}"
            try:
                tell(database, way, key, partial(_work, dice))
            except Exception as problem:
                if not isinstance(problem, _RolledBack) and not outage.away(problem):  # SQLite's lock is not fair
                    raise
            else:
                with lock:
                    race.committed.add(f'"key":"{key}"')
        outage.drop(database)

    def read() -> None:
        place, last = 0, False
        while True:
            last = ended.is_set()
            place, lines = read_on(Sight("T"), place)
            race.seen |= {line.split(",")[2] for line in lines}
            if last and not lines:
                break
        outage.drop(database)

    began = time.perf_counter()
    reader = threading.Thread(target=read)
    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for one in (reader, *threads):
        one.start()
    for one in threads:
        one.join()
    race.seconds = time.perf_counter() - began
    ended.set()
    reader.join()
    return race


def _work(dice: random.Random) -> None:
    if dice.random() < 0.3:
        time.sleep(dice.random() * 0.02)
    if dice.random() < 0.05:
        raise _RolledBack
