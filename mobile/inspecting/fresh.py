"""What the office knows while a vehicle is being checked: looked up again, and put down where it is another word.

So it is after the office told something, and after an officer said which trailer or tank is really here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from checklists.facts.registry import READ_HERE
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
    return tuple(one for one in _changed(held, look_up(held, site)) if not signing or one.item in URGENT)


def read_here(held: Held, site: str, drafts: Collection[Draft]) -> tuple[Draft, ...]:
    """Return what is to be put down after these drafts, which `held` has, where they say which trailer or tank is here.

    What the registry said of another one is taken back.
    """
    taken_back = {one.withdraws for one in drafts if one.withdraws}
    said = {one.item for one in drafts if one.kind == "fact"}
    said |= {one.item for one in held.entries if one.kind == "fact" and one.id in taken_back}
    if said.isdisjoint(READ_HERE) or held.fact("vehicle.plate") is None:
        return ()
    found = look_up(held, site)
    other = {"trailer", "tank"} - {one.item for one in found}
    former = (one for one in all_of(held.entries, "fact") if one.item in other and _from_office(one.value))
    return (*(Draft("fact", None, {}, withdraws=one.id) for one in former), *_changed(held, found))


def _changed(held: Held, found: Iterable[Draft]) -> list[Draft]:
    said = {one.item: one.value.get("data") for one in all_of(held.entries, "fact") if _from_office(one.value)}
    return [one for one in found if one.item not in said or said[one.item] != one.value["data"]]


def _from_office(value: object) -> bool:
    return isinstance(value, dict) and value.get("source") == "registry"
