"""R17: open orders against vehicle, trailer, tank, people or carrier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from checklists.facts.identifiers.keys import number_key
from checklists.facts.identifiers.plate_forms import read_plate
from checklists.facts.site import Order
from checklists.facts.situation import Situation
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result
from checklists.rules.order_keys import keys

_ON_WHEELS = ("vehicle", "trailer")

KEY_PATHS = {
    "vehicle": "vehicle.plate",
    "trailer": "trailer.plate",
    "tank": "tank.number",
    "driver": "driver.id_number",
    "escort": "escort.id_number",
    "carrier": "carrier.uscc",
}


def r17_orders(context: Context) -> Iterator[Result]:
    """No stop order stands against anything here, and no order to correct is past its last day.

    An order to correct that is still in time says nothing; one without a last day cannot be told. Where orders stand
    against what has no number here, that cannot be told either.
    """
    situation = context.situation
    if situation.orders is None:
        yield _clear(context, "orders")
        return
    standing = [one for one in situation.orders if _stands(one, situation.day)]
    known = keys(situation)
    hit = {_subject(one): one for one in standing if _names(situation, one, _keys_of(one, known))}
    told = [result for _, one in sorted(hit.items()) for result in _told(context, one)]
    yield from told
    if not told:
        yield _clear(context, *_unknown(context, standing, known))


def _told(context: Context, order: Order) -> Iterator[Result]:
    look = _look(context)
    for name, value in (("number", order.number), ("key", order.key), ("text", order.text), ("due", order.due)):
        if value:
            look.note(f"orders.{name}", value, "registry")
    if order.kind == "stop":
        yield look.says("stop_order", conflict=True, subject=_subject(order))
        return
    if order.due is None:
        look.lack("orders.due")
        yield look.says("correction_overdue", conflict=False, subject=_subject(order))
    elif order.due < context.situation.day:
        yield look.says("correction_overdue", conflict=True, subject=_subject(order))


def _clear(context: Context, *missing: str) -> Result:
    """Not found is not none, unless the list is complete."""
    look = _look(context)
    look.lack(*missing, *(one for one in context.situation.incomplete if one == "orders"))
    return look.says("stop_order", conflict=False)


def _unknown(context: Context, standing: list[Order], known: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Yield what is there without a number that was asked for.

    A registry was asked for the numbers that are known, so that it says nothing of the others; of a whole list only
    what an order is about matters.
    """
    aboard = context.situation.seen.aboard
    there = {"trailer": context.has_trailer, "tank": context.has_tank}
    if aboard is not None:
        there["escort"] = any(one.role == "escort" for one in aboard)
    source = context.situation.source("orders")
    asked = KEY_PATHS.keys() if source and source.kind == "registry" else {_unit(one) for one in standing}
    for unit in sorted(asked & KEY_PATHS.keys()):
        if not known[unit] and there.get(unit, True):
            yield KEY_PATHS[unit]


def _look(context: Context) -> Look:
    look = Look(context, "R17")
    look.mind("orders")
    return look


def _names(situation: Situation, order: Order, known: frozenset[str]) -> bool:
    """Whether an order names one of these numbers; the same signs on a plate of another colour are another vehicle."""
    key, colours = number_key(order.key), read_plate(order.key).colours
    own = situation.vehicle.colour
    other = _unit(order) == "vehicle" and colours and own and own not in colours
    return bool(key) and key in known and not other


def _keys_of(order: Order, known: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the numbers here that an order may name: a trailer has a plate as vehicles have, and is one to many."""
    unit = _unit(order)
    return frozenset().union(*(known.get(one, frozenset()) for one in (_ON_WHEELS if unit in _ON_WHEELS else (unit,))))


def _stands(order: Order, day: date) -> bool:
    begun = order.since is None or order.since <= day
    return begun and (order.closed_on is None or order.closed_on > day)


def _subject(order: Order) -> str:
    return order.number or f"{_unit(order)} {order.key}"


def _unit(order: Order) -> str:
    return order.on.partition(".")[0]
