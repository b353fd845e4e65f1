"""Which carriers are to be worked out again: noted in the transaction of what happened, worked off behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from server import clock
from server.store import bulk
from server.store.feed_models import CheckNumber
from server.store.tier_models import CarrierTier, PersonSign

_SOME = 200


def touch(carriers: Iterable[str]) -> None:
    """Note carriers by their folded credit codes; one that was not known here is known from now on."""
    at = clock.now()
    for some in bulk.chunks(dict.fromkeys(one for one in carriers if one), _SOME):
        bulk.insert_dicts(CarrierTier, [{"key": key, "due_at": at} for key in some])
        touch_known(some)


def touch_known(keys: Iterable[str]) -> None:
    """Note those of the numbers that are carriers known here."""
    for some in bulk.chunks(dict.fromkeys(keys), _SOME):
        bulk.run(_due, clock.now(), *some, many=len(some))


def _due(many: int) -> Any:
    return CarrierTier.update(due_at="").where(CarrierTier.key.in_([""] * many))


def touch_inspections(inspections: Iterable[str]) -> None:
    """Note the carriers of checks that came to stand otherwise."""
    for some in bulk.chunks(dict.fromkeys(inspections), _SOME):
        rows = bulk.among(CheckNumber, ("number",), "inspection", some, role="carrier")
        touch_known([str(number) for (number,) in rows])


def touch_all() -> int:
    """Note every carrier, as when the formula is another one, and return how many."""
    return int(CarrierTier.update(due_at=clock.now()).execute())


def touch_registry(rows: Iterable[Mapping[str, Any]]) -> None:
    """Note the carriers of which registry rows, with folded keys, tell."""
    held = list(rows)
    touch(str(one["key"]) for one in held if one["kind"] == "carrier")
    touch_known(str(one["key"]) for one in held if one["kind"] == "orders")


def sign_people(keys: Iterable[str]) -> None:
    """Give people, by folded identity numbers, the sign by which their pages are found; who has one keeps it."""
    for some in bulk.chunks(dict.fromkeys(one for one in keys if one), _SOME):
        bulk.insert(PersonSign, ("sign", "key"), [(uuid4().hex, key) for key in some])
