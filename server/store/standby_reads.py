"""Pages that go through much read a standby, where the settings name one: the primary keeps its cores for tablets.

What they show is as old as the standby is behind, mostly less than a second. Where it is away, or takes back what a
statement reads (both happen to a standby), the primary answers as it does without one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import psycopg

from server.store import outage
from server.store.engine import Store
from server.store.outage import DatabaseAway
from server.store.page_reads import PageStore
from server.store.postgres import Postgres

T = TypeVar("T")

READERS = 2
_log = logging.getLogger(__name__)


class StandbyStore(PageStore):
    """A store of pages, read from another PostgreSQL that follows the primary's; `pages` read that one."""

    def __init__(self, store: Store, pages: PageStore, address: str) -> None:
        database = store.database
        assert isinstance(database, Postgres)  # noqa: S101 - the settings want one with it
        readers = ThreadPoolExecutor(READERS, "standby", initializer=database.follow, initargs=(address,))
        super().__init__(store, pages.seconds, readers)
        self._pages = pages

    async def read(self, query: Callable[..., T], *args: Any) -> T:
        """As of any store; from the primary where the standby cannot say."""
        try:
            return await super().read(query, *args)
        except Exception as problem:
            if not _is_the_standbys(problem):
                raise
            _log.warning("the standby did not answer; the primary does", extra={"reason": type(problem).__name__})
        return await self._pages.read(query, *args)


def _is_the_standbys(problem: Exception) -> bool:
    states = [str(one.sqlstate) for one in outage.reasons(problem) if isinstance(one, psycopg.Error)]
    return isinstance(problem, DatabaseAway) or any(one.startswith("40") for one in states)
