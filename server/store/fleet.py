"""The fleet as it stands: every tablet with what it said, how fast its records came, and what all are measured by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from server import clock
from server import fleet as rules
from server.accounts import Scope
from server.fleet import FULL_DAYS, Newest, Tablet, newest_app, shows
from server.store import device_status, devices, feed, packages, usage
from server.store.models import Device
from server.store.usage import WITHIN, Used

SPANS = (7, 30)
"""Over how many days it is told how fast records came."""


@dataclass(frozen=True)
class Fleet:
    """The tablets in use; `brought` is for each span of days what each tablet brought, those revoked included.

    `of` holds the agency and area of each of them.
    """

    tablets: tuple[Tablet, ...]
    newest: Newest
    brought: Mapping[int, Mapping[str, Used]]
    of: Mapping[str, tuple[str, str]]

    def seen_in(self, scope: Scope) -> Fleet:
        """Return what of it is shown in a scope."""
        of = {device: held for device, held in self.of.items() if shows(scope, *held)}
        brought = {days: {one: used for one, used in by.items() if one in of} for days, by in self.brought.items()}
        return Fleet(tuple(one for one in self.tablets if one.id in of), self.newest, brought, of)

    def narrowed(self, agency: str = "", area: str = "") -> tuple[Tablet, ...]:
        """Return the tablets of an agency that work in an area and nowhere else; empty is any."""
        return tuple(one for one in self.tablets if agency in ("", one.agency) and one.area.startswith(area))

    def total(self, days: int, chosen: Callable[[str, str], bool] = lambda _agency, _area: True) -> Used:
        """Return what the tablets of the chosen agencies and areas brought together in so many days."""
        return added(used for one, used in self.brought[days].items() if chosen(*self.of[one]))


def look() -> Fleet:
    """Return the fleet as it stands now."""
    said, before = device_status.last(), device_status.space_before(FULL_DAYS)
    named = (Device.id, Device.name, Device.agency, Device.prefix, Device.app, Device.enrolled_at, Device.area)
    asked = Device.select(*named, Device.seen_at, Device.revoked_at).where(Device.kind == devices.TABLET)
    query = asked.order_by(Device.enrolled_at.desc())
    held = list(query)
    tablets = tuple(
        Tablet(
            id=str(one.id),
            label=str(one.prefix),
            name=str(one.name),
            agency=str(one.agency),
            area=str(one.area),
            app=said[str(one.id)].app if str(one.id) in said else str(one.app),
            enrolled_at=str(one.enrolled_at),
            seen_at=one.seen_at,
            said=said.get(str(one.id)),
            space_before=before.get(str(one.id)),
        )
        for one in held
        if one.revoked_at is None
    )
    newest = Newest(
        clock.read(clock.now()), newest_app(one.app for one in tablets), packages.versions(), feed.last_place()
    )
    of = {str(one.id): (str(one.agency), str(one.area)) for one in held}
    brought = {days: {one: used for one, used in usage.since(days).items() if one in of} for days in SPANS}
    return Fleet(tablets, newest, brought, of)


def counts() -> dict[str, Any]:
    """Return how the fleet stands in numbers alone, by the arguments of `server.metrics.fleet`."""
    held = look()
    found = [{mark.code for mark in rules.marks(one, held.newest)} for one in held.tablets]
    said = [one.said for one in held.tablets if one.said is not None]
    sums = {days: held.total(days)._asdict() for days in SPANS}
    return {
        "tablets": len(held.tablets),
        "marked": {code: sum(code in codes for codes in found) for code in rules.MARKS},
        "waiting": {name: sum(getattr(one, name) for one in said) for name in ("records", "files", "refused")},
        "timed": {days: {name: told[name] for name in ("timed", *WITHIN, "doubted")} for days, told in sums.items()},
    }


def added(every: Iterable[Used]) -> Used:
    """Return the sum of what was brought."""
    held = list(every)
    return Used(*(sum(getattr(one, name) for one in held) for name in Used._fields))
