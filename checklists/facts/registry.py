"""From a plate and a waybill to everything that a registry knows: the same walk on the tablet and in the office."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from checklists.facts import carrier_standing, history
from checklists.facts.identifiers.keys import number_key, person_key
from checklists.facts.identifiers.model import Problem
from checklists.facts.identifiers.people import check_id
from checklists.facts.identifiers.plate_forms import PROVINCES, read_plate
from checklists.patterns import pattern

Row = Mapping[str, Any]
"""A registry row: `{"data": <the fields of transport.py>, "as_of": <UTC text>}`."""

Lookup = Callable[[str, str], Row | None]
"""`lookup(kind, key)`: vehicle (see `vehicle_keys`), tank by number, carrier by credit code, person by identity number,
site by its name (the fields of `site.Place`).

Of LISTS a row has the kind's name and the number that it is about, and its data is `{"rows": [...]}`; that the office
gives such a list at all is said by a row `feed`, key the list's name; its data says `complete: false` where numbers may
be missing from it (what is not found is then not known). A row `units` under a trailer's plate or a tank's number has
as `rows` the keys of the vehicles permitted with it; a tablet makes these rows itself. A store
holds rows under `row_key`, and folds the key that it is asked for.

HISTORY is asked for by a number that is folded already (`row_key` of its own kind): its rows are the earlier checks
that were about it, as the feed tells them and as the tablet sealed them itself."""

LISTS = ("orders", "past", "waybill_uses")
"""What the office knows against a number, as lists of `site.Order`, `site.Past` and `site.WaybillUse`."""

READ_HERE = ("seen.trailer_plate", "trailer.plate", "seen.tank_number", "tank.number")
"""Where it stands which trailer and which tank are here: as officers saw them, and as their papers say."""

HISTORY = "history"
LIVE_LISTS = ("orders", "history", carrier_standing.KIND)
"""Lists that the office keeps itself: as of its last word, whatever is not in them did not stand."""

COLOURS = ("yellow", "blue", "yellow_green", "green", "white", "black")
_TRAILER = "挂"
_NUMBERED = ("tank", "carrier", "units", carrier_standing.KIND, *LISTS)
"""Kinds whose key is a number that people write in many ways, beside vehicles and people. Others are ids and names."""
_WHOLE = {
    "vehicle": pattern(".*[0-9].*"),
    "tank": pattern(".*[0-9].*"),
    "carrier": pattern("(?=.*[0-9])(?:[0-9A-Z]{18}|[0-9]{15}|[0-9A-Z]{8}[0-9X])"),
    "person": pattern("(?=.*[0-9])[0-9A-Z]{5,}"),
}
"""What a number of each kind has at least; a carrier's may be an old registration or organisation code."""
_EXPECTED = {"vehicle": "7-8", "tank": "0-9", "carrier": "18", "person": "0-9 A-Z, ≥5"}
_RESIDENT_OLD = 15
"""Shorter numbers are those of passports and travel permits, which every country forms as it likes."""


def row_key(kind: str, key: str) -> str:
    """Return the key under which every store holds a row, however it was written; empty where it is none.

    A vehicle's is its plate, with its colour behind a bar where the key names one: `蒙k·12345_2` is `蒙K12345|yellow`.
    """
    if kind != "vehicle":
        return person_key(key) if kind == "person" else number_key(key) if kind in _NUMBERED else key
    signs, bar, colour = key.partition("|")
    named = colour if bar and colour in COLOURS else read_plate(key).colour
    plate = number_key(signs if bar and colour in COLOURS else key)
    return f"{plate}|{named}" if plate and named else plate


def key_fault(kind: str, key: str) -> Problem | None:
    """Return why a key can never be found by what is read on the road, or None.

    A number that is not whole, whose check sign is wrong, or that has a form of no kind, was mistyped; a name is none.
    """
    held = row_key(kind, key)
    if not held:
        return Problem("empty", "error")
    if kind in _WHOLE and not _WHOLE[kind].fullmatch(held):
        return Problem("format", "error", {"expected": _EXPECTED[kind]})
    if kind == "vehicle":
        signs, bar, colour = key.partition("|")
        if bar and colour not in COLOURS:
            return Problem("plate_colour", "error", {"colour": colour, "expected": "、".join(COLOURS)})
        plate = read_plate(signs)
        unread = plate.form in ("", "trailer_unmarked") and plate.signs[:1] in PROVINCES
        return Problem("format", "error", {"expected": "7-8"}) if unread else None
    if kind == "person" and len(held) >= _RESIDENT_OLD:
        found = check_id(key).problems
        return next((one for one in found if one.severity == "error" and one.code != "id_old"), None)
    return None


def vehicle_keys(plate: str, colour: str = "") -> tuple[str, ...]:
    """Return the keys under which a vehicle may stand: plate and colour (`蒙K12345|yellow`), and the plate alone.

    Plate and colour are one key: the same signs on blue are another vehicle. A trailer's plate is yellow by its form.
    A colour that was written with the plate counts where none was seen.
    """
    signs = number_key(plate)
    seen = colour or ("" if signs == plate else read_plate(plate).colour)
    colours = (seen,) if seen else ("yellow",) if signs.endswith(_TRAILER) else COLOURS
    return (*(f"{signs}|{one}" for one in colours), signs)


def vehicle_rows(lookup: Lookup, plate: str) -> tuple[Row, ...]:
    """Return every vehicle with this plate, in whatever colour, each once."""
    found = {key: row for key in vehicle_keys(plate) if (row := lookup("vehicle", key)) is not None}
    return distinct(found)


def distinct(found: Mapping[str, Row]) -> tuple[Row, ...]:
    """Return the rows of one plate by their keys, one for each colour; a row has the colour that its key says."""
    rows: dict[str, Row] = {}
    for key, row in found.items():
        _plate, _bar, named = key.partition("|")
        colour = named or str(row["data"].get("colour") or "")
        rows.setdefault(colour, {**row, "data": {**row["data"], "colour": colour}} if colour else row)
    return tuple(rows.values())


def sole(rows: Iterable[Row], colour: str = "") -> Row | None:
    """Return the one row that is meant, or None: no row, several vehicles, or another colour than was seen.

    The first of several is never taken. A row without a colour is meant where no other is.
    """
    held = tuple(rows)
    same = [one for one in held if one["data"].get("colour") == colour] if colour else held
    open_ones = [one for one in held if not one["data"].get("colour")]
    meant = same or open_ones
    return meant[0] if len(meant) == 1 else None


def registry_facts(
    lookup: Lookup,
    plate: str,
    waybill: Mapping[str, Any] | None = None,
    site: str = "",
    *,
    colour: str = "",
    people: Mapping[str, str] | None = None,
    read: Mapping[str, str] | None = None,
    inspection: str = "",
    at: str = "",
    until: str = "",
) -> dict[str, Row]:
    """Return the registry's rows by situation path; what the registry does not know is left out, never guessed.

    The trailer and tank that officers saw go before those of the waybill, and these before those that are permitted
    with the vehicle, because the waybill says what drives today; whether the pairing is permitted is another question.
    `people` are identity numbers by role that officers read on papers; they go before the waybill's. `read` are numbers
    by their paths in READ_HERE. A list that the office gives is empty where it has nothing against any of the numbers
    here, however many a unit has (`rules.order_keys`), and is left out where the office gives none.

    Earlier checks and the carrier's tier are asked for where `at` says the time of this one (UTC text); `inspection` is
    no earlier one, and what was made or amended after `until` does not count (empty: everything told has happened).
    """
    bill, seen = waybill or {}, read or {}
    found: dict[str, Row] = {}

    def seek(path: str, kind: str, key: Any) -> Mapping[str, Any]:
        known = isinstance(key, str) and row_key(kind, key)
        return keep(path, lookup(kind, key) if known else None)

    def keep(path: str, row: Row | None) -> Mapping[str, Any]:
        if row is not None:
            found[path] = row
        return row["data"] if row is not None else {}

    def seek_vehicle(path: str, key: Any, colour: str = "") -> Mapping[str, Any]:
        return keep(path, sole(vehicle_rows(lookup, key), colour)) if isinstance(key, str) and key else {}

    vehicle = seek_vehicle("vehicle", plate, colour)
    trailer_plate = seen.get("seen.trailer_plate") or bill.get("trailer_plate") or vehicle.get("trailer")
    trailer = seek_vehicle("trailer", trailer_plate)
    tank = seen.get("seen.tank_number") or bill.get("tank") or trailer.get("tank") or vehicle.get("tank")
    seek("tank", "tank", tank)
    carrier = vehicle.get("carrier_uscc") or bill.get("carrier_uscc")
    seek("carrier", "carrier", carrier)
    shown = people or {}
    numbers_of_people = [shown.get(role) or (bill.get(role) or {}).get("id_number") for role in ("driver", "escort")]
    for role, number in zip(("driver", "escort"), numbers_of_people, strict=True):
        seek(role, "person", number)
    seek("place", "site", site)
    trailers = (trailer_plate, seen.get("trailer.plate"), bill.get("trailer_plate"))
    tanks = (tank, seen.get("tank.number"), bill.get("tank"))
    others = (vehicle.get("vin"), trailer.get("vin"), bill.get("carrier_uscc"))
    on_bill = [(bill.get(role) or {}).get("id_number") for role in ("driver", "escort")]
    numbers = (plate, *trailers, *tanks, carrier, *numbers_of_people, *others, *on_bill)
    for name in LISTS:
        row = _listed(lookup, name, (bill.get("number"),) if name == "waybill_uses" else numbers)
        if row is not None:
            found[name] = row
    if partial := _incomplete(lookup):
        found["incomplete"] = partial
    if at:
        keep(carrier_standing.KIND, carrier_standing.standing_row(lookup, carrier, plate, at))
    asked = {
        "vehicle": vehicle_keys(plate, colour or str(vehicle.get("colour") or "")) if plate else (),
        "trailer": tuple(dict.fromkeys(key for one in trailers for key in _vehicle_keys(one))),
        "tank": tuple(dict.fromkeys(key for one in tanks for key in _keys("tank", one))),
        "carrier": _keys("carrier", carrier),
        **{role: _keys("person", one) for role, one in zip(("driver", "escort"), numbers_of_people, strict=True)},
    }
    return {**found, **_history(lookup, asked, found.get("past"), (inspection, at, until))}


def _vehicle_keys(plate: Any) -> tuple[str, ...]:
    return vehicle_keys(plate) if isinstance(plate, str) and plate else ()


def _keys(kind: str, number: Any) -> tuple[str, ...]:
    key = row_key(kind, number) if isinstance(number, str) else ""
    return (key,) if key else ()


def _history(lookup: Lookup, asked: history.Asked, past: Row | None, told: tuple[str, str, str]) -> dict[str, Row]:
    """Return the earlier checks, and with what they found the list of what was found before; nothing if not given."""
    inspection, at, until = told
    given = lookup("feed", HISTORY) if at else None
    if given is None:
        return {}
    moment = datetime.fromisoformat(at)
    answers = (lookup(HISTORY, key) for keys in asked.values() for key in keys)
    ended = datetime.fromisoformat(until) if until else None
    checks = history.checks_of(history.rows_of(answers), asked, inspection, ended)
    before = list(past["data"]) if past is not None else []
    as_of = str(past["as_of"] if past is not None else given["as_of"])
    return {
        HISTORY: {"data": history.plain(history.kept(checks, asked, moment)), "as_of": str(given["as_of"])},
        "past": {"data": [*before, *history.violations(checks, moment, before)], "as_of": as_of},
    }


def _incomplete(lookup: Lookup) -> Row | None:
    """Return which lists the office gives only in part: what is not found there is not known."""
    feeds = {name: row for name in LISTS if (row := lookup("feed", name)) and row["data"].get("complete") is False}
    return {"data": list(feeds), "as_of": min(str(one["as_of"]) for one in feeds.values())} if feeds else None


def _listed(lookup: Lookup, name: str, numbers: tuple[Any, ...]) -> Row | None:
    """Return what the office has under any of the numbers, each row once; None where it gives no such list."""
    given = lookup("feed", name)
    if given is None:
        return None
    rows: list[Any] = []
    # Each number once, as it was first written: a store folds what it is asked for.
    asked = {row_key(name, one): one for one in reversed(numbers) if isinstance(one, str)}
    for number in [one for key, one in reversed(asked.items()) if key]:
        held = (lookup(name, number) or {"data": {}})["data"].get("rows") or ()
        rows += [one for one in held if one not in rows]
    return {"data": rows, "as_of": given["as_of"]}
