"""What the office told while a vehicle is being checked: looked up again, and put down where it is another word."""

from __future__ import annotations

from collections.abc import Collection

from checklists.inspection.entries import all_of
from mobile.inspecting.acts import look_up
from mobile.inspecting.inspection import Draft, Held

LOOKED_UP = frozenset(
    {
        "vehicle",
        "tank",
        "carrier",
        "person",
        "site",
        "feed",
        "orders",
        "order_act",
        "past",
        "waybill_uses",
        "history",
        "carrier_tier",
    }
)
"""Kinds of the feed that may say something about a vehicle."""

URGENT = ("orders", "history")
"""What is put down even while the officers sign: an order that has just come or was lifted."""


def news(held: Held, site: str, kinds: Collection[str], *, signing: bool) -> tuple[Draft, ...]:
    """Return what is to be put down after news of these kinds; nothing where the vehicle is not known yet.

    What only holds as of later is left, so that no signature falls by it.
    """
    if not LOOKED_UP.intersection(kinds) or held.fact("vehicle.plate") is None:
        return ()
    said = {one.item: one.value.get("data") for one in all_of(held.entries, "fact") if _from_office(one.value)}
    changed = [one for one in look_up(held, site) if one.item not in said or said[one.item] != one.value["data"]]
    return tuple(one for one in changed if not signing or one.item in URGENT)


def _from_office(value: object) -> bool:
    return isinstance(value, dict) and value.get("source") == "registry"
