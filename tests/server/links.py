"""Connections to the PostgreSQL that all tests of a run share, given on from one office to the next.

A new one costs that server a process which has to learn every table again, and each office has some five. What is given
on is the wire alone: its settings, locks and prepared statements are gone, and who closed it finds it closed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import pq

from server.store import postgres

_KEPT = 8
_ANEW = b"RESET ALL; SELECT pg_advisory_unlock_all(); CLOSE ALL; UNLISTEN *; DEALLOCATE ALL; DISCARD TEMP"


class Link(psycopg.Connection[Any]):
    """A connection whose wire is kept when it is closed, or forgotten, outside of a transaction."""

    idle: list[pq.abc.PGconn] = []  # noqa: RUF012 - of the whole process
    ended: pq.abc.PGconn

    def close(self) -> None:
        wire = self.pgconn
        if wire.transaction_status != pq.TransactionStatus.IDLE or len(self.idle) >= _KEPT:
            super().close()
            return
        self.pgconn = self.ended
        self.idle.append(wire)

    def __del__(self) -> None:
        if hasattr(self, "pgconn"):
            self.close()


def given_on(address: str) -> Callable[[postgres.Postgres], Any]:
    """Return what connects, for `Postgres._connect`: to this address by a wire that is there, elsewhere as always."""
    own = postgres.Postgres._connect
    with psycopg.connect(address) as link:
        Link.ended = link.pgconn
    shared = postgres._parts(address)

    def connect(held: postgres.Postgres) -> Any:
        parts = getattr(held._here, "parts", None) or {**held.connect_params, "dbname": held.database}
        if parts != shared:
            return own(held)
        while Link.idle:
            wire = Link.idle.pop()
            if wire.exec_(_ANEW).status in (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK):
                made: Any = Link(wire)
                made.autocommit = True
                return made
            wire.finish()
        return Link.connect(**parts, autocommit=True)

    return connect


def end() -> None:
    """Close what is kept."""
    while Link.idle:
        Link.idle.pop().finish()
