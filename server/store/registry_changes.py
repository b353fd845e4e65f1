"""What imports and corrections made of registry rows, old and new: the audit log holds the digest of each batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checklists.wire import canonical, digest
from server import clock
from server.store import audit, bulk
from server.store.administration_models import RegistryChange
from server.store.office_models import Audit
from server.store.rows import tuples

ACTION = "registry.import"
_TOLD = ("kind", "key", "old", "new", "old_as_of", "as_of")


@dataclass(frozen=True)
class Change:
    """A row as it was and as it is: data in canonical JSON, `old` empty for a new row."""

    kind: str
    key: str
    old: str
    new: str
    old_as_of: str
    as_of: str


def keep(batch: str, who: str, changes: Iterable[Change], detail: Mapping[str, Any], subject: str) -> None:
    """Keep the changes of a batch, and note them in the audit log by their digest."""
    held, at = list(changes), clock.now()
    bulk.insert_dicts(RegistryChange, [{**vars(one), "batch": batch, "who": who, "at": at} for one in held])
    told = {**detail, "batch": batch, "changes": len(held), "digest": digest_of(held)}
    audit.note(who=who, action=ACTION, subject=subject, detail=told)


def digest_of(changes: Iterable[Change]) -> str:
    """Return what the log says of a batch."""
    return _digest((getattr(one, name) for name in _TOLD) for one in changes)


def of_key(kind: str, key: str, limit: int = 50) -> list[RegistryChange]:
    """Return what happened to a row, the latest first."""
    query = RegistryChange.select().where(RegistryChange.kind == kind, RegistryChange.key == key)
    return list(query.order_by(RegistryChange.id.desc()).limit(limit))


def of_batches(batches: Sequence[str], limit: int) -> list[RegistryChange]:
    """Return what batches changed, in the order in which it was written."""
    query = RegistryChange.select().where(RegistryChange.batch.in_(batches))
    return list(query.order_by(RegistryChange.id).limit(limit))


def broken() -> list[str]:
    """Return the batches whose changes are not those that the audit log names, or that it does not name."""
    named: dict[str, str] = {}
    for row in Audit.select().where(Audit.action == ACTION).order_by(Audit.id):
        told = audit.detail_of(row)
        named[str(told.get("batch") or "")] = str(told.get("digest") or "")
    here = {str(batch) for (batch,) in tuples(RegistryChange.select(RegistryChange.batch).distinct())}
    wrong = [batch for batch, told in named.items() if told != _digest(_rows(batch))]
    return sorted({*wrong, *(here - named.keys())})


def _rows(batch: str) -> list[tuple[Any, ...]]:
    columns = [getattr(RegistryChange, name) for name in _TOLD]
    return tuples(RegistryChange.select(*columns).where(RegistryChange.batch == batch).order_by(RegistryChange.id))


def _digest(rows: Iterable[Iterable[Any]]) -> str:
    return digest(canonical([[str(one) for one in row] for row in rows]))
