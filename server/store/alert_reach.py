"""How far an alert goes: the division within which teams are ahead, the posts on the same road, and who has heard it.

A road is known where the registry's row of the site names it; which way a vehicle went nobody knows, so that every
other post on its road is ahead.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from server.store import site_areas
from server.store.administration_models import DeviceStatus
from server.store.devices import TABLET
from server.store.feed_models import FeedRow
from server.store.models import Device
from server.store.office_models import RegistryRow, Task
from server.store.rows import tuples

AHEAD = {"high": 2}
PREFECTURE = 4
PROVINCE = 2
"""Figures of a site's division within which teams are ahead of it: its prefecture, for the high tier its province,
because within the hour that it has a lorry is anywhere in it. Ours."""

MOST_POSTS = 12
"""So many posts of a road are named."""


@dataclass(frozen=True)
class Reach:
    """Within which division (empty: everywhere) teams are told, along which road, and the other posts on it."""

    area: str
    road: str = ""
    posts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tablet:
    """A tablet to which an alert was told; `has`: by its own word it has heard the feed as far as that."""

    label: str
    agency: str
    name: str
    has: bool


def reach(site: str, tier: str) -> Reach:
    """Return how far the alert of a check at a site goes.

    Where posts on the same road lie in the province but outside of what its tier asks for, it goes to the province.
    """
    road, posts = _road(site)
    lies = site_areas.of([site, *posts])
    own = lies.get(site, "")
    usual = own[: AHEAD.get(tier, PREFECTURE)]
    others = [there for one in posts if (there := lies.get(one, "")).startswith(own[:PROVINCE])]
    ahead = [there for there in others if not there.startswith(usual)]
    return Reach(own[:PROVINCE] if ahead else usual, road, tuple(posts[:MOST_POSTS]))


def _road(site: str) -> tuple[str, list[str]]:
    """Return the road on which a site lies and the other sites on it, by the registry; empty where it does not say."""
    roads = {
        str(name): str(json.loads(data).get("road") or "")
        for name, data in tuples(
            RegistryRow.select(RegistryRow.key, RegistryRow.data).where(RegistryRow.kind == "site")
        )
    }
    road = roads.get(site, "")
    return (road, sorted(name for name, one in roads.items() if one == road and name != site)) if road else ("", [])


def overlap(area: str, other: str) -> bool:
    """Whether one of two divisions lies within the other."""
    return area.startswith(other) or other.startswith(area)


def tablets(held: Task) -> list[Tablet]:
    """Return the tablets that work within the area of an alert, those that have it last."""
    place = FeedRow.select(FeedRow.place).where(FeedRow.kind == "alert", FeedRow.key == held.id).scalar()
    told = {
        str(one.device): one.feed_place for one in DeviceStatus.select(DeviceStatus.device, DeviceStatus.feed_place)
    }
    found = [
        Tablet(str(one.prefix), str(one.agency), str(one.name), _heard(told.get(str(one.id)), place))
        for one in _within(str(held.area))
    ]
    return sorted(found, key=lambda one: (one.has, one.agency, one.label))


def _within(area: str) -> Iterable[Device]:
    query = Device.select().where(Device.revoked_at.is_null(), Device.kind == TABLET)
    return [one for one in query if overlap(area, str(one.area))]


def _heard(by_word: int | None, place: int | None) -> bool:
    return by_word is not None and place is not None and by_word >= place
