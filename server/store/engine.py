"""Opening the store on either engine: connections, migrations, the writer and the readers."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from peewee import Database, PostgresqlDatabase, SqliteDatabase
from playhouse.migrations import Runner

from server.store import models, outage
from server.store.outage import DatabaseAway
from server.store.postgres import Postgres
from server.store.timed import TimedSqlite
from server.store.writer import Writer

T = TypeVar("T")
Item = TypeVar("Item")

_MIGRATIONS = Path(__file__).parent.parent / "migrations"
_MIGRATION_LOCK = 0x4C554A49  # "LUJI": any number that nobody else takes

_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "busy_timeout": 10_000,
    "cache_size": -4_000,
    "temp_store": "memory",
    "wal_autocheckpoint": 4_000,
}


class Store:
    """The open store. Query functions of `server.store` run in `read` and `write`, and nowhere else."""

    def __init__(self, database: Database, readers: int = 4) -> None:
        self.database = database
        self.writer = Writer(database)
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="reader")
        self._closing: list[Callable[[], None]] = []

    async def read(self, query: Callable[..., T], *args: Any) -> T:
        """Run a reading query, or other work that may block, in a reader thread. Raises DatabaseAway."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, partial(self.read_now, query, *args))

    def read_now(self, query: Callable[..., T], *args: Any) -> T:
        """Run a reading query in this thread: on a connection that turns out dead, once more on a new one."""
        for last in (False, True):
            try:
                return query(*args)
            except Exception as problem:
                if not outage.away(problem):
                    raise
                gone = problem
            outage.drop(self.database)
            if last:
                raise DatabaseAway from gone
        raise AssertionError

    async def write(self, job: Callable[[], T]) -> T:
        """Run a writing job; the answer comes once it is durable. Raises DatabaseAway: then nothing was written."""
        return await asyncio.wrap_future(self.writer.submit(job))

    async def write_each(
        self, work: Callable[[Sequence[Item]], Sequence[T]], items: Sequence[Item]
    ) -> Sequence[T | Exception]:
        """Run a writing work for several items in one go; what fails for one of them stands in its place."""
        return await asyncio.wrap_future(self.writer.submit_each(work, items))

    def write_now(self, job: Callable[[], T]) -> T:
        """Like `write`, for threads and commands outside the event loop."""
        future: Future[T] = self.writer.submit(job)
        return future.result()

    def before_closing(self, end: Callable[[], None]) -> None:
        """Do this first when the store is closed."""
        self._closing.append(end)

    def close(self) -> None:
        """Finish writing and close every connection."""
        for end in self._closing:
            end()
        self.writer.close()
        self._readers.shutdown(wait=True)
        outage.drop(self.database)


def open_store(address: str | Path, pool: str = "") -> Store:
    """Open a `postgresql://…` address or a SQLite file, bring its tables up to date, and return the store.

    `pool` is the address of a pgbouncer in front of it, which the store uses from then on. Raises ValueError where a
    newer version of the product has written there.
    """
    database = connect(address)
    with database.connection_context():
        unknown = steps(database)[1]
    if unknown:
        raise ValueError(f"the database was written by a newer version ({unknown[-1]}); this one must not write there")
    migrate(database)
    if pool:
        models.database.initialize(database := Postgres(pool, pooled=True))
    return Store(database)


def connect(address: str | Path) -> Database:
    """Let the tables be those of this database, as it is: nothing is made or changed in it."""
    database = Postgres(address) if isinstance(address, str) else _sqlite(address)
    models.database.initialize(database)
    return database


def _sqlite(path: Path) -> SqliteDatabase:
    path.parent.mkdir(parents=True, exist_ok=True)
    return TimedSqlite(str(path), pragmas=_PRAGMAS, lock_type="IMMEDIATE")


@contextlib.contextmanager
def beside(address: str | Path) -> Iterator[Database]:
    """Let the tables be those of another database for a while, in a command that has no second thread."""
    before = models.database.obj
    database = connect(address)
    try:
        yield database
    finally:
        outage.drop(database)
        models.database.initialize(before)


def steps(database: Database) -> tuple[list[str], list[str]]:
    """Return the steps of the schema that a database lacks, and those in it that this version does not know."""
    told = Runner(database, str(_MIGRATIONS)).status()
    return [one.name for one in told if not one.applied], [one.name for one in told if one.path is None]


def migrate(database: Database) -> list[str]:
    """Apply the missing steps and return their names; of two processes one waits for the other."""
    run: Callable[..., Any] = database.execute_sql
    locked = isinstance(database, PostgresqlDatabase)
    with database.connection_context():
        if locked:
            run("SELECT pg_advisory_lock(%s)", (_MIGRATION_LOCK,))
        try:
            return list(Runner(database, str(_MIGRATIONS)).up())
        finally:
            if locked:
                run("SELECT pg_advisory_unlock(%s)", (_MIGRATION_LOCK,))
