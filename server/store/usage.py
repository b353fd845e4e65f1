"""What each device brought on a day, and how fast: no tablet that is lost, broken or hostile can fill the office."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from peewee import EXCLUDED, fn

from server import clock
from server.limits import retry_after
from server.refusals import Refused
from server.store import bulk
from server.store.models import DayUse
from server.store.rows import tuples

_HOUR = 3600.0

WITHIN = {"within_5m": 300, "within_1h": 3600, "within_24h": 86_400}
"""How many seconds after its seal a record is at the office at most; both ends are in."""


class Used(NamedTuple):
    """How much came from a device on a UTC day; and of the records whose way took a known time, how many were fast."""

    records: int = 0
    record_bytes: int = 0
    photos: int = 0
    photo_bytes: int = 0
    timed: int = 0
    within_5m: int = 0
    within_1h: int = 0
    within_24h: int = 0
    doubted: int = 0


def speed(seconds: Iterable[float | None]) -> Mapping[str, int]:
    """Return the fields of `Used` that tell how fast records came; None is one whose clock is doubted."""
    told = list(seconds)
    known = [one for one in told if one is not None]
    within = {name: sum(one <= most for one in known) for name, most in WITHIN.items()}
    return {"timed": len(known), **within, "doubted": len(told) - len(known)}


def today(device: str) -> Used:
    """Return what a device brought today."""
    held = bulk.run(_asking, device, clock.now()[:10]).fetchone()
    return Used(*held) if held else Used()


def on_this_day(devices: Collection[str]) -> dict[str, Used]:
    """Return what each of these devices brought today; who brought nothing is left out."""
    rows = bulk.among(DayUse, ("device", *Used._fields), "device", devices, day=clock.now()[:10])
    return {device: Used(*counts) for device, *counts in rows}


def check(used: Used, what: str, more_bytes: int, *, most: tuple[int, int]) -> None:
    """Raise Refused day_full where one more of `records` or `photos` goes beyond a day's count or bytes."""
    count, size = (used.records, used.record_bytes) if what == "records" else (used.photos, used.photo_bytes)
    if count >= most[0] or size + more_bytes > most[1]:
        raise _full(what)


def add(device: str, used: Used) -> None:
    """Count what a device brought, in the job that makes it durable."""
    add_all({device: used})


def add_all(brought: Mapping[str, Used]) -> None:
    """Count what devices brought; in one order everywhere, so that two processes never wait for each other."""
    day = clock.now()[:10]
    told = [(device, day, *used) for device, used in brought.items() if used != Used()]
    bulk.each(_counting, sorted(told))


def since(days: int) -> dict[str, Used]:
    """Return how fast the records of each device came in so many UTC days, today included; of the rest nothing."""
    first = (clock.read(clock.now()) - timedelta(days=days - 1)).date().isoformat()
    query = DayUse.select(DayUse.device, *map(fn.SUM, _SPEED)).where(DayUse.day >= first).group_by(DayUse.device)
    names = [one.name for one in _SPEED]
    return {str(device): Used(**dict(zip(names, map(int, sums), strict=True))) for device, *sums in tuples(query)}


def forget(days: int) -> int:
    """Drop the counts of days that are past for so long; return how many."""
    last = (clock.read(clock.now()) - timedelta(days=days)).date().isoformat()
    return int(DayUse.delete().where(DayUse.day < last).execute())


def _full(what: str) -> Refused:
    """Refuse until the next day, but let the tablet look again within the hour: somebody may have raised the bound."""
    at = clock.read(clock.now())
    left = 24 * _HOUR - (at.hour * _HOUR + at.minute * 60 + at.second)
    return Refused("day_full", what, retry_after(min(left, _HOUR)))


_SPEED = (DayUse.timed, DayUse.within_5m, DayUse.within_1h, DayUse.within_24h, DayUse.doubted)
_COUNTS = (DayUse.records, DayUse.record_bytes, DayUse.photos, DayUse.photo_bytes, *_SPEED)
"""In the order of the fields of `Used`, in which the statements below name them."""


def _asking() -> Any:
    return DayUse.select(*_COUNTS).where(DayUse.device == "", DayUse.day == "")


def _counting() -> Any:
    """Return one statement that begins a day or adds to it, so that two processes never count over each other."""
    row: dict[Any, Any] = {DayUse.device: "", DayUse.day: "", **dict.fromkeys(_COUNTS, 0)}
    more = {one: one + getattr(EXCLUDED, one.column_name) for one in _COUNTS}
    return DayUse.insert(row).on_conflict(conflict_target=(DayUse.device, DayUse.day), update=more)
