"""Which files of hand-overs were laid aside, in whose name, by whom, and whether they are what they say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from peewee import fn

from server.accounts import Scope
from server.store import sight
from server.store.models import Device, Unsealed
from server.store.rows import tuples


def held(*, device: str, inspection: str, name: str) -> Unsealed | None:
    """Return this very file where it was laid aside already."""
    same = (Unsealed.device == device) & (Unsealed.inspection == inspection) & (Unsealed.name == name)
    return Unsealed.get_or_none(same)


def add(row: Mapping[str, Any], at: str) -> Unsealed:
    """Note a file that is durable, and return it; again changes nothing."""
    Unsealed.insert(**row, received_at=at).on_conflict_ignore().execute()
    return Unsealed.get(*(getattr(Unsealed, name) == row[name] for name in ("device", "inspection", "name")))


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


def count(scope: Scope) -> tuple[int, int]:
    """Return how many files there are that may be seen, and how many of them do not fit."""
    told = Unsealed.select(fn.COUNT(Unsealed.id), fn.COUNT(fn.NULLIF(Unsealed.fault, "")))
    ((all_, odd),) = tuples(_seen_by(scope, told))
    return int(all_), int(odd)


def of_inspection(scope: Scope, inspection: str) -> list[Unsealed]:
    """Return what was laid aside of an inspection and may be seen, without its content."""
    query = Unsealed.select().where(Unsealed.inspection == inspection).order_by(Unsealed.id)
    return list(_seen_by(scope, query))


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
