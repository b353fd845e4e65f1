"""What each device brought today, so that one tablet that is lost, broken or hostile cannot fill the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from server import clock
from server.limits import retry_after
from server.refusals import Refused
from server.store.models import DayUse

_HOUR = 3600.0


@dataclass(frozen=True)
class Used:
    """How much came from a device today, in UTC days."""

    records: int = 0
    record_bytes: int = 0
    photos: int = 0
    photo_bytes: int = 0


def today(device: str) -> Used:
    """Return what a device brought today."""
    held = DayUse.get_or_none(DayUse.device == device, DayUse.day == clock.now()[:10])
    return Used(held.records, held.record_bytes, held.photos, held.photo_bytes) if held else Used()


def check(used: Used, what: str, more_bytes: int, *, most: tuple[int, int]) -> None:
    """Raise Refused day_full where one more of `records` or `photos` goes beyond a day's count or bytes."""
    count, size = (used.records, used.record_bytes) if what == "records" else (used.photos, used.photo_bytes)
    if count >= most[0] or size + more_bytes > most[1]:
        raise _full(what)


def add(device: str, used: Used) -> None:
    """Count what a device brought, in the job that makes it durable."""
    if used == Used():
        return
    key = {"device": device, "day": clock.now()[:10]}
    DayUse.insert(**key).on_conflict_ignore().execute()
    DayUse.update(
        records=DayUse.records + used.records,
        record_bytes=DayUse.record_bytes + used.record_bytes,
        photos=DayUse.photos + used.photos,
        photo_bytes=DayUse.photo_bytes + used.photo_bytes,
    ).where(DayUse.device == key["device"], DayUse.day == key["day"]).execute()


def forget(days: int) -> int:
    """Drop the counts of days that are past for so long; return how many."""
    last = (clock.read(clock.now()) - timedelta(days=days)).date().isoformat()
    return int(DayUse.delete().where(DayUse.day < last).execute())


def _full(what: str) -> Refused:
    """Refuse until the next day, but let the tablet look again within the hour: somebody may have raised the bound."""
    at = clock.read(clock.now())
    left = 24 * _HOUR - (at.hour * _HOUR + at.minute * 60 + at.second)
    return Refused("day_full", what, retry_after(min(left, _HOUR)))
