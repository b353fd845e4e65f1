"""R17: an earlier check decided that the vehicle stays, and nobody who may has let it go since."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.facts.earlier import UNITS, Earlier, holds, named, same
from checklists.facts.identifiers.keys import number_key
from checklists.facts.situation import Situation
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result
from checklists.rules.order_keys import keys
from checklists.zone import clock_text

HELD = "held"


def r17_held(context: Context) -> Iterator[Result]:
    """Yield a conflict for each check whose hold stands; nothing where there is none, or where no history was given.

    Where it was of the same signs and nobody has said here of what colour the plate is, that cannot be told.
    """
    for check in standing(context.situation):
        look = Look(context, "R17")
        for name in ("outcome", "site", "label"):
            if value := getattr(check, name):
                look.note(f"history.{name}", value, "registry")
        look.note("history.at", check.decided_at, "registry")
        if not sure(context.situation, check):
            look.lack("vehicle.colour")
        yield look.says(HELD, conflict=not look.missing, subject=subject(check))


def standing(situation: Situation) -> tuple[Earlier, ...]:
    """Return the earlier checks whose hold stands against the vehicle, trailer or tank, the newest first."""
    return holds(situation.history or (), numbers(situation), situation.at)


def numbers(situation: Situation) -> list[str]:
    """Return the numbers of what stands here on wheels, the vehicle's with its colour where somebody has said it."""
    known = keys(situation)
    colour = situation.vehicle.colour
    plates = [number_key(one) for one in (situation.vehicle.plate,) if one]
    own = [f"{one}|{colour}" if colour else one for one in plates if one]
    return [*own, *sorted(known["trailer"]), *sorted(known["tank"])]


def sure(situation: Situation, check: Earlier) -> bool:
    """Whether nothing that can be seen here is lacking: the colour of the plate, where that check says one."""
    told = situation.vehicle.colour or "|" not in check.about.get("vehicle", "")
    plate = number_key(situation.vehicle.plate or "")
    return bool(told) or any(named(check, one) for one in numbers(situation) if one != plate)


def subject(check: Earlier) -> str:
    """Return which check it was, as it is told: where, or by which tablet, and when; the year stands in the values."""
    return " ".join(filter(None, (check.site or check.label, clock_text(check.decided_at).partition("-")[2])))


def roles(situation: Situation, check: Earlier) -> tuple[str, ...]:
    """Return what of an earlier check stands here again, by its role then."""
    here = numbers(situation)
    return tuple(role for role in UNITS if (one := check.about.get(role)) and any(same(one, unit) for unit in here))
