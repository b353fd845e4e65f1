"""What tablets said of themselves: the last of each, and a little of each day, to see where their space goes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import timedelta

from server import clock
from server.fleet import Said, TookPackage
from server.store.administration_models import DeviceDay, DeviceStatus
from server.store.rows import tuples

_PLAIN = tuple(one.name for one in fields(Said) if one.name not in ("packages", "at"))


def keep(device: str, said: Said) -> None:
    """Keep what a tablet says in place of what it said before, and as the last of today."""
    now = clock.now()
    told = {name: getattr(said, name) for name in _PLAIN}
    row = {**told, "device": device, "at": now, "packages": json.dumps([asdict(one) for one in said.packages])}
    kept = [field for field in DeviceStatus._meta.sorted_fields if field.name != "device"]
    DeviceStatus.insert(row).on_conflict(conflict_target=[DeviceStatus.device], preserve=kept).execute()
    day = {"device": device, "day": now[:10], "free_bytes": said.free_bytes, "records": said.records}
    DeviceDay.insert({**day, "files": said.files}).on_conflict(
        conflict_target=[DeviceDay.device, DeviceDay.day],
        preserve=[DeviceDay.free_bytes, DeviceDay.records, DeviceDay.files],
    ).execute()


def keep_later(device: str, said: Said) -> None:
    """Keep what came by a hub, where it was said after what is here: a tablet may have been heard itself meanwhile."""
    before = DeviceStatus.get_or_none(DeviceStatus.device == device)
    if before is None or str(before.said_at) <= said.said_at:
        keep(device, said)


def last() -> Mapping[str, Said]:
    """Return what each tablet said last, by its id."""
    return {str(one.device): _said(one) for one in DeviceStatus.select()}


def space_before(days: int) -> Mapping[str, tuple[str, int]]:
    """Return for each tablet the first day of the last so many that tells of its free space, and the bytes."""
    first = _day(days)
    query = DeviceDay.select(DeviceDay.device, DeviceDay.day, DeviceDay.free_bytes)
    rows = tuples(query.where(DeviceDay.day >= first, DeviceDay.free_bytes.is_null(False)).order_by(DeviceDay.day))
    return {str(device): (str(day), int(free)) for device, day, free in reversed(rows)}


def forget(days: int) -> int:
    """Drop what was said on days that are past for so long; return how many rows."""
    return int(DeviceDay.delete().where(DeviceDay.day < _day(days)).execute())


def _day(before: int) -> str:
    return (clock.read(clock.now()) - timedelta(days=before)).date().isoformat()


def _said(row: DeviceStatus) -> Said:
    packages = tuple(TookPackage(**one) for one in json.loads(str(row.packages)))
    told = {name: getattr(row, name) for name in _PLAIN}
    return Said(**told, packages=packages, at=str(row.at))
