"""From a plate and a waybill to everything that a registry knows: the same walk on the tablet and in the office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Row = Mapping[str, Any]
"""A registry row: `{"data": <the fields of transport.py>, "as_of": <UTC text>}`."""

Lookup = Callable[[str, str], Row | None]
"""`lookup(kind, key)`: vehicle by plate, tank by number, carrier by credit code, person by identity number, site by its
name (the fields of `site.Place`). Of LISTS a row has the kind's name and the number that it is about, and its data is
`{"rows": [...]}`; that the office gives such a list at all is said by a row `feed`, key the list's name."""

LISTS = ("orders", "past", "waybill_uses")
"""What the office knows against a number, as lists of `site.Order`, `site.Past` and `site.WaybillUse`."""


def registry_facts(
    lookup: Lookup, plate: str, waybill: Mapping[str, Any] | None = None, site: str = ""
) -> dict[str, Row]:
    """Return the registry's rows by situation path; what the registry does not know is left out, never guessed.

    The trailer and tank of the waybill go before those that are permitted with the vehicle, because the waybill says
    what drives today; whether the pairing is permitted is another question. A list that the office gives is empty where
    it has nothing against any of the numbers here, and is left out where the office gives none.
    """
    bill = waybill or {}
    found: dict[str, Row] = {}

    def seek(path: str, kind: str, key: Any) -> Mapping[str, Any]:
        row = lookup(kind, key) if isinstance(key, str) and key else None
        if row is not None:
            found[path] = row
        return row["data"] if row is not None else {}

    vehicle = seek("vehicle", "vehicle", plate)
    trailer_plate = bill.get("trailer_plate") or vehicle.get("trailer")
    trailer = seek("trailer", "vehicle", trailer_plate)
    tank = bill.get("tank") or trailer.get("tank") or vehicle.get("tank")
    seek("tank", "tank", tank)
    carrier = vehicle.get("carrier_uscc") or bill.get("carrier_uscc")
    seek("carrier", "carrier", carrier)
    people = [(bill.get(role) or {}).get("id_number") for role in ("driver", "escort")]
    for role, number in zip(("driver", "escort"), people, strict=True):
        seek(role, "person", number)
    seek("place", "site", site)
    numbers = (plate, trailer_plate, tank, carrier, *people)
    for name in LISTS:
        row = _listed(lookup, name, (bill.get("number"),) if name == "waybill_uses" else numbers)
        if row is not None:
            found[name] = row
    return found


def _listed(lookup: Lookup, name: str, numbers: tuple[Any, ...]) -> Row | None:
    """Return what the office has under any of the numbers, each row once; None where it gives no such list."""
    given = lookup("feed", name)
    if given is None:
        return None
    rows: list[Any] = []
    for number in dict.fromkeys(one for one in numbers if isinstance(one, str) and one):
        held = (lookup(name, number) or {"data": {}})["data"].get("rows") or ()
        rows += [one for one in held if one not in rows]
    return {"data": rows, "as_of": given["as_of"]}
