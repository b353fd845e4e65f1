"""The numbers by which orders and past violations name what stands on the road: plates, tank, codes, identities.

All of them folded (`identifiers.keys.number_key`), as the registry's own keys are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checklists.facts.identifiers.keys import number_key
from checklists.facts.identifiers.masks import is_masked
from checklists.facts.situation import Situation
from checklists.facts.transport import Tank, Vehicle, Waybill


def keys(situation: Situation) -> Mapping[str, frozenset[str]]:
    """Return every number known by path: vehicle, trailer, tank, driver, escort, carrier; folded.

    Of a person that is who is aboard, whose papers were shown and who is on the waybill; of a trailer or tank what was
    seen, what the papers say and what the waybill says. Empty: not known, or not there.
    """
    bill, seen = situation.waybill or Waybill(), situation.seen
    trailer, tank = situation.trailer or Vehicle(), situation.tank or Tank()
    return {
        "vehicle": _folded((situation.vehicle.plate, situation.vehicle.vin)),
        "trailer": _folded((seen.trailer_plate, trailer.plate, trailer.vin, bill.trailer_plate)),
        "tank": _folded((seen.tank_number, tank.number, bill.tank)),
        "carrier": _folded((situation.carrier.uscc, situation.vehicle.carrier_uscc, bill.carrier_uscc)),
        **{role: _folded(_person(situation, role)) for role in ("driver", "escort")},
    }


def _person(situation: Situation, role: str) -> Iterable[str | None]:
    named = (getattr(situation, role), getattr(situation.waybill, role, None))
    yield from (one.id_number for one in named if one)
    yield from (one.id_number for one in situation.seen.aboard or () if one.role == role)


def _folded(numbers: Iterable[str | None]) -> frozenset[str]:
    return frozenset(number_key(one) for one in numbers if one and not is_masked(one)) - {""}
