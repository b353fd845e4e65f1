"""R13: roads, areas, hours and tunnels closed to these goods. The bans are local data of the site."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.facts.site import Ban, Place
from checklists.rules.bans import struck
from checklists.rules.context import EXEMPT_KG, EXEMPT_PATHS, Context
from checklists.rules.crosscheck import Look, Result
from checklists.rules.hours import now
from checklists.rules.load import UNLOADED
from checklists.rules.roads import is_kind, may_enclose, on_road, within

MARKED_KG = 12_000
"""A transport unit that may weigh more bears the mark of limited quantities. ADR 3.4.13."""


def r13_access(context: Context) -> Iterator[Result]:
    """No ban of the site holds here, now, for these goods. 危化条例 art. 49, 29号令 art. 49.

    A ban that certainly does not hold is not shown; one of which place, hour or goods are open cannot be told. Where
    the site gave no bans that cannot be told either. Nothing is banned where all is exempt, or empty and clean, but
    for limited quantities in tunnels.
    """
    bans = context.situation.place.bans
    if bans is None and not context.ordinary:
        look = _look(context)
        look.lack("place.bans")
        yield look.says("closed", conflict=False)
        return
    judge = _limited if context.ordinary else _told
    told = [one for ban in bans or () for one in judge(context, ban)]
    yield from sorted(told, key=lambda one: one.id)
    if not told:
        look = _look(context)
        look.note("place.bans", len(bans or ()))
        yield look.says("closed", conflict=False)


def _told(context: Context, ban: Ban) -> Iterator[Result]:
    look = _look(context)
    look.note("ban", " ".join(filter(None, (ban.text, ban.authority, ban.notice))) or ban.id, "site")
    held = (_here(look, ban), now(look, ban), struck(look, ban))
    if False not in held:
        case = "tunnel_closed" if ban.tunnel else "closed"
        yield look.says(case, conflict=None not in held, subject=ban.id)


def _limited(context: Context, ban: Ban) -> Iterator[Result]:
    """Tunnels of category E are closed to limited quantities that ask for their mark, by ADR alone. ADR 8.6.4.

    Whether the mark is asked for turns on what they weigh and what the unit may weigh (3.4.13, 3.4.14).
    """
    amounts = context.amounts
    if not context.by_adr or ban.tunnel.strip().upper() != "E" or "limited" not in amounts or _is_empty(context):
        return
    look = _look(context)
    mass, most = look.context.amounts["limited"], look.mass("vehicle.gross_limit_kg")
    look.note(EXEMPT_PATHS["limited"], mass, "waybill")
    light = most is not None and most <= MARKED_KG and not context.has_trailer
    if light or (mass is not None and mass <= EXEMPT_KG):
        return
    look.lack(*([EXEMPT_PATHS["limited"]] if mass is None else []))
    held = (_here(look, ban), now(look, ban))
    if False not in held:
        yield look.says("tunnel_closed", conflict=not look.missing and None not in held, subject=ban.id)


def _is_empty(context: Context) -> bool:
    return context.situation.seen.loaded in UNLOADED


def _look(context: Context) -> Look:
    look = Look(context, "R13")
    look.mind("place.bans")
    return look


def _here(look: Look, ban: Ban) -> bool | None:
    """Whether the place lies on one of the ban's roads and in one of its areas; none named means all."""
    place = look.context.situation.place
    answers = [_on_roads(look, ban, place), _in_areas(look, ban, place)]
    return False if False in answers else (None if None in answers else True)


def _on_roads(look: Look, ban: Ban, place: Place) -> bool | None:
    if not ban.roads:
        return True
    kinds = [one for one in ban.roads if is_kind(one)]
    roads = [one for one in ban.roads if one not in kinds]
    answers = [None if place.road is None else on_road(one, place.road) for one in roads]
    if (kinds and place.road_kind == "expressway") or True in answers:
        look.note("place.road", place.road or place.road_kind)
        return True
    unknown = ["place.road_kind"] * (bool(kinds) and place.road_kind is None) + ["place.road"] * (None in answers)
    look.lack(*unknown)
    return None if unknown else False


def _in_areas(look: Look, ban: Ban, place: Place) -> bool | None:
    if not ban.areas:
        return True
    if place.area is None:
        look.lack("place.area")
        return None
    look.note("place.area", place.area)
    if any(within(one, place.area) for one in ban.areas):
        return True
    if any(within(place.area, one) or may_enclose(one, place.area) for one in ban.areas):
        look.lack("place.area")
        return None
    return False
