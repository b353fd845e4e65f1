"""Which entries of the watch list are about what stands here. They weigh on no finding, outcome or paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checklists.facts.earlier import same
from checklists.facts.registry import Lookup, row_key, vehicle_keys
from checklists.facts.situation import Situation
from checklists.facts.watch import KIND, ON, Watch, standing
from checklists.rules.order_keys import keys


def watched(lookup: Lookup, situation: Situation, day: date) -> tuple[Watch, ...]:
    """Return the entries that count on `day` about vehicle, trailer, carrier, driver or escort of a situation.

    A vehicle whose colour nobody has seen yet is meant in any colour: asking to look wrongly costs a look.
    """
    asked = dict.fromkeys(key for on in ON for number in numbers(situation, on) for key in _ways(on, number))
    rows = [row for key in asked for row in ((lookup(KIND, key) or {}).get("data") or {}).get("rows") or ()]
    return tuple(one for one in standing(rows, day) if any(same(one.key, held) for held in numbers(situation, one.on)))


def numbers(situation: Situation, on: str) -> tuple[str, ...]:
    """Return the folded numbers of what may be watched as `on`: of a vehicle with its colour where that is known."""
    return tuple(dict.fromkeys(_numbers(situation, on)))


def _numbers(situation: Situation, on: str) -> Iterator[str]:
    known = keys(situation)
    for role in ON.get(on, ()):
        for number in sorted(known[role]):
            if on == "vehicle":
                colour = situation.vehicle.colour if role == "vehicle" else "yellow"
                yield f"{number}|{colour}" if colour else number
            else:
                yield row_key("person" if on == "person" else "carrier", number)


def _ways(on: str, number: str) -> tuple[str, ...]:
    """Return the keys under which a store holds what is about a number; see `mobile.store.feed.ways_to`."""
    signs, _bar, colour = number.partition("|")
    return vehicle_keys(signs, colour) if on == "vehicle" else (number,)
