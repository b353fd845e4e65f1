"""R14: time, route, driving time and speed of the trip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from checklists.facts.situation import in_law_zone
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result
from checklists.rules.driving import driving
from checklists.rules.roads import on_road, within

CLOCK_SLACK = timedelta(minutes=15)
"""How far the clocks of waybill and tablet may differ. Ours, not law."""

LONGEST_TRIP = timedelta(days=7)
"""No trip takes longer: an older waybill is another trip's. Ours, not law."""

FASTEST_KMH = 100
"""No laden vehicle averages more since departure: then it left at another time. Ours, not law."""

EXPRESSWAY_KMH, ELSEWHERE_KMH = 80, 60
"""Greatest speed on expressways and on other roads. 29号令 art. 46."""

ABSURD_KMH = 250
"""No lorry drives faster: it was misread or mistyped. Ours."""


def r14_journey(context: Context) -> Iterator[Result]:
    """Departure and route of the waybill fit this place and hour; driving time and top speed lie within the limits.

    Where recorder and platform gave nothing, or the waybill names no route, nothing is said of it. A place that is not
    on the route cannot be told: routes are changed on the way, and names are written in many ways. Nor can a departure
    that lies ahead or too near: the hour is planned, and no clause that was read forbids to leave before it.
    """
    bill = context.situation.waybill
    if not context.ordinary and not (bill and bill.carried is False):
        yield _departure(context)
        if bill and bill.route:
            yield _route(context, bill.route)
    if context.situation.journey.driving_min is not None:
        yield from driving(context)
    if context.situation.journey.top_speed_kmh is not None:
        yield _speed(context)


def _departure(context: Context) -> Result:
    look = Look(context, "R14")
    start = look.day("waybill.start_at")
    if not isinstance(start, datetime):
        return look.says("departure", conflict=False)
    elapsed = context.situation.at - start
    look.note("at", context.situation.at)
    if elapsed < -CLOCK_SLACK:
        look.lack("waybill.start_at")
        return look.says("departure_ahead", conflict=False)
    if elapsed > LONGEST_TRIP + _unsaid(start):
        return look.says("departure_long_ago", conflict=True)
    if _too_fast(look, elapsed):
        look.lack("waybill.start_at")
    return look.says("departure", conflict=False)


def _unsaid(start: datetime) -> timedelta:
    """Return how much later the departure may have been: a waybill that names the day alone reads as midnight."""
    here = in_law_zone(start)
    return timedelta(days=0 if (here.hour, here.minute, here.second) != (0, 0, 0) else 1)


def _too_fast(look: Look, elapsed: timedelta) -> bool:
    """Whether the distance cannot have been driven since departure, the slack of the clocks granted."""
    if not look.has("journey.distance_km"):
        return False
    distance = look.amount("journey.distance_km") or 0
    seconds = int(max(elapsed, timedelta()).total_seconds() + CLOCK_SLACK.total_seconds())
    return distance * 3600 > FASTEST_KMH * seconds


def _route(context: Context, route: tuple[str, ...]) -> Result:
    look = Look(context, "R14")
    look.texts("waybill.route")
    place = context.situation.place
    road = look.text("place.road") if look.has("place.road") or not place.area else None
    area = look.text("place.area") if place.area else None
    passed = [one for part in route for one in re.split(r"[、,，;；→>—~～]+", part) if one.strip()]
    on_it = any((road and on_road(one, road)) or (area and within(one, area)) for one in passed)
    if not on_it and (road or area):
        look.lack("place.road")
    return look.says("off_route", conflict=False)


def _speed(context: Context) -> Result:
    """A top speed between the two limits is only judged by the road on which it was driven."""
    look = Look(context, "R14")
    speed = look.amount("journey.top_speed_kmh") or 0
    kind = context.situation.journey.top_speed_road
    if kind is None and context.situation.place.road_kind == "expressway":
        kind = look.text("place.road_kind")
    elif kind is not None or ELSEWHERE_KMH < speed <= EXPRESSWAY_KMH:
        kind = look.text("journey.top_speed_road")
    if kind not in (None, "expressway", "other"):
        look.lack("journey.top_speed_road")
    if speed > ABSURD_KMH:
        look.lack("journey.top_speed_kmh")
    limit = ELSEWHERE_KMH if kind == "other" else EXPRESSWAY_KMH
    look.note("limit.speed_kmh", limit)
    return look.says("too_fast", conflict=limit < speed <= ABSURD_KMH)
