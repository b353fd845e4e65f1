"""Which tablets have heard of a change: by how far each last said that it has the feed. Its own word, and no proof."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from server.store import device_status, devices
from server.store.feed_models import FeedRow
from server.store.models import Device


@dataclass(frozen=True)
class Tablet:
    """A tablet that a change is for; `has`: it stands behind it. `said_at` is its last word, or empty."""

    label: str
    agency: str
    has: bool
    said_at: str = ""


@dataclass(frozen=True)
class Reach:
    """The tablets that a change is for, those that lack it first."""

    tablets: tuple[Tablet, ...]

    @property
    def have(self) -> int:
        """How many have it."""
        return len(self.tablets) - len(self.lacking)

    @property
    def lacking(self) -> tuple[Tablet, ...]:
        """Those that lack it, or have not said anything since."""
        return tuple(one for one in self.tablets if not one.has)


def of(kind: str, keys: Collection[str]) -> Mapping[str, Reach]:
    """Return by key how far the last change of each thing has come; what was never told has no entry."""
    columns = (FeedRow.key, FeedRow.agency, FeedRow.area, FeedRow.place)
    placed = FeedRow.place.is_null(False)
    rows = list(FeedRow.select(*columns).where(FeedRow.kind == kind, FeedRow.key.in_(list(keys)), placed))
    stand = _stand() if rows else []
    return {str(row.key): Reach(_tablets(row, stand)) for row in rows}


def _tablets(row: FeedRow, stand: list[tuple[Device, int, str]]) -> tuple[Tablet, ...]:
    told = (
        Tablet(str(one.prefix), str(one.agency), place >= int(row.place or 0), said_at)
        for one, place, said_at in stand
        if str(row.agency) in ("", str(one.agency)) and _overlap(str(row.area), str(one.area))
    )
    return tuple(sorted(told, key=lambda one: (one.has, one.label)))


def _overlap(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _stand() -> list[tuple[Device, int, str]]:
    """Return each tablet in use, the place up to which it said that it has the feed, and when it said so."""
    said = device_status.last()
    held = Device.select().where(Device.kind == devices.TABLET, Device.revoked_at.is_null())
    found = []
    for one in held.order_by(Device.prefix):
        told = said.get(str(one.id))
        place = told.feed_place if told is not None and told.feed_place is not None else -1
        found.append((one, place, told.at if told is not None else ""))
    return found
