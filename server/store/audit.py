"""The append-only log of who saw or changed what: each row holds the hash of the one before, so a missing one shows."""

from __future__ import annotations

from peewee import PostgresqlDatabase

from checklists.wire import canonical, digest
from server import clock
from server.store.models import database
from server.store.office_models import Audit

_FIRST = "0" * 64
_LOCK = 0x41554449  # "AUDI": processes on one PostgreSQL append one after the other


def note(*, who: str, action: str, subject: str, purpose: str = "") -> Audit:
    """Append a row and return it."""
    if isinstance(database.obj, PostgresqlDatabase):
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
    last = Audit.select().order_by(Audit.id.desc()).first()
    row = {"at": clock.now(), "who": who, "action": action, "subject": subject, "purpose": purpose}
    previous = str(last.hash) if last else _FIRST
    return Audit.create(prev_hash=previous, hash=_link(previous, row), **row)


def broken_at() -> int | None:
    """Return the id of the first row that does not follow from the one before it, or None where the chain holds."""
    previous = _FIRST
    for row in Audit.select().order_by(Audit.id).iterator():
        told = {name: getattr(row, name) for name in ("at", "who", "action", "subject", "purpose")}
        if row.prev_hash != previous or row.hash != _link(previous, told):
            return int(row.id)
        previous = str(row.hash)
    return None


def page(*, before: int | None = None, limit: int = 100) -> list[Audit]:
    """Return rows, the latest first; `before` is the last `id` of the page before."""
    query = Audit.select().order_by(Audit.id.desc()).limit(limit)
    return list(query.where(Audit.id < before) if before is not None else query)


def _link(previous: str, row: dict[str, str]) -> str:
    return digest(canonical({"previous": previous, **row}))
