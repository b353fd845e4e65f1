"""PostgreSQL as the store opens it: one address, and for threads that are told so the address of a standby.

Nothing that threads leave on a connection is relied upon after a transaction, so that a pool may hand each transaction
another one (pgbouncer in transaction mode). What is prepared stays on one, and is left out there.
"""

from __future__ import annotations

import threading
from typing import Any

import psycopg
from peewee import PostgresqlDatabase
from psycopg.conninfo import conninfo_to_dict

_LINK = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
    "application_name": "lujian",
}
"""How soon a PostgreSQL that vanished without a word is noticed; what the address says itself stands."""


class Postgres(PostgresqlDatabase):
    """A database whose connections are made by the thread that asks: to the primary, or to what it follows."""

    def __init__(self, address: str, *, pooled: bool = False) -> None:
        """Take an address; `pooled`: a pool of connections is behind it."""
        self._here = threading.local()
        parts = _parts(address) | ({"prepare_threshold": None} if pooled else {})
        super().__init__(parts["dbname"], prefer_psycopg3=True, **parts)

    def follow(self, address: str) -> None:
        """Let this thread read another database from now on, which follows this one."""
        self._here.parts = _parts(address)

    def _connect(self) -> Any:
        parts = getattr(self._here, "parts", None)
        if parts is None:
            return super()._connect()  # type: ignore[misc] # peewee's own
        return psycopg.connect(**parts, autocommit=True)


def _parts(address: str) -> dict[str, Any]:
    given: dict[str, Any] = dict(conninfo_to_dict(address))
    return {**_LINK, **given, "dbname": given.get("dbname") or given.get("user")}
