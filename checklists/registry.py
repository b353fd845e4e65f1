"""From a plate and a waybill to everything that a registry knows: the same walk on the tablet and in the office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Row = Mapping[str, Any]
"""A registry row: `{"data": <the fields of transport.py>, "as_of": <UTC text>}`."""

Lookup = Callable[[str, str], Row | None]
"""`lookup(kind, key)`: vehicle by plate, tank by number, carrier by credit code, person by identity number."""


def registry_facts(lookup: Lookup, plate: str, waybill: Mapping[str, Any] | None = None) -> dict[str, Row]:
    """Return the registry's rows by situation path; what the registry does not know is left out, never guessed.

    The trailer and tank of the waybill go before those that are permitted with the vehicle, because the waybill says
    what drives today; whether the pairing is permitted is another question.
    """
    bill = waybill or {}
    found: dict[str, Row] = {}

    def seek(path: str, kind: str, key: Any) -> Mapping[str, Any]:
        row = lookup(kind, key) if isinstance(key, str) and key else None
        if row is not None:
            found[path] = row
        return row["data"] if row is not None else {}

    vehicle = seek("vehicle", "vehicle", plate)
    trailer = seek("trailer", "vehicle", bill.get("trailer_plate") or vehicle.get("trailer"))
    seek("tank", "tank", bill.get("tank") or trailer.get("tank") or vehicle.get("tank"))
    seek("carrier", "carrier", vehicle.get("carrier_uscc") or bill.get("carrier_uscc"))
    for role in ("driver", "escort"):
        seek(role, "person", (bill.get(role) or {}).get("id_number"))
    return found
