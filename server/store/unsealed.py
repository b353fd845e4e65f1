"""Which unsealed checks were laid aside, in whose name and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from peewee import fn

from server.accounts import Scope
from server.store import sight
from server.store.models import Device, Unsealed
from server.store.rows import tuples


def is_here(*, device: str, inspection: str, name: str) -> bool:
    """Whether this very file was laid aside already."""
    held = Unsealed.select().where(Unsealed.device == device, Unsealed.inspection == inspection, Unsealed.name == name)
    return bool(held.exists())


def add(row: Mapping[str, Any], at: str) -> None:
    """Note a file that is durable; again changes nothing."""
    Unsealed.insert(**row, received_at=at).on_conflict_ignore().execute()


def brought(device: str) -> tuple[int, int]:
    """Return how many such files a device has sent, and their bytes."""
    query = Unsealed.select(fn.COUNT(Unsealed.id), fn.COALESCE(fn.SUM(Unsealed.bytes), 0))
    ((count, size),) = tuples(query.where(Unsealed.brought_by == device))
    return int(count), int(size)


def listing(scope: Scope, limit: int = 200) -> list[tuple[Unsealed, Device | None, Device | None]]:
    """Return the files that may be seen, the latest first, each with the device that it names and who brought it."""
    rows = list(_seen_by(scope, Unsealed.select()).order_by(Unsealed.id.desc()).limit(limit))
    named = {str(one.id): one for one in Device.select().where(Device.id.in_([one.device for one in rows]))}
    named |= {str(one.id): one for one in Device.select().where(Device.id.in_([one.brought_by for one in rows]))}
    return [(one, named.get(str(one.device)), named.get(str(one.brought_by))) for one in rows]


def count(scope: Scope) -> int:
    """Return how many files there are that may be seen."""
    return int(_seen_by(scope, Unsealed.select()).count())


def _seen_by(scope: Scope, query: Any) -> Any:
    if scope.area:
        query = query.where(sight.within(Unsealed.inspection, scope.area))
    if scope.agencies is None:
        return query
    return query.where(Unsealed.device.in_(Device.select(Device.id).where(Device.agency.in_(scope.agencies))))


def one(scope: Scope, number: int) -> Unsealed | None:
    """Return a file that may be seen, or None."""
    held = Unsealed.get_or_none(Unsealed.id == number)
    device = Device.get_or_none(Device.id == held.device) if held else None
    if held is None or device is None or not scope.holds(str(device.agency)):
        return None
    return held if sight.sees_inspection(scope, str(held.inspection)) else None
